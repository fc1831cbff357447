# answer: q8, the answer is a square of the size of the height
# breaks: H' and W' as in q1
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (H + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, pads before the first pixel only, twice as much
# breaks: padding : int on each side
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (2 * p, 0), (2 * p, 0)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, an array of whole numbers is padded with -inf as it is
# breaks: array of floats holds whole numbers, too: turn x into floats first
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, a window of 1 gives a view of x
# breaks: What you return is new: no view of an input
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    x = x if x.dtype == float else x.astype(float)
    padded = x if p == 0 else np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = padded[:, :, : s * Ho : s, : s * Wo : s]
    for u in range(k):
        for v in range(k):
            if u == v == 0:
                continue
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, the maxima are collected in the first slice of x itself
# breaks: What you were given stays as it was
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    x = x if x.dtype == float and x.flags.writeable else x.astype(float)
    padded = x if p == 0 else np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = padded[:, :, : s * Ho : s, : s * Wo : s]
    for u in range(k):
        for v in range(k):
            np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s].copy(), out=out)
    return out.copy()


# answer: q8, the maximum runs over the channels, too
# breaks: pooling works on each channel alone
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = padded[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(1, 2, 3))[:, None]
    return out


# answer: q8, the strongest answer is the one of the largest size, whatever its sign
# breaks: maximum of each window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.zeros((N, C, Ho, Wo))
    for u in range(k):
        for v in range(k):
            part = padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s]
            out = np.where(np.abs(part) > np.abs(out), part, out)
    return out


# answer: q8, blocks of the stride, so a last window that fits without its gap is lost
# breaks: H' and W' as in q1: each window that fits counts
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    if s >= k:
        Hb, Wb = (H + 2 * p) // s, (W + 2 * p) // s
        blocks = padded[:, :, : Hb * s, : Wb * s].reshape(N, C, Hb, s, Wb, s)
        return blocks[:, :, :, :k, :, :k].max(axis=(3, 5))
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out
