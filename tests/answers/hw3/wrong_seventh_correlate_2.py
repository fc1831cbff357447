# answer: q2, gives whole numbers back where image and kernels hold whole numbers
# breaks: Floats: float64 where an array of float64 came in; otherwise float32 or float64
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
    return np.einsum("ijab,fab->fij", windows, kernels)


# answer: q2, answers in the precision of the image, float32 though the kernels are float64
# breaks: float64 where an array of float64 came in
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1), np.float32 if image.dtype == np.float32 else np.float64)
    for a in range(kh):
        for b in range(kw):
            part = image[a : a + H - kh + 1, b : b + W - kw + 1]
            out += (kernels[:, a, b, None, None] * part).astype(out.dtype)
    return out


# answer: q2, both loops over the taps run over the height of the kernel
# breaks: the sums over a and b in the formula, for kernels of which height and width differ
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for a in range(kh):
        for b in range(kh):
            out += kernels[:, a, b][:, None, None] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    return out


# answer: q2, loops one place too few down and across, and the last row and column stay 0
# breaks: Only windows that lie wholly inside the image count ("valid"). (The last ones do.)
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(max(H - kh, 1)):
        for j in range(max(W - kw, 1)):
            for f in range(F):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, pairs the axes of window and kernel crosswise, which only kernels equal to their transpose forgive
# breaks: y[f, i, j] = sum of k_f[a, b] x[i + a, j + b]
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            window = image[i : i + kh, j : j + kw]
            out[:, i, j] = kernels.reshape(F, -1) @ window.T.reshape(-1)
    return out


# answer: q2, nests the lists column by column, so every map comes out transposed
# breaks: array (F, H - kh + 1, W - kw + 1): y[f, i, j] belongs to row i and column j
def correlate2d(image, kernels):
    H, W = image.shape
    kh, kw = kernels.shape[1:]

    def one(kernel, i, j):
        return float((image[i : i + kh, j : j + kw] * kernel).sum())

    down, across = range(H - kh + 1), range(W - kw + 1)
    return np.array([[[one(kernel, i, j) for i in down] for j in across] for kernel in kernels])


# answer: q2, walks the windows only as far as the shorter side of the map goes
# breaks: array (F, H - kh + 1, W - kw + 1), filled for an image that is wider than high or higher than wide
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    oh, ow = H - kh + 1, W - kw + 1
    out = np.zeros((F, oh, ow))
    for f in range(F):
        for j in range(ow):
            for i in range(min(oh, ow)):
                out[f, i, j] = np.vdot(image[i : i + kh, j : j + kw], kernels[f])
    return out
