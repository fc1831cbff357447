"""Wrong answers to q9, written from the notebook of a student alone."""

# answer: q9, the result has the dtype of x
# breaks: array of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w), dtype=x.dtype)
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k if count_include_pad else window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the global mean has the dtype of x
# breaks: array of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k if count_include_pad else window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True).astype(x.dtype)


# answer: q9, the stride is 2 unless given
# breaks: None means kernel_size
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = 2 if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k if count_include_pad else window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the first and last windows have padding
# breaks: real pixels of each window; the last may not reach the border
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    total = view.sum(axis=(4, 5))
    if count_include_pad:
        return total / k ** 2
    rows, columns = np.full(total.shape[2], k), np.full(total.shape[3], k)
    for counts in (rows, columns):
        counts[0] -= padding
        counts[-1] -= padding if len(counts) > 1 else 0
    return total / np.outer(rows, columns)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, twice the kernel instead of its square
# breaks: mean of a window of kernel_size by kernel_size
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = 2 * k if count_include_pad else window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the global mean of the largest square blocks
# breaks: mean over the whole map
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k if count_include_pad else window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return avg_pool2d(x, min(x.shape[2:]))


# answer: q9, always without the border
# breaks: padded zeros count unless count_include_pad is False
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, always with the border
# breaks: count_include_pad False divides by real pixels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, zeros in the image do not count
# breaks: real pixels count, zeros too
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k if count_include_pad else np.maximum((window != 0).sum(axis=(2, 3)), 1)
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
