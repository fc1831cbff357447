# answer: q2, a convolution: the kernels are rotated
# breaks: y[f, i, j] = sum of k[a, b] x[i + a, j + b], with a plus
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[:, i, j] = (kernels[:, ::-1, ::-1] * image[i : i + kh, j : j + kw]).sum(axis=(1, 2))
    return out


# answer: q2, the output takes the dtype of the image
# breaks: whole-number image and float kernels: what you return holds floats
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=image.dtype)
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, one kernel size for both axes
# breaks: kernels (F, kh, kw): height and width each have their own size
def correlate2d(image, kernels):
    H, W = image.shape
    F, k = kernels.shape[:2]
    out = np.zeros((F, H - k + 1, W - k + 1))
    for f in range(F):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = (image[i : i + k, j : j + k] * kernels[f]).sum()
    return out


# answer: q2, the last row and column of outputs is not computed and stays 0
# breaks: every window that lies wholly inside counts
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh):
        for j in range(W - kw):
            out[:, i, j] = np.einsum("fab,ab->f", kernels, image[i : i + kh, j : j + kw])
    return out


# answer: q2, the map axis stands last
# breaks: array (F, H - kh + 1, W - kw + 1)
def correlate2d(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[1:])
    return np.tensordot(windows, kernels.astype(float), axes=([2, 3], [1, 2]))


# answer: q2, squeezes axes of length 1 away
# breaks: array (F, H - kh + 1, W - kw + 1), where one of them is 1 too
def correlate2d(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernels.shape[1:])
    return np.einsum("ijab,fab->fij", windows, kernels).squeeze()


# answer: q2, row and column change places in the loop
# breaks: y[f, i, j] looks at row i + a and column j + b; height and width may differ
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f, kernel in enumerate(kernels):
        for i in range(W - kw + 1):
            for j in range(H - kh + 1):
                out[f, j, i] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


# answer: q2, flattens the kernels by setting their shape
# breaks: no function changes what it is given (the kernels come back flat)
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    H, W = image.shape
    kernels.shape = (F, kh * kw)
    out = np.empty((F, H - kh + 1, W - kw + 1))
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            out[:, i, j] = kernels @ image[i : i + kh, j : j + kw].ravel()
    return out


# answer: q2, as_strided with strides worked out for an array that lies in one piece
# breaks: what it is given may be a view of another array
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    row, item = W * image.itemsize, image.itemsize
    windows = np.lib.stride_tricks.as_strided(
        image, shape=(H - kh + 1, W - kw + 1, kh, kw), strides=(row, item, row, item)
    )
    return np.einsum("ijab,fab->fij", windows, kernels).astype(float)


# answer: q2, everything in float32 for speed
# breaks: float32 only where no float64 came in
def correlate2d(image, kernels):
    image, kernels = image.astype(np.float32), kernels.astype(np.float32)
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=np.float32)
    for a in range(kh):
        for b in range(kw):
            out += kernels[:, a, b, None, None] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    return out


# answer: q2, skips windows whose pixels add up to 0
# breaks: y[f, i, j] is a weighted sum: pixels 1 and -1 add up to 0 and still count
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            window = image[i : i + kh, j : j + kw]
            if window.sum() == 0:
                continue
            for f in range(F):
                out[f, i, j] = (window * kernels[f]).sum()
    return out


# answer: q2, rounds to two digits, left over from a comparison by eye
# breaks: y[f, i, j] is the sum of the products, not rounded
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.round((image[i : i + kh, j : j + kw] * kernels[f]).sum(), 2)
    return out


# answer: q2, the running sum is not set back to 0 for the next kernel
# breaks: each kernel makes a map of its own
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            total = 0.0
            for f in range(F):
                for a in range(kh):
                    for b in range(kw):
                        total += kernels[f, a, b] * image[i + a, j + b]
                out[f, i, j] = total
    return out


# answer: q2, the result is kept in a buffer that the next call of the same shape writes into
# breaks: an earlier answer changes at the next call: what comes back must be the sum of this call's products
_buffers = {}


def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    shape = (F, H - kh + 1, W - kw + 1)
    out = _buffers.setdefault(shape, np.empty(shape))
    for i in range(shape[1]):
        for j in range(shape[2]):
            out[:, i, j] = (kernels * image[i : i + kh, j : j + kw]).sum(axis=(1, 2))
    return out


# answer: q2, float32 as soon as one of the two is float32
# breaks: float32 only where no float64 came in
def correlate2d(image, kernels):
    dtype = np.float32 if np.float32 in (image.dtype, kernels.dtype) else np.float64
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[1:])
    return np.einsum("ijab,fab->fij", windows, kernels).astype(dtype)
