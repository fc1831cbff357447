# answer: q9, a map of one pixel is returned as it is
# breaks: What you return is new: no input
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
    if x.shape[2:] == (1, 1) and x.dtype == float:
        return x
    return x.astype(float).mean(axis=(2, 3), keepdims=True)


# answer: q9, the global mean adds up in float32, pixel by pixel
# breaks: a hundred-thousandth of the largest number at most
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
    total = np.zeros(x.shape[:2], dtype=x.dtype if x.dtype.kind == "f" else float)
    for row in range(x.shape[2]):
        for column in range(x.shape[3]):
            total += x[:, :, row, column]
    return (total / (x.shape[2] * x.shape[3]))[:, :, None, None]
