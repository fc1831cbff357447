# answer: q6, the columns go down the image first
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    t = _taps(x, kernel_size, stride, padding, dilation)  # (N, C, kh, kw, H', W')
    N, C, kh, kw, h, w = t.shape
    return t.transpose(0, 1, 2, 3, 5, 4).reshape(N, C * kh * kw, h * w)


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, the channel goes last in a column
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    t = _taps(x, kernel_size, stride, padding, dilation)
    N, C, kh, kw, h, w = t.shape
    return t.transpose(0, 2, 3, 1, 4, 5).reshape(N, kh * kw * C, h * w)


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, every kernel is square
# breaks: kernel_size: pair of int (kh, kw)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    k = kernel_size[0]
    t = _taps(x, (k, k), stride, padding, dilation)
    return t.reshape(len(x), x.shape[1] * k * k, -1)


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, images end up side by side as in an old course's im2col, and are cut in the wrong places
# breaks: array (N, C * kh * kw, H' * W'): each image's windows stand in its own matrix
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    t = _taps(x, kernel_size, stride, padding, dilation)
    N, C, kh, kw, h, w = t.shape
    cols = t.transpose(1, 2, 3, 4, 5, 0).reshape(C * kh * kw, -1)  # (K, L * N)
    return cols.reshape(C * kh * kw, N, h * w).swapaxes(0, 1).copy()


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, always floats
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    (kh, kw), s, d, p = kernel_size, stride, dilation, padding
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w))
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out.reshape(N, C * kh * kw, h * w)


# answer: q6, computes in floats and turns back at the end
# breaks: dtype as x: large whole numbers lose their last digits on the way
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    t = _taps(x.astype(float), kernel_size, stride, padding, dilation)
    N, C, kh, kw, h, w = t.shape
    return t.reshape(N, C * kh * kw, h * w).astype(x.dtype)


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, the size is worked out without the dilation
# breaks: H' and W' as in q1: the dilated kernel covers d(k - 1) + 1 pixels
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    (kh, kw), s, d, p = kernel_size, stride, dilation, padding
    h, w = (H + 2 * p - kh) // s + 1, (W + 2 * p - kw) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p + d * kh), (p, p + d * kw)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out.reshape(N, C * kh * kw, h * w)


# answer: q6, the slice runs to the end of the image
# breaks: strides that leave pixels over: each tap is taken H' times down
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    (kh, kw), s, d, p = kernel_size, stride, dilation, padding
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    Hp, Wp = xp.shape[2:]
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : Hp - d * (kh - 1 - u) : s, d * v : Wp - d * (kw - v) + 1 : s]
    return out.reshape(N, C * kh * kw, h * w)


# answer: q6, a 1x1 kernel needs no copy
# breaks: no function returns a view of what it is given
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    if tuple(kernel_size) == (1, 1) and stride == 1 and padding == 0:
        return x.reshape(N, C, -1)
    t = _taps(x, kernel_size, stride, padding, dilation)
    return t.reshape(N, C * kernel_size[0] * kernel_size[1], -1)


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, reshapes the sliding windows as they come
# breaks: each column is one window: the window axes stand before the output axes
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (kh, kw), d, p = kernel_size, dilation, padding
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    t = np.lib.stride_tricks.sliding_window_view(xp, (d * (kh - 1) + 1, d * (kw - 1) + 1), axis=(2, 3))
    t = t[:, :, ::stride, ::stride, ::d, ::d]
    return t.reshape(len(x), x.shape[1] * kh * kw, -1)


# answer: q6, each window is a row
# breaks: each column is one window
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    t = _taps(x, kernel_size, stride, padding, dilation)
    N, C, kh, kw, h, w = t.shape
    return t.reshape(N, C * kh * kw, h * w).transpose(0, 2, 1).copy()


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, stride and dilation change places in the slice
# breaks: tap (u, v) starts at pixel (d u, d v) and steps by the stride
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    (kh, kw), p = kernel_size, padding
    h = (H + 2 * p - dilation * (kh - 1) - 1) // stride + 1
    w = (W + 2 * p - dilation * (kw - 1) - 1) // stride + 1
    far = (kh + kw + h + w) * (stride + dilation)
    xp = np.pad(x, ((0, 0), (0, 0), (p, p + far), (p, p + far)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, stride * u :: dilation, stride * v :: dilation][:, :, :h, :w]
    return out.reshape(N, C * kh * kw, h * w)


# answer: q6, the border repeats the outermost pixels
# breaks: padding: zeros added on each of the four sides
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    p = padding
    t = _taps(np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge"), kernel_size, stride, 0, dilation)
    N, C, kh, kw, h, w = t.shape
    return t.reshape(N, C * kh * kw, h * w)


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q6, as_strided on x itself where nothing is padded, as if it lay in one piece
# breaks: what it is given may itself be a view of another array
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (kh, kw), s, d, p = kernel_size, stride, dilation, padding
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))) if p else x
    N, C, H, W = xp.shape
    h, w = (H - d * (kh - 1) - 1) // s + 1, (W - d * (kw - 1) - 1) // s + 1
    item = xp.itemsize
    strides = (C * H * W * item, H * W * item, d * W * item, d * item, s * W * item, s * item)
    t = np.lib.stride_tricks.as_strided(xp, (N, C, kh, kw, h, w), strides)
    return t.reshape(N, C * kh * kw, h * w).copy()


# answer: q6, index arrays that forget the channels
# breaks: rows: channel, kernel row, kernel column, for any number of channels
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (kh, kw), s, d, p = kernel_size, stride, dilation, padding
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    H, W = xp.shape[2:]
    h, w = (H - d * (kh - 1) - 1) // s + 1, (W - d * (kw - 1) - 1) // s + 1
    rows = d * np.repeat(np.arange(kh), kw)[:, None] + s * np.repeat(np.arange(h), w)
    cols = d * np.tile(np.arange(kw), kh)[:, None] + s * np.tile(np.arange(w), h)
    return xp[:, 0, rows, cols]


# answer: q6, one row of the gathered pixels is as wide as the image without its padding
# breaks: padding: zeros on each of the four sides (flat places in the padded image)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    (kh, kw), s, d, p = kernel_size, stride, dilation, padding
    flat = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))).reshape(N, C, -1)
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    tap = (d * np.arange(kh)[:, None] * W + d * np.arange(kw)).reshape(-1, 1)
    start = (s * np.arange(h)[:, None] * W + s * np.arange(w)).reshape(1, -1)
    return flat[:, :, tap + start].reshape(N, C * kh * kw, h * w)
