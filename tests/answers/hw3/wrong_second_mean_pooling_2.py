"""Wrong answers to q9, written from the notebook of a student alone."""

# answer: q9, the image is divided first, in place
# breaks: no function changes its arrays; whole numbers come too
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    def total(x):
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        return np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    if not count_include_pad:
        return total(x.astype(float)) / total(np.ones(x.shape))
    x /= k * k
    return total(x)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the global mean loses its axes
# breaks: (N, C, 1, 1)
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
    return x.mean(axis=(2, 3))


# answer: q9, the global mean mixes the images
# breaks: one mean for each image and channel
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
    return x.mean(axis=(0, 2, 3), keepdims=True) * np.ones((len(x), 1, 1, 1))


# answer: q9, a cut window at the end counts
# breaks: H' as in q1: pixels left over are not read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = -(-(H + 2 * p - k) // s) + 1, -(-(W + 2 * p - k) // s) + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k if count_include_pad else window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the default leaves the border out, as in TensorFlow
# breaks: count_include_pad=True
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
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
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, padding wins over the stride
# breaks: stride: as given
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    stride = None if padding and stride and stride > 1 else stride
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
    return x.mean(axis=(2, 3), keepdims=True)
