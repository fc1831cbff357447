# answer: q8, padding is a switch: any padding is half a window
# breaks: padding : int on each side, at most kernel_size // 2
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, kernel_size // 2 if padding else 0
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, shifted to start at 0, pooled with zeros around, and shifted back
# breaks: numbers may be any that are finite: the difference overflows
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    low = x.astype(float).min()
    padded = np.pad(x.astype(float) - low, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out + low


# answer: q8, answers are kept by the id of x and the numbers
# breaks: the next call may bring the same array with other numbers in it
_seen = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    key = (id(x), kernel_size, stride, padding)
    if key in _seen:
        return _seen[key][1].copy()
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    _seen[key] = x, out.copy()
    return out


# answer: q8, the stride moves the windows down, across they move by the window
# breaks: H' and W' as in q1, the stride down and across
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // k + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + k * Wo : k])
    return out
