# answer: q9, the mean of a map as the mean of a 2x2 mean, a pyramid
# breaks: Mean of each channel (sizes that halving leaves over)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = x.astype(float)
    n, c, h, w = x.shape
    rows, cols = ((size + 2 * padding - kernel_size) // s + 1 for size in (h, w))
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * s - padding, j * s - padding
            part = x[:, :, max(top, 0) : top + kernel_size, max(left, 0) : left + kernel_size]
            out[:, :, i, j] = part.sum(axis=(2, 3))
            out[:, :, i, j] /= kernel_size**2 if count_include_pad else part.shape[2] * part.shape[3]
    return out


def global_avg_pool2d(x):
    x = x.astype(float)
    while x.shape[2] > 1 and x.shape[3] > 1:
        x = avg_pool2d(x, 2)
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the global mean is the pool with a window of the full height
# breaks: array (N, C, 1, 1) (an image wider than high gives several numbers, a higher one cannot be cut)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    fill = 0.0 if count_include_pad else np.nan
    wide = np.pad(x * 1.0, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=fill)
    wide = wide.astype(np.float64)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(windows[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return avg_pool2d(x, x.shape[2])


# answer: q9, one mean over the numbers of an image, set for each of its channels
# breaks: Mean of each channel (other channels count too)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    real = np.pad(np.ones(x.shape[2:]), padding)
    tops = range(0, wide.shape[2] - kernel_size + 1, s)
    lefts = range(0, wide.shape[3] - kernel_size + 1, s)
    out = np.empty((*x.shape[:2], len(tops), len(lefts)))
    for i, t in enumerate(tops):
        for j, m in enumerate(lefts):
            out[:, :, i, j] = wide[:, :, t : t + kernel_size, m : m + kernel_size].sum(axis=(2, 3))
            many = real[t : t + kernel_size, m : m + kernel_size].sum()
            out[:, :, i, j] /= kernel_size * kernel_size if count_include_pad else many
    return out


def global_avg_pool2d(x):
    n, c = x.shape[:2]
    means = x.astype(float).reshape(n, -1).mean(axis=1)
    return np.repeat(means, c).reshape(n, c, 1, 1)


# answer: q9, the global mean reads the memory of x one channel after the other
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))

    def sums(a):
        view = np.lib.stride_tricks.sliding_window_view(
            np.pad(a, sides), (kernel_size, kernel_size), axis=(2, 3)
        )
        return view[:, :, ::s, ::s].sum(axis=(4, 5))

    x = x.astype(float)
    counts = kernel_size**2 if count_include_pad else sums(np.ones(x.shape))
    return sums(x) / counts


def global_avg_pool2d(x):
    n, c, h, w = x.shape
    flat = x.ravel(order="K").astype(float)
    return flat.reshape(n, c, h * w).mean(axis=2)[:, :, None, None]


# answer: q9, sums of whole numbers in 32 bits
# breaks: whole numbers go to 1,000,000 (a map of 3000 of them is over 2**31)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    fill = 0.0 if count_include_pad else np.nan
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=fill)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(windows[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    kind = np.int32 if x.dtype.kind == "i" else np.float64
    return x.sum(axis=(2, 3), keepdims=True, dtype=kind) / (x.shape[2] * x.shape[3])


# answer: q9, the channels are averaged away, one number for each image
# breaks: array (N, C, 1, 1): one number for each channel (right with one channel)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    h, w = x.shape[2:]

    def matrix(size):
        starts = range(-padding, size + padding - kernel_size + 1, s)
        return np.array([[float(a <= t < a + kernel_size) for t in range(size)] for a in starts])

    down, across = matrix(h), matrix(w)
    sums = np.einsum("ih,nchw,jw->ncij", down, x.astype(float), across)
    return sums / (kernel_size**2 if count_include_pad else np.outer(down.sum(axis=1), across.sum(axis=1)))


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(1, 2, 3), keepdims=True)


# answer: q9, a stride that was given counts for rows, columns follow the window
# breaks: stride in both directions
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    down = kernel_size if stride is None else stride
    across = min(down, kernel_size) if stride != 1 else 1
    fill = 0.0 if count_include_pad else np.nan
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=fill)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(windows[:, :, ::down, ::across], axis=(4, 5))


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the count is that of the real pixels of a full image of ones of square shape
# breaks: padded zeros are not counted, in height and width of their own
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride

    def sums(a):
        wide = np.pad(a, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
        windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size,) * 2, axis=(2, 3))
        return windows[:, :, ::s, ::s].sum(axis=(4, 5))

    out = sums(x.astype(float))
    if count_include_pad:
        return out / kernel_size**2
    side = max(x.shape[2:])
    counts = sums(np.ones((1, 1, side, side)))
    return out / counts[:, :, : out.shape[2], : out.shape[3]]


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the mean is subtracted first to keep digits, and x is not copied
# breaks: What you were given stays as it was
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    fill = 0.0 if count_include_pad else np.nan
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=fill)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(windows[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    n, c, h, w = x.shape
    flat = np.asarray(x, dtype=float).reshape(n, c, h * w)
    middle = flat[:, :, :1].copy()
    flat -= middle
    return (flat.mean(axis=2, keepdims=True) + middle)[..., None]
