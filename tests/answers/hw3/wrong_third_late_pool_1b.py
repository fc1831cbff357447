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
