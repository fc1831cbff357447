# answer: q9, a debugging leftover: the counts come back beside the means
# breaks: returns an array (N, C, H', W') of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    if count_include_pad:
        return sums / (k * k)
    return sums / counts, counts


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, refuses images that the stride does not fit
# breaks: where the stride does not fit, the last pixels are never read; no refusal
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    H, W = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    if (H - k) % s or (W - k) % s:
        raise ValueError("kernel and stride do not fit the image")
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, border windows are pushed inside instead of cut
# breaks: a window that begins in the padding ends after kernel_size places, padding counted
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    x = x.astype(float)
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            top, left = max(0, i * s - padding), max(0, j * s - padding)
            window = x[:, :, top : top + k, left : left + k]
            total = window.sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else window[0, 0].size)
    return out


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the first and the last window are taken to lose all the padding, whatever is left over
# breaks: the number of real pixels in the last window, where the stride leaves places over
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    sums = view.sum(axis=(4, 5))
    if count_include_pad:
        return sums / k**2
    rows, columns = np.full(sums.shape[2], k), np.full(sums.shape[3], k)
    for counts in (rows, columns):
        counts[0] -= padding
        counts[-1] -= padding
    return sums / np.maximum(rows[:, None] * columns, 1)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, as_strided with strides worked out from the shape
# breaks: an array may be a view of another, transposed: its strides are others
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    real = np.ones(x.shape)
    if padding:
        sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x, real = np.pad(x, sides), np.pad(real, sides)
    N, C, H, W = x.shape
    shape = (N, C, (H - k) // s + 1, (W - k) // s + 1, k, k)
    steps = np.array([C * H * W, H * W, W * s, s, W, 1])
    windows = np.lib.stride_tricks.as_strided(x, shape, tuple(steps * x.itemsize))
    counts = np.lib.stride_tricks.as_strided(real, shape, tuple(steps * real.itemsize))
    sums = windows.astype(float).sum(axis=(4, 5))
    return sums / (k * k if count_include_pad else counts.sum(axis=(4, 5)))


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, a window of one pixel hands the input itself back
# breaks: no function returns one of the arrays that it is given
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    if k == 1 and s == 1 and padding == 0:
        return x
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, a debugging leftover: the means are rounded to four places
# breaks: the mean of a window, for small pixels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return np.round(sums / (k * k if count_include_pad else counts), 4)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the border mirrors the image
# breaks: "zeros added on each side"
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    x = x.astype(float)
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    if count_include_pad:
        return view(np.pad(x, sides, mode="reflect"), (k, k), axis=(2, 3))[:, :, ::s, ::s].mean(axis=(4, 5))
    sums = view(np.pad(x, sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return sums / counts


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)
