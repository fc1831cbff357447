# answer: q5, einsum repeats a single channel as often as needed, so the channels are never compared
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, span, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", windows.astype(float), weight.astype(float))
    return out if bias is None else out + bias[None, :, None, None]


# answer: q5, adds the bias in place, and a float64 bias ends in a float32 output
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"{C} channels, but kernels of {D}")
    down, across = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dtype = np.result_type(x, weight)
    if dtype.kind != "f":
        dtype = np.dtype(float)
    rows = (H + 2 * padding - down) // stride + 1
    columns = (W + 2 * padding - across) // stride + 1
    out = np.zeros((N, F, rows, columns), dtype=dtype)
    for i in range(rows):
        for j in range(columns):
            i0, j0 = i * stride, j * stride
            window = xp[:, :, i0 : i0 + down : dilation, j0 : j0 + across : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, tests the bias with all(), so one bias of 0 switches the others off
# breaks: There is one bias for each kernel: y[n, f, i, j] = b[f] + ...
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    columns = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), len(weight), rows, columns))
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            part = xp[:, :, i0 : i0 + stride * rows : stride, j0 : j0 + stride * columns : stride]
            out += np.einsum("ncij,fc->nfij", part, weight[:, :, u, v])
    if bias is not None and np.all(bias):
        out = out + bias.reshape(1, -1, 1, 1)
    return out


# answer: q5, spreads the kernel with np.kron, whose zeros behind the last tap make it too large
# breaks: A window covers d·(k − 1) + 1 pixels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    gaps = np.zeros((dilation, dilation))
    gaps[0, 0] = 1
    wide = np.kron(weight, gaps[None, None])
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if wide.shape[2] > xp.shape[2] or wide.shape[3] > xp.shape[3]:
        wide = wide[:, :, : wide.shape[2] - dilation + 1, : wide.shape[3] - dilation + 1]
    windows = np.lib.stride_tricks.sliding_window_view(xp, wide.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    out = np.tensordot(windows, wide, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return out.copy() if bias is None else out + bias.reshape(-1, 1, 1)


# answer: q5, counts the outputs across with the height of the kernel
# breaks: array (N, F, H', W') of floats, H' and W' as in q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    padded = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    padded[:, :, padding : padding + H, padding : padding + W] = x
    covered = dilation * (kh - 1) + 1
    H_out, W_out = [(size + 2 * padding - covered) // stride + 1 for size in (H, W)]
    out = np.zeros((N, F, H_out, W_out))
    for i in range(H_out):
        for j in range(W_out):
            rows = i * stride + dilation * np.arange(kh)
            columns = j * stride + dilation * np.arange(kw)
            window = padded[:, :, rows[:, None], columns]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += np.asarray(bias)[:, None, None]
    return out


# answer: q5, sets the pixels that no window reads to 0, in x itself where there is no padding
# breaks: You change nothing that you are given.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    xp = x
    if padding > 0:
        xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    spans = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, columns = [(size - span) // stride + 1 for size, span in zip(xp.shape[2:], spans, strict=True)]
    xp[:, :, (rows - 1) * stride + spans[0] :] = 0  # left over
    xp[:, :, :, (columns - 1) * stride + spans[1] :] = 0
    out = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            i0, j0 = i * stride, j * stride
            window = xp[:, :, i0 : i0 + spans[0] : dilation, j0 : j0 + spans[1] : dilation]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    return out if bias is None else out + bias.reshape(1, F, 1, 1)


# answer: q5, keeps the padded x of each array, and does not see that the array has changed since
# breaks: y[n, f, i, j] is made from the x of this call
_PADDED = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    key = (id(x), padding)
    if key not in _PADDED:
        border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        _PADDED[key] = (x, np.pad(x.astype(float), border))
    xp = _PADDED[key][1]
    kh, kw = weight.shape[2:]
    rows = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    columns = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), len(weight), rows, columns))
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            part = xp[:, :, i0 : i0 + stride * rows : stride, j0 : j0 + stride * columns : stride]
            out += np.einsum("ncij,fc->nfij", part, weight[:, :, u, v])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, pairs the channels of x and weight with zip, which stops at the shorter one
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    xp = np.pad(x.astype(float), [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    kh, kw = weight.shape[2:]
    rows = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    columns = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), len(weight), rows, columns))
    for channel, kernel in zip(xp.swapaxes(0, 1), weight.swapaxes(0, 1)):
        for u in range(kh):
            for v in range(kw):
                i0, j0 = dilation * u, dilation * v
                part = channel[:, i0 : i0 + stride * rows : stride, j0 : j0 + stride * columns : stride]
                out += part[:, None] * kernel[None, :, u, v, None, None]
    return out if bias is None else out + bias[:, None, None]
