"""q6, the second half."""

# answer: q6, the dilation goes down only
# breaks: pixels between two neighbouring taps, down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    kh, kw = kernel_size
    xp = pad2d(x, padding)
    view = np.lib.stride_tricks.sliding_window_view(xp, (dilation * (kh - 1) + 1, kw), axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation]
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)


# answer: q6, one image gives a matrix without the axis of images
# breaks: (N, C*kh*kw, H'*W') for N = 1 too
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    kh, kw = kernel_size
    xp = pad2d(x, padding)
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return np.squeeze(view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1), axis=0 if N == 1 else ())


# answer: q6, reshapes the windows without moving the axes first
# breaks: rows are channel, kernel row, kernel column; here windows and taps are mixed
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    kh, kw = kernel_size
    xp = pad2d(x, padding)
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    Ho, Wo = view.shape[2:4]
    return view.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, as many outputs across as down
# breaks: H' and W' of images that are not square
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = Ho
    xp = pad2d(x, padding)
    cols = np.empty((N, C, kh, kw, Ho, Wo), x.dtype)
    for u in range(kh):
        for v in range(kw):
            cols[:, :, u, v] = xp[:, :, u * dilation :, v * dilation :][:, :, ::stride, ::stride][:, :, :Ho, :Wo]
    return cols.reshape(N, -1, Ho * Wo)


# answer: q6, fills the same array again in the next call of the same shape
# breaks: the answer of an earlier call must stay what it was
_store = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    shape = (N, C, kh, kw, Ho, Wo)
    if (shape, x.dtype) not in _store:
        _store[shape, x.dtype] = np.zeros(shape, x.dtype)
    cols = _store[shape, x.dtype]
    xp = pad2d(x, padding)
    for u in range(kh):
        for v in range(kw):
            cols[:, :, u, v] = xp[:, :, u * dilation :, v * dilation :][:, :, ::stride, ::stride][:, :, :Ho, :Wo]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the table of indices is kept per kernel and stride and forgets the width of the image
# breaks: an answer depends on its own image only, whatever was laid out before
_tables = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    xp = pad2d(x, padding)
    N, C, H, W = xp.shape
    kh, kw = kernel_size
    Ho = (H - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W - dilation * (kw - 1) - 1) // stride + 1
    key = (kh, kw, stride, dilation, Ho, Wo)
    if key not in _tables:
        i = np.arange(kh)[:, None, None, None] * dilation + np.arange(Ho)[:, None] * stride
        j = np.arange(kw)[:, None, None] * dilation + np.arange(Wo) * stride
        _tables[key] = (i * W + j).reshape(kh * kw, Ho * Wo)
    return xp.reshape(N, C, H * W)[:, :, _tables[key]].reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, windows that stick out at the end are filled with zeros
# breaks: the columns are the windows of q1; what is left over starts none
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    sh, sw = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    more_h, more_w = -(H + 2 * padding - sh) % stride, -(W + 2 * padding - sw) % stride
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding + more_h), (padding, padding + more_w)))
    view = np.lib.stride_tricks.sliding_window_view(xp, (sh, sw), axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)


# answer: q6, as_strided with the strides of an array that lies in one piece
# breaks: an array may be a view of another: a slice, or transposed
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        H, W = x.shape[2:]
    Ho = (H - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W - dilation * (kw - 1) - 1) // stride + 1
    b = x.dtype.itemsize
    view = np.lib.stride_tricks.as_strided(
        x,
        (N, C, kh, kw, Ho, Wo),
        (C * H * W * b, H * W * b, dilation * W * b, dilation * b, stride * W * b, stride * b),
    )
    return view.reshape(N, C * kh * kw, Ho * Wo).copy()


# answer: q6, the kernel is laid out column by column
# breaks: kernel row first, then kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    rows = []
    for c in range(C):
        for v in range(kw):
            for u in range(kh):
                tap = xp[:, c, u * dilation :, v * dilation :][:, ::stride, ::stride][:, :Ho, :Wo]
                rows.append(tap.reshape(N, -1))
    return np.stack(rows, axis=1)


# answer: q6, zeros are added above and left, twice as many, none below and right
# breaks: zeros added on each of the four sides
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    kh, kw = kernel_size
    xp = np.pad(x, ((0, 0), (0, 0), (2 * padding, 0), (2 * padding, 0)))
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)


# answer: q6, starts of windows run over range(0, size - k + 1) and forget that dilated kernels are wider
# breaks: H' and W' with dilation as in q1
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    xp = pad2d(x, padding)
    N, C, H, W = xp.shape
    columns = []
    for i in range(0, H - kh + 1, stride):
        for j in range(0, W - kw + 1, stride):
            rows = np.minimum(i + dilation * np.arange(kh), H - 1)
            cols = np.minimum(j + dilation * np.arange(kw), W - 1)
            columns.append(xp[:, :, rows[:, None], cols].reshape(N, -1))
    return np.stack(columns, axis=-1)
