# answer: q9, without a stride the windows move by one pixel
# breaks: "None means kernel_size"
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    x = np.asarray(x, dtype=float)
    k, s = kernel_size, stride or 1
    p = padding
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones_like(x), ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    out = np.zeros(x.shape[:2] + (Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            window = (slice(None), slice(None), slice(i * s, i * s + k), slice(j * s, j * s + k))
            n = k * k if count_include_pad else real[window].sum(axis=(2, 3))
            out[:, :, i, j] = xp[window].sum(axis=(2, 3)) / n
    return out


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the flag count_include_pad is never read
# breaks: "whether padded zeros count when the sum is divided"
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if stride is None:
        stride = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].mean(axis=(4, 5))


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the flag count_include_pad turned round
# breaks: the zeros count where count_include_pad is True
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if stride is None:
        stride = kernel_size
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), sides), (kernel_size, kernel_size), axis=(2, 3)).sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (kernel_size, kernel_size), axis=(2, 3)).sum(axis=(4, 5))
    if count_include_pad:
        out = sums / counts
    else:
        out = sums / kernel_size**2
    return out[:, :, ::stride, ::stride]


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return x.astype(float).reshape(N, C, H * W).mean(axis=2).reshape(N, C, 1, 1)


# answer: q9, the default of count_include_pad is changed to False
# breaks: the signature count_include_pad=True
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    if stride is None:
        stride = kernel_size
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    fill = 0.0 if count_include_pad else np.nan
    padded = np.pad(x.astype(float), sides, constant_values=fill)
    view = np.lib.stride_tricks.sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(view[:, :, ::stride, ::stride], axis=(4, 5))


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the output size is rounded up, so that pixels left over start a window
# breaks: H' and W' as in q1: where the stride does not fit, the last pixels are never read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    import math

    x = np.asarray(x, dtype=float)
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = math.ceil((xp.shape[2] - k) / s) + 1
    Wo = math.ceil((xp.shape[3] - k) / s) + 1
    out = np.zeros(x.shape[:2] + (Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = real[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, height and width trade places in the size of the output
# breaks: H' comes from H and W' from W
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    x = np.asarray(x, dtype=float)
    k = kernel_size
    s = k if stride is None else stride
    N, C, W, H = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - k) // s + 1
    Wo = (W + 2 * padding - k) // s + 1
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = real[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else np.maximum(count, 1))
    return out


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the output takes the dtype of the input
# breaks: an array of floats may come as whole numbers; what you return holds floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones_like(x), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho, Wo = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    out = np.zeros(x.shape[:2] + (Ho, Wo), dtype=x.dtype)
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = real[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return x.astype(float).reshape(N, C, H * W).mean(axis=2).reshape(N, C, 1, 1)


# answer: q9, copied from max pooling: the border is minus infinity
# breaks: "zeros added on each side"
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x.astype(float), sides, constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))
    view = view[:, :, ::stride, ::stride]
    if count_include_pad:
        return view.mean(axis=(4, 5))
    return np.where(np.isinf(view), 0, view).sum(axis=(4, 5)) / (~np.isinf(view)).sum(axis=(4, 5))


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the input is divided in place before the windows are summed
# breaks: "No function changes the arrays that it is given"
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(float)
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    counts = np.pad(np.ones(x.shape), sides)
    counts = view(counts, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    x /= k * k
    means = view(np.pad(x, sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return means if count_include_pad else means * (k * k) / counts


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)
