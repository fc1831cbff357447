# answer: q9, padded zeros count even when they should not
# breaks: count_include_pad: whether padded zeros count when the sum is divided
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, padded zeros do not count unless asked
# breaks: count_include_pad=True is the default
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, real pixels are those that are not 0
# breaks: divide by the number of real pixels; a pixel may be 0
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else np.maximum((padded[:, :, a, b] != 0).sum(axis=(2, 3)), 1)
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, real pixels counted at the top and left border only
# breaks: divide by the number of real pixels, at all four borders
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else (k - max(p - i * s, 0)) * (k - max(p - j * s, 0))
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, every window at the border is divided as the corner is
# breaks: an edge window loses one side only
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else k * k if real[a, b].all() else (k - p) ** 2
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the border is a copy of the edge where padding does not count
# breaks: mean of the real pixels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    if not count_include_pad:
        padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), mode="edge")
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the answer has the dtype of x, whole numbers are cut
# breaks: array of floats comes back
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo), dtype=x.dtype)
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, a missing stride is 1
# breaks: None means kernel_size
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = 1 if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)
