# answer: q9, the counts are kept by a key without the padding
# breaks: each answer depends on the arguments of its own call alone
_counts = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    real = _counts.setdefault((H, W, k, s), real)
    real = (
        real
        if real.shape == padded.shape[2:]
        else np.pad(
            real,
            (padded.shape[2] - real.shape[0]) // 2 if padded.shape[2] > real.shape[0] else 0,
            constant_values=1,
        )
    )
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, divides x in place before the sums when there is no padding
# breaks: What you were given stays as it was
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    x = x if x.dtype == float and x.flags.writeable else x.astype(float)
    padded = x if p == 0 else np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    if count_include_pad:
        padded /= k * k
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / (1 if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, a window of 1 returns the image, whatever the stride
# breaks: H' and W' as in q1
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if kernel_size == 1:
        return x.astype(float)
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


# answer: q9, sums by a running table in float32
# breaks: a hundred-thousandth of the largest number at most
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    dtype = np.float32 if x.dtype == np.float32 else float
    table = np.pad(padded.astype(dtype).cumsum(axis=2).cumsum(axis=3), ((0, 0), (0, 0), (1, 0), (1, 0)))
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = (
                table[:, :, a.stop, b.stop]
                - table[:, :, a.start, b.stop]
                - table[:, :, a.stop, b.start]
                + table[:, :, a.start, b.start]
            ) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, leftover pixels make a smaller window of their own (ceil mode)
# breaks: where the stride does not fit, the last pixels are never read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = -(-(H + 2 * p - k) // s) + 1, -(-(W + 2 * p - k) // s) + 1
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones((H, W)), p)
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = slice(i * s, i * s + k), slice(j * s, j * s + k)
            count = k * k if count_include_pad else max(real[a, b].sum(), 1)
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the global mean as a window of the height
# breaks: mean of each channel, whatever H and W
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
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return avg_pool2d(x, min(x.shape[2:]))


# answer: q9, the global mean runs over the images, too
# breaks: mean of each channel of each image, array (N, C, 1, 1)
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
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(0, 2, 3), keepdims=True) + np.zeros((len(x), 1, 1, 1))


# answer: q9, the global mean drops the last two axes
# breaks: array (N, C, 1, 1) of floats
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
            count = k * k if count_include_pad else real[a, b].sum()
            out[:, :, i, j] = padded[:, :, a, b].sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=(2, 3))
