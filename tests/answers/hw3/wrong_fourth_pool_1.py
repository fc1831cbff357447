# answer: q8, pads with zeros
# breaks: padding must never win: it counts as minus infinity
def max_pool2d(x, kernel_size, stride=None, padding=0):
    return _pool(np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))), kernel_size, stride, 0)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, blocks by reshape, whatever the stride
# breaks: stride may differ from the kernel size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    N, C, H, W = x.shape
    h, w = H // k, W // k
    return x[:, :, : h * k, : w * k].reshape(N, C, h, k, w, k).max(axis=(3, 5))


# answer: q8, stride 2 where none is given
# breaks: None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    return _pool(x, kernel_size, 2 if stride is None else stride, padding)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, the border holds the smallest int32
# breaks: padded places never win, over smaller values either
def max_pool2d(x, kernel_size, stride=None, padding=0):
    low = float(np.iinfo(np.int32).min)
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return _pool(np.pad(x.astype(float), sides, constant_values=low), kernel_size, stride, 0)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, the dtype of x comes back, whole numbers too
# breaks: what you return holds floats
def max_pool2d(x, kernel_size, stride=None, padding=0):
    return _pool(x, kernel_size, stride, padding).astype(x.dtype)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, a last window that is not full counts
# breaks: H' and W' as in q1: pixels left over are never read
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    p, k = padding, kernel_size
    N, C, H, W = x.shape
    h = max(-(-(H + 2 * p - k) // stride), 0) + 1
    w = max(-(-(W + 2 * p - k) // stride), 0) + 1
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    out = np.empty((N, C, h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = xp[:, :, i * stride : i * stride + k, j * stride : j * stride + k].max(axis=(2, 3))
    return out


# answer: q8, cuts off H % k rows from the end, also where that is 0
# breaks: sizes that the windows fill exactly
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    if stride is None and padding == 0:
        N, C, H, W = x.shape
        x = x[:, :, : -(H % k), : -(W % k)].astype(float)
        return x.reshape(N, C, H // k, k, W // k, k).max(axis=(3, 5))
    return _pool(x, kernel_size, stride, padding)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, the maximum over the channels too
# breaks: pooling works on each channel alone
def max_pool2d(x, kernel_size, stride=None, padding=0):
    out = _pool(x, kernel_size, stride, padding)
    return np.repeat(out.max(axis=1, keepdims=True), x.shape[1], axis=1)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, a window of 1 gives x back
# breaks: no function returns what it is given; with a stride pixels are left out
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if kernel_size == 1:
        return x
    return _pool(x, kernel_size, stride, padding)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, the running maximum is written into a slice of x
# breaks: no function changes what it is given
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s, p = kernel_size, stride or kernel_size, padding
    if p:
        x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    elif x.dtype.kind != "f":
        x = x.astype(float)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = x[:, :, : s * h : s, : s * w : s]
    for u in range(k):
        for v in range(k):
            np.maximum(out, x[:, :, u : u + s * h : s, v : v + s * w : s], out=out)
    return out.copy()


# answer: q8, the running maximum starts at zeros
# breaks: the maximum of a window of negative values is negative
def max_pool2d(x, kernel_size, stride=None, padding=0):
    return np.maximum(_pool(x, kernel_size, stride, padding), 0.0)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, float32 inside
# breaks: float32 only where no float64 came in
def max_pool2d(x, kernel_size, stride=None, padding=0):
    return _pool(x.astype(np.float32), kernel_size, stride, padding).astype(np.float32)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, as many outputs across as down
# breaks: height and width that differ
def max_pool2d(x, kernel_size, stride=None, padding=0):
    out = _pool(x, kernel_size, stride, padding)
    n = out.shape[2]
    return out[:, :, :n, :n].copy()


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, the smallest of the negative values, in x's own dtype
# breaks: whole numbers may be unsigned or the smallest of their kind: -x wraps
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s, p = kernel_size, stride or kernel_size, padding
    turned = np.pad((-x).astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=np.inf)
    view = np.lib.stride_tricks.sliding_window_view(turned, (k, k), axis=(2, 3))
    return -view[:, :, ::s, ::s].min(axis=(4, 5))


# answer: q8, pads with minus infinity only where all of x is negative
# breaks: padding must never win: one corner of negative values is enough
def max_pool2d(x, kernel_size, stride=None, padding=0):
    fill = -np.inf if (x < 0).all() else 0.0
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return _pool(np.pad(x.astype(float), sides, constant_values=fill), kernel_size, stride, 0)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, windows start at negative rows, which Python counts from the end
# breaks: padding on each side, padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s, p = kernel_size, stride or kernel_size, padding
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, h, w))
    for i in range(h):
        for j in range(w):
            rows = [r for r in range(i * s - p, i * s - p + k) if r < H]
            cols = [c for c in range(j * s - p, j * s - p + k) if c < W]
            out[:, :, i, j] = x[:, :, rows][..., cols].max(axis=(2, 3))
    return out


# answer: q8, the stride is never larger than the window
# breaks: stride: also larger than the window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    return _pool(x, kernel_size, min(stride or kernel_size, kernel_size), padding)


def _pool(x, k, s, p):
    s = s or k
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty((*x.shape[:2], h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, pads with nan, and the maximum takes it on
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s, p = kernel_size, stride or kernel_size, padding
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=np.nan)
    view = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))
