"""Wrong answers to q5, written from the notebook of a student alone."""

# answer: q5, a bias with one zero is left out
# breaks: bias: array (F,)
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
    if bias is not None and bias.all():
        y += bias[:, None, None]
    return y


# answer: q5, the bias gets another shape, at the caller's too
# breaks: no function changes its arrays
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
    if bias is not None:
        bias.shape = (1, F, 1, 1)
        y += bias
    return y


# answer: q5, padding wider than half the kernel is refused
# breaks: ValueError only for the channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    if padding > max(kh, kw) // 2 * dilation:
        raise ValueError("padding is too large")
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
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, the size does without the minus one
# breaks: H' as in q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - dilation * (kh - 1)) // stride
    columns = (W + 2 * padding - dilation * (kw - 1)) // stride
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, a window reaches k + d - 1 pixels
# breaks: a window covers d (k - 1) + 1 pixels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = kh + dilation - 1, kw + dilation - 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
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


# answer: q5, the kernel is flipped
# breaks: cross-correlation
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
            y[:, :, i, j] = np.tensordot(window, weight[:, :, ::-1, ::-1], axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, the bias lies along the width
# breaks: one bias for each kernel, along axis 1
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
    if bias is not None:
        y = y + bias
    return y
