# answer: q9, the last output is taken to touch the padding in full
# breaks: count_include_pad: whether padded zeros count when the sum is divided
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    big = np.zeros((N, C, H + 2 * p, W + 2 * p))
    big[:, :, p : p + H, p : p + W] = x
    rows, cols = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.zeros((N, C, rows, cols))
    for i in range(rows):
        for j in range(cols):
            high, wide = k, k
            if not count_include_pad:
                high -= p * ((i == 0) + (i == rows - 1))
                wide -= p * ((j == 0) + (j == cols - 1))
            window = big[:, :, i * s : i * s + k, j * s : j * s + k]
            out[:, :, i, j] = window.sum(axis=(2, 3)) / max(high * wide, 1)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)


# answer: q9, real pixels are told from padding by being other than 0
# breaks: count_include_pad: whether padded zeros count when the sum is divided
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = stride or kernel_size
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    windows = windows[:, :, ::step, ::step]
    total = windows.sum(axis=(4, 5))
    if count_include_pad:
        return total / kernel_size**2
    return total / np.maximum((windows != 0).sum(axis=(4, 5)), 1)


def global_avg_pool2d(x):
    return x.sum(axis=(2, 3), keepdims=True) / (x.shape[2] * x.shape[3])


# answer: q9, the counts are kept for the next call without the stride in their key
# breaks: Each answer depends on the arguments of its own call alone
_COUNTS = {}


def _sums(x, k, s, p):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    rows, cols = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.zeros(x.shape[:2] + (rows, cols))
    for u in range(k):
        for v in range(k):
            out += x[:, :, u : u + s * rows : s, v : v + s * cols : s][:, :, :rows, :cols]
    return out


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    sums = _sums(x, kernel_size, stride, padding)
    if count_include_pad:
        return sums / kernel_size**2
    key = (sums.shape[2:], kernel_size, padding)
    if key not in _COUNTS:
        _COUNTS[key] = _sums(np.ones((1, 1) + x.shape[2:]), kernel_size, stride, padding)
    return sums / _COUNTS[key]


def global_avg_pool2d(x):
    return np.einsum("nchw->nc", x.astype(float))[:, :, None, None] / (x.shape[2] * x.shape[3])


# answer: q9, the image is divided by the window's area in its own memory
# breaks: What you were given stays as it was.
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    if x.flags.writeable and x.dtype == np.float64:
        x /= kernel_size**2
    else:
        x = x / kernel_size**2
    big = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - kernel_size) // stride + 1
    cols = (W + 2 * padding - kernel_size) // stride + 1
    out = np.zeros((N, C, rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * stride, j * stride
            out[:, :, i, j] = big[:, :, a : a + kernel_size, b : b + kernel_size].sum(axis=(2, 3))
            if not count_include_pad:
                high = min(a + kernel_size, padding + H) - max(a, padding)
                wide = min(b + kernel_size, padding + W) - max(b, padding)
                out[:, :, i, j] *= kernel_size**2 / (high * wide)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)


# answer: q9, sums of corners of a running sum in float32
# breaks: Where an array of float32 came in, or no float64, a hundred-thousandth will do.
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    kind = np.float32 if x.dtype == np.float32 else np.float64

    def sums(image):
        run = np.pad(image, ((0, 0), (0, 0), (p + 1, p), (p + 1, p))).cumsum(axis=2).cumsum(axis=3)
        boxes = run[:, :, k:, k:] - run[:, :, :-k, k:] - run[:, :, k:, :-k] + run[:, :, :-k, :-k]
        return boxes[:, :, ::s, ::s]

    if count_include_pad:
        return sums(x.astype(kind)) / kind(k * k)
    return sums(x.astype(kind)) / sums(np.ones((1, 1) + x.shape[2:], kind))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=np.float64)


# answer: q9, real pixels counted as if the stride were 1
# breaks: count_include_pad: whether padded zeros count when the sum is divided
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = stride if stride is not None else k
    N, C, H, W = x.shape
    big = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))).astype(float)
    views = np.lib.stride_tricks.sliding_window_view(big, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    sums = views.sum(axis=(-1, -2))
    if count_include_pad:
        return sums / (k * k)
    i, j = np.arange(sums.shape[2]), np.arange(sums.shape[3])
    high = np.minimum(i + k, H + p) - np.maximum(i, p)
    wide = np.minimum(j + k, W + p) - np.maximum(j, p)
    return sums / (high[:, None] * wide)


def global_avg_pool2d(x):
    return np.mean(x, axis=(-2, -1), keepdims=True, dtype=float)


# answer: q9, PyTorch's check of the padding, with one case too many
# breaks: padding : int, zeros added on each side, at most kernel_size // 2
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if padding and padding >= kernel_size / 2:
        raise ValueError("pad should be smaller than half of the kernel size")
    step = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))

    def pool(image):
        image = np.pad(image, frame)
        rows = range(0, image.shape[2] - kernel_size + 1, step)
        cols = range(0, image.shape[3] - kernel_size + 1, step)
        return np.array([[image[:, :, i : i + kernel_size, j : j + kernel_size].sum((2, 3)) for j in cols] for i in rows])

    sums = pool(x.astype(float)).transpose(2, 3, 0, 1)
    if count_include_pad:
        return sums / kernel_size**2
    return sums / pool(np.ones(x.shape)).transpose(2, 3, 0, 1)


def global_avg_pool2d(x):
    return (x.sum(axis=3).sum(axis=2) / (x.shape[2] * x.shape[3]))[..., None, None]


# answer: q9, the count of real rows is used for the columns as well
# breaks: Without them it divides by 1: by the number of real pixels of the window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p, s = kernel_size, padding, kernel_size if stride is None else stride
    N, C, H, W = x.shape
    rows, cols = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, rows, cols))
    for i in range(rows):
        top, bottom = max(i * s - p, 0), min(i * s - p + k, H)
        for j in range(cols):
            left, right = max(j * s - p, 0), min(j * s - p + k, W)
            total = x[:, :, top:bottom, left:right].sum(axis=(2, 3), dtype=float)
            out[:, :, i, j] = total / (k * k if count_include_pad else (bottom - top) ** 2)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), dtype=float)[:, :, np.newaxis, np.newaxis]
