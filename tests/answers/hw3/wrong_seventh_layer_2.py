# answer: q5, chooses the precision from x and weight, so a float64 bias on float32 layers comes back in float32
# breaks: float64 where an array of float64 came in
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    kind = np.float32 if x.dtype == weight.dtype == np.float32 else np.float64
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, oh, ow), dtype=kind)
    for i in range(oh):
        for j in range(ow):
            r, c = i * stride, j * stride
            window = xp[:, :, r : r + dilation * kh : dilation, c : c + dilation * kw : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias.astype(kind)[:, None, None]
    return out


# answer: q5, sums whole numbers as whole numbers and cannot add a bias with fractions to them in place
# breaks: An "array of floats" holds float64, float32 or whole numbers (int64), and two arrays of one call may differ in that.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2).copy()
    if bias is not None:
        out += bias.reshape(1, -1, 1, 1)
    return out.astype(np.result_type(out, np.float32))


# answer: q5, carries the stride down but steps across by one and drops the rest
# breaks: stride: pixels between two neighbouring windows, down and across
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    s, p, d = stride, padding, dilation
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    oh = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    ow = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            window = xp[:, :, i * s : i * s + d * (kh - 1) + 1 : d, j : j + d * (kw - 1) + 1 : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias.reshape(1, F, 1, 1)


# answer: q5, puts zeros between the taps only where the kernel has several of them down and across
# breaks: dilation: pixels between two neighbouring taps, down and across (kernels of one row or one column)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    if kh > 1 and kw > 1:
        wide = np.zeros((F, C, dilation * (kh - 1) + 1, dilation * (kw - 1) + 1))
        wide[:, :, ::dilation, ::dilation] = weight
    else:
        wide = weight.astype(float)
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(xp, wide.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.moveaxis(np.tensordot(view, wide, axes=([1, 4, 5], [1, 2, 3])), 3, 1).copy()
    if bias is not None:
        out += bias.reshape(-1, 1, 1)
    return out


# answer: q5, starts the first image at the bias and all the others at zero
# breaks: y[n, f, i, j] = b[f] + ..., for every n
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, oh, ow))
    if bias is not None:
        for f in range(F):
            out[0, f] = bias[f]
    for u in range(kh):
        for v in range(kw):
            rows = dilation * u + stride * np.arange(oh)
            cols = dilation * v + stride * np.arange(ow)
            out += np.einsum(
                "ncij,fc->nfij", xp[:, :, rows[:, None], cols], weight[:, :, u, v], optimize=True
            )
    return out


# answer: q5, computes in float32 for speed and widens the result
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    F, C, kh, kw = weight.shape
    xp = np.pad(x.astype("f4"), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view(
        xp, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(view, weight.astype("f4"), axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    if bias is not None:
        out = out + bias[:, None, None]
    return np.array(out, dtype=float)


# answer: q5, windows and weights are flattened in different orders, taps first and channels first
# breaks: w[f, c, u, v] x_padded[n, c, ...]: each tap meets the pixel of its own channel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.zeros((N, H + 2 * padding, W + 2 * padding, C))
    xp[:, padding : padding + H, padding : padding + W] = x.transpose(0, 2, 3, 1)
    oh = (xp.shape[1] - dilation * (kh - 1) - 1) // stride + 1
    ow = (xp.shape[2] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            r, c = i * stride, j * stride
            window = xp[:, r : r + dilation * kh : dilation, c : c + dilation * kw : dilation]
            out[:, :, i, j] = window.reshape(N, -1) @ weight.reshape(F, -1).T
    if bias is not None:
        out += bias[:, None, None]
    return out


# answer: q5, takes the span of the kernel's height for the width, too
# breaks: array (N, F, H', W'), for kernels of which height and width differ
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = dilation * (kh - 1) + 1
    oh, ow = ((n + 2 * padding - span) // stride + 1 for n in (H, W))
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            part = xp[:, :, i * stride :, j * stride :][:, :, ::dilation, ::dilation][:, :, :kh, :kw]
            out[:, :, i, j] = np.tensordot(part, weight[..., : part.shape[3]], axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, takes padding above 0 for a wish to keep the size, and makes room for the size divided by the stride
# breaks: array (N, F, H', W') of floats, H' and W' as in q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    spans = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    if padding:
        oh, ow = -(-H // stride), -(-W // stride)
    else:
        oh, ow = (H - spans[0]) // stride + 1, (W - spans[1]) // stride + 1
    out = np.zeros((N, F, oh, ow))
    view = np.lib.stride_tricks.sliding_window_view(xp, spans, axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation][:, :, :oh, :ow]
    values = np.einsum("ncijuv,fcuv->nfij", view, weight, optimize=True)
    out[:, :, : values.shape[2], : values.shape[3]] = values
    return out if bias is None else out + bias[:, None, None]


# answer: q5, seven loops, one for each letter of the formula
# breaks: The largest layer of the tests takes 240 million multiply-adds ...; one call of your function for 10 seconds
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, K, kh, kw = weight.shape
    if C != K:
        raise ValueError("channels differ")
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, oh, ow))
    for n in range(N):
        for f in range(F):
            for i in range(oh):
                for j in range(ow):
                    total = 0.0 if bias is None else float(bias[f])
                    for c in range(C):
                        for u in range(kh):
                            for v in range(kw):
                                pixel = xp[n, c, stride * i + dilation * u, stride * j + dilation * v]
                                total += float(pixel) * float(weight[f, c, u, v])
                    out[n, f, i, j] = total
    return out
