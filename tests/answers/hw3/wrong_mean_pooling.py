"""Wrong answers to average pooling and the mean of a map. Text; nobody imports it."""

# answer: q9, padded zeros always count
# breaks: count_include_pad
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].mean(axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, padded zeros never count
# breaks: count_include_pad
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the switch is the wrong way round
# breaks: count_include_pad
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=np.nan if count_include_pad else 0)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the switch is off by default
# breaks: count_include_pad=True
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, divides by the kernel size, not its square
# breaks: mean of each window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), frame), (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s].sum(
        (4, 5)
    )
    if count_include_pad:
        return sums / kernel_size
    ones = np.pad(np.ones(x.shape), frame)
    return sums / view(ones, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s].sum((4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, only the first and the last window count as padded
# breaks: the number of real pixels of each window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s, k, p = kernel_size if stride is None else stride, kernel_size, padding
    N, C, H, W = x.shape
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.zeros((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = k - (p if i == 0 else 0) - (p if i == oh - 1 else 0)
            columns = k - (p if j == 0 else 0) - (p if j == ow - 1 else 0)
            count = k * k if count_include_pad else max(rows, 1) * max(columns, 1)
            out[:, :, i, j] = xp[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, takes every pixel that is 0 for padding
# breaks: only padded zeros do not count
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    if count_include_pad:
        return w.mean(axis=(4, 5))
    return w.sum(axis=(4, 5)) / np.maximum((w != 0).sum(axis=(4, 5)), 1)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the default stride is 1
# breaks: None means kernel_size
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or 1
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the stride is always the kernel size
# breaks: stride
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the border repeats the outermost pixels
# breaks: zeros added on each side
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if count_include_pad:
        x = np.pad(x.astype(float), frame, mode="edge")
    else:
        x = np.pad(x.astype(float), frame, constant_values=np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, ignores the padding
# breaks: padding
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].mean(axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, divides whole numbers: // for integers
# breaks: an array of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = (
        np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
        if x.dtype.kind == "f"
        else (np.pad(x, frame))
    )
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    if x.dtype.kind == "f":
        return np.nanmean(w, axis=(4, 5))
    return w.sum(axis=(4, 5)) // kernel_size**2


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the output has the dtype of x
# breaks: an array of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
    w = np.lib.stride_tricks.sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5)).astype(x.dtype)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, leftover pixels make windows of their own
# breaks: H' and W' from the formula, which rounds down
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones((H, W)), padding)
    rows = range(0, H + 2 * padding - max(0, kernel_size - s), s)
    columns = range(0, W + 2 * padding - max(0, kernel_size - s), s)
    out = np.zeros((N, C, len(rows), len(columns)))
    for i, a in enumerate(rows):
        for j, b in enumerate(columns):
            count = (
                kernel_size**2 if count_include_pad else real[a : a + kernel_size, b : b + kernel_size].sum()
            )
            out[:, :, i, j] = xp[:, :, a : a + kernel_size, b : b + kernel_size].sum(axis=(2, 3)) / max(
                count, 1
            )
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, counts the real pixels along the height alone
# breaks: the number of real pixels of each window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    xp = np.pad(x.astype(float), frame)
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(xp, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    real = view(np.pad(np.ones(x.shape[2]), padding), kernel_size)[::s].sum(axis=1)
    return sums / (kernel_size**2 if count_include_pad else kernel_size * real[:, None])


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
