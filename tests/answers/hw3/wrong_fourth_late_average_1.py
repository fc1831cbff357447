# answer: q9, without a stride the windows move by 1
# breaks: without a stride the stride is the kernel size
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    if stride is None:
        stride = 1
    k, p = kernel_size, padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    ones = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (p, p), (p, p)))
    swv = np.lib.stride_tricks.sliding_window_view
    sums = swv(xp, (k, k), axis=(2, 3))[:, :, ::stride, ::stride].sum(axis=(4, 5))
    counts = swv(ones, (k, k), axis=(2, 3))[:, :, ::stride, ::stride].sum(axis=(4, 5))
    return sums / (k * k) if count_include_pad else sums / counts


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, works in float32 whatever comes in
# breaks: float64 comes back where float64 came in
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    x = x.astype(np.float32)
    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    fill = 0 if count_include_pad else np.nan
    mean = np.mean if count_include_pad else np.nanmean
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=fill)
    win = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    return mean(win, axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the window's pixels that are not zero are taken for the real ones
# breaks: count_include_pad=False leaves out padded zeros, not pixels that are 0
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    win = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    sums = win.sum(axis=(4, 5))
    if count_include_pad:
        return sums / k**2
    return sums / np.maximum((win != 0).sum(axis=(4, 5)), 1)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, a summed-area table in float32
# breaks: the mean of each window: in float32 the table loses the small digits
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    dtype = np.float32 if x.dtype == np.float32 else np.float64
    xp = np.pad(x.astype(dtype), ((0, 0), (0, 0), (p, p), (p, p)))
    ones = np.pad(np.ones(x.shape[2:]), p)

    def boxes(a):
        t = np.zeros((*a.shape[:-2], a.shape[-2] + 1, a.shape[-1] + 1), dtype=a.dtype)
        t[..., 1:, 1:] = a.cumsum(axis=-2).cumsum(axis=-1)
        return (t[..., k:, k:] - t[..., :-k, k:] - t[..., k:, :-k] + t[..., :-k, :-k])[..., ::s, ::s]

    return boxes(xp) / (dtype(k * k) if count_include_pad else boxes(ones).astype(dtype))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, a shortcut by reshape cuts the left-over columns but not the left-over rows
# breaks: where the stride does not fit, the last pixels are never read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    n, c, h, w = x.shape
    if padding == 0 and s == kernel_size:  # fast path: blocks
        x = x[:, :, :, : w // s * s]
        return x.reshape(n, c, h // s, s, w // s, s).mean(axis=(3, 5))
    total = np.zeros((n, c, h + 2 * padding, w + 2 * padding))
    mask = np.zeros((h + 2 * padding, w + 2 * padding))
    total[:, :, padding : padding + h, padding : padding + w] = x
    mask[padding : padding + h, padding : padding + w] = 1
    win = np.lib.stride_tricks.sliding_window_view
    sums = win(total, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = win(mask, (kernel_size, kernel_size))[::s, ::s].sum(axis=(2, 3))
    return sums / kernel_size**2 if count_include_pad else sums / counts


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, a window of one pixel is a special case that hands x back
# breaks: no function returns what it is given
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    if stride is None:
        stride = kernel_size
    if kernel_size == 1 and stride == 1:
        return x if x.dtype.kind == "f" else x.astype(float)
    pad = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    a = np.pad(x.astype(float), pad)
    b = np.pad(np.ones_like(x, dtype=float), pad)
    if count_include_pad:
        b = np.ones_like(a)
    view = np.lib.stride_tricks.sliding_window_view
    a = view(a, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::stride, ::stride]
    b = view(b, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::stride, ::stride]
    return a.sum(axis=(-1, -2)) / b.sum(axis=(-1, -2))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, x is divided in place before the windows are added
# breaks: no function changes what it is given
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    stride = kernel_size if stride is None else stride
    ones = np.pad(np.ones(x.shape[2:]), padding)
    x = np.asarray(x, dtype=np.result_type(x, np.float32))
    x /= kernel_size**2
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    out = view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::stride, ::stride].sum(axis=(4, 5))
    if not count_include_pad:
        counts = view(ones, (kernel_size, kernel_size))[::stride, ::stride].sum(axis=(2, 3))
        out = out * kernel_size**2 / counts
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
