# answer: q4, writes into zeros and mirrors the finished rows
def pad2d(x, padding, mode="zeros"):
    padding = int(padding)
    *front, H, W = x.shape
    match mode:
        case "reflect":
            if not (padding < H and padding < W):
                raise ValueError("padding must be smaller than height and width")
        case "zeros":
            pass
        case _:
            raise ValueError(f"mode {mode!r}")
    out = np.zeros((*front, H + 2 * padding, W + 2 * padding), x.dtype)
    out[..., padding : padding + H, padding : padding + W] = x
    if mode == "reflect":
        first, last = padding, padding + W - 1
        for k in range(1, padding + 1):
            out[..., first - k], out[..., last + k] = out[..., first + k], out[..., last - k]
        first, last = padding, padding + H - 1
        for k in range(1, padding + 1):
            out[..., first - k, :], out[..., last + k, :] = out[..., first + k, :], out[..., last - k, :]
    return out


# answer: q5, tap by tap, with the channels summed by matmul
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    stride, padding, dilation = int(stride), int(padding), int(dilation)
    (N, C, H, W), (F, D, kh, kw) = x.shape, weight.shape
    if C != D:
        raise ValueError(f"{D} channels in the kernels, {C} in x")
    wide = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    wide[:, :, padding : padding + H, padding : padding + W] = x
    h, w = ((n - dilation * (k - 1) - 1) // stride + 1 for n, k in zip(wide.shape[2:], (kh, kw)))
    out = np.zeros((N, F, h, w))
    out.swapaxes(1, 3)[...] = 0 if bias is None else bias
    for u, v in np.ndindex(kh, kw):
        rows = dilation * u + stride * np.arange(h)
        cols = dilation * v + stride * np.arange(w)
        shifted = wide[:, :, rows[:, None], cols].reshape(N, C, h * w)
        out += (weight[:, :, u, v] @ shifted).reshape(out.shape)
    return out


# answer: q5, a loop over the outputs and tensordot; the kernels are widened with zeros
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    stride, padding, dilation = int(stride), int(padding), int(dilation)
    if x.shape[1] != weight.shape[1]:
        raise ValueError("weight and x differ in the number of channels")
    F, C, kh, kw = weight.shape
    big = np.zeros((F, C, (kh - 1) * dilation + 1, (kw - 1) * dilation + 1))
    big[:, :, ::dilation, ::dilation] = weight
    p = padding
    x = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (p, p), (p, p)))
    eh, ew = big.shape[2:]
    rows = []
    for top in range(0, x.shape[2] - eh + 1, stride):
        row = []
        for left in range(0, x.shape[3] - ew + 1, stride):
            row.append(np.tensordot(x[:, :, top : top + eh, left : left + ew], big, ((1, 2, 3), (1, 2, 3))))
        rows.append(row)
    out = np.moveaxis(np.array(rows), (2, 3), (0, 1))
    return np.array(out) if bias is None else out + bias.reshape(F, 1, 1)


# answer: q5, sliding windows and einsum, float32 kept where all are
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    stride, padding, dilation = int(stride), int(padding), int(dilation)
    if weight.shape[1] - x.shape[1]:
        raise ValueError("channels")
    given = [x, weight] if bias is None else [x, weight, bias]
    dtype = np.float32 if all(a.dtype == np.float32 for a in given) else np.float64
    x = np.pad(x, [(0, 0), (0, 0), (padding,) * 2, (padding,) * 2]).astype(dtype)
    reach = [1 + dilation * (k - 1) for k in weight.shape[2:]]
    view = np.lib.stride_tricks.sliding_window_view(x, reach, (2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", view, weight.astype(dtype), optimize=True)
    if bias is not None:
        out = out + bias.astype(dtype)[None, :, None, None]
    return np.ascontiguousarray(out)


# answer: q6, flat places in the padded image
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (kh, kw), stride, padding, dilation = map(int, kernel_size), int(stride), int(padding), int(dilation)
    N, C, H, W = x.shape
    high, wide = H + 2 * padding, W + 2 * padding
    padded = np.zeros((N, C, high, wide), x.dtype)
    padded[:, :, padding : padding + H, padding : padding + W] = x
    places = np.arange(high * wide).reshape(high, wide)
    starts = places[: high - dilation * (kh - 1) : stride, : wide - dilation * (kw - 1) : stride].ravel()
    taps = (dilation * np.add.outer(wide * np.arange(kh), np.arange(kw))).ravel()
    return padded.reshape(N, C, -1)[:, :, taps[:, None] + starts].reshape(N, C * kh * kw, len(starts))


# answer: q6, row by row into one list, then stacked
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (kh, kw), stride, padding, dilation = map(int, kernel_size), int(stride), int(padding), int(dilation)
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="constant")
    last_row, last_col = wide.shape[2] - dilation * (kh - 1), wide.shape[3] - dilation * (kw - 1)
    rows = []
    for c in range(x.shape[1]):
        for u in range(0, dilation * kh, dilation):
            for v in range(0, dilation * kw, dilation):
                rows.append(wide[:, c, u : last_row + u : stride, v : last_col + v : stride].reshape(len(x), -1))
    return np.stack(rows, axis=1)


# answer: q6, as_strided with the strides of the padded copy
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (kh, kw), stride, padding, dilation = map(int, kernel_size), int(stride), int(padding), int(dilation)
    p = padding
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    n, c, row, item = wide.strides
    h = (wide.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    w = (wide.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    shape = (*x.shape[:2], kh, kw, h, w)
    steps = (n, c, dilation * row, dilation * item, stride * row, stride * item)
    view = np.lib.stride_tricks.as_strided(wide, shape, steps, writeable=False)
    return np.array(view, order="C").reshape(len(x), x.shape[1] * kh * kw, h * w)


# answer: q7, einsum; the bias as one more tap of a column of ones
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    rows = weight.reshape(len(weight), K).astype(float)
    if bias is not None:
        rows = np.hstack([rows, bias[:, None]])
        columns = np.concatenate([columns, np.ones((N, 1, L))], axis=1)
    return np.einsum("fk,nkl->nfl", rows, columns, optimize=True).reshape((N, -1, *output_shape))


# answer: q7, one product over all images, side by side
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    side_by_side = columns.swapaxes(0, 1).reshape(K, N * L)
    out = (weight.reshape(F, K).astype(np.float64) @ side_by_side).reshape(F, N, L)
    for f in range(F if bias is not None else 0):
        out[f] += bias[f]
    return out.swapaxes(0, 1).reshape(N, F, output_shape[0], output_shape[1])


# answer: q8, no padding: the real pixels of each window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    H, W = x.shape[2:]

    def spans(n):
        starts = range(-int(padding), n + int(padding) - int(kernel_size) + 1, int(step))
        return [slice(max(s, 0), min(s + int(kernel_size), n)) for s in starts]

    rows = np.stack([x[:, :, span].max(axis=2) for span in spans(H)], axis=2)
    return np.stack([rows[..., span].max(axis=3) for span in spans(W)], axis=3).astype(np.float64)


# answer: q8, shifted slices, float32 kept
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s, p = int(kernel_size), int(stride or kernel_size), int(padding)
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf, np.float32 if x.dtype == np.float32 else np.float64)
    wide[:, :, p : p + H, p : p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    best = wide[:, :, : (h - 1) * s + 1 : s, : (w - 1) * s + 1 : s].copy()
    for u, v in np.ndindex(k, k):
        np.maximum(best, wide[:, :, u : u + (h - 1) * s + 1 : s, v : v + (w - 1) * s + 1 : s], out=best)
    return best


# answer: q8, repeats the border pixel, which cannot win more than it does anyway
def max_pool2d(x, kernel_size, stride=None, padding=0):
    kernel_size, padding = int(kernel_size), int(padding)
    stride = kernel_size if stride is None else int(stride)
    out = x.astype(np.float32 if x.dtype == np.float32 else np.float64)
    for axis in (2, 3):
        sides = [(padding, padding) if a == axis else (0, 0) for a in range(4)]
        out = np.pad(out, sides, mode="edge")
        starts = np.arange(0, out.shape[axis] - kernel_size + 1, stride)
        wide, out = out, np.take(out, starts, axis=axis)
        for tap in range(1, kernel_size):
            out = np.maximum(out, np.take(wide, starts + tap, axis=axis))
    return out
