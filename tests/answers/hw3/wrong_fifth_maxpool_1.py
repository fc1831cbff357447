# answer: q8, the border is filled with -1e9, which some pixels are below
# breaks: padded places never win; it counts as -inf
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-1e9)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the border is a mirror image, so that no new value comes in
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    x = x.astype(np.result_type(x, np.float32))
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), mode="reflect")
    h, w = x.shape[2:]
    rows = [x[:, :, i : i + kernel_size].max(axis=2) for i in range(0, h - kernel_size + 1, s)]
    x = np.stack(rows, axis=2)
    cols = [x[..., j : j + kernel_size].max(axis=3) for j in range(0, w - kernel_size + 1, s)]
    return np.stack(cols, axis=3)


# answer: q8, the maximum of whole numbers stays a whole number where nothing is padded
# breaks: array (N, C, H', W') of floats
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    if padding:
        edge = (padding, padding)
        x = np.pad(x * 1.0, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    n, c, h, w = x.shape
    oh, ow = (h - kernel_size) // stride + 1, (w - kernel_size) // stride + 1
    out = np.empty((n, c, oh, ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            out[:, :, i, j] = x[:, :, a : a + kernel_size, b : b + kernel_size].max(axis=(2, 3))
    return out


# answer: q8, the maximum is gathered in the first shifted slice, which is a view of x
# breaks: You change nothing that you are given.
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    if x.dtype.kind != "f":
        x = x.astype(float)
    if padding:
        edge = (padding, padding)
        x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    h, w = x.shape[2:]
    oh, ow = (h - kernel_size) // s + 1, (w - kernel_size) // s + 1
    out = None
    for u in range(kernel_size):
        for v in range(kernel_size):
            tap = x[:, :, u : u + s * oh : s, v : v + s * ow : s]
            out = tap if out is None else np.maximum(out, tap, out=out)
    return out.copy()


# answer: q8, a window of one pixel changes nothing, so a slice of x comes back
# breaks: What you return is new: no input, no view of an input
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x if x.dtype in (np.float32, np.float64) else x.astype(np.float64)
    if kernel_size == 1:
        return x[:, :, ::s, ::s]
    big = np.full(x.shape[:2] + (x.shape[2] + 2 * padding, x.shape[3] + 2 * padding), -np.inf, x.dtype)
    big[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    windows = np.lib.stride_tricks.sliding_window_view(big, (kernel_size,) * 2, (2, 3))
    return np.max(windows[:, :, ::s, ::s], axis=(-1, -2))


# answer: q8, pixels left over make a last, smaller window where the stride is the kernel size
# breaks: H' and W' as in q1; where the stride does not fit, the last pixels are never read
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    h, w = x.shape[2:]
    if s == k:
        return np.maximum.reduceat(np.maximum.reduceat(x, range(0, h - k + 1, k), axis=2), range(0, w - k + 1, k), axis=3)
    rows = np.add.outer(np.arange(0, h - k + 1, s), np.arange(k))
    cols = np.add.outer(np.arange(0, w - k + 1, s), np.arange(k))
    return x[:, :, rows].max(axis=3)[:, :, :, cols].max(axis=4)


# answer: q8, the output has H // stride rows, which holds where windows stand side by side
# breaks: H' and W' as in q1
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    n, c, h, w = x.shape
    out = np.empty((n, c, h // s, w // s), dtype=x.dtype)
    for i in range(h // s):
        for j in range(w // s):
            window = x[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


# answer: q8, the padded image is kept for its size, so a border may hold old pixels
# breaks: padded places never win
_ROOM = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    n, c, h, w = x.shape
    shape = (n, c, h + 2 * padding, w + 2 * padding)
    if (shape, x.dtype) not in _ROOM:
        _ROOM[shape, x.dtype] = np.full(shape, -np.inf, dtype=x.dtype)
    big = _ROOM[shape, x.dtype]
    big[:, :, padding : padding + h, padding : padding + w] = x
    windows = np.lib.stride_tricks.sliding_window_view(big, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))
