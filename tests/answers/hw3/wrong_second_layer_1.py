"""Wrong answers to q5, written from the notebook of a student alone."""

# answer: q5, the result has the dtype of x
# breaks: array of floats; x may be whole numbers
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - reach_h) // stride + 1
    columns = (W + 2 * padding - reach_w) // stride + 1
    y = np.zeros((N, F, rows, columns), dtype=x.dtype)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y = (y + bias[:, None, None]).astype(x.dtype)
    return y


# answer: q5, the result has the dtype of x and weight
# breaks: array of floats, though both are whole numbers
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - reach_h) // stride + 1
    columns = (W + 2 * padding - reach_w) // stride + 1
    y = np.zeros((N, F, rows, columns), dtype=np.result_type(x, weight))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y = y + bias[:, None, None]
    return y


# answer: q5, the padding is added to the size after the division
# breaks: H' as in q1, with stride and padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H - reach_h) // stride + 1 + 2 * padding
    columns = (W - reach_w) // stride + 1 + 2 * padding
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, too many channels of the weight go unnoticed
# breaks: ValueError when weight and x differ in C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C > D:
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
            y[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, the stride is forgotten where there is dilation
# breaks: s i + d u, both at once
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
            top, left = (i, j) if dilation > 1 else (i * stride, j * stride)
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, padding counts in steps of the dilation
# breaks: zeros added on each side: padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding * dilation,) * 2, (padding * dilation,) * 2))
    padding = padding * dilation
    rows = (H + 2 * padding - reach_h) // stride + 1
    columns = (W + 2 * padding - reach_w) // stride + 1
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, the bias comes once for each channel
# breaks: b[f] once
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, Cw, kh, kw = weight.shape
    if Cw != C:
        raise ValueError("weight and x differ in channels")
    p, d, s = padding, dilation, stride
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p))
    xp[:, :, p:p + H, p:p + W] = x
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    y = np.zeros((N, F, h, w))
    for c in range(C):
        if bias is not None:
            y += bias.reshape(1, F, 1, 1)
        for u in range(kh):
            for v in range(kw):
                part = xp[:, c, u * d:u * d + s * (h - 1) + 1:s, v * d:v * d + s * (w - 1) + 1:s]
                y += part[:, None] * weight[None, :, c, u, v, None, None]
    return y


# answer: q5, the bias comes once for each tap
# breaks: b[f] once
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, Cw, kh, kw = weight.shape
    if Cw != C:
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
                if bias is not None and c == 0:
                    y += bias.reshape(1, F, 1, 1)
                part = xp[:, c, u * d:u * d + s * (h - 1) + 1:s, v * d:v * d + s * (w - 1) + 1:s]
                y += part[:, None] * weight[None, :, c, u, v, None, None]
    return y
