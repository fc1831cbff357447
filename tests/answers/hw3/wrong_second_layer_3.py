"""Wrong answers to q5, written from the notebook of a student alone."""

# answer: q5, no look at the channels
# breaks: ValueError when weight and x differ in C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if F == 0:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - reach_h) // stride + 1
    columns = (W + 2 * padding - reach_w) // stride + 1
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, weight)
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, the stride works down alone
# breaks: stride: down and across
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - reach_h) // stride + 1
    columns = W + 2 * padding - reach_w + 1
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, no bias where there is padding
# breaks: b[f] is added to every output
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - reach_h) // stride + 1
    columns = (W + 2 * padding - reach_w) // stride + 1
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None and padding == 0:
        y += bias[:, None, None]
    return y


# answer: q5, kernels as deep as one channel are spread over all
# breaks: ValueError when weight and x differ in C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, Cw, kh, kw = weight.shape
    if Cw not in (1, C):
        raise ValueError("weight and x differ in channels")
    p, d, s = padding, dilation, stride
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p))
    xp[:, :, p:p + H, p:p + W] = x
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    y = np.zeros((N, F, h, w))
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                part = xp[:, c, u * d:u * d + s * (h - 1) + 1:s, v * d:v * d + s * (w - 1) + 1:s]
                y += part[:, None] * weight[None, :, min(c, Cw - 1), u, v, None, None]
    if bias is not None:
        y += bias.reshape(1, F, 1, 1)
    return y


# answer: q5, the leftovers are padded, as TensorFlow does
# breaks: H' as in q1: where the stride does not fit, pixels are never read
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding + stride), (padding, padding + stride)))
    rows = -(-(H + 2 * padding - reach_h) // stride) + 1
    columns = -(-(W + 2 * padding - reach_w) // stride) + 1
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y
