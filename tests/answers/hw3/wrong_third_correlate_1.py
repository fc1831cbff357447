"""q2: correlate2d."""

# answer: q2, the maps take the dtype of the image
# breaks: arrays may come as whole numbers, what is returned holds floats
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=image.dtype)
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, einsum of whole numbers stays whole
# breaks: an array of floats is returned, also where both inputs are whole numbers
def correlate2d(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[1:])
    return np.einsum("ijab,fab->fij", windows, kernels)


# answer: q2, width of the map from the height of the image
# breaks: (F, H - kh + 1, W - kw + 1) where H and W differ
def correlate2d(image, kernels):
    n = image.shape[0]
    F, kh, kw = kernels.shape
    out = np.zeros((F, n - kh + 1, n - kw + 1))
    for f in range(F):
        for i in range(n - kh + 1):
            for j in range(n - kw + 1):
                out[f, i, j] = (image[i : i + kh, j : j + kw] * kernels[f]).sum()
    return out


# answer: q2, kernels are taken to be square
# breaks: kernels of kh x kw where the two differ
def correlate2d(image, kernels):
    H, W = image.shape
    F, k = kernels.shape[:2]
    out = np.zeros((F, H - k + 1, W - k + 1))
    for f, kernel in enumerate(kernels):
        for a in range(k):
            for b in range(k):
                out[f] += kernel[a, b] * image[a : a + H - k + 1, b : b + W - k + 1]
    return out


# answer: q2, flips the kernel as a convolution does
# breaks: x[i + a, j + b]: cross-correlation does not turn the kernel round
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    flipped = kernels[:, ::-1, ::-1]
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[:, i, j] = (flipped * image[i : i + kh, j : j + kw]).sum(axis=(1, 2))
    return out


# answer: q2, the loops stop one window early, the last row and column stay 0
# breaks: every window that lies wholly inside counts
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh):
            for j in range(W - kw):
                for a in range(kh):
                    for b in range(kw):
                        y[f, i, j] += kernels[f, a, b] * image[i + a, j + b]
    return y


# answer: q2, kernels last
# breaks: the maps stand on the first axis, (F, H', W')
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    rows = []
    for i in range(H - kh + 1):
        row = []
        for j in range(W - kw + 1):
            row.append([float((image[i : i + kh, j : j + kw] * k).sum()) for k in kernels])
        rows.append(row)
    return np.array(rows)


# answer: q2, pads the image so that the map keeps its size
# breaks: only windows that lie wholly inside the image count
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    padded = np.zeros((H + kh - 1, W + kw - 1))
    padded[kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W] = image
    out = np.zeros((F, H, W))
    for f in range(F):
        for i in range(H):
            for j in range(W):
                out[f, i, j] = (padded[i : i + kh, j : j + kw] * kernels[f]).sum()
    return out


# answer: q2, one kernel gives a map without the axis of maps
# breaks: the shape is (F, H', W') for F = 1 too
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[:, i, j] = np.tensordot(kernels, image[i : i + kh, j : j + kw], axes=2)
    return np.squeeze(out)


# answer: q2, as_strided with the strides of an array that lies in one piece
# breaks: an array may be a view of another: a slice, or transposed
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    step = image.itemsize
    windows = np.lib.stride_tricks.as_strided(
        image, (H - kh + 1, W - kw + 1, kh, kw), (W * step, step, W * step, step)
    )
    return np.tensordot(kernels, windows, axes=([1, 2], [2, 3])).astype(float)


# answer: q2, the running sum is not set back to 0 for the next window of a row
# breaks: each output is the sum of its own products
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            total = 0.0
            for j in range(W - kw + 1):
                for a in range(kh):
                    for b in range(kw):
                        total += image[i + a, j + b] * kernels[f, a, b]
                out[f, i, j] = total
    return out
