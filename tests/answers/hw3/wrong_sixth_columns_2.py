# answer: q6, a window that hangs over the end is kept and filled with zeros
# breaks: Where the stride does not fit, the last pixels are never read.
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = -(-(H + 2 * padding - dilation * (kh - 1) - 1) // stride) + 1
    Wo = -(-(W + 2 * padding - dilation * (kw - 1) - 1) // stride) + 1
    big = np.zeros(
        (N, C, H + 2 * padding + stride, W + 2 * padding + stride),
        dtype=x.dtype,
    )
    big[:, :, padding : padding + H, padding : padding + W] = x
    columns = np.zeros((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            columns[:, :, u, v] = big[:, :, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
    return columns.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, places are kept as int16 to save memory, which ends at pixel 32767
# breaks: an array holds at most 200,000 numbers: every window laid out as a column for images of that size too
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H, W = x.shape[2:]
    Ho, Wo = (H - dilation * (kh - 1) - 1) // stride + 1, (W - dilation * (kw - 1) - 1) // stride + 1
    taps = (np.arange(kh)[:, None] * W + np.arange(kw)).ravel() * dilation
    starts = (np.arange(Ho)[:, None] * W + np.arange(Wo)).ravel() * stride
    place = (taps[:, None] + starts).astype(np.int16)
    return x.reshape(N, C, H * W)[:, :, place].reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, tap (u, v) is numbered with the height of the kernel
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((N, C, kh * kw, Ho * Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            cut = x[:, :, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
            columns[:, :, u * kh + v] = cut.reshape(N, C, -1)
    return columns.reshape(N, -1, Ho * Wo)


# answer: q6, output (i, j) is numbered with the number of output rows
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    columns = np.zeros((N, C * kh * kw, Ho * Wo), dtype=x.dtype)
    for place in range(Ho * Wo):
        i, j = divmod(place, Ho)
        a, b = i * stride, j * stride
        window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
        columns[:, :, place] = window.reshape(N, -1)
    return columns


# answer: q6, with a stride of the kernel size it cuts the image into blocks and forgets the dilation
# breaks: dilation: pixels between two neighbouring taps, down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if stride == kh == kw:
        Ho, Wo = x.shape[2] // kh, x.shape[3] // kw
        blocks = x[:, :, : Ho * kh, : Wo * kw].reshape(N, C, Ho, kh, Wo, kw)
        return blocks.transpose(0, 1, 3, 5, 2, 4).reshape(N, C * kh * kw, Ho * Wo).copy()
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, (eh, ew), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1).copy()


# answer: q6, the array with the padding is one of float64, so the dtype is kept without padding only
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if padding > 0:
        big = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
        big[:, :, padding:-padding, padding:-padding] = x
        x = big
    Ho = (x.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    Wo = (x.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            columns[:, :, u, v] = x[:, :, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
    return columns.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, takes the pixels out with a matrix of ones and zeros, in floats, and brings them back
# breaks: dtype as x; in q6, which only moves numbers, they may be any that are finite
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    big = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (big.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    Wo = (big.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        down = np.eye(big.shape[2])[u * dilation :: stride][:Ho]
        for v in range(kw):
            across = np.eye(big.shape[3])[v * dilation :: stride][:Wo]
            columns[:, :, u, v] = down @ big @ across.T
    return columns.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, one number is enough for both sides of the kernel where the image is a single row
# breaks: kernel_size : pair of int (kh, kw); each axis has at least 1 place
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if H == 1:  # nothing above or below: windows along the row
        x = np.pad(x, ((0, 0), (0, 0), (0, 0), (padding, padding)))
        kh = 1
    else:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    columns = np.zeros((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for i in range(Ho):
        for j in range(Wo):
            a, b = i * stride, j * stride
            columns[..., i, j] = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
    return columns.reshape(N, C * kh * kw, Ho * Wo)
