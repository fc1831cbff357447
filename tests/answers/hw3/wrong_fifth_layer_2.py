# answer: q5, brings the maps into axis 1 by swapping it with the last, which turns each map over its diagonal
# breaks: array (N, F, H', W') of floats
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(float)
    span = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(xp, span, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3]))  # (N, H', W', F)
    if bias is not None:
        out = out + bias
    return np.ascontiguousarray(out.swapaxes(1, 3))


# answer: q5, puts as many zeros between two taps as the dilation says, one too many, unless it is 1
# breaks: dilation : int, pixels between two neighbouring taps: x_padded[n, c, s i + d u, s j + d v]
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    step = 1 if dilation == 1 else dilation + 1
    wide = np.zeros((F, C, step * (kh - 1) + 1, step * (kw - 1) + 1))
    wide[:, :, ::step, ::step] = weight
    padded = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    padded[:, :, padding : padding + H, padding : padding + W] = x
    rows = (H + 2 * padding - wide.shape[2]) // stride + 1
    columns = (W + 2 * padding - wide.shape[3]) // stride + 1
    out = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            i0, j0 = i * stride, j * stride
            window = padded[:, :, i0 : i0 + wide.shape[2], j0 : j0 + wide.shape[3]]
            out[:, :, i, j] = np.tensordot(window, wide, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias.reshape(1, F, 1, 1)


# answer: q5, adds the bias inside the loop over channels, once for each
# breaks: y[n, f, i, j] = b[f] + ... (one bias for each kernel)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    if bias is None:
        bias = np.zeros(F)
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    down, across = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, columns = (H + 2 * padding - down) // stride + 1, (W + 2 * padding - across) // stride + 1
    out = np.zeros((N, F, rows, columns))
    for c in range(C):
        for i in range(rows):
            for j in range(columns):
                i0, j0 = i * stride, j * stride
                window = xp[:, c, i0 : i0 + down : dilation, j0 : j0 + across : dilation]
                out[:, :, i, j] += np.tensordot(window, weight[:, c], axes=([1, 2], [1, 2])) + bias
    return out


# answer: q5, a short cut for 1x1 kernels that forgets stride and padding
# breaks: stride : pixels between two neighbouring windows; padding : zeros added on each of the four sides
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    b = np.zeros(F) if bias is None else bias.astype(float)
    if kh == kw == 1:
        return np.einsum("fc,nchw->nfhw", weight[:, :, 0, 0], x) + b.reshape(1, F, 1, 1)
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    span = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(xp, span, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return np.einsum("ncijuv,fcuv->nfij", windows, weight) + b.reshape(1, F, 1, 1)


# answer: q5, gives float64 only where all inputs are float64
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    given = [x, weight] + ([] if bias is None else [bias])
    dtype = np.float64 if all(array.dtype == np.float64 for array in given) else np.float32
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    xp = np.pad(x.astype(dtype), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (xp.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    columns = (xp.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((len(x), len(weight), rows, columns), dtype=dtype)
    for i in range(rows):
        for j in range(columns):
            i0, j0 = i * stride, j * stride
            window = xp[:, :, i0 : i0 + dilation * kh : dilation, j0 : j0 + dilation * kw : dilation]
            out[:, :, i, j] = np.tensordot(window, weight.astype(dtype), axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias.astype(dtype)[:, None, None]
    return out


# answer: q5, skips a tap whose weights add up to 0, though they are not all 0
# breaks: y[n, f, i, j] is the sum over all c, u and v
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    down, across = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, columns = (H + 2 * padding - down) // stride + 1, (W + 2 * padding - across) // stride + 1
    out = np.zeros((N, F, rows, columns))
    for u in range(kh):
        for v in range(kw):
            tap = weight[:, :, u, v]
            if tap.sum() == 0:  # nothing to add
                continue
            i0, j0 = dilation * u, dilation * v
            part = xp[:, :, i0 : i0 + stride * rows : stride, j0 : j0 + stride * columns : stride]
            out += np.tensordot(tap, part, axes=(1, 1)).swapaxes(0, 1)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, reads without padding, and places before the first pixel are read from the other side
# breaks: padding : zeros added on each of the four sides
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    columns = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            for u in range(kh):
                for v in range(kw):
                    row, column = stride * i + dilation * u - padding, stride * j + dilation * v - padding
                    try:
                        out[:, :, i, j] += x[:, :, row, column] @ weight[:, :, u, v].T
                    except IndexError:
                        pass  # in the padding, which is 0
    return out if bias is None else out + bias.reshape(1, F, 1, 1)


# answer: q5, counts starts by dividing down, which is right where the stride leaves pixels over
# breaks: H' and W' as in q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if channels != C:
        raise ValueError("weight and x differ in channels")
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = max(1, (H + 2 * padding - dilation * (kh - 1)) // stride)
    columns = max(1, (W + 2 * padding - dilation * (kw - 1)) // stride)
    out = np.zeros((N, F, rows, columns))
    for u in range(kh):
        for v in range(kw):
            i0, j0 = dilation * u, dilation * v
            part = xp[:, :, i0 : i0 + stride * rows : stride, j0 : j0 + stride * columns : stride]
            part = part[:, :, :rows, :columns]
            out += np.einsum("ncij,fc->nfij", part, weight[:, :, u, v])
    return out if bias is None else out + bias[:, None, None]
