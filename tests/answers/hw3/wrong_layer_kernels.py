"""Wrong answers to the convolution layer: channels, kernels, sizes. Text; nobody imports it."""

# answer: q5, a true convolution: both axes of the kernel are flipped
# breaks: cross-correlation
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    weight = weight[:, :, ::-1, ::-1]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, kernel rows and columns exchanged
# breaks: w[f, c, u, v] with u down and v to the right
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    weight = weight.swapaxes(2, 3)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the first channel alone
# breaks: the sum over all channels c
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nhwuv,fuv->nfhw", windows[:, 0], weight[:, 0])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the first kernel for all maps
# breaks: F kernels give F maps
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,cuv->nhw", windows, weight[0])
    out = np.repeat(out[:, None], len(weight), axis=1)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the first image alone, the others stay zero
# breaks: many images
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    xp = np.pad(x[0], ((0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for f in range(F):
        for i in range(oh):
            for j in range(ow):
                total = 0.0
                for u in range(kh):
                    for v in range(kw):
                        total += (
                            xp[:, stride * i + dilation * u, stride * j + dilation * v] @ weight[f, :, u, v]
                        )
                out[0, f, i, j] = total
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the mean over the channels
# breaks: the sum over the channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfchw", windows, weight).mean(axis=2)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the channels are not summed: an axis too many
# breaks: array (N, F, H', W')
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfchw", windows, weight)
    return out if bias is None else out + bias[:, None, None, None]


# answer: q5, the height's outputs for the width too
# breaks: H' and W' each from the formula
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    n = output_size(H, kh, stride, (padding, padding), dilation)
    side = (n - 1) * stride + dilation * (kw - 1) + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding + side)))
    out = np.zeros((N, F, n, n))
    for i in range(n):
        for j in range(n):
            a, b = i * stride, j * stride
            window = x[
                :, :, a : a + dilation * (kh - 1) + 1 : dilation, b : b + dilation * (kw - 1) + 1 : dilation
            ]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, a last window that hangs out of the image counts too
# breaks: the formula of q1 rounds down
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    oh, ow = -(-(H + 2 * padding - eh) // stride) + 1, -(-(W + 2 * padding - ew) // stride) + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding + stride), (padding, padding + stride)))
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the kernel is square
# breaks: weight (F, C, kh, kw)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, k, _ = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, k, stride, (padding, padding), dilation), output_size(W, k, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    e = dilation * (k - 1) + 1
    for i in range(oh):
        for j in range(ow):
            window = x[:, :, i * stride : i * stride + e : dilation, j * stride : j * stride + e : dilation]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, kernels before images in the output
# breaks: array (N, F, H', W')
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(weight, windows, axes=([1, 2, 3], [1, 4, 5]))
    return out if bias is None else out + bias[:, None, None, None]


# answer: q5, channels last in the output
# breaks: array (N, F, H', W')
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))
    return out if bias is None else out + bias


# answer: q5, the output is as large as the input whatever the kernel
# breaks: H' and W' from the formula of q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    ph, pw = dilation * (kh - 1), dilation * (kw - 1)
    x = np.pad(x, ((0, 0), (0, 0), (ph // 2, ph - ph // 2), (pw // 2, pw - pw // 2)))
    out = np.zeros((N, F, H, W))
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, u * dilation : u * dilation + H, v * dilation : v * dilation + W]
            out += np.einsum("nchw,fc->nfhw", piece, weight[:, :, u, v])
    out = out[:, :, ::stride, ::stride]
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the last row and column of outputs are missing
# breaks: H' and W' from the formula of q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, columns = range(0, x.shape[2] - eh, stride), range(0, x.shape[3] - ew, stride)
    out = np.zeros((len(x), len(weight), len(rows), len(columns)))
    for i, a in enumerate(rows):
        for j, b in enumerate(columns):
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]
