"""q6: im2col."""

# answer: q6, rows in the order kernel row, kernel column, channel
# breaks: channel first, then kernel row, then kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    cols = np.zeros((N, kh, kw, C, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            cols[:, u, v] = xp[:, :, u * dilation :, v * dilation :][:, :, ::stride, ::stride][:, :, :Ho, :Wo]
    return cols.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, one window per row
# breaks: each column is one window
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    out = np.zeros((N, Ho * Wo, C * kh * kw), dtype=x.dtype)
    for i in range(Ho):
        for j in range(Wo):
            r, c = i * stride, j * stride
            w = xp[:, :, r : r + dilation * (kh - 1) + 1 : dilation, c : c + dilation * (kw - 1) + 1 : dilation]
            out[:, i * Wo + j] = w.reshape(N, -1)
    return out


# answer: q6, columns in the order of the outputs column by column
# breaks: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    out = []
    for j in range(Wo):
        for i in range(Ho):
            r, c = i * stride, j * stride
            w = xp[:, :, r : r + dilation * (kh - 1) + 1 : dilation, c : c + dilation * (kw - 1) + 1 : dilation]
            out.append(w.reshape(N, -1))
    return np.stack(out, axis=2)


# answer: q6, np.zeros without a dtype
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = np.zeros((N, C, kh, kw, Ho, Wo))
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = xp[
                :, :, u * dilation : u * dilation + stride * Ho : stride, v * dilation : v * dilation + stride * Wo : stride
            ]
    return columns.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, pads into float32 and converts back at the end
# breaks: any dtype: a large whole number does not survive float32
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p = padding
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p), np.float32)
    xp[:, :, p : p + H, p : p + W] = x
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1).astype(x.dtype)


# answer: q6, every slice is H' pixels long, whatever the stride
# breaks: a tap is taken H' times, stride pixels apart
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    columns = np.zeros((N, C, kh, kw, Ho, Wo), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            part = xp[:, :, a : a + Ho : stride, b : b + Wo : stride]
            columns[:, :, u, v, : part.shape[2], : part.shape[3]] = part
    return columns.reshape(N, C * kh * kw, Ho * Wo)


# answer: q6, the columns of all images stand in one matrix
# breaks: (N, C*kh*kw, H'*W'): one matrix for each image
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    xp = pad2d(x, padding)
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return view.transpose(1, 4, 5, 0, 2, 3).reshape(C * kh * kw, -1)


# answer: q6, the pair is read as (kw, kh)
# breaks: kernel_size is (kh, kw)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kw, kh = kernel_size
    N, C, H, W = x.shape
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    cols = np.empty((N, C, kh, kw, Ho, Wo), x.dtype)
    for u in range(kh):
        for v in range(kw):
            cols[:, :, u, v] = xp[:, :, u * dilation :, v * dilation :][:, :, ::stride, ::stride][:, :, :Ho, :Wo]
    return cols.reshape(N, -1, Ho * Wo)


# answer: q6, the border continues the image (mode "edge")
# breaks: zeros are added on each side
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    kh, kw = kernel_size
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)
