"""q5: conv2d."""

# answer: q5, the bias is added along the last axis
# breaks: one bias for each kernel, along axis 1 (where W' happens to be F, NumPy does not complain)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, C2, kh, kw = weight.shape
    if C != C2:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            i0, j0 = i * stride, j * stride
            win = xp[:, :, i0 : i0 + dilation * (kh - 1) + 1 : dilation, j0 : j0 + dilation * (kw - 1) + 1 : dilation]
            out[:, :, i, j] = np.tensordot(win, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out = out + bias
    return out


# answer: q5, asks "if bias" of an array
# breaks: bias is an array (F,): its truth is not defined for F > 1, and [0.] is a bias too
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    span_h, span_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    xp = pad2d(x, padding)
    win = np.lib.stride_tricks.sliding_window_view(xp, (span_h, span_w), axis=(2, 3))
    win = win[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", win, weight).astype(float)
    if bias:
        out += bias[:, None, None]
    return out


# answer: q5, the stride goes down and not across
# breaks: stride: pixels between two neighbouring windows, down and across
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    xp = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    Ho = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    Wo = xp.shape[3] - dilation * (kw - 1)
    out = np.zeros((len(x), len(weight), Ho, Wo))
    for u in range(kh):
        for v in range(kw):
            part = xp[:, :, u * dilation : u * dilation + (Ho - 1) * stride + 1 : stride, v * dilation : v * dilation + Wo]
            out += np.einsum("nchw,fc->nfhw", part, weight[:, :, u, v])
    return out if bias is None else out + bias.reshape(1, -1, 1, 1)


# answer: q5, the size of the output forgets the dilation
# breaks: H' and W' as in q1: a dilated kernel covers more
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = (H + 2 * padding - kh) // stride + 1
    Wo = (W + 2 * padding - kw) // stride + 1
    big = np.zeros((N, C, H + 2 * padding + dilation * kh, W + 2 * padding + dilation * kw))
    big[:, :, padding : padding + H, padding : padding + W] = x
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = i * stride, j * stride
            window = big[:, :, a : a + dilation * kh : dilation, b : b + dilation * kw : dilation]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    if bias is not None:
        out += bias[None, :, None, None]
    return out


# answer: q5, a convolution of mathematics: the kernel is flipped
# breaks: cross-correlation
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    weight = weight[:, :, ::-1, ::-1]
    N, F = len(x), len(weight)
    kh, kw = weight.shape[2:]
    Ho = output_size(x.shape[2], kh, stride, (padding, padding), dilation)
    Wo = output_size(x.shape[3], kw, stride, (padding, padding), dilation)
    padded = pad2d(x, padding)
    y = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            r, c = stride * i, stride * j
            w = padded[:, :, r : r + dilation * (kh - 1) + 1 : dilation, c : c + dilation * (kw - 1) + 1 : dilation]
            y[:, :, i, j] = np.tensordot(w, weight, ([1, 2, 3], [1, 2, 3]))
    return y if bias is None else y + bias[:, None, None]


# answer: q5, refuses only a weight that is deeper than the image
# breaks: ValueError when weight and x differ in the number of channels, in either direction
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if D > C:
        raise ValueError(f"weight wants {D} channels, x has {C}")
    xp = pad2d(x, padding)
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, Ho, Wo))
    for c in range(D):
        for u in range(kh):
            for v in range(kw):
                part = xp[:, c, u * dilation :, v * dilation :][:, ::stride, ::stride][:, :Ho, :Wo]
                out += part[:, None] * weight[:, c, u, v][None, :, None, None]
    return out if bias is None else out + bias[:, None, None]


# answer: q5, lets an image of one channel be spread over a deep kernel
# breaks: ValueError when weight and x differ in the number of channels, also for 1 and C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D and C != 1:
        raise ValueError("channels differ")
    p, d = padding, dilation
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    Ho, Wo = output_size(H, kh, stride, (p, p), d), output_size(W, kw, stride, (p, p), d)
    out = np.empty((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            rows = i * stride + d * np.arange(kh)
            cols = j * stride + d * np.arange(kw)
            window = xp[:, :, rows[:, None], cols]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum((2, 3, 4))
    if bias is not None:
        out += bias[:, None, None]
    return out


# answer: q5, assert in the place of the ValueError
# breaks: raises ValueError when the channels differ
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    assert x.shape[1] == weight.shape[1], "channels differ"
    kh, kw = weight.shape[2:]
    xp = pad2d(x, padding)
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(view, weight, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2).astype(float)
    return out if bias is None else out + bias.reshape(-1, 1, 1)


# answer: q5, compares the number of kernels with the channels of x
# breaks: ValueError is for C against C, and F is free
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] not in (F, C) or (F < C != x.shape[1]):
        raise ValueError("channels differ")
    xp = pad2d(x, padding)
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    depth = min(C, x.shape[1])
    out = np.einsum("ncijuv,fcuv->nfij", view[:, :depth], weight[:, :depth]).astype(float)
    return out if bias is None else out + bias.reshape(-1, 1, 1)


# answer: q5, a window that is only half inside counts too (rounds up, with zeros behind the border)
# breaks: H' and W' as in q1: what is left over starts no window
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    sh, sw = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho = -(-(H + 2 * padding - sh) // stride) + 1
    Wo = -(-(W + 2 * padding - sw) // stride) + 1
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding + stride), (padding, padding + stride)))
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            window = xp[:, :, i * stride : i * stride + sh : dilation, j * stride : j * stride + sw : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the slice over a dilated window ends after kh * d - d pixels
# breaks: a window covers d * (k - 1) + 1 pixels; the last tap counts
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            i0, j0 = i * stride, j * stride
            i1 = i0 + (kh if dilation == 1 else dilation * (kh - 1))
            j1 = j0 + (kw if dilation == 1 else dilation * (kw - 1))
            win = xp[:, :, i0:i1:dilation, j0:j1:dilation]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", win, weight[:, :, : win.shape[2], : win.shape[3]])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the taps across are counted like the taps down
# breaks: kernels of kh x kw where the two differ
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, k, _ = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = output_size(H, k, stride, (padding, padding), dilation)
    Wo = output_size(W, k, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    out = np.zeros((N, F, Ho, Wo))
    for u in range(k):
        for v in range(k):
            sl = xp[:, :, u * dilation :, v * dilation :][:, :, ::stride, ::stride][:, :, :Ho, :Wo]
            out += np.einsum("ncij,fc->nfij", sl, weight[:, :, u, v])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the output has the dtype of x
# breaks: x may be whole numbers and the weight fractions; floats are returned
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    out = np.zeros((N, F, Ho, Wo), dtype=x.dtype)
    d = dilation
    for i in range(Ho):
        for j in range(Wo):
            win = xp[:, :, i * stride : i * stride + d * kh : d, j * stride : j * stride + d * kw : d][:, :, :kh, :kw]
            out[:, :, i, j] = np.tensordot(win, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]
