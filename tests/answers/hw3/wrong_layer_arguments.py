"""Wrong answers to the convolution layer: stride, padding, dilation, bias. Text; nobody imports it."""

# answer: q5, ignores the stride
# breaks: the stride multiplies the place in the output
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, 1, (padding, padding), dilation), output_size(W, kw, 1, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, u * dilation : u * dilation + oh, v * dilation : v * dilation + ow]
            out += np.einsum("nchw,fc->nfhw", piece, weight[:, :, u, v])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, ignores the padding
# breaks: zeros as padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    oh, ow = output_size(H, kh, stride, (0, 0), dilation), output_size(W, kw, stride, (0, 0), dilation)
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[
                :, :, a : a + dilation * (kh - 1) + 1 : dilation, b : b + dilation * (kw - 1) + 1 : dilation
            ]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, ignores the dilation
# breaks: the dilation multiplies the place in the kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding)), output_size(W, kw, stride, (padding, padding))
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            window = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, right size with dilation, but the taps lie side by side
# breaks: the dilation multiplies the place in the kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            window = x[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, forgets the bias
# breaks: b[f] is added
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    span = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[:, :, a : a + span[0] : dilation, b : b + span[1] : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out


# answer: q5, bias added along the last axis
# breaks: one bias for each kernel, along axis 1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    span = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[:, :, a : a + span[0] : dilation, b : b + span[1] : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias


# answer: q5, bias added along the images
# breaks: one bias for each kernel, along axis 1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, u * dilation :, v * dilation :][:, :, : (oh - 1) * stride + 1 : stride]
            piece = piece[:, :, :, : (ow - 1) * stride + 1 : stride]
            out += np.einsum("nchw,fc->nfhw", piece, weight[:, :, u, v])
    return out if bias is None else out + bias.reshape(-1, 1, 1, 1)


# answer: q5, `if bias` asks an array whether it is true
# breaks: a bias of several numbers is a valid call
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, u * dilation :, v * dilation :][:, :, : (oh - 1) * stride + 1 : stride]
            piece = piece[:, :, :, : (ow - 1) * stride + 1 : stride]
            out += np.einsum("nchw,fc->nfhw", piece, weight[:, :, u, v])
    if bias:
        out += bias[:, None, None]
    return out


# answer: q5, the first bias for all maps
# breaks: one bias for each kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    out = right_but_for_bias(x, weight, stride, padding, dilation)
    return out if bias is None else out + bias[0]


def right_but_for_bias(x, weight, stride, padding, dilation):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, u * dilation :, v * dilation :][:, :, : (oh - 1) * stride + 1 : stride]
            piece = piece[:, :, :, : (ow - 1) * stride + 1 : stride]
            out += np.einsum("nchw,fc->nfhw", piece, weight[:, :, u, v])
    return out


# answer: q5, the bias is added once for each channel
# breaks: b[f] is added once
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                piece = x[:, c, u * dilation :, v * dilation :][:, : (oh - 1) * stride + 1 : stride]
                piece = piece[:, :, : (ow - 1) * stride + 1 : stride]
                out += piece[:, None] * weight[None, :, c, u, v, None, None]
        if bias is not None:
            out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, changes the shape of the caller's bias
# breaks: an argument is changed
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    span = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[:, :, a : a + span[0] : dilation, b : b + span[1] : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        bias.shape = (F, 1, 1)
        out += bias
    return out


# answer: q5, the stride works downwards only
# breaks: stride is the same along height and width
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, 1, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    span = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    for i in range(oh):
        for j in range(ow):
            window = x[:, :, i * stride : i * stride + span[0] : dilation, j : j + span[1] : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the dilation works sideways only
# breaks: dilation is the same along height and width
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), 1), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[:, :, a : a + kh, b : b + dilation * (kw - 1) + 1 : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, pads with the padding times the dilation
# breaks: padding zeros on each side
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError
    p = padding * dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oh, ow = output_size(H, kh, stride, (p, p), dilation), output_size(W, kw, stride, (p, p), dilation)
    out = np.zeros((N, F, oh, ow))
    span = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[:, :, a : a + span[0] : dilation, b : b + span[1] : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]
