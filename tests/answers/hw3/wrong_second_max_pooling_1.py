"""Wrong answers to q8, written from the notebook of a student alone."""

# answer: q8, the border is minus ten thousand
# breaks: padded places never win, counts as minus infinity
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -10000.0)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, the border is minus a billion
# breaks: padded places never win, counts as minus infinity
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -1e9)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, np.pad with minus infinity on x as it is
# breaks: whole numbers come too, and floats go back
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return view[:, :, ::stride, ::stride].max(axis=(4, 5))


# answer: q8, the border is the smallest pixel, whole numbers stay whole
# breaks: array of floats
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), x.min())
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w), dtype=x.dtype)
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, the stride is 2 unless given
# breaks: stride None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = 2 if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, four neighbours, whatever the kernel
# breaks: kernel_size: height and width of a window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    h, w = (x.shape[2] - kernel_size) // s + 1, (x.shape[3] - kernel_size) // s + 1
    best = np.full((*x.shape[:2], h, w), -np.inf)
    for u in (0, 1):
        for v in (0, 1):
            best = np.maximum(best, x[:, :, u:, v:][:, :, ::s, ::s][:, :, :h, :w])
    return best


# answer: q8, a window over the border is pushed inside
# breaks: a window over the border loses its padded places only
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    N, C, H, W = x.shape
    h = (H + 2 * padding - kernel_size) // stride + 1
    w = (W + 2 * padding - kernel_size) // stride + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            top, left = max(0, i * stride - padding), max(0, j * stride - padding)
            y[:, :, i, j] = x[:, :, top:top + kernel_size, left:left + kernel_size].max(axis=(2, 3))
    return y


# answer: q8, strides beyond the window are refused
# breaks: stride: int or None, no ValueError
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    if s > k:
        raise ValueError("stride skips pixels")
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, zeros as the border
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), 0.0)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, zero takes part in every maximum
# breaks: maximum of the window, negative where all are
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = np.max(wide[:, :, i * s:i * s + k, j * s:j * s + k], axis=(2, 3), initial=0)
    return y


# answer: q8, ceil mode: windows cut off at the end count
# breaks: H' as in q1
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = -(-(H + 2 * p - k) // s) + 1, -(-(W + 2 * p - k) // s) + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, windows that overlap are counted as if they did not
# breaks: H' as in q1
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - min(k, s)) // s + 1, (W + 2 * p - min(k, s)) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y
