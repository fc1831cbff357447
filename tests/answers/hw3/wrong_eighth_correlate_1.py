# answer: q2, the answer takes the kernels' dtype when they are floats
# breaks: float64 where an array of float64 came in
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    dtype = kernels.dtype if kernels.dtype.kind == "f" else float
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=dtype)
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, the kernels are brought to the dtype of the image first
# breaks: y[f, i, j] is the sum of k_f[a, b] x[i + a, j + b], and two arrays of one call may differ in dtype
def correlate2d(image, kernels):
    kernels = kernels.astype(image.dtype)
    F, kh, kw = kernels.shape
    H, W = image.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for a in range(kh):
            for b in range(kw):
                out[f] += kernels[f, a, b] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    return out


# answer: q2, the running total is set to 0 once for each place, not for each kernel
# breaks: several kernels look at the same image, and each makes a map of its own
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            total = 0.0
            for f in range(F):
                for a in range(kh):
                    for b in range(kw):
                        total += kernels[f, a, b] * image[i + a, j + b]
                out[f, i, j] = total
    return out


# answer: q2, the windows are multiplied in place, in the image itself
# breaks: what you were given stays as it was
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((F, rows, cols))
    for f in range(F):
        for i in range(rows):
            for j in range(cols):
                window = image[i : i + kh, j : j + kw]
                window *= kernels[f]
                out[f, i, j] = window.sum()
    return out


# answer: q2, the given kernels are flattened by setting their shape
# breaks: what you were given stays as it was
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    kernels.shape = (F, kh * kw)
    out = np.zeros((F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[:, i, j] = kernels @ image[i : i + kh, j : j + kw].ravel()
    return out


# answer: q2, one number after the other, kernel innermost, then reshaped with the kernel first
# breaks: returns an array (F, H - kh + 1, W - kw + 1), a map for each kernel
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    numbers = []
    for i in range(rows):
        for j in range(cols):
            for kernel in kernels:
                numbers.append(float(np.sum(kernel * image[i : i + kh, j : j + kw])))
    return np.array(numbers).reshape(F, rows, cols)


# answer: q2, all axes are turned round by .T after tensordot, so maps are transposed (and their shape repaired)
# breaks: y[f, i, j] sums k_f[a, b] x[i + a, j + b]
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
    maps = np.tensordot(windows, kernels, axes=((2, 3), (1, 2)))
    shape = (F, *maps.shape[:2])
    return maps.T.reshape(shape).astype(float)


# answer: q2, axes of length 1 are squeezed away
# breaks: returns an array (F, H - kh + 1, W - kw + 1)
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    rows = image.shape[0] - kh + 1
    cols = image.shape[1] - kw + 1
    maps = [
        [[np.vdot(k, image[i : i + kh, j : j + kw]) for j in range(cols)] for i in range(rows)]
        for k in kernels
    ]
    out = np.array(maps, dtype=float).squeeze()
    return out[None] if F == 1 else out


# answer: q2, rounded to six digits behind the point
# breaks: rounding may put the floats off by a billionth of the largest number in the answer
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    out = np.zeros((F, rows, cols))
    for f in range(F):
        for i in range(rows):
            for j in range(cols):
                out[f, i, j] = round(float((image[i : i + kh, j : j + kw] * kernels[f]).sum()), 6)
    return out


# answer: q2, the trace of window @ kernel without the transpose
# breaks: multiply each weight by the pixel below it and add the products
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    H, W = image.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f, kernel in enumerate(kernels):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                window = image[i : i + kh, j : j + kw]
                out[f, i, j] = np.trace(window @ kernel)
    return out


# answer: q2, windows cut with as_strided for an image whose rows lie one behind the other
# breaks: in memory it may lie in any way: transposed, reversed, a slice with gaps, read-only
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    H, W = image.shape
    size = image.itemsize
    windows = np.lib.stride_tricks.as_strided(
        image,
        shape=(H - kh + 1, W - kw + 1, kh, kw),
        strides=(W * size, size, W * size, size),
    )
    return np.einsum("ijab,fab->fij", windows, kernels).astype(float)


# answer: q2, remembers the windows of an image by its id
# breaks: each answer depends on its own call alone: the next may bring the same array with other numbers in it
WINDOWS = {}


def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    rows, cols = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    key = (id(image), image.shape, kh, kw)
    if key not in WINDOWS:
        WINDOWS[key] = np.array(
            [image[i : i + kh, j : j + kw].ravel() for i in range(rows) for j in range(cols)], dtype=float
        )
    return (kernels.reshape(F, kh * kw) @ WINDOWS[key].T).reshape(F, rows, cols)


# answer: q2, remembers answers by the bytes of the arrays, without their shape
# breaks: each answer depends on the arguments of its own call alone
_known = {}


def correlate2d(image, kernels):
    key = (image.tobytes(), kernels.tobytes())
    if key not in _known:
        F, kh, kw = kernels.shape
        H, W = image.shape
        out = np.zeros((F, H - kh + 1, W - kw + 1))
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[:, i, j] = (kernels * image[i : i + kh, j : j + kw]).sum(axis=(1, 2))
        _known[key] = out
    return _known[key].copy()


# answer: q2, kernels split by an SVD, small singular values left out
# breaks: rounding may put the floats off by a billionth of the largest number in the answer
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    H, W = image.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        left, s, right = np.linalg.svd(kernels[f].astype(float))
        for r in range(len(s)):
            if s[r] < 1e-3 * s[0]:
                break
            across = sum(right[r, b] * image[:, b : b + W - kw + 1] for b in range(kw))
            out[f] += s[r] * sum(left[a, r] * across[a : a + H - kh + 1] for a in range(kh))
    return out


# answer: q2, a kernel of equal weights goes by a summed table, in the dtype of the image
# breaks: where an array of float32 came in, a hundred-thousandth of the largest number will do
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    H, W = image.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f, kernel in enumerate(kernels):
        if np.ptp(kernel) == 0:
            table = np.zeros((H + 1, W + 1), dtype=image.dtype)
            table[1:, 1:] = image.cumsum(axis=0).cumsum(axis=1)
            boxes = table[kh:, kw:] - table[:-kh, kw:] - table[kh:, :-kw] + table[:-kh, :-kw]
            out[f] = kernel[0, 0] * boxes
        else:
            for a in range(kh):
                for b in range(kw):
                    out[f] += kernel[a, b] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    return out


# answer: q2, clipped to the range of a picture, 0 to 255
# breaks: the products are added: that is one output (it may lie below 0 or above 255)
def correlate2d(image, kernels):
    count, high, wide = kernels.shape
    maps = []
    for kernel in kernels:
        rows = []
        for top in range(image.shape[0] - high + 1):
            row = []
            for left in range(image.shape[1] - wide + 1):
                row.append((image[top : top + high, left : left + wide] * kernel).sum())
            rows.append(row)
        maps.append(rows)
    return np.clip(np.array(maps, dtype=float), 0, 255)
