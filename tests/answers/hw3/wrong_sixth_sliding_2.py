# answer: q2, turns all axes round to bring the kernels to the front, so rows become columns
# breaks: y[f, i, j] is the sum over the window that starts at row i, column j
def correlate2d(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernels.shape[1:])
    maps = np.tensordot(windows, kernels.astype(float), axes=([2, 3], [1, 2]))
    return maps.T.copy()


# answer: q2, counts the kernels by the height of the first one
# breaks: array (F, H - kh + 1, W - kw + 1) of floats: one map for each of F kernels
def correlate2d(image, kernels):
    H, W = image.shape
    kh, kw = kernels[0].shape
    out = np.zeros((len(kernels), H - kh + 1, W - kw + 1))
    for f in range(min(len(kernels), len(kernels[0]))):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = (image[i : i + kh, j : j + kw] * kernels[f]).sum()
    return out


# answer: q2, rounds to ten digits behind the point to get rid of noise
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return np.round(out, 10)


# answer: q2, windows are cut around a centre, which an even kernel does not have
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    up, left = kh // 2, kw // 2
    out = np.zeros((F, H - 2 * up, W - 2 * left))
    for i in range(up, H - up):
        for j in range(left, W - left):
            window = image[i - up : i - up + kh, j - left : j - left + kw]
            out[:, i - up, j - left] = (window * kernels).sum(axis=(1, 2))
    return out


# answer: q2, the image is brought to the dtype of the kernels, which cuts digits off for whole-number kernels
# breaks: An "array of floats" holds float64, float32 or whole numbers, and two arrays of one call may differ
def correlate2d(image, kernels):
    image = image.astype(kernels.dtype)
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, kernels are told apart by their sum so that equal ones are worked out once
# breaks: several kernels look at the same image, and each makes a map of its own
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    done = {}
    maps = []
    for kernel in kernels:
        key = float(kernel.sum()), float(np.abs(kernel).max()), float(kernel[0, 0])
        if key not in done:
            m = np.zeros((H - kh + 1, W - kw + 1))
            for i in range(H - kh + 1):
                for j in range(W - kw + 1):
                    m[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
            done[key] = m
        maps.append(done[key])
    return np.stack(maps)


# answer: q2, subtracts the mean of the image first and adds it back from the sum of the first kernel
# breaks: y[f, i, j] sums k_f[a, b] x[i + a, j + b], for each kernel its own
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    mean = float(image.mean())
    centred = image - mean
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[:, i, j] = np.sum(centred[i : i + kh, j : j + kw] * kernels, axis=(1, 2))
    return out + mean * kernels[0].sum()
