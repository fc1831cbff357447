# answer: q9, sums along one axis and then the other by reduceat, and divides by real pixels of rows and columns
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = x.astype(float)
    for axis in (2, 3):
        size = x.shape[axis]
        starts = np.arange(-padding, size + padding - kernel_size + 1, s)
        low, high = np.clip(starts, 0, None), np.clip(starts + kernel_size, None, size)
        x = np.concatenate([x, np.zeros_like(x.take([0], axis=axis))], axis=axis)
        x = np.add.reduceat(x, np.stack([low, high], 1).ravel(), axis=axis)
        x = x.take(np.arange(len(starts)) * 2, axis=axis)
        shape = [1, 1, 1, 1]
        shape[axis] = -1
        x = x / (kernel_size if count_include_pad else (high - low).reshape(shape))
    return x


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return np.einsum("nchw,z->ncz", x.astype(float), np.array([1 / (H * W)]))[..., None]


# answer: q9, adds shifted slices of a complex array: pixels in the real part, counts in the imaginary part
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s, p = stride or kernel_size, padding
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), 1j if count_include_pad else 0, dtype=complex)
    wide[:, :, p : p + H, p : p + W] = x + 1j
    for _ in range(2):
        n = (wide.shape[2] - kernel_size) // s + 1
        wide = sum(wide[:, :, u : u + (n - 1) * s + 1 : s] for u in range(kernel_size)).swapaxes(2, 3)
    return wide.real / wide.imag


def global_avg_pool2d(x):
    total = np.zeros(x.shape[:2] + (1, 1))
    for n, c in np.ndindex(*x.shape[:2]):
        total[n, c] = np.average(x[n, c].astype(float))
    return total
