# answer: q6, the shape of x is set in place to join images and channels
# breaks: What you were given stays as it was
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if x.flags.c_contiguous:
        x.shape = (N * C, H, W)
    x = x.reshape(N, C, H, W)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, padding before stride in the signature
# breaks: Arguments come by position or by name: stride is the third
def im2col(x, kernel_size, padding=0, stride=1, dilation=1):
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
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, a stride above 1 also spreads the taps
# breaks: dilation: pixels between two neighbouring taps; the stride moves the windows
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    extra = stride * dilation * max(kernel_size)
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding + extra), (padding, padding + extra)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i0, j0 = min(stride, 2) * dilation * u, min(stride, 2) * dilation * v
            cols[:, :, u, v] = padded[:, :, i0 : i0 + stride * Ho : stride, j0 : j0 + stride * Wo : stride]
    return cols.reshape(N, C * kh * kw, Ho * Wo)
