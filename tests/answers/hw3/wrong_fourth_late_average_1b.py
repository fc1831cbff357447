# answer: q9, the global mean is told to stay in the dtype of x
# breaks: what comes back holds floats, for whole numbers too
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = kernel_size if stride is None else stride
    wide = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones(x.shape[2:]), padding)
    rows = (wide.shape[2] - kernel_size) // step + 1
    cols = (wide.shape[3] - kernel_size) // step + 1
    out = np.zeros((*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * step, j * step
            total = wide[:, :, a : a + kernel_size, b : b + kernel_size].sum(axis=(2, 3))
            count = kernel_size**2
            if not count_include_pad:
                count = real[a : a + kernel_size, b : b + kernel_size].sum()
            out[:, :, i, j] = total / count
    return out


def global_avg_pool2d(x):
    return np.mean(x, axis=(2, 3), keepdims=True, dtype=x.dtype)


# answer: q9, a map of one pixel is handed back as it is
# breaks: no function returns what it is given, and whole numbers become floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = kernel_size if stride is None else stride
    wide = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones(x.shape[2:]), padding)
    rows = (wide.shape[2] - kernel_size) // step + 1
    cols = (wide.shape[3] - kernel_size) // step + 1
    out = np.zeros((*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * step, j * step
            total = wide[:, :, a : a + kernel_size, b : b + kernel_size].sum(axis=(2, 3))
            count = kernel_size**2
            if not count_include_pad:
                count = real[a : a + kernel_size, b : b + kernel_size].sum()
            out[:, :, i, j] = total / count
    return out


def global_avg_pool2d(x):
    if x.shape[2] == 1 and x.shape[3] == 1:
        return x  # nothing to average
    return x.reshape(*x.shape[:2], -1).mean(axis=2)[:, :, None, None]


# answer: q9, the global mean sets x.shape
# breaks: no function changes what it is given
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = kernel_size if stride is None else stride
    wide = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones(x.shape[2:]), padding)
    rows = (wide.shape[2] - kernel_size) // step + 1
    cols = (wide.shape[3] - kernel_size) // step + 1
    out = np.zeros((*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * step, j * step
            total = wide[:, :, a : a + kernel_size, b : b + kernel_size].sum(axis=(2, 3))
            count = kernel_size**2
            if not count_include_pad:
                count = real[a : a + kernel_size, b : b + kernel_size].sum()
            out[:, :, i, j] = total / count
    return out


def global_avg_pool2d(x):
    n, c = x.shape[:2]
    x.shape = (n, c, -1)
    return x.mean(axis=-1).reshape(n, c, 1, 1)


# answer: q9, the counts are mirrored: the last window is taken to be cut like the first
# breaks: count_include_pad=False divides by the real pixels, also where the stride leaves pixels over
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    win = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    sums = win.sum(axis=(4, 5))
    if count_include_pad:
        return sums / (k * k)

    def counts(n, size):
        i = np.arange(n)
        missing = np.maximum(p - s * i, 0)
        return np.minimum(k - missing - missing[::-1], size)

    rows, cols = counts(sums.shape[2], x.shape[2]), counts(sums.shape[3], x.shape[3])
    return sums / (rows[:, None] * cols)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, only the outermost windows are corrected, as if padding were 1
# breaks: count_include_pad=False: every window that holds padded zeros divides by its real pixels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = stride if stride else kernel_size
    k, p = kernel_size, padding
    h, w = (x.shape[2] + 2 * p - k) // s + 1, (x.shape[3] + 2 * p - k) // s + 1
    xp = np.zeros((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p))
    xp[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum((2, 3))
            a = b = k
            if not count_include_pad:
                if i == 0:
                    a -= p
                if i * s + k == xp.shape[2]:
                    a -= p
                if j == 0:
                    b -= p
                if j * s + k == xp.shape[3]:
                    b -= p
            out[:, :, i, j] = total / (a * b)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, as_strided with strides worked out for a contiguous array
# breaks: what comes in may be a view: a slice, or transposed
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    ones = np.pad(np.ones(x.shape[2:]), p)
    if p:
        x = np.ascontiguousarray(np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))))
    n, c, h, w = x.shape
    oh, ow = (h - k) // s + 1, (w - k) // s + 1
    b = x.itemsize
    strides = (c * h * w * b, h * w * b, s * w * b, s * b, w * b, b)
    sums = np.lib.stride_tricks.as_strided(x, (n, c, oh, ow, k, k), strides).sum(axis=(4, 5))
    if count_include_pad:
        return sums / k**2
    counts = np.lib.stride_tricks.sliding_window_view(ones, (k, k))[::s, ::s].sum(axis=(2, 3))
    return sums / counts


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the counts are kept in a dictionary whose key forgets the stride
# breaks: each call divides by the real pixels of its own windows
_counts = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    view = np.lib.stride_tricks.sliding_window_view
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    sums = view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    if count_include_pad:
        return sums / (k * k)
    key = (x.shape[2], x.shape[3], k, p)
    if key not in _counts:
        _counts[key] = view(np.pad(np.ones(x.shape[2:]), p), (k, k))[::s, ::s].sum(axis=(2, 3))
    return sums / _counts[key]


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
