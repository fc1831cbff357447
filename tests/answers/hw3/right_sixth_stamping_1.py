# answer: q3, np.add.at stamps all pixels, one tap of the kernel after the other
def convolve2d(image, kernel):
    if image.size < kernel.size:
        image, kernel = kernel, image
    (H, W), (kh, kw) = image.shape, kernel.shape
    rows, cols = np.indices((H, W))
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            np.add.at(out, (rows + a, cols + b), image * float(kernel[a, b]))
    return out


# answer: q3, lays the padded rows end to end and adds shifted copies of one long row
def convolve2d(image, kernel):
    if kernel.size > image.size:
        return convolve2d(kernel, image)
    H, W = image.shape
    kh, kw = kernel.shape
    wide = W + kw - 1
    row = np.zeros((H, wide))
    row[:, :W] = image
    row = row.ravel()
    out = np.zeros((H + kh) * wide)
    for a, b in np.argwhere(kernel):
        start = a * wide + b
        out[start : start + H * wide] += row * float(kernel[a, b])
    return out[: (H + kh - 1) * wide].reshape(H + kh - 1, wide)


# answer: q3, slides the turned kernel over a padded image, each output row one contraction
def convolve2d(image, kernel):
    a, b = (image, kernel) if image.size >= kernel.size else (kernel, image)
    kh, kw = b.shape
    padded = np.pad(a, [(kh - 1,) * 2, (kw - 1,) * 2]).astype("d")
    view = np.lib.stride_tricks.sliding_window_view(padded, b.shape)
    turned = np.flip(b).astype("d")
    return np.stack([np.tensordot(windows, turned, axes=2) for windows in view])
