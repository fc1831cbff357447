"""Wrong answers to average pooling and the mean of a map: values, axes, dtypes. Text; nobody imports it."""

# answer: q9, the mean of a map without its two axes
# breaks: array (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3))


# answer: q9, one mean for all images of a channel
# breaks: mean of each channel, for each image
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return np.broadcast_to(x.mean(axis=(0, 2, 3), keepdims=True), (*x.shape[:2], 1, 1)).copy()


# answer: q9, the largest of each map instead of the mean
# breaks: mean of each channel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.max(axis=(2, 3), keepdims=True)


# answer: q9, divides by the height squared
# breaks: mean of each channel, height and width differ
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.sum(axis=(2, 3), keepdims=True) / x.shape[2] ** 2


# answer: q9, the mean of a map as large as the map
# breaks: array (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return np.zeros(x.shape) + x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the mean over the channels too
# breaks: mean of each channel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(1, 2, 3), keepdims=True)


# answer: q9, whole numbers for the mean of a map of integers
# breaks: array (N, C, 1, 1) of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    out = np.zeros_like(x[:, :, :1, :1])
    out[...] = x.mean(axis=(2, 3), keepdims=True)
    return out


# answer: q9, the mean of the first square of a map
# breaks: array (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return avg_pool2d(x, min(x.shape[2:]))[:, :, :1, :1]


# answer: q9, the first channel for all
# breaks: mean of each window of each channel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    xp = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    out = np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))
    return np.repeat(out[:, :1], x.shape[1], axis=1)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the first image for all
# breaks: array (N, C, H', W')
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    xp = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    out = np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))
    return np.repeat(out[:1], len(x), axis=0)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, divides the caller's pixels first
# breaks: x is changed
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    if count_include_pad and x.dtype.kind == "f":
        x /= kernel_size**2
        xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        w = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
        return w[:, :, ::s, ::s].sum(axis=(4, 5))
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    xp = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the mean of a map taken in place
# breaks: x is changed
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    if x.dtype.kind != "f":
        return x.mean(axis=(2, 3), keepdims=True)
    flat = x.reshape(*x.shape[:2], -1)
    flat /= flat.shape[2]
    return flat.sum(axis=2)[:, :, None, None]


# answer: q9, adds along rows into x itself where nothing is padded
# breaks: x is changed when padding is 0
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s, k = kernel_size if stride is None else stride, kernel_size
    real = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    count = k * k if count_include_pad else view(real, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    if padding or x.dtype.kind != "f":
        x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    sums = np.cumsum(x, axis=2, out=x)
    low = np.concatenate([np.zeros_like(sums[:, :, :1]), sums], axis=2)
    strips = (low[:, :, k:] - low[:, :, :-k])[:, :, ::s]
    low = np.concatenate([np.zeros_like(strips[..., :1]), np.cumsum(strips, axis=3)], axis=3)
    return (low[..., k:] - low[..., :-k])[..., ::s] / count


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the median
# breaks: mean of each window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmedian(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, blocks by reshape: right where stride is None and the sizes divide
# breaks: stride, padding, leftover pixels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    N, C, H, W = x.shape
    k = kernel_size
    return x.reshape(N, C, H // k, k, W // k, k).mean(axis=(3, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the second function is forgotten
# breaks: global_avg_pool2d
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x): ...
