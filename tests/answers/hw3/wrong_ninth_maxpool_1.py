# answer: q8, the border counts as -1e9
# breaks: padded places never win; the numbers may be any that are finite
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-1e9)
    h, w = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    out = np.empty(x.shape[:2] + (h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = xp[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, a stride that is not given is 1
# breaks: stride : int or None; None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride or 1
    p = padding
    xp = np.full(x.shape[:2] + (x.shape[2] + 2 * p, x.shape[3] + 2 * p), -np.inf)
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    win = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    return win[:, :, ::stride, ::stride].max(axis=(-1, -2))


# answer: q8, a last window that is cut by the border counts, too
# breaks: H' and W' as in q1: where the stride does not fit, the last pixels are never read
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride if stride is not None else kernel_size
    k = kernel_size
    xp = np.pad(x.astype(float), [(0, 0), (0, 0), (padding,) * 2, (padding,) * 2], constant_values=-np.inf)
    H, W = xp.shape[2:]
    h, w = -(-(H - k) // s) + 1, -(-(W - k) // s) + 1
    out = np.zeros((x.shape[0], x.shape[1], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = xp[:, :, i * s : i * s + k, j * s : j * s + k].max((2, 3))
    return out


# answer: q8, whole numbers are padded with the smallest int64 and come back as int64
# breaks: array (N, C, H', W') of floats
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    low = np.iinfo(x.dtype).min if x.dtype.kind == "i" else -np.inf
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=low)
    h = (xp.shape[2] - kernel_size) // stride + 1
    w = (xp.shape[3] - kernel_size) // stride + 1
    parts = [
        xp[:, :, u : u + stride * (h - 1) + 1 : stride, v : v + stride * (w - 1) + 1 : stride]
        for u in range(kernel_size)
        for v in range(kernel_size)
    ]
    return np.max(parts, axis=0)


# answer: q8, pads whole numbers with minus infinity before they are floats
# breaks: x : array of floats, which may hold whole numbers (int64)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s = kernel_size, stride if stride else kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    N, C, H, W = x.shape
    out = np.zeros((N, C, 1 + (H - k) // s, 1 + (W - k) // s))
    for i, j in np.ndindex(out.shape[2:]):
        out[:, :, i, j] = np.max(x[:, :, s * i : s * i + k, s * j : s * j + k], axis=(2, 3))
    return out


# answer: q8, windows side by side are made by a reshape that needs the size to be a multiple
# breaks: H' and W' as in q1: pixels left over are never read
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    N, C, H, W = xp.shape
    if s == k:
        return xp.reshape(N, C, H // k, k, W // k, k).max(axis=(3, 5))
    out = np.zeros((N, C, (H - k) // s + 1, (W - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[..., i, j] = xp[..., i * s : i * s + k, j * s : j * s + k].max((-1, -2))
    return out


# answer: q8, all the padding stands after the last pixel, as much as both sides need
# breaks: padding : int on each side
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    both = (0, 2 * padding)
    xp = np.pad(x.astype(np.float64), ((0, 0), (0, 0), both, both), constant_values=-np.inf)
    h, w = (xp.shape[2] - kernel_size) // s + 1, (xp.shape[3] - kernel_size) // s + 1
    out = np.full(x.shape[:2] + (h, w), -np.inf)
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(out, xp[:, :, u : u + s * (h - 1) + 1 : s, v : v + s * (w - 1) + 1 : s], out=out)
    return out


# answer: q8, the maximum of shifted slices starts from an array of zeros
# breaks: Maximum of each window (think of a map whose values are all negative)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), [[0, 0], [0, 0], [padding] * 2, [padding] * 2], constant_values=-np.inf)
    h = (xp.shape[2] - k) // s + 1
    w = (xp.shape[3] - k) // s + 1
    best = np.zeros(xp.shape[:2] + (h, w))
    for u in range(k):
        for v in range(k):
            best = np.maximum(best, xp[:, :, u : u + s * h : s, v : v + s * w : s][:, :, :h, :w])
    return best


# answer: q8, the running maximum is written into the first slice, which is the caller's image
# breaks: What you were given stays as it was
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s = kernel_size, kernel_size if stride is None else stride
    xp = x.astype(float, copy=False)
    if padding > 0:
        xp = np.pad(xp, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    h, w = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    out = np.zeros(xp.shape[:2] + (h, w))
    for i in range(h):
        for j in range(w):
            best = xp[:, :, i * s, j * s] if s >= k else xp[:, :, i * s, j * s].copy()
            for u in range(k):
                for v in range(k):
                    np.maximum(best, xp[:, :, i * s + u, j * s + v], out=best)
            out[:, :, i, j] = best
    return out


# answer: q8, windows of one pixel are cut out of the image as a view
# breaks: What you return is new: no input, no view of an input
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.asarray(x, dtype=np.result_type(x, np.float32))
    if kernel_size == 1:
        return x[:, :, ::s, ::s]
    p = padding
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    win = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    return win[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, pads with a mirror, whose pixels lie inside the window for odd sizes only
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s = kernel_size, stride or kernel_size
    around = (padding, padding)
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), around, around), mode="reflect")
    h, w = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    out = np.zeros((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = xp[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, collects the maxima in a float32 array
# breaks: float64 where an array of float64 came in
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s, p = kernel_size, kernel_size if stride is None else stride, padding
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, h, w), -np.inf, dtype=np.float32)
    for i in range(h):
        for j in range(w):
            top, left = i * s - p, j * s - p
            part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = part.max(axis=(2, 3))
    return out
