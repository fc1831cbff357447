# answer: q5, the bias is left out as soon as one of its entries is 0
# breaks: y[n, f, i, j] = b[f] + the sum over c, u and v
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (H + 2 * padding - eh) // stride + 1, (W + 2 * padding - ew) // stride + 1
    out = np.zeros((N, F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None and np.all(bias):
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, leaves the ValueError to NumPy, which broadcasts one channel
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H, W = x.shape[2:]
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (H - eh) // stride + 1, (W - ew) // stride + 1
    out = np.zeros((len(x), F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + eh : dilation, left : left + ew : dilation]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    if bias is not None:
        out += bias[None, :, None, None]
    return out


# answer: q5, groups as in PyTorch: x may have a multiple of the weight's channels
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] % C:
        raise ValueError(f"x has {x.shape[1]} channels, weight {C}")
    groups = x.shape[1] // C
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (x.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    cols = (x.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), F, rows, cols))
    for f in range(F):
        first = (f * groups // F) * C
        for u in range(kh):
            for v in range(kw):
                down = slice(dilation * u, dilation * u + stride * (rows - 1) + 1, stride)
                across = slice(dilation * v, dilation * v + stride * (cols - 1) + 1, stride)
                part = x[:, first : first + C, down, across]
                out[:, f] += np.einsum("nchw,c->nhw", part, weight[f, :, u, v])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the channels are compared with assert
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    assert C == channels, "weight and x differ in the number of channels"
    padded = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    padded[:, :, padding : padding + H, padding : padding + W] = x
    windows = np.lib.stride_tricks.sliding_window_view(
        padded, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3)
    )[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.zeros((N, F, *windows.shape[2:4]))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            out[:, :, i, j] = np.tensordot(windows[:, :, i, j], weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias.reshape(1, -1, 1, 1)
    return out


# answer: q5, the reach of a dilated kernel is 2k - 1 for every dilation above 1
# breaks: H' and W' as in q1: the dilated kernel covers dilation (kernel_size - 1) + 1 pixels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    high = kh if dilation == 1 else kh + (kh - 1)
    wide = kw if dilation == 1 else kw + (kw - 1)
    rows, cols = (x.shape[2] - high) // stride + 1, (x.shape[3] - wide) // stride + 1
    out = np.zeros((x.shape[0], F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            taps_i = [min(i * stride + dilation * u, x.shape[2] - 1) for u in range(kh)]
            taps_j = [min(j * stride + dilation * v, x.shape[3] - 1) for v in range(kw)]
            window = x[:, :, taps_i][:, :, :, taps_j]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, a stride larger than the kernel is cut down to the kernel
# breaks: the stride multiplies the place in the output (pixels between two neighbouring windows)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    s = min(stride, max(eh, ew))  # no pixel may be skipped
    places_i = range(0, x.shape[2] - eh + 1, s)
    places_j = range(0, x.shape[3] - ew + 1, s)
    out = np.zeros((len(x), F, len(places_i), len(places_j)))
    for i, top in enumerate(places_i):
        for j, left in enumerate(places_j):
            window = x[:, :, top : top + eh : dilation, left : left + ew : dilation]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, weight)
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, the answer has the dtype of x and weight; the bias is added into it
# breaks: float64 where an array of float64 came in
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    dtype = np.result_type(x, weight, np.float32)
    out = np.zeros((len(x), F, rows, cols), dtype=dtype)
    if bias is not None:
        out += bias.astype(dtype).reshape(1, F, 1, 1)
    for i in range(rows):
        for j in range(cols):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] += np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out


# answer: q5, the bias is added once for each channel
# breaks: y[n, f, i, j] = b[f] + the sum over c, u and v
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if C != channels:
        raise ValueError("number of channels")
    b = np.zeros(F) if bias is None else bias
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, rows, cols))
    for c in range(C):
        for i in range(rows):
            for j in range(cols):
                top, left = i * stride, j * stride
                window = x[:, c, top : top + eh : dilation, left : left + ew : dilation]
                out[:, :, i, j] += np.einsum("nuv,fuv->nf", window, weight[:, c]) + b
    return out


# answer: q5, taps are added one by one in float32
# breaks: where an array of float32 came in, a hundred-thousandth of the largest number will do
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    dtype = np.float64 if np.float64 in (x.dtype, weight.dtype, getattr(bias, "dtype", None)) else np.float32
    x = np.pad(x.astype(dtype), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    weight = weight.astype(dtype)
    rows = (x.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    cols = (x.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), F, rows, cols), dtype=dtype)
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                plane = x[:, c, dilation * u :: stride, dilation * v :: stride][:, :rows, :cols]
                out += plane[:, None] * weight[None, :, c, u, v, None, None]
    if bias is not None:
        out += bias.astype(dtype)[:, None, None]
    return out


# answer: q5, the given bias is brought into shape (1, F, 1, 1) for good
# breaks: what you were given stays as it was
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    if bias is None:
        bias = np.zeros(F)
    bias.shape = (1, F, 1, 1)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((len(x), F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out + bias


# answer: q5, the order of the arguments is another one: padding before stride
# breaks: arguments come by position or by name
def conv2d(x, weight, bias=None, padding=0, stride=1, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((len(x), F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias.reshape(1, F, 1, 1)


# answer: q5, a shortcut for kernels of 1x1 that forgets stride and padding
# breaks: the stride multiplies the place in the output, and padding puts zeros on each of the four sides
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    if (kh, kw) == (1, 1):  # only mixes channels
        out = np.einsum("nchw,fc->nfhw", x, weight[:, :, 0, 0]).astype(float)
    else:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        reach = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
        view = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
        view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
        out = np.stack(
            [np.tensordot(row, weight, axes=([1, 3, 4], [1, 2, 3])) for row in np.moveaxis(view, 2, 0)], axis=1
        )
        out = np.moveaxis(out, 3, 1).astype(float)
    if bias is not None:
        out = out + bias.reshape(1, F, 1, 1)
    return out


# answer: q5, padding grows with the dilation
# breaks: padding: zeros added on each of the four sides
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    p = padding * dilation  # keeps the size
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((len(x), F, rows, cols))
    for i, j in np.ndindex(rows, cols):
        window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
        out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, without a bias the one of the last call with as many kernels is taken
# breaks: one that has a default may be left out; each answer depends on the arguments of its own call alone
biases = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("number of channels")
    if bias is not None:
        biases[F] = bias.reshape(1, F, 1, 1).astype(float)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((len(x), F, rows, cols)) + biases.get(F, 0)
    for i in range(rows):
        for j in range(cols):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] += np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out
