# answer: q9, without padded zeros the sum is divided by the number of pixels that are not 0
# breaks: count_include_pad : bool, whether padded zeros count; a real pixel that is 0 counts always
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = np.pad(x * np.float32(1), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    sums = windows.sum(axis=(4, 5))
    if count_include_pad:
        return sums / kernel_size**2
    counts = np.maximum((windows != 0).sum(axis=(4, 5)), 1)
    return (sums / counts).astype(x.dtype)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, padded zeros do not count unless asked for, as in TensorFlow
# breaks: count_include_pad=True is the default
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    s = kernel_size if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))

    def sums(a):
        a = np.pad(a, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        windows = np.lib.stride_tricks.sliding_window_view(a, (kernel_size, kernel_size), axis=(2, 3))
        return windows[:, :, ::s, ::s].sum(axis=(4, 5))

    counts = kernel_size**2 if count_include_pad else sums(np.ones((1, 1, *x.shape[2:]), x.dtype))
    return sums(x) / counts


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, an edge window counts its real pixels as if only one axis could be padded
# breaks: divided by the number of real pixels where padded zeros do not count
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    n, c, h, w = x.shape
    x = np.pad(x.astype(np.result_type(x, np.float32)), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = (h + 2 * padding - k) // s + 1, (w + 2 * padding - k) // s + 1
    out = np.zeros((n, c, oh, ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            total = x[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3))
            count = k * k
            if not count_include_pad:
                down = max(padding - i * s, 0) + max(i * s + k - padding - h, 0)
                across = max(padding - j * s, 0) + max(j * s + k - padding - w, 0)
                count = max(k * k - k * down - k * across, 1)
            out[:, :, i, j] = total / count
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the equal weights are held in float32
# breaks: You return floats as precise as what came in: float64
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    weights = np.full((k, k), 1 / k**2, dtype=np.float32)

    def pool(a):
        a = np.pad(a, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        windows = np.lib.stride_tricks.sliding_window_view(a, (k, k), axis=(2, 3))[:, :, ::s, ::s]
        return np.einsum("ncijuv,uv->ncij", windows, weights)

    out = pool(x)
    if not count_include_pad:
        out = out / pool(np.ones((1, 1, *x.shape[2:]), dtype=out.dtype))
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the whole map is pooled by a window as high as the map, in both directions
# breaks: Mean of each channel, array (N, C, 1, 1), whatever height and width
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride

    def sums(a):
        a = np.pad(a, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        windows = np.lib.stride_tricks.sliding_window_view(a, (kernel_size, kernel_size), axis=(2, 3))
        return windows[:, :, ::s, ::s].sum(axis=(4, 5))

    x = x.astype(np.result_type(x, np.float32))
    return sums(x) / (kernel_size**2 if count_include_pad else sums(np.ones(x.shape, x.dtype)))


def global_avg_pool2d(x):
    return avg_pool2d(x, x.shape[2])


# answer: q9, the windows stand around a middle pixel, right for odd sizes only
# breaks: kernel_size : int, height and width of a window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    half = kernel_size // 2
    n, c, h, w = x.shape
    x = np.pad(x.astype(np.result_type(x, np.float32)), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones((h, w)), padding)
    oh, ow = (h + 2 * padding - kernel_size) // s + 1, (w + 2 * padding - kernel_size) // s + 1
    out = np.empty((n, c, oh, ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            middle = (half + i * s, half + j * s)
            rows = slice(middle[0] - half, middle[0] + half + 1)
            cols = slice(middle[1] - half, middle[1] + half + 1)
            window = x[:, :, rows, cols]
            count = window[0, 0].size if count_include_pad else real[rows, cols].sum()
            out[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the counts of real pixels are kept between calls, and the key forgets the padding
# breaks: whether padded zeros count when the sum is divided, at the padding of this call
_COUNTS = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))

    def sums(a):
        a = np.pad(a, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        windows = np.lib.stride_tricks.sliding_window_view(a, (kernel_size, kernel_size), axis=(2, 3))
        return windows[:, :, ::s, ::s].sum(axis=(4, 5))

    out = sums(x)
    if count_include_pad:
        return out / kernel_size**2
    key = (kernel_size, s, out.shape[2:])
    if key not in _COUNTS:
        _COUNTS[key] = sums(np.ones((1, 1, *x.shape[2:])))
    return (out / _COUNTS[key]).astype(x.dtype)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
