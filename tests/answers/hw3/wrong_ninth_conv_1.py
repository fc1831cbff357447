# answer: q5, the bias is added with each channel, so C times
# breaks: y[n, f, i, j] = b[f] + the sums: the bias stands before the sum over c
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels differ")
    b = np.zeros(F) if bias is None else bias
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    h = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, h, w))
    for i in range(h):
        for j in range(w):
            i0, j0 = i * stride, j * stride
            win = xp[:, :, i0 : i0 + dilation * kh : dilation, j0 : j0 + dilation * kw : dilation]
            for c in range(C):
                out[:, :, i, j] += np.tensordot(win[:, c], weight[:, c], axes=([1, 2], [1, 2])) + b
    return out


# answer: q5, stride and dilation changed places
# breaks: The stride multiplies the place in the output, the dilation the place in the kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels")
    p, s, d = padding, dilation, stride
    xp = np.pad(x.astype(float), [(0, 0), (0, 0), (p, p), (p, p)])
    F, C, kh, kw = weight.shape
    h = (xp.shape[2] - d * (kh - 1) - 1) // s + 1
    w = (xp.shape[3] - d * (kw - 1) - 1) // s + 1
    out = np.zeros((len(x), F, h, w))
    for u in range(kh):
        for v in range(kw):
            part = xp[:, :, d * u : d * u + s * (h - 1) + 1 : s, d * v : d * v + s * (w - 1) + 1 : s]
            out += np.einsum("nchw,fc->nfhw", part, weight[:, :, u, v])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, leaves the check of the channels to NumPy, which repeats a single channel
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    p, d = padding, dilation
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p))).astype(float)
    h = (H + 2 * p - d * (kh - 1) - 1) // stride + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // stride + 1
    out = np.empty((N, F, h, w))
    for n in range(N):
        for i in range(h):
            for j in range(w):
                a, b = i * stride, j * stride
                window = xp[n, :, a : a + d * (kh - 1) + 1 : d, b : b + d * (kw - 1) + 1 : d]
                out[n, :, i, j] = (window[None] * weight).sum(axis=(1, 2, 3))
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, the channels are checked with assert
# breaks: Raises ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    assert x.shape[1] == weight.shape[1], "number of channels differs"
    F, C, kh, kw = weight.shape
    xp = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)]).astype(float)
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(view, weight.astype(float), axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the array for the answer is made for x and weight and the bias is added in place
# breaks: float64 where an array of float64 came in: the bias may be one, too
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (N, C, H, W), (F, D, kh, kw) = x.shape, weight.shape
    if C != D:
        raise ValueError(f"{C} channels, but kernels of {D}")
    kind = np.result_type(x, weight, np.float32)
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=kind)
    xp[:, :, padding : padding + H, padding : padding + W] = x
    h = len(range(0, H + 2 * padding - dilation * (kh - 1), stride))
    w = len(range(0, W + 2 * padding - dilation * (kw - 1), stride))
    out = np.zeros((N, F, h, w), dtype=kind)
    k = weight.astype(kind)
    for i in range(h):
        for j in range(w):
            rows = slice(i * stride, i * stride + dilation * kh, dilation)
            columns = slice(j * stride, j * stride + dilation * kw, dilation)
            out[:, :, i, j] = np.tensordot(xp[:, :, rows, columns], k, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias[None, :, None, None]
    return out


# answer: q5, the border repeats the outermost pixels
# breaks: Convolution layer, forward: cross-correlation with zeros as padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("wrong number of channels")
    kh, kw = weight.shape[2:]
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    h = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((x.shape[0], weight.shape[0], h, w))
    for i in range(h):
        for j in range(w):
            win = xp[:, :, i * stride :: dilation, j * stride :: dilation][:, :, :kh, :kw]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", win, weight)
    return out + (0 if bias is None else bias.reshape(1, -1, 1, 1))


# answer: q5, the weight is laid out flat as (C kh kw, F) by a reshape where a transpose is needed
# breaks: w[f, c, u, v] belongs to kernel f, channel c and tap (u, v)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if D != C:
        raise ValueError("C differs")
    flat = weight.reshape(-1, F).astype(float)
    p = padding
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - dilation * (kh - 1) - 1) // stride + 1
    w = (W + 2 * p - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, h, w))
    for i in range(h):
        for j in range(w):
            r, c = i * stride, j * stride
            win = xp[:, :, r : r + dilation * kh : dilation, c : c + dilation * kw : dilation]
            out[:, :, i, j] = win.reshape(N, -1) @ flat
    if bias is not None:
        out = out + bias[None, :, None, None]
    return out


# answer: q5, the kernel is blown up with zeros, and zeros stand behind its last tap, too
# breaks: A window covers d (k - 1) + 1 pixels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("x and weight do not match")
    wide = np.zeros((F, C, kh * dilation, kw * dilation))
    wide[:, :, ::dilation, ::dilation] = weight
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(float)
    h = (xp.shape[2] - wide.shape[2]) // stride + 1
    w = (xp.shape[3] - wide.shape[3]) // stride + 1
    out = np.zeros((x.shape[0], F, h, w))
    for i in range(h):
        for j in range(w):
            win = xp[:, :, i * stride : i * stride + wide.shape[2], j * stride : j * stride + wide.shape[3]]
            out[:, :, i, j] = np.tensordot(win, wide, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias.reshape(F, 1, 1)


# answer: q5, seven loops of Python, one multiply-add at a time
# breaks: The largest layer takes 300 million multiply-adds: too many for Python to do one by one within 10 seconds
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("channels")
    h = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    image = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, F, h, w))
    for n in range(N):
        for f in range(F):
            for i in range(h):
                for j in range(w):
                    total = 0.0 if bias is None else float(bias[f])
                    for c in range(C):
                        for u in range(kh):
                            for v in range(kw):
                                pixel = image[n, c, i * stride + u * dilation, j * stride + v * dilation]
                                total += weight[f, c, u, v] * pixel
                    out[n, f, i, j] = total
    return out


# answer: q5, the padded image is kept for the next call, found again by its identity
# breaks: the next call may bring the same array with other numbers in it
_PADDED = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    key = (id(x), x.shape, padding)
    if key not in _PADDED:
        _PADDED[key] = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(float)
    xp = _PADDED[key]
    F, C, kh, kw = weight.shape
    h = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), F, h, w))
    for i in range(h):
        for j in range(w):
            a, b = i * stride, j * stride
            part = xp[:, :, a : a + dilation * kh : dilation, b : b + dilation * kw : dilation]
            out[:, :, i, j] = np.tensordot(part, weight.astype(float), axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the output is made smaller by the dilation as if it were part of the stride
# breaks: H' and W' as in q1: the dilated kernel covers dilation (kernel_size - 1) + 1 pixels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("C")
    if bias is None:
        bias = np.zeros(F)
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(float)
    h = (H + 2 * padding - kh) // (stride * dilation) + 1
    w = (W + 2 * padding - kw) // (stride * dilation) + 1
    out = np.zeros((N, F, h, w)) + bias.reshape(1, F, 1, 1)
    for i in range(h):
        for j in range(w):
            rows = np.minimum(i * stride + dilation * np.arange(kh), xp.shape[2] - 1)
            columns = np.minimum(j * stride + dilation * np.arange(kw), xp.shape[3] - 1)
            win = xp[:, :, rows[:, None], columns[None]]
            out[:, :, i, j] += np.tensordot(win, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out
