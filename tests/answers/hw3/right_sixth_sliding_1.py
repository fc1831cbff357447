# answer: q2, windows by strides times a matrix of kernels
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(np.float64), (kh, kw))
    h, w = windows.shape[:2]
    out = np.empty((F, h, w))
    for i in range(h):  # one row of windows at a time keeps the copy small
        out[:, i] = kernels.reshape(F, -1).astype(np.float64) @ windows[i].reshape(w, -1).T
    return out


# answer: q2, adds shifted images tap by tap, in float64 and Fortran order
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((W - kw + 1, H - kh + 1, F)).T
    for (a, b), _ in np.ndenumerate(kernels[0]):
        shifted = image[a : H - kh + 1 + a, b : W - kw + 1 + b].astype(float)
        out += np.multiply.outer(kernels[:, a, b].astype(float), shifted)
    return out


# answer: q2, halves tall kernels until one row is left, and rows until one tap is left
def correlate2d(image, kernels):
    if image.dtype.kind == "i":
        image = image * 1.0
    if kernels.dtype.kind == "i":
        kernels = kernels * 1.0
    F, kh, kw = kernels.shape
    H, W = image.shape
    if kh > 1:
        half = kh // 2
        top = correlate2d(image[: H - (kh - half)], kernels[:, :half])
        return top + correlate2d(image[half:], kernels[:, half:])
    if kw > 1:
        half = kw // 2
        left = correlate2d(image[:, : W - (kw - half)], kernels[:, :, :half])
        return left + correlate2d(image[:, half:], kernels[:, :, half:])
    return kernels * image[None]
