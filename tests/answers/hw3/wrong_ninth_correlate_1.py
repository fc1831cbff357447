# answer: q2, the answer has the dtype of the kernels, so whole-number kernels cut the digits off
# breaks: array (F, H - kh + 1, W - kw + 1) of floats; two arrays of one call may differ in dtype
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=kernels.dtype)
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = (kernels[f] * image[i : i + kh, j : j + kw]).sum()
    return out


# answer: q2, whole numbers times whole numbers stay whole numbers
# breaks: Floats: float64 where an array of float64 came in; otherwise float32 or float64
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    rows = []
    for i in range(H - kh + 1):
        rows.append([np.sum(kernels * image[i : i + kh, j : j + kw], axis=(1, 2)) for j in range(W - kw + 1)])
    return np.array(rows).transpose(2, 0, 1)


# answer: q2, the maps are stacked last and then only reshaped to the front
# breaks: y[f, i, j] is the sum for kernel f at place (i, j)
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((H - kh + 1, W - kw + 1, F))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernels).sum(axis=(1, 2))
    return out.reshape(F, H - kh + 1, W - kw + 1)


# answer: q2, strided windows with byte steps worked out for an array that lies row by row
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps, read-only
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    b = image.itemsize
    windows = np.lib.stride_tricks.as_strided(image, (H - kh + 1, W - kw + 1, kh, kw), (W * b, b, W * b, b))
    return np.einsum("ijab,fab->fij", windows.astype(float), kernels.astype(float))


# answer: q2, rounds to six digits behind the point so that the print looks clean
# breaks: Rounding may put them off by a billionth of the largest number in the answer
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f, kernel in enumerate(kernels):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return np.round(out, 6)


# answer: q2, one loop for both axes of the kernel: the sum over the taps runs to kh twice
# breaks: array (F, kh, kw) of floats: height and width of the kernel may differ
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    taps = [(a, b) for a in range(min(kh, kw)) for b in range(min(kh, kw))]
    for a, b in taps:
        part = image[a : a + out.shape[1], b : b + out.shape[2]]
        out += kernels[:, a, b].reshape(F, 1, 1) * part
    return out


# answer: q2, the kernels are taken for channels: their maps are summed and each output gets the sum
# breaks: Here several kernels of one size look at the same image, and each makes a map of its own
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[:, i, j] = np.sum(kernels * image[None, i : i + kh, j : j + kw])
    return out


# answer: q2, the last window of each axis is never visited and stays 0
# breaks: Only windows that lie wholly inside the image count: the last one does, too
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(max(1, H - kh)):
            for j in range(max(1, W - kw)):
                out[f, i, j] = (kernels[f] * image[i : i + kh, j : j + kw]).sum()
    return out


# answer: q2, everything goes through float32, as in the library of the next homework
# breaks: float64 where an array of float64 came in, off by a billionth at most
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    image, weights = np.asarray(image, np.float32), np.asarray(kernels, np.float32)
    out = np.empty((F, H - kh + 1, W - kw + 1), dtype=np.float64)
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            window = image[i : i + kh, j : j + kw]
            out[:, i, j] = np.tensordot(weights, window, axes=([1, 2], [0, 1]))
    return out


# answer: q2, squeezes the answer, so a single kernel or a single row loses its axis
# breaks: array (F, H - kh + 1, W - kw + 1), each axis kept
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    maps = []
    for kernel in kernels:
        y = np.zeros((H - kh + 1, W - kw + 1))
        for a in range(kh):
            for b in range(kw):
                y += kernel[a, b] * image[a : H - kh + 1 + a, b : W - kw + 1 + b]
        maps.append(y)
    return np.stack(maps).squeeze()


# answer: q2, a whole-number image is turned into int32 first, and products overflow
# breaks: whole numbers (int64) go from -1,000,000 to 1,000,000
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    if image.dtype.kind == "i" and kernels.dtype.kind == "i":
        image, kernels = image.astype(np.int32), kernels.astype(np.int32)
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for a in range(kh):
        for b in range(kw):
            window = image[a : a + H - kh + 1, b : b + W - kw + 1]
            out += kernels[:, a, b][:, None, None] * window
    return out
