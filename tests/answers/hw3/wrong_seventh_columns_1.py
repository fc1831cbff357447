# answer: q6, the channel is the fastest index of the rows, as in TensorFlow
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.transpose(0, 2, 3, 1, 4, 5).reshape(N, kh * kw * C, Ho * Wo)


# answer: q6, the outputs stand column by column
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.swapaxes(4, 5).reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, kernel column before kernel row in the rows
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.swapaxes(2, 3).reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the pair is unpacked as width, height
# breaks: kernel_size : pair of int (kh, kw)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kw, kh = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the number of output columns comes from the kernel height
# breaks: H' and W' as in q1: each axis by its own taps
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the columns are always float64
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo))
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, padding is the total of both sides, the odd one after
# breaks: zeros added on each of the four sides
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    a, b = padding // 2, padding - padding // 2
    padded = np.pad(x, ((0, 0), (0, 0), (a, b), (a, b)))
    Ho = (H + padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, only kernel rows are dilated, kernel columns stay together
# breaks: pixels between two neighbouring taps, down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)
