# answer: q9, a stride larger than the window is cut down to the window
# breaks: the stride may be larger than the kernel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = min(stride or kernel_size, kernel_size)  # windows must not leave gaps
    k, p = kernel_size, padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)),
                constant_values=0.0 if count_include_pad else np.nan)
    rows = range(0, xp.shape[2] - k + 1, s)
    cols = range(0, xp.shape[3] - k + 1, s)
    out = np.zeros((*x.shape[:2], len(rows), len(cols)))
    for i, a in enumerate(rows):
        for j, b in enumerate(cols):
            out[:, :, i, j] = np.nanmean(xp[:, :, a : a + k, b : b + k], axis=(2, 3))
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, padding is thought to make no difference without padded zeros, and is skipped
# breaks: count_include_pad=False still pads: only the divisor changes
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    p = padding if count_include_pad else 0
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    win = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    return win[:, :, ::s, ::s].mean(axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the divisor is worked out from the first window alone
# breaks: each window divides by its own number of real pixels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    win = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    count = k * k if count_include_pad else (k - p) ** 2
    return win.sum(axis=(4, 5)) / count


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the sizes are rounded up, so a window may hang over the end
# breaks: H' and W' as in q1: the last pixels are never read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    n, c, h, w = x.shape
    oh, ow = -(-(h + 2 * p - k) // s) + 1, -(-(w + 2 * p - k) // s) + 1
    out = np.zeros((n, c, oh, ow))
    for i in range(oh):
        for j in range(ow):
            t, l = i * s - p, j * s - p
            part = x[:, :, max(t, 0) : min(t + k, h), max(l, 0) : min(l + k, w)]
            full = (min(t + k, h + p) - t) * (min(l + k, w + p) - l)
            real = max(part.shape[2] * part.shape[3], 1)
            out[:, :, i, j] = part.sum(axis=(2, 3)) / (full if count_include_pad else real)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the mean is rounded to six digits, to look tidy
# breaks: mean of each window: small values come back as 0
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    k, p = kernel_size, padding
    h, w = x.shape[2:]
    rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
    out = np.zeros(x.shape[:2] + (rows, cols))
    for i in range(rows):
        for j in range(cols):
            t, l = i * s - p, j * s - p
            part = x[:, :, max(t, 0) : t + k, max(l, 0) : l + k]
            count = k * k if count_include_pad else part.shape[2] * part.shape[3]
            out[:, :, i, j] = np.round(part.sum(axis=(2, 3)) / count, 6)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
