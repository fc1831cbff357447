# answer: q8, pads with zeros
# breaks: padding must never win, so it counts as -inf and not as 0
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, pads with -10,000, small enough for any map seen so far
# breaks: numbers in q8 may be any that are finite; padding never wins
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-1e4)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, the running maximum starts at 0
# breaks: maximum of each window; the numbers have either sign
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.zeros((N, C, Ho, Wo))
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, finfo.tiny taken for the smallest number
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=np.finfo(float).tiny)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), np.finfo(float).tiny)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, whole numbers padded with the smallest int64, and whole numbers returned
# breaks: Floats: otherwise float32 or float64, no whole numbers
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    low = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=low)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), low, dtype=x.dtype)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, a missing stride is 1
# breaks: None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = 1 if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, the leftover border makes a smaller window (ceil mode)
# breaks: H' and W' as in q1: where the stride does not fit, the last pixels are never read
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p + s), (p, p + s)), constant_values=-np.inf)
    Ho, Wo = -(-(H + 2 * p - k) // s) + 1, -(-(W + 2 * p - k) // s) + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out


# answer: q8, in float32, cast up at the end
# breaks: float64 where an array of float64 came in: off by a billionth at most
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    padded = np.pad(x.astype(np.float32), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.full((N, C, Ho, Wo), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, padded[:, :, u : u + s * Ho : s, v : v + s * Wo : s])
    return out.astype(float)
