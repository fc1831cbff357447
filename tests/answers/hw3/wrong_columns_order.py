"""Wrong answers to im2col: the order and the shape. Text; nobody imports it."""

# answer: q6, channels last in each column
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 4, 5, 1, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, kernel row, channel, kernel column
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 4, 1, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, kernel columns before kernel rows
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 5, 4, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, windows column by column
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 3, 2).reshape(N, C * kh * kw, ow * oh)


# answer: q6, one window a row instead of a column
# breaks: array (N, C * kh * kw, H' * W')
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    rows = []
    for i in range(0, H - dilation * (kh - 1), stride):
        for j in range(0, W - dilation * (kw - 1), stride):
            window = x[
                :, :, i : i + dilation * (kh - 1) + 1 : dilation, j : j + dilation * (kw - 1) + 1 : dilation
            ]
            rows.append(window.reshape(N, -1))
    return np.stack(rows, axis=1)


# answer: q6, reshapes the windows without moving the axes
# breaks: each column is one window
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.reshape(N, C * kh * kw, oh * ow)


# answer: q6, all images side by side in one matrix
# breaks: array (N, C * kh * kw, H' * W')
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return w.transpose(1, 4, 5, 0, 2, 3).reshape(1, x.shape[1] * kh * kw, -1)


# answer: q6, no axis for the images where there is one image
# breaks: array (N, C * kh * kw, H' * W')
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow).squeeze()


# answer: q6, height and width of the output kept as two axes
# breaks: array (N, C * kh * kw, H' * W')
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh, ow)


# answer: q6, the first image alone
# breaks: all N images
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x[:1], ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, fills the first image, the others stay zero
# breaks: all N images
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, C * kh * kw, oh * ow), x.dtype)
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[
                0, :, a : a + dilation * (kh - 1) + 1 : dilation, b : b + dilation * (kw - 1) + 1 : dilation
            ]
            out[0, :, i * ow + j] = window.ravel()
    return out


# answer: q6, images and channels exchanged before the reshape
# breaks: each image has its own matrix
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    taps = []
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, dilation * u : dilation * u + stride * oh : stride]
            taps.append(piece[:, :, :, dilation * v : dilation * v + stride * ow : stride])
    return np.array(taps).transpose(2, 1, 0, 3, 4).reshape(N, C * kh * kw, oh * ow)


# answer: q6, writes window number j * H' + i
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, C * kh * kw, oh * ow), x.dtype)
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[
                :, :, a : a + dilation * (kh - 1) + 1 : dilation, b : b + dilation * (kw - 1) + 1 : dilation
            ]
            out[:, :, j * oh + i] = window.reshape(N, -1)
    return out


# answer: q6, the window number is i * H' + j: right for square outputs
# breaks: columns: output row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, C * kh * kw, oh * ow), x.dtype)
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[
                :, :, a : a + dilation * (kh - 1) + 1 : dilation, b : b + dilation * (kw - 1) + 1 : dilation
            ]
            out[:, :, (i * oh + j) % (oh * ow)] = window.reshape(N, -1)
    return out


# answer: q6, taps from the last to the first
# breaks: rows: kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::-dilation, ::-dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, always float64
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, floats for integers, float32 stays
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x if x.dtype.kind == "f" else x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, single precision
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow).astype(np.float32)
