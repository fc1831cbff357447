# answer: q6, the rows are ordered kernel row, kernel column, channel, as in TensorFlow
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p = padding
    big = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    big[:, :, p : p + H, p : p + W] = x
    oh = (H + 2 * p - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * p - dilation * (kw - 1) - 1) // stride + 1
    cols = np.zeros((N, kh, kw, C, oh, ow), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = dilation * u, dilation * v
            cols[:, u, v] = big[:, :, a : a + stride * oh : stride, b : b + stride * ow : stride]
    return cols.reshape(N, kh * kw * C, oh * ow)


# answer: q6, the columns run down the output first
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = x.shape
    rows = range(0, h - dilation * (kh - 1), stride)
    cols = range(0, w - dilation * (kw - 1), stride)
    windows = []
    for j in cols:
        for i in rows:
            window = x[:, :, i : i + dilation * (kh - 1) + 1 : dilation, j : j + dilation * (kw - 1) + 1 : dilation]
            windows.append(window.reshape(n, c * kh * kw))
    return np.stack(windows, axis=2)


# answer: q6, the image is flattened in the order it lies in memory
# breaks: It may be a slice, or transposed.
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        H, W = H + 2 * padding, W + 2 * padding
    flat = x.ravel(order="K")
    top = np.arange(0, H - dilation * (kh - 1), stride)
    left = np.arange(0, W - dilation * (kw - 1), stride)
    places = (
        np.arange(N)[:, None, None, None, None, None] * (C * H * W)
        + np.arange(C)[:, None, None, None, None] * (H * W)
        + (np.arange(kh)[:, None, None, None] * dilation + top[:, None]) * W
        + np.arange(kw)[:, None, None] * dilation
        + left
    )
    return flat[places].reshape(N, C * kh * kw, len(top) * len(left))


# answer: q6, padding is written into an array of float64, so whole numbers become floats
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    n, c, h, w = x.shape
    if padding > 0:
        padded = np.zeros((n, c, h + 2 * padding, w + 2 * padding))
        padded[:, :, padding:-padding, padding:-padding] = x
        x = padded
        n, c, h, w = x.shape
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    out = np.empty((n, c, kh, kw, oh, ow), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            rows = slice(dilation * u, dilation * u + stride * oh, stride)
            cols = slice(dilation * v, dilation * v + stride * ow, stride)
            out[:, :, u, v] = x[:, :, rows, cols]
    return out.reshape(n, c * kh * kw, oh * ow)


# answer: q6, a short way for 1x1 kernels forgets the stride
# breaks: stride : int, pixels between two neighbouring windows, down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = x.shape
    if (kh, kw) == (1, 1):  # nothing to lay out
        return x.reshape(n, c, h * w)
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    rows = [
        x[:, k, dilation * u : dilation * u + stride * oh : stride, dilation * v : dilation * v + stride * ow : stride]
        for k in range(c)
        for u in range(kh)
        for v in range(kw)
    ]
    return np.stack(rows, axis=1).reshape(n, c * kh * kw, oh * ow)


# answer: q6, windows are views, and the last reshape does not always copy
# breaks: What you return is new: no input, no view of an input
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(x, span, axis=(2, 3), writeable=True)
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    n, c, oh, ow = windows.shape[:4]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(n, c * kh * kw, oh * ow)


# answer: q6, the array of columns is kept and used again for the next call of that shape
# breaks: nothing that a later call writes into
_COLUMNS = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = x.shape
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    key = (n, c, kh, kw, oh, ow, x.dtype.str)
    if key not in _COLUMNS:  # memory is dear
        _COLUMNS[key] = np.empty((n, c, kh, kw, oh, ow), dtype=x.dtype)
    out = _COLUMNS[key]
    for u in range(kh):
        for v in range(kw):
            a, b = dilation * u, dilation * v
            out[:, :, u, v] = x[:, :, a : a + stride * oh : stride, b : b + stride * ow : stride]
    return out.reshape(n, c * kh * kw, oh * ow)


# answer: q6, the indices of the taps are kept between calls, and the key forgets the dilation
# breaks: dilation : int, pixels between two neighbouring taps, down and across
_TAPS = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = x.shape
    if (kh, kw) not in _TAPS:
        _TAPS[kh, kw] = (np.repeat(np.arange(kh), kw) * dilation, np.tile(np.arange(kw), kh) * dilation)
    du, dv = _TAPS[kh, kw]
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    i = np.repeat(np.arange(oh), ow) * stride
    j = np.tile(np.arange(ow), oh) * stride
    rows = np.minimum(du[:, None] + i, h - 1)
    cols = np.minimum(dv[:, None] + j, w - 1)
    return x[:, :, rows, cols].reshape(n, c * kh * kw, oh * ow)
