"""Wrong answers to q6, written from the notebook of a student alone."""

# answer: q6, floats for every dtype
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w))
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, padding counts in steps of the dilation
# breaks: padding: zeros on each of the four sides
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding * dilation, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, no padding where there is dilation
# breaks: padding and dilation both at once
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding if dilation == 1 else 0, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, a 1×1 kernel copies the image, stride or not
# breaks: stride: pixels between two windows
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if (kh, kw) == (1, 1):
        return x.reshape(N, C, H * W).copy()
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, strides beyond the kernel are refused
# breaks: no ValueError in the contract
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if stride > min(kernel_size):
        raise ValueError("stride skips pixels")
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, whole numbers are refused
# breaks: of any dtype
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if not np.issubdtype(x.dtype, np.floating):
        raise TypeError("x must hold floats")
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, a window reaches k + d - 1 pixels
# breaks: d (k - 1) + 1 pixels
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - (kh + d - 2) - 1) // s + 1
    w = (W + 2 * p - (kw + d - 2) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, taps before channels
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.transpose(0, 2, 3, 1, 4, 5).reshape(N, C * kh * kw, h * w)


# answer: q6, kernel column before kernel row
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.swapaxes(2, 3).reshape(N, C * kh * kw, h * w)


# answer: q6, columns go down first
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.swapaxes(4, 5).reshape(N, C * kh * kw, h * w)


# answer: q6, the dilation works across alone
# breaks: dilation: down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, u:u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, as_strided with eight bytes a number
# breaks: dtype as x, any dtype
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.ascontiguousarray(np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))))
    N, C, H, W = x.shape
    kh, kw = kernel_size
    h = (H - dilation * (kh - 1) - 1) // stride + 1
    w = (W - dilation * (kw - 1) - 1) // stride + 1
    steps = np.array([C * H * W, H * W, dilation * W, dilation, stride * W, stride]) * 8
    view = np.lib.stride_tricks.as_strided(x, (N, C, kh, kw, h, w), tuple(steps))
    return view.reshape(N, C * kh * kw, h * w).copy()
