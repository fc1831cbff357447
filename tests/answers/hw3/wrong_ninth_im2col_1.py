# answer: q6, the rows stand tap by tap, the channel last
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = xp.shape
    h = (H - dilation * (kh - 1) - 1) // stride + 1
    w = (W - dilation * (kw - 1) - 1) // stride + 1
    rows = []
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            rows.append(xp[:, :, a : a + stride * h : stride, b : b + stride * w : stride].reshape(N, C, h * w))
    return np.concatenate(rows, axis=1)


# answer: q6, the columns go down first: output column by column
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    out = np.zeros((N, C * kh * kw, h * w), dtype=x.dtype)
    k = 0
    for j in range(w):
        for i in range(h):
            win = xp[:, :, i * s : i * s + d * kh : d, j * s : j * s + d * kw : d]
            out[:, :, k] = win.reshape(N, -1)
            k += 1
    return out


# answer: q6, the images are put side by side, and a reshape alone moves N to the front
# breaks: array (N, C kh kw, H' W'): each image has columns of its own
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p = padding
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)]).transpose(1, 0, 2, 3)
    h = (H + 2 * p - dilation * (kh - 1) - 1) // stride + 1
    w = (W + 2 * p - dilation * (kw - 1) - 1) // stride + 1
    out = np.empty((C, kh, kw, N, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            out[:, u, v] = xp[:, :, a : a + stride * h : stride, b : b + stride * w : stride]
    return out.reshape(N, C * kh * kw, h * w)


# answer: q6, the kernel size is unpacked as width, height
# breaks: kernel_size : pair of int (kh, kw)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kw, kh = kernel_size
    N, C, H, W = x.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    h = len(range(0, H + 2 * padding - dilation * (kh - 1), stride))
    w = len(range(0, W + 2 * padding - dilation * (kw - 1), stride))
    out = np.zeros((N, C, kh, kw, h, w), x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = dilation * u, dilation * v
            out[:, :, u, v] = xp[:, :, a : a + stride * h : stride, b : b + stride * w : stride]
    return out.reshape(N, -1, h * w)


# answer: q6, sliding windows reshaped at the end: for a 1x1 kernel that is a view of x
# breaks: What you return is new: no input, no view of an input
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    v = np.lib.stride_tricks.sliding_window_view(x, span, axis=(2, 3))
    v = v[:, :, ::stride, ::stride, ::dilation, ::dilation].transpose(0, 1, 4, 5, 2, 3)
    return v.reshape(len(x), x.shape[1] * kh * kw, -1)


# answer: q6, reads the numbers in the order in which they lie in memory
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    if padding > 0:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    h = (H - dilation * (kh - 1) - 1) // stride + 1
    w = (W - dilation * (kw - 1) - 1) // stride + 1
    top = stride * np.arange(h)[:, None] * W + stride * np.arange(w)
    tap = dilation * (np.arange(kh)[:, None] * W + np.arange(kw))
    start = np.arange(C)[:, None] * H * W + tap.ravel()
    places = start.reshape(-1, 1) + top.reshape(1, -1)
    flat = x.ravel(order="K").reshape(N, -1)
    return flat[:, places]


# answer: q6, only floating-point numbers keep their dtype
# breaks: dtype as x (integers and bool come, too)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    dtype = x.dtype if np.issubdtype(x.dtype, np.floating) else np.float64
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=dtype)
    xp[:, :, padding : padding + H, padding : padding + W] = x
    h = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, C, kh, kw, h * w), dtype=dtype)
    for k in range(h * w):
        i, j = stride * (k // w), stride * (k % w)
        out[..., k] = xp[:, :, i : i + dilation * kh : dilation, j : j + dilation * kw : dilation]
    return out.reshape(N, C * kh * kw, h * w)


# answer: q6, keeps the table of places for the next call and leaves the dilation out of its key
# breaks: the next call may change one of them only
_TABLES = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    key = (H, W, kernel_size, stride, padding)
    if key not in _TABLES:
        h = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
        w = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
        rows = dilation * np.repeat(np.arange(kh), kw)[:, None] + stride * np.repeat(np.arange(h), w)
        cols = dilation * np.tile(np.arange(kw), kh)[:, None] + stride * np.tile(np.arange(w), h)
        _TABLES[key] = rows, cols
    rows, cols = _TABLES[key]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    picked = xp[:, :, rows, cols]
    return picked.reshape(N, -1, picked.shape[-1])


# answer: q6, the dilation is left out for the taps across
# breaks: dilation: pixels between two neighbouring taps, down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    s, d = stride, dilation
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    h = (H + 2 * padding - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * padding - d * (kw - 1) - 1) // s + 1
    out = np.zeros((N, C, kh * kw, h, w), dtype=x.dtype)
    for t in range(kh * kw):
        u, v = divmod(t, kw)
        out[:, :, t] = xp[:, :, d * u : d * u + s * h : s, v : v + s * w : s]
    return out.reshape(N, C * kh * kw, h * w)


# answer: q6, the starts run to the size less d times kh: one output too few when dilated
# breaks: array (N, C kh kw, H' W'), with the H' and W' of q1
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = xp.shape
    tops = range(0, max(1, H - dilation * kh + 1), stride)
    lefts = range(0, max(1, W - dilation * kw + 1), stride)
    windows = [
        xp[:, :, i : i + dilation * kh : dilation, j : j + dilation * kw : dilation].reshape(N, -1)
        for i in tops
        for j in lefts
    ]
    return np.stack(windows, axis=2)


# answer: q6, the border is nan in a float64 array and cleared at the end: large whole numbers lose digits
# breaks: dtype as x; in q6, which only moves numbers, they may be any that are finite
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    xp = np.full((N, C, H + 2 * padding, W + 2 * padding), np.nan)
    xp[:, :, padding : padding + H, padding : padding + W] = x
    h = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.empty((N, C, kh, kw, h, w))
    for u in range(kh):
        for v in range(kw):
            a, b = dilation * u, dilation * v
            out[:, :, u, v] = xp[:, :, a : a + stride * h : stride, b : b + stride * w : stride]
    return np.nan_to_num(out).reshape(N, C * kh * kw, h * w).astype(x.dtype)
