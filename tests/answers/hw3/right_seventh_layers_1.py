# answer: q6, flat places of each window worked out by broadcasting, one np.take
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    n, c, h, w = x.shape
    kh, kw = kernel_size
    hp, wp = h + 2 * padding, w + 2 * padding
    board = np.zeros((n, c, hp, wp), dtype=x.dtype)
    board[:, :, padding : padding + h, padding : padding + w] = x
    rows = np.arange(0, hp - dilation * (kh - 1), stride)
    columns = np.arange(0, wp - dilation * (kw - 1), stride)
    starts = (rows[:, None] * wp + columns).ravel()
    taps = (dilation * (np.arange(kh)[:, None] * wp + np.arange(kw))).ravel()
    channels = np.arange(c) * hp * wp
    places = (channels[:, None] + taps).reshape(-1, 1) + starts
    return board.reshape(n, -1).take(places, axis=1)


# answer: q6, one row of outputs after the other, joined at the end, read-only
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    p = padding
    big = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    lefts = np.arange(0, big.shape[3] - dilation * (kw - 1), stride)
    across = np.arange(kw)[:, None] * dilation + lefts
    strips = []
    top = 0
    while top + dilation * (kh - 1) < big.shape[2]:
        lines = big[:, :, top : top + dilation * (kh - 1) + 1 : dilation]
        strips.append(lines[..., across].reshape(len(x), -1, len(lefts)))
        top += stride
    answer = np.concatenate(strips, axis=2)
    answer.flags.writeable = False
    return answer


# answer: q7, einsum in float64 with the windows cut into the output shape first
def conv2d_from_columns(columns, weight, bias, output_shape):
    filters = weight.reshape(len(weight), -1).astype(np.float64)
    windows = columns.astype(np.float64).reshape(*columns.shape[:2], *output_shape)
    out = np.einsum("fk,nkij->nfij", filters, windows, optimize=True)
    return out if bias is None else out + np.reshape(bias, (1, -1, 1, 1))


# answer: q7, the bias is one more weight under a row of ones
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, k, places = columns.shape
    f = weight.shape[0]
    extra = np.zeros(f) if bias is None else bias
    left = np.hstack([weight.reshape(f, k), extra.reshape(f, 1)]).astype(float)
    out = np.zeros((n, f, *output_shape))
    for image in range(n):
        below = np.vstack([columns[image], np.ones((1, places))])
        out[image] = np.dot(left, below).reshape(f, *output_shape)
    return out


# answer: q8, recursion: a window of k is the larger of two windows of k - 1 beside each other
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size

    def along(a, axis, k):
        if k == 1:
            return a
        smaller = along(a, axis, k - 1)
        last = smaller.shape[axis] - 1
        return np.maximum(
            smaller.take(range(last), axis=axis), a.take(range(k - 1, a.shape[axis]), axis=axis)
        )

    a = x.astype(float)
    for axis in (2, 3):
        edge = [(0, 0)] * 4
        edge[axis] = (padding, padding)
        a = along(np.pad(a, edge, constant_values=-np.inf), axis, kernel_size)
        a = a[:, :, ::stride] if axis == 2 else a[..., ::stride]
    return np.array(a)


# answer: q8, no padding at all: windows are cut at the border, first all rows, then all columns
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = stride or kernel_size
    height, width = x.shape[2:]

    def spans(size):
        starts = range(-padding, size + padding - kernel_size + 1, step)
        return [(max(a, 0), min(a + kernel_size, size)) for a in starts]

    rows = np.stack([x[:, :, a:b].max(axis=2) for a, b in spans(height)], axis=2)
    both = np.stack([rows[..., a:b].max(axis=3) for a, b in spans(width)], axis=3)
    return both.astype(x.dtype if x.dtype.kind == "f" else np.float64)
