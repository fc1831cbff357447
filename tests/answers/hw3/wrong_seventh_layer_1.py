# answer: q5, never compares the channels, so a depth of 1 is repeated without a word
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    span_h, span_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (H + 2 * padding - span_h) // stride + 1
    ow = (W + 2 * padding - span_w) // stride + 1
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            r, c = i * stride, j * stride
            window = padded[:, :, r : r + span_h : dilation, c : c + span_w : dilation]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, raises where the weight is deeper than x and lets a deeper x pass
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if C > x.shape[1]:
        raise ValueError(f"{C} channels asked for, {x.shape[1]} there")
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (padded.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    ow = (padded.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), F, oh, ow))
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                part = padded[:, c, dilation * u :, dilation * v :][:, ::stride, ::stride][:, :oh, :ow]
                out += part[:, None] * weight[:, c, u, v][:, None, None]
    return out if bias is None else out + bias[None, :, None, None]


# answer: q5, adds the bias along the last axis
# breaks: b[f] in the formula: one bias for each kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = stride * i + dilation * np.arange(kh)
            cols = stride * j + dilation * np.arange(kw)
            out[:, :, i, j] = np.tensordot(padded[:, :, rows[:, None], cols], weight, axes=([1, 2, 3],) * 2)
    if bias is not None:
        out = out + bias
    return out


# answer: q5, adds the bias inside the loop over channels, once for each of them
# breaks: y = b[f] + the sum over c, u and v: the bias counts once
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span_h, span_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    out = 0
    for c in range(C):
        windows = np.lib.stride_tricks.sliding_window_view(padded[:, c], (span_h, span_w), axis=(1, 2))
        windows = windows[:, ::stride, ::stride, ::dilation, ::dilation]
        out = out + np.tensordot(windows, weight[:, c].astype(float), axes=([3, 4], [1, 2]))
        if bias is not None:
            out = out + bias
    return out.transpose(0, 3, 1, 2).copy()


# answer: q5, asks "if bias", which arrays of several numbers do not answer
# breaks: bias: array (F,) of floats, or None
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    F, C, kh, kw = weight.shape
    p, s, d = padding, stride, dilation
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oh, ow = (xp.shape[2] - d * (kh - 1) - 1) // s + 1, (xp.shape[3] - d * (kw - 1) - 1) // s + 1
    y = np.zeros((len(x), F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            window = xp[:, :, s * i : s * i + d * (kh - 1) + 1 : d, s * j : s * j + d * (kw - 1) + 1 : d]
            y[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, weight)
    if bias:
        y += bias[:, None, None]
    return y


# answer: q5, swaps stride and dilation in the place of a pixel
# breaks: The stride multiplies the place in the output, the dilation the place in the kernel.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    ow = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, oh, ow)) + (0 if bias is None else bias.reshape(-1, 1, 1))
    for i in range(oh):
        for j in range(ow):
            rows = dilation * i + stride * np.arange(kh)
            cols = dilation * j + stride * np.arange(kw)
            window = xp[:, :, rows][:, :, :, cols].reshape(N, -1)
            out[:, :, i, j] += window @ weight.reshape(F, -1).T
    return out


# answer: q5, a fast way for 1x1 kernels that forgets stride and padding
# breaks: array (N, F, H', W') of floats, H' and W' as in q1 (a 1x1 kernel with a stride or padding)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    F, C, kh, kw = weight.shape
    if kh == kw == 1:
        out = np.einsum("nchw,fc->nfhw", x, weight[:, :, 0, 0]).astype(float)
    else:
        xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        covered = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
        view = np.lib.stride_tricks.sliding_window_view(xp, covered, axis=(2, 3))
        view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
        out = np.tensordot(view, weight.astype(float), axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return np.array(out if bias is None else out + bias[:, None, None])


# answer: q5, keeps the padded canvas by its shape, and numbers of an earlier image stay in the border
# breaks: Each answer depends on the arguments of its own call alone
_canvas = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    shape = (N, C, H + 2 * padding, W + 2 * padding)
    xp = _canvas.setdefault(shape, np.zeros(shape))
    xp[:, :, padding : padding + H, padding : padding + W] = x
    oh = (shape[2] - dilation * (kh - 1) - 1) // stride + 1
    ow = (shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, oh, ow))
    for u in range(kh):
        for v in range(kw):
            r, c = dilation * u, dilation * v
            part = xp[:, :, r : r + stride * (oh - 1) + 1 : stride, c : c + stride * (ow - 1) + 1 : stride]
            out += np.tensordot(weight[:, :, u, v], part, axes=(1, 1)).transpose(1, 0, 2, 3)
    if bias is not None:
        out += bias[:, None, None]
    return out


# answer: q5, gives the bias of the caller a new shape in place
# breaks: What you were given stays as it was.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span_h, span_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(xp, (span_h, span_w), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(windows, weight.astype(float), axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    if bias is not None:
        bias.shape = (1, F, 1, 1)
        out = out + bias
    return out.copy()
