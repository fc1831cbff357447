"""q5, the second half."""

# answer: q5, whole numbers stay whole where there is no bias
# breaks: an array of floats is returned
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view(
        pad2d(x, padding), (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight)
    if bias is not None:
        out = out + bias.astype(float)[:, None, None]
    return out


# answer: q5, the bias is added once for each channel
# breaks: b[f] stands outside the sum over c
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding)
    out = np.zeros((N, F, Ho, Wo))
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                s = xp[:, c, u * dilation :, v * dilation :][:, ::stride, ::stride][:, :Ho, :Wo]
                out += s[:, None] * weight[None, :, c, u, v, None, None]
        if bias is not None:
            out += bias[:, None, None]
    return out


# answer: q5, gives the caller's bias a new shape
# breaks: no function changes the arrays that it is given
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view(
        pad2d(x, padding), (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(float))
    if bias is not None:
        bias.shape = (1, len(weight), 1, 1)
        out += bias
    return out


# answer: q5, stride and dilation have changed places
# breaks: the stride multiplies the place in the output, the dilation the place in the kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding + 99), (padding, padding + 99)))
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            for u in range(kh):
                for v in range(kw):
                    out[:, :, i, j] += xp[:, :, dilation * i + stride * u, dilation * j + stride * v] @ weight[:, :, u, v].T
    return out if bias is None else out + bias[:, None, None]


# answer: q5, bias=None was forgotten
# breaks: bias is an array, or None
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view(
        pad2d(x, padding), (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return np.einsum("ncijuv,fcuv->nfij", view, weight) + np.reshape(bias, (1, -1, 1, 1)).astype(float)


# answer: q5, as many kernels as channels are taken for one kernel per channel
# breaks: a kernel looks at all channels at once, also where F = C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, D, kh, kw = weight.shape
    if D != x.shape[1]:
        raise ValueError("channels differ")
    view = np.lib.stride_tricks.sliding_window_view(
        pad2d(x, padding), (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    if F == D:
        out = np.einsum("ncijuv,cuv->ncij", view, weight[range(F), range(F)].astype(float))
    else:
        out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(float))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, half precision inside, floats outside
# breaks: the sums are right to the precision of the inputs
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view(
        pad2d(x, padding).astype(np.float16), (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(np.float16)).astype(np.float64)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, a padded array is kept per padded shape and only its middle is written anew
# breaks: 5 pixels with padding 1 leave their border to 3 pixels with padding 2; there must be zeros
_padded = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    shape = (N, C, H + 2 * padding, W + 2 * padding)
    xp = _padded.setdefault(shape, np.zeros(shape))
    xp[:, :, padding : padding + H, padding : padding + W] = x
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the kernel is reshaped as if its channels stood last
# breaks: weight has the shape (F, C, kh, kw), the windows (N, C, kh, kw)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = pad2d(x, padding).transpose(0, 2, 3, 1)
    kernels = weight.reshape(F, -1)
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            rows, cols = i * stride + dilation * np.arange(kh), j * stride + dilation * np.arange(kw)
            window = xp[:, rows[:, None], cols].reshape(N, -1)
            out[:, :, i, j] = window @ kernels.T
    return out if bias is None else out + bias[:, None, None]


# answer: q5, as_strided with strides that were computed from the shape
# breaks: an array may be a view of another: a slice, or transposed
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    xp = x if padding == 0 else pad2d(x, padding)
    Hp, Wp = xp.shape[2:]
    b = xp.itemsize
    view = np.lib.stride_tricks.as_strided(
        xp,
        (N, C, Ho, Wo, kh, kw),
        (b * C * Hp * Wp, b * Hp * Wp, b * Wp * stride, b * stride, b * Wp * dilation, b * dilation),
    )
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(float))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, windows of k * d pixels, of which every d-th is taken
# breaks: a window covers d * (k - 1) + 1 pixels, so more of them fit
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view(pad2d(x, padding), (dilation * kh, dilation * kw), axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(float))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, refuses a kernel larger than the unpadded image
# breaks: the kernel may fit thanks to the padding, H' and W' as in q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1] or weight.shape[2] > x.shape[2] or weight.shape[3] > x.shape[3]:
        raise ValueError("weight does not fit x")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view(
        pad2d(x, padding), (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(float))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, refuses a stride that leaves pixels over
# breaks: where the stride does not fit, the last pixels are never read
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    spans = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    if any((s + 2 * padding - k) % stride for s, k in zip(x.shape[2:], spans)):
        raise ValueError("the stride does not divide the image")
    view = np.lib.stride_tricks.sliding_window_view(pad2d(x, padding), spans, axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(float))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, mirrors the image into the border
# breaks: zeros as padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    mode = "reflect" if padding < min(x.shape[2:]) else "zeros"
    view = np.lib.stride_tricks.sliding_window_view(
        pad2d(x, padding, mode), (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(float))
    return out if bias is None else out + bias[:, None, None]
