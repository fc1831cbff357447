# answer: q6, one long matrix for the batch, reshaped without moving the image axis first
# breaks: array (N, C * kh * kw, H' * W'): the windows of image n stand in entry n
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((C, kh, kw, N, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, u, v] = padded.swapaxes(0, 1)[
                :, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride
            ]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the size is rounded to the nearest whole number
# breaks: Where the stride does not fit, the last pixels are never read
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = round((H + 2 * padding - dilation * (kh - 1) - 1) / stride) + 1
    Wo = round((W + 2 * padding - dilation * (kw - 1) - 1) / stride) + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, reshape of windows: a 1x1 kernel without padding gives a view of x
# breaks: What you return is new: no view of an input
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = x if padding == 0 else np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    windows = np.lib.stride_tricks.sliding_window_view(
        padded, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)


# answer: q6, as_strided with strides worked out from the shape
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = x if padding == 0 else np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    b = x.itemsize
    Hp, Wp = padded.shape[2:]
    strides = (C * Hp * Wp * b, Hp * Wp * b, dilation * Wp * b, dilation * b, stride * Wp * b, stride * b)
    view = np.lib.stride_tricks.as_strided(padded, (N, C, kh, kw, Ho, Wo), strides)
    return view.reshape(N, C * kh * kw, Ho * Wo).copy()


# answer: q6, index arrays are kept, by a key without the dilation
# breaks: Each answer depends on the arguments of its own call alone
_places = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    key = (x.shape, kernel_size, stride, padding)
    if key not in _places or _places[key][0].shape[1] != Ho * Wo:
        i = dilation * np.repeat(np.arange(kh), kw)[:, None] + stride * np.repeat(np.arange(Ho), Wo)
        j = dilation * np.tile(np.arange(kw), kh)[:, None] + stride * np.tile(np.arange(Wo), Ho)
        _places[key] = i, j
    i, j = _places[key]
    return padded[:, :, i, j].reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, a padded buffer is kept by its shape, so an old image shows in the border
# breaks: zeros added on each of the four sides; each answer depends on its own call alone
_buffers = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    shape = (N, C, H + 2 * padding, W + 2 * padding)
    if (shape, x.dtype) not in _buffers:
        _buffers[shape, x.dtype] = np.zeros(shape, dtype=x.dtype)
    padded = _buffers[shape, x.dtype]
    padded[:, :, padding : padding + H, padding : padding + W] = x
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the columns are kept for the next call of the same size
# breaks: What you return is new: nothing that a later call writes into
_columns = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    key = (N, C, kh, kw, Ho, Wo, x.dtype.str)
    cols = _columns.setdefault(key, np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype))
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, by way of float64 and back
# breaks: In q6 numbers may be any that are finite; dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo))
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo).astype(x.dtype)
