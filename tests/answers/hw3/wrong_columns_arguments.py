"""Wrong answers to im2col: stride, padding, dilation, memory. Text; nobody imports it."""

# answer: q6, ignores the stride
# breaks: stride as in conv2d
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))[..., ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, ignores the padding
# breaks: padding as in conv2d
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, ignores the dilation
# breaks: dilation as in conv2d
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, stride and dilation exchanged
# breaks: tap (u, v) starts at d·u and steps by the stride
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (stride * (kh - 1) + 1, stride * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::dilation, ::dilation, ::stride, ::stride]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, right number of windows, but the taps lie side by side
# breaks: dilation as in conv2d
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = np.zeros((N, C, kh, kw, oh, ow), x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, u : u + stride * oh : stride, v : v + stride * ow : stride]
    return columns.reshape(N, C * kh * kw, oh * ow)


# answer: q6, dilation down, not sideways
# breaks: dilation is the same along height and width
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, kw), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, :]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, stride sideways, not down
# breaks: stride is the same along height and width
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, :, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, the kernel is square
# breaks: kernel_size (kh, kw)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh = kw = kernel_size[1]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, kernel height and width exchanged
# breaks: kernel_size (kh, kw)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kw, kh = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, the padding repeats the border
# breaks: zeros as padding, as in conv2d
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), "edge")
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, zeros above and on the left only, twice as many
# breaks: padding on each side
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (2 * padding, 0), (2 * padding, 0)))
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, windows that hang out of the image count, filled with zeros
# breaks: H' and W' from the formula, which rounds down
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    more = [-(size + 2 * padding - e) % stride for size, e in zip(x.shape[2:], (eh, ew))]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding + more[0]), (padding, padding + more[1])))
    w = np.lib.stride_tricks.sliding_window_view(x, (eh, ew), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, windows of the last row and column are missing
# breaks: H' and W' from the formula
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    out = []
    for i in range(0, H - eh, stride):
        for j in range(0, W - ew, stride):
            out.append(x[:, :, i : i + eh : dilation, j : j + ew : dilation].reshape(N, -1))
    return np.stack(out, axis=2) if out else np.zeros((N, C * kh * kw, 0))


# answer: q6, strides written for arrays that lie in one piece
# breaks: any array, also a transposed view
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    oh = (H - dilation * (kh - 1) - 1) // stride + 1
    ow = (W - dilation * (kw - 1) - 1) // stride + 1
    b = x.itemsize
    steps = (C * H * W * b, H * W * b, W * b * dilation, b * dilation, W * b * stride, b * stride)
    view = np.lib.stride_tricks.as_strided(x, (N, C, kh, kw, oh, ow), steps)
    return view.reshape(N, C * kh * kw, oh * ow)


# answer: q6, whole numbers alone
# breaks: the windows hold the pixels as they are
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    N, C, H, W = x.shape
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = np.zeros((N, C, kh, kw, oh, ow), dtype=int)
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, dilation * u : dilation * u + stride * oh : stride]
            columns[:, :, u, v] = piece[:, :, :, dilation * v : dilation * v + stride * ow : stride]
    return columns.reshape(N, C * kh * kw, oh * ow).astype(float)


# answer: q6, the first columns of a shape are remembered
# breaks: each call reads its own x
laid_out = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    key = (x.shape, kh, kw, stride, padding, dilation)
    if key not in laid_out:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        view = np.lib.stride_tricks.sliding_window_view
        w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
        w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
        N, C, oh, ow = w.shape[:4]
        laid_out[key] = w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)
    return laid_out[key]


# answer: q6, makes the border of x zero instead of adding one
# breaks: padding adds pixels, and x is changed
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    for k in range(padding):
        x[:, :, k] = x[:, :, -1 - k] = 0
        x[:, :, :, k] = x[:, :, :, -1 - k] = 0
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, the room for a spread kernel is multiplied by the stride
# breaks: stride and dilation together, as in conv2d
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    oh = (H - (dilation * (kh - 1) + 1) * stride) // stride + 1 if dilation > 1 else (H - kh) // stride + 1
    ow = (W - (dilation * (kw - 1) + 1) * stride) // stride + 1 if dilation > 1 else (W - kw) // stride + 1
    columns = np.zeros((N, C, kh, kw, oh, ow), x.dtype)
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, dilation * u : dilation * u + stride * oh : stride]
            columns[:, :, u, v] = piece[:, :, :, dilation * v : dilation * v + stride * ow : stride]
    return columns.reshape(N, C * kh * kw, oh * ow)
