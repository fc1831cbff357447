# answer: q9, the global mean keeps whole numbers whole
# breaks: what you return holds floats
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
    return x.mean(axis=(2, 3), keepdims=True).astype(x.dtype)


# answer: q9, the global mean is the mean of the pixels that are not 0
# breaks: the mean of all pixels of a channel
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
    x = np.asarray(x, dtype=float)
    count = np.count_nonzero(x, axis=(2, 3), keepdims=True)
    return x.sum(axis=(2, 3), keepdims=True) / np.maximum(count, 1)


# answer: q9, axes of length 1 are squeezed away on the way
# breaks: "array (N, C, 1, 1)": one image or one channel loses its axis
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
    x = np.squeeze(np.asarray(x, dtype=float))
    return x.mean(axis=(-2, -1), keepdims=True)


# answer: q9, the counts are kept from earlier calls, but the key forgets stride and padding
# breaks: each call has its own stride and padding
COUNTS = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x.astype(float), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    if count_include_pad:
        return sums / (k * k)
    key = (sums.shape[2:], k)
    if key not in COUNTS:
        ones = np.pad(np.ones((1, 1) + x.shape[2:]), sides)
        COUNTS[key] = view(ones, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return sums / COUNTS[key]


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, a convolution with equal weights in every channel
# breaks: pooling works on each channel alone; this one sums over the channels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    channels = x.shape[1]
    weight = np.ones((channels, channels, kernel_size, kernel_size))
    sums = fast_conv2d(x.astype(float), weight, stride=stride, padding=padding)
    counts = fast_conv2d(np.ones(x.shape), weight, stride=stride, padding=padding)
    if count_include_pad:
        return sums / (kernel_size * kernel_size * channels)
    return sums / counts


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, channels go through a convolution one by one and come back stacked before the images
# breaks: the layout (N, C, H', W')
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    N, C = x.shape[:2]
    ones = np.ones((1, 1, kernel_size, kernel_size))
    maps = [fast_conv2d(x[:, c : c + 1].astype(float), ones, stride=stride, padding=padding) for c in range(C)]
    sums = np.stack([m[:, 0] for m in maps])
    sums = sums.reshape(N, C, *sums.shape[2:])
    counts = fast_conv2d(np.ones((1, 1) + x.shape[2:]), ones, stride=stride, padding=padding)
    return sums / (kernel_size**2 if count_include_pad else counts)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)


# answer: q9, leftovers are cut off before the padding is added
# breaks: H' and W' as in q1: the size with its padding decides
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    H, W = x.shape[2:]
    x = x[:, :, : (H - k) // s * s + k, : (W - k) // s * s + k].astype(float)
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    view = np.lib.stride_tricks.sliding_window_view
    sums = view(np.pad(x, sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    counts = view(np.pad(np.ones(x.shape), sides), (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    return np.asarray(x, dtype=float).mean(axis=(2, 3), keepdims=True)
