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


# answer: q9, images and channels get a border too
# breaks: padding is for height and width: the output is (N, C, H', W')
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(np.asarray(x, dtype=float), padding)
    real = np.pad(np.ones(x.shape), padding)
    Ho, Wo = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    out = np.zeros(xp.shape[:2] + (Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = real[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else np.maximum(count, 1))
    return out


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the zeros stand after the last row and column only
# breaks: "zeros added on each side"
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    sides = ((0, 0), (0, 0), (0, 2 * padding), (0, 2 * padding))
    xp, real = np.pad(x.astype(float), sides), np.pad(np.ones(x.shape), sides)
    Ho, Wo = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    out = np.zeros(x.shape[:2] + (Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = real[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else np.maximum(count, 1))
    return out


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, pixels that happen to be 0 count as padding
# breaks: only the padded zeros are left out, not the real ones
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    sums = view.sum(axis=(4, 5))
    if count_include_pad:
        return sums / k**2
    return sums / np.maximum((view != 0).sum(axis=(4, 5)), 1)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the windows are cut out by a reshape, which leftovers break
# breaks: where the stride does not fit, the last pixels are never read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if stride is None or stride == kernel_size:
        sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        xp, real = np.pad(x.astype(float), sides), np.pad(np.ones(x.shape), sides)
        N, C, H, W = xp.shape
        k = kernel_size
        sums = xp.reshape(N, C, H // k, k, W // k, k).sum(axis=(3, 5))
        counts = real.reshape(N, C, H // k, k, W // k, k).sum(axis=(3, 5))
        return sums / (k * k if count_include_pad else counts)
    return general_avg_pool(x, kernel_size, stride, padding, count_include_pad)


def general_avg_pool(x, k, s, p, count_include_pad):
    sides = ((0, 0), (0, 0), (p, p), (p, p))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, summed-area table in the precision of the input
# breaks: floats may come in any precision: the table of a float32 image loses the windows' digits
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(np.float64)
    sides = ((0, 0), (0, 0), (padding + 1, padding), (padding + 1, padding))

    def sums(array):
        t = np.pad(array, sides).cumsum(axis=2).cumsum(axis=3)
        return (t[:, :, k:, k:] - t[:, :, :-k, k:] - t[:, :, k:, :-k] + t[:, :, :-k, :-k])[:, :, ::s, ::s]

    return sums(x) / (k * k if count_include_pad else sums(np.ones_like(x)))


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, shifted slices are added in the dtype of the input, and bytes run over
# breaks: an array of floats may come as whole numbers: 200 + 200 is not 144
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    xp, real = np.pad(x, sides), np.pad(np.ones(x.shape), sides)
    H, W = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    total = np.zeros(x.shape[:2] + (H, W), dtype=x.dtype)
    count = np.zeros(x.shape[:2] + (H, W))
    for a in range(k):
        for b in range(k):
            total += xp[:, :, a : a + H * s : s, b : b + W * s : s]
            count += real[:, :, a : a + H * s : s, b : b + W * s : s]
    return total / (k**2 if count_include_pad else count)


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return x.astype(float).reshape(N, C, H * W).mean(axis=2).reshape(N, C, 1, 1)


# answer: q9, the global mean has shape (N, C)
# breaks: "array (N, C, 1, 1) of floats"
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    x = np.asarray(x, dtype=float)
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    ones = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (xp.shape[2] - k) // s + 1
    Wo = (xp.shape[3] - k) // s + 1
    out = np.zeros((x.shape[0], x.shape[1], Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = ones[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3))


# answer: q9, the global mean goes over the images too
# breaks: "Mean of each channel" for each image: (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    x = np.asarray(x, dtype=float)
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    ones = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (xp.shape[2] - k) // s + 1
    Wo = (xp.shape[3] - k) // s + 1
    out = np.zeros((x.shape[0], x.shape[1], Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = ones[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    x = x.astype(float)
    mean = x.mean(axis=(0, 2, 3), keepdims=True)
    return np.broadcast_to(mean, (x.shape[0], x.shape[1], 1, 1)).copy()


# answer: q9, the global mean is one pooling with a window as high and wide as the map is high
# breaks: any image size: where the map is wider than high it leaves more than one number
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    x = np.asarray(x, dtype=float)
    k = kernel_size
    s = k if stride is None else stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    ones = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (xp.shape[2] - k) // s + 1
    Wo = (xp.shape[3] - k) // s + 1
    out = np.zeros((x.shape[0], x.shape[1], Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            total = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = ones[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            out[:, :, i, j] = total / (k * k if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    return avg_pool2d(x, x.shape[2])
