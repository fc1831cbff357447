# answer: q9, side by side blocks cut off the pixels left over in front
# breaks: With stride None the windows start at the first pixel; where the stride does not fit, the last pixels are never read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    N, C, H, W = x.shape
    if (stride is None or stride == k) and p == 0:
        rows, cols = H // k, W // k
        blocks = x[:, :, H - rows * k :, W - cols * k :].reshape(N, C, rows, k, cols, k)
        return blocks.mean(axis=(3, 5), dtype=float)
    s = stride or k
    big = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    rows, cols = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.zeros((N, C, rows, cols))
    for i in range(rows):
        for j in range(cols):
            here = slice(i * s, i * s + k), slice(j * s, j * s + k)
            out[:, :, i, j] = big[(..., *here)].sum(axis=(2, 3)) / (k * k if count_include_pad else real[here].sum())
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)


# answer: q9, a window of 1 hands the image back
# breaks: What you return is new: no input, no view of an input
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    if kernel_size == 1:
        return (x if x.dtype.kind == "f" else x.astype(float))[:, :, ::s, ::s]
    big = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    ones = np.pad(np.ones((1, 1) + x.shape[2:]), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    cut = lambda a: np.lib.stride_tricks.sliding_window_view(a, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    below = kernel_size**2 if count_include_pad else cut(ones).sum(axis=(4, 5))
    return cut(big).sum(axis=(4, 5)) / below


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)


# answer: q9, the answer has the type of the image, so whole numbers cut off
# breaks: array (N, C, H', W') of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    rows = (H + 2 * padding - kernel_size) // stride + 1
    cols = (W + 2 * padding - kernel_size) // stride + 1
    out = np.zeros_like(x, shape=(N, C, rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * stride - padding, j * stride - padding
            part = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size]
            area = kernel_size**2 if count_include_pad else part.shape[2] * part.shape[3]
            out[:, :, i, j] = part.sum(axis=(2, 3)) / area
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)


# answer: q9, everything in float32, as in PyTorch
# breaks: float64 where an array of float64 came in
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    x = np.asarray(x, dtype=np.float32)
    s, k, p = stride or kernel_size, kernel_size, padding
    real = np.ones_like(x)
    if p:
        x, real = (np.pad(a, ((0, 0), (0, 0), (p, p), (p, p))) for a in (x, real))
    rows, cols = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    total, count = np.zeros((2, *x.shape[:2], rows, cols), np.float32)
    for u in range(k):
        for v in range(k):
            place = np.s_[:, :, u : u + (rows - 1) * s + 1 : s, v : v + (cols - 1) * s + 1 : s]
            total += x[place]
            count += real[place]
    return total / (k * k if count_include_pad else count)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=np.float32)


# answer: q9, the global mean pools with a square window of the image's height
# breaks: global_avg_pool2d: mean of each channel, array (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    N, C, H, W = x.shape
    rows, cols = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.zeros((N, C, rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * s - padding, j * s - padding
            part = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size].astype(float)
            out[:, :, i, j] = part.sum((2, 3)) / (kernel_size**2 if count_include_pad else part[0, 0].size)
    return out


def global_avg_pool2d(x):
    return avg_pool2d(x, x.shape[2])


# answer: q9, the global means come channel by channel and are laid out image by image
# breaks: global_avg_pool2d: mean of each channel, array (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    N, C, H, W = x.shape
    rows, cols = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.zeros((N, C, rows, cols))
    for i, a in enumerate(range(-padding, rows * s - padding, s)):
        for j, b in enumerate(range(-padding, cols * s - padding, s)):
            part = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size].astype(float)
            out[:, :, i, j] = part.sum((2, 3)) / (kernel_size**2 if count_include_pad else part[0, 0].size)
    return out


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return np.einsum("nchw->cn", x.astype(float)).reshape(N, C, 1, 1) / (H * W)


# answer: q9, a stride above the window is cut down to the window
# breaks: stride : int or None
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else min(stride, kernel_size)
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x, real = np.pad(x.astype(float), pads), np.pad(np.ones(x.shape), pads)
    shape = (kernel_size, kernel_size)
    x, real = (
        np.lib.stride_tricks.sliding_window_view(a, shape, axis=(2, 3))[:, :, ::stride, ::stride] for a in (x, real)
    )
    if count_include_pad:
        return x.mean(axis=(4, 5))
    return x.sum(axis=(4, 5)) / real.sum(axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)


# answer: q9, padded zeros are left out unless one asks for them
# breaks: count_include_pad=True is the default
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    s = stride or kernel_size
    N, C, H, W = x.shape
    rows, cols = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.full((N, C, rows, cols), np.nan)
    for i, j in np.ndindex(rows, cols):
        a, b = i * s - padding, j * s - padding
        part = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size]
        out[:, :, i, j] = part.sum((2, 3), dtype=float) / (kernel_size**2 if count_include_pad else part[0, 0].size)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=float)
