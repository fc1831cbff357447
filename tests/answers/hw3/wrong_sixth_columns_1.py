# answer: q6, bool and bytes come back as int64
# breaks: dtype as x (of floats of any precision, integers or bool)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    dtype = x.dtype if x.dtype.kind in "fi" else int
    padded = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=dtype)
    padded[:, :, padding : padding + H, padding : padding + W] = x
    Ho = (padded.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    Wo = (padded.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((N, C, kh, kw, Ho, Wo), dtype=dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            columns[:, :, u, v] = padded[:, :, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
    return columns.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the rows go tap by tap with the channels inside
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    rows = []
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            cut = x[:, :, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
            rows.append(cut.reshape(N, C, Ho * Wo))
    return np.concatenate(rows, axis=1)


# answer: q6, lays the images side by side in one matrix and reshapes it to N at the end
# breaks: array (N, C * kh * kw, H' * W'): each image has its own columns
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    matrix = np.zeros((C * kh * kw, N * Ho * Wo), dtype=x.dtype)
    row = 0
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                a, b = u * dilation, v * dilation
                cut = x[:, c, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
                matrix[row] = cut.ravel()
                row += 1
    return matrix.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, places in the flat padded image are counted with the width before padding
# breaks: padding: zeros added on each of the four sides; columns output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    u, v, i, j = np.ogrid[:kh, :kw, :Ho, :Wo]
    place = (i * stride + u * dilation) * W + j * stride + v * dilation
    flat = x.reshape(N, C, -1)
    return flat[:, :, place].reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, where each window is one pixel the answer is the input in another shape
# breaks: What you return is new: no view of an input
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    kh, kw = kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, span, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)


# answer: q6, flattens in the order of the memory and counts in the order of the axes
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps, read-only.
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p = padding
    if p > 0:
        big = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
        big[:, :, p : p + H, p : p + W] = x
        x, H, W = big, H + 2 * p, W + 2 * p
    Ho = (H - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W - dilation * (kw - 1) - 1) // stride + 1
    n, c, u, v, i, j = np.ogrid[:N, :C, :kh, :kw, :Ho, :Wo]
    place = ((n * C + c) * H + i * stride + u * dilation) * W + j * stride + v * dilation
    return x.ravel(order="K")[place].reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, knows float32 and float64, and turns all other floats into float64
# breaks: dtype as x (of floats of any precision)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    dtype = x.dtype
    if dtype.kind == "f" and dtype != np.float32:
        dtype = np.dtype(np.float64)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    columns = np.empty((N, C, kh, kw, Ho, Wo), dtype=dtype)
    for i in range(Ho):
        for j in range(Wo):
            a, b = i * stride, j * stride
            end, right = a + dilation * kh, b + dilation * kw
            columns[..., i, j] = x[:, :, a:end:dilation, b:right:dilation]
    return columns.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, remembers where the pixels lie for sizes, kernel, stride and padding, but not for the dilation
# breaks: Each answer depends on the arguments of its own call alone: the next call may change one of them only
_places = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    key = (H, W, kh, kw, stride, padding)
    if key not in _places:
        Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
        Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
        u, v, i, j = np.ogrid[:kh, :kw, :Ho, :Wo]
        _places[key] = i * stride + u * dilation, j * stride + v * dilation
    rows, cols = _places[key]
    return x[:, :, rows, cols].reshape(N, C * kh * kw, -1)
