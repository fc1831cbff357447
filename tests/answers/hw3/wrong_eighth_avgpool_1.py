# answer: q9, divides by the number of pixels that are not 0
# breaks: count_include_pad: whether padded zeros count; a real pixel may be 0
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    windows = windows[:, :, ::s, ::s]
    if count_include_pad:
        return windows.mean(axis=(4, 5))
    return windows.sum(axis=(4, 5)) / np.maximum((windows != 0).sum(axis=(4, 5)), 1)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, divides by twice the kernel size
# breaks: Mean of each window: kernel_size is height and width of a window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    N, C, H, W = x.shape
    h, w = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            a, b = i * s - padding, j * s - padding
            part = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size]
            count = 2 * kernel_size if count_include_pad else part.shape[2] * part.shape[3]
            out[:, :, i, j] = part.sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.mean(axis=3, keepdims=True).mean(axis=2, keepdims=True)


# answer: q9, leaves the padded zeros out unless it is asked to count them
# breaks: count_include_pad=True is the default
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    s = stride or kernel_size
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))

    def sums(a):
        view = np.lib.stride_tricks.sliding_window_view(np.pad(a, border), (kernel_size,) * 2, axis=(2, 3))
        return view[:, :, ::s, ::s].sum(axis=(4, 5))

    total = sums(x.astype(float))
    return total / (kernel_size**2 if count_include_pad else sums(np.ones((1, 1) + x.shape[2:])))


def global_avg_pool2d(x):
    return np.mean(x, axis=(2, 3), keepdims=True)


# answer: q9, pools the image of ones without handing the stride on
# breaks: Count the real pixels of each window: pool an image of ones in the same way
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    N, C, H, W = x.shape
    wide = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    wide[:, :, padding : padding + H, padding : padding + W] = x
    h, w = (wide.shape[2] - k) // s + 1, (wide.shape[3] - k) // s + 1
    out = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = wide[:, :, i * s : i * s + k, j * s : j * s + k].mean(axis=(2, 3))
    if not count_include_pad:
        out = out / avg_pool2d(np.ones(x.shape), kernel_size, padding=padding)
    return out


def global_avg_pool2d(x):
    N, C = x.shape[:2]
    return x.reshape(N, C, -1).mean(axis=2).reshape(N, C, 1, 1)


# answer: q9, the last two numbers in the call change places: padding stands before the stride
# breaks: Arguments come by position or by name: (x, kernel_size, stride, padding, count_include_pad)
def avg_pool2d(x, kernel_size, padding=0, stride=None, count_include_pad=True):
    s = kernel_size if stride is None else stride
    p = padding
    ones = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=count_include_pad * 1.0)
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    swv = np.lib.stride_tricks.sliding_window_view
    total, count = [
        swv(a, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5)) for a in (x, ones)
    ]
    return total / count


def global_avg_pool2d(x):
    return x.sum(axis=(2, 3), keepdims=True) / (x.shape[2] * x.shape[3])


# answer: q9, sums in a table of running sums in the precision of x
# breaks: rounding may put an answer off by a hundred-thousandth where float32 came in
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size

    def sums(a):
        a = np.pad(a, ((0, 0), (0, 0), (padding + 1, padding), (padding + 1, padding)))
        table = a.cumsum(axis=2).cumsum(axis=3)
        box = table[:, :, k:, k:] - table[:, :, :-k, k:] - table[:, :, k:, :-k] + table[:, :, :-k, :-k]
        return box[:, :, ::s, ::s]

    if count_include_pad:
        return sums(x) / k**2
    return sums(x) / sums(np.ones_like(x))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the answer has the dtype of x and cuts the mean of whole numbers
# breaks: Returns array (N, C, H', W') of floats, and whole numbers may come in
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    h = (H + 2 * padding - kernel_size) // s + 1
    w = (W + 2 * padding - kernel_size) // s + 1
    out = np.zeros_like(x, shape=(N, C, h, w))
    for i in range(h):
        for j in range(w):
            rows = slice(max(i * s - padding, 0), i * s - padding + kernel_size)
            cols = slice(max(j * s - padding, 0), j * s - padding + kernel_size)
            part = x[:, :, rows, cols]
            n = kernel_size**2 if count_include_pad else part[0, 0].size
            out[:, :, i, j] = part.sum(axis=(2, 3)) / n
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, correlates with equal weights that are kept in float32
# breaks: float64 may be off by a billionth of the largest number only
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    N, C, H, W = x.shape
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kernel = np.full((k, k), 1 / k**2, dtype=np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    out = np.einsum("ncijuv,uv->ncij", windows, kernel)
    if not count_include_pad:
        real = np.pad(np.ones((H, W)), padding)
        real = np.lib.stride_tricks.sliding_window_view(real, (k, k))[::s, ::s].sum(axis=(2, 3))
        out = out * k**2 / real
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, takes the window over the whole map as square
# breaks: Mean of each channel: H and W may differ
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    H, W = x.shape[2:]
    out = []
    for r in range(-padding, H + padding - kernel_size + 1, s):
        row = []
        for c in range(-padding, W + padding - kernel_size + 1, s):
            part = x[:, :, max(r, 0) : r + kernel_size, max(c, 0) : c + kernel_size]
            n = kernel_size**2 if count_include_pad else part.shape[2] * part.shape[3]
            row.append(part.sum(axis=(2, 3)) / n)
        out.append(np.stack(row, axis=-1))
    return np.stack(out, axis=2)


def global_avg_pool2d(x):
    return avg_pool2d(x, min(x.shape[2:]))[:, :, :1, :1]


# answer: q9, the global mean drops height and width
# breaks: Returns array (N, C, 1, 1) of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    fill = 0 if count_include_pad else np.nan
    p = padding
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=fill)
    view = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(view[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3))


# answer: q9, the global mean gathers images and channels in one axis and cuts them apart the wrong way
# breaks: Returns array (N, C, 1, 1): image first, then channel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, kernel_size if stride is None else stride
    N, C, H, W = x.shape
    wide = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    real = np.full(wide.shape[2:], float(count_include_pad))
    wide[:, :, padding : H + padding, padding : W + padding] = x
    real[padding : H + padding, padding : W + padding] = 1
    h, w = (wide.shape[2] - k) // s + 1, (wide.shape[3] - k) // s + 1
    total, count = 0, 0
    for u in range(k):
        for v in range(k):
            there = np.s_[..., u : u + s * (h - 1) + 1 : s, v : v + s * (w - 1) + 1 : s]
            total, count = total + wide[there], count + real[there]
    return total / count


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    means = x.reshape(N * C, H * W).mean(axis=1)
    return means.reshape(C, N).T.reshape(N, C, 1, 1)


# answer: q9, a window at the border is taken to lack all padded rows, whichever window it is
# breaks: without the padded zeros a sum is divided by the number of real pixels of its window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    N, C, H, W = x.shape
    h, w = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    wide = np.pad(x * 1.0, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            rows = cols = kernel_size
            if not count_include_pad:
                rows -= padding * ((i * s < padding) + (i * s + kernel_size > H + padding))
                cols -= padding * ((j * s < padding) + (j * s + kernel_size > W + padding))
            part = wide[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
            out[:, :, i, j] = part.sum(axis=(2, 3)) / max(rows * cols, 1)
    return out


def global_avg_pool2d(x):
    return np.mean(x, axis=(-2, -1), keepdims=True)


# answer: q9, cuts windows at the upper and left border only when it counts the real pixels
# breaks: padding : int, zeros added on each side; padded zeros do not count where count_include_pad is False
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    p, k = padding, kernel_size
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    view = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    total = view.sum(axis=(4, 5))
    if count_include_pad:
        return total / k**2
    rows = np.minimum(k, np.arange(total.shape[2]) * s - p + k)
    cols = np.minimum(k, np.arange(total.shape[3]) * s - p + k)
    return total / np.outer(rows, cols)


def global_avg_pool2d(x):
    return np.average(x.reshape(x.shape[0], x.shape[1], -1), axis=2)[..., None, None]


# answer: q9, the size of the answer is worked out from the height alone
# breaks: Returns array (N, C, H', W'), H' and W' as in q1
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    size = (x.shape[2] + 2 * padding - kernel_size) // s + 1
    out = np.zeros((x.shape[0], x.shape[1], size, size))
    for i in range(size):
        for j in range(size):
            a, b = i * s - padding, j * s - padding
            part = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size]
            count = kernel_size**2 if count_include_pad else max(part[0, 0].size, 1)
            out[:, :, i, j] = part.sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return np.einsum("nchw->nc", x)[:, :, None, None] / (x.shape[2] * x.shape[3])
