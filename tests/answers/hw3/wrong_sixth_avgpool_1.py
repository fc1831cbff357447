# answer: q9, real pixels are those that are not 0
# breaks: whether padded zeros count when the sum is divided (real zeros always count)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    windows = windows[:, :, ::s, ::s]
    if count_include_pad or not padding:
        return windows.mean(axis=(4, 5))
    return windows.sum(axis=(4, 5)) / np.maximum((windows != 0).sum(axis=(4, 5)), 1)


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, counts are kept for the next image of this size
# breaks: Each answer depends on the arguments of its own call alone (the stride is not in the key)
_COUNTS = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size

    def sums(a):
        wide = np.pad(a, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        return np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(
            axis=(4, 5)
        )

    x = x.astype(float)
    if count_include_pad:
        return sums(x) / k**2
    total = sums(x)
    key = (total.shape[2:], k, padding)
    if key not in _COUNTS:
        _COUNTS[key] = sums(np.ones((1, 1, *x.shape[2:])))
    return total / _COUNTS[key]


def global_avg_pool2d(x):
    return np.einsum("nchw->nc", x.astype(float))[:, :, None, None] / (x.shape[2] * x.shape[3])


# answer: q9, the padding at the end is always taken to be as wide as at the start
# breaks: whether padded zeros count (where the stride does not fit, the last window holds less padding)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = x.astype(float)
    wide = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    rows, cols = ((size - kernel_size) // s + 1 for size in wide.shape[2:])

    def counts(number):
        real = np.full(number, kernel_size)
        real[0] -= padding
        if number > 1:
            real[-1] -= padding
        return np.maximum(real, 1)

    out = np.zeros((*x.shape[:2], rows, cols))
    for a in range(kernel_size):
        for b in range(kernel_size):
            out += wide[:, :, a : a + s * (rows - 1) + 1 : s, b : b + s * (cols - 1) + 1 : s]
    if count_include_pad:
        return out / kernel_size**2
    return out / (counts(rows)[:, None] * counts(cols)[None])


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, no window is cut by more than one side
# breaks: the border pixels of a window are counted (an image lower than the window is cut above and below)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, kernel_size if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = ((size + 2 * padding - k) // s + 1 for size in (h, w))

    def real(start, size):
        if start < 0:
            return k + start
        return min(k, size - start)

    wide = np.zeros((n, c, h + 2 * padding, w + 2 * padding))
    wide[:, :, padding : padding + h, padding : padding + w] = x
    out = np.empty((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            total = wide[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            number = k * k
            if not count_include_pad:
                number = real(i * s - padding, h) * real(j * s - padding, w)
            out[:, :, i, j] = total / number
    return out


def global_avg_pool2d(x):
    return np.array(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the sum is written into an array like x
# breaks: array (N, C, H', W') of floats (whole numbers are cut off behind the point)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    ones = np.ones_like(x)
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        ones = np.pad(ones, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows, cols = ((size - kernel_size) // s + 1 for size in x.shape[2:])
    out = np.zeros_like(x, shape=(*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            here = np.s_[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
            count = kernel_size**2 if count_include_pad else ones[here][0, 0].sum()
            out[:, :, i, j] = x[here].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)


# answer: q9, padded zeros are left out unless they are asked for
# breaks: the default count_include_pad=True
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    s = kernel_size if stride is None else stride
    x = np.asarray(x, dtype=float)
    fill = 0.0 if count_include_pad else np.nan
    wide = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=fill)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(windows[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return np.mean(x, axis=(2, 3), keepdims=True, dtype=np.float64)


# answer: q9, the weights of the window are float32
# breaks: float64 where an array of float64 came in, off by at most a billionth
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride

    def pool(a):
        wide = np.pad(a, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
        windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
        weight = np.full((kernel_size, kernel_size), np.float32(1) / np.float32(kernel_size**2))
        return np.einsum("ncijab,ab->ncij", windows[:, :, ::s, ::s], weight)

    x = x.astype(np.float64)
    return pool(x) if count_include_pad else pool(x) / pool(np.ones_like(x))


def global_avg_pool2d(x):
    return x.astype(np.float64).mean(axis=(2, 3), keepdims=True)
