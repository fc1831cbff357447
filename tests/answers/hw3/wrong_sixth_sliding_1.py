# answer: q2, the sums take the dtype of the image where that is a float
# breaks: float64 where an array of float64 came in
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    dtype = image.dtype if image.dtype.kind == "f" else np.float64
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=dtype)
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, kernel height and width are unpacked the wrong way round, and the slices take what is there
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    H, W = image.shape
    F, kw, kh = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            window = image[i : i + kh, j : j + kw]
            for f in range(F):
                out[f, i, j] = (window * kernels[f]).sum()
    return out


# answer: q2, the height serves for both axes
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    n = image.shape[0]
    F, kh, kw = kernels.shape
    out = np.zeros((F, n - kh + 1, n - kw + 1))
    for f in range(F):
        for i in range(n - kh + 1):
            for j in range(n - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, keeps one array for each shape and hands it out again
# breaks: What you return is new: nothing that a later call writes into.
_maps = {}


def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    shape = (F, H - kh + 1, W - kw + 1)
    if shape not in _maps:
        _maps[shape] = np.zeros(shape)
    out = _maps[shape]
    out[...] = 0
    for a in range(kh):
        for b in range(kw):
            out += kernels[:, a, b, None, None] * image[a : a + shape[1], b : b + shape[2]]
    return out


# answer: q2, strides are worked out as if the image lay row by row without gaps
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps, read-only.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    step = image.itemsize
    windows = np.lib.stride_tricks.as_strided(
        image,
        shape=(H - kh + 1, W - kw + 1, kh, kw),
        strides=(W * step, step, W * step, step),
        writeable=False,
    )
    return np.einsum("ijab,fab->fij", windows, kernels).astype(float)


# answer: q2, axes of length 1 are squeezed out of the answer
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    H, W = image.shape
    kh, kw = kernels.shape[1:]
    maps = []
    for kernel in kernels:
        rows = [
            [float((image[i : i + kh, j : j + kw] * kernel).sum()) for j in range(W - kw + 1)]
            for i in range(H - kh + 1)
        ]
        maps.append(rows)
    return np.squeeze(np.array(maps))
