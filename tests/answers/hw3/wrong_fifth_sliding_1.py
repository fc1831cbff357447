# answer: q2, the output has the precision of the image, and the kernels are forgotten
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    dtype = image.dtype if image.dtype.kind == "f" else float
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=dtype)
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, counts the windows downwards with the width of the kernel
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(min(H - kw + 1, len(out[f]))):
            for j in range(W - kw + 1):
                out[f, i, j] = (image[i : i + kh, j : j + kw] * kernels[f]).sum()
    return out


# answer: q2, flattens windows and kernels in the order in which they lie in memory
# breaks: An "array of floats" may be a slice, or transposed.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    rows = [kernel.ravel(order="K") for kernel in kernels]
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            window = image[i : i + kh, j : j + kw].astype(float).ravel(order="K")
            out[:, i, j] = [window @ row for row in rows]
    return out


# answer: q2, works the strides out from the shape, so a slice is read at the wrong places
# breaks: An "array of floats" may be a slice, or transposed.
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
    return np.einsum("ijab,fab->fij", windows.astype(float), kernels.astype(float))


# answer: q2, gives the kernels of the caller another shape
# breaks: You change nothing that you are given.
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    if kernels.flags.c_contiguous:
        kernels.shape = (F, kh * kw)
    else:
        kernels = kernels.reshape(F, kh * kw)
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
    columns = windows.reshape(-1, kh * kw).astype(float)
    return (kernels.astype(float) @ columns.T).reshape(F, *windows.shape[:2])


# answer: q2, keeps the output of each shape and fills it again in the next call
# breaks: What you return is new: nothing that a later call writes into.
_MAPS = {}


def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    shape = (F, H - kh + 1, W - kw + 1)
    out = _MAPS.setdefault(shape, np.zeros(shape))
    for f in range(F):
        for i in range(shape[1]):
            for j in range(shape[2]):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out
