# answer: q5, loops over the taps or over the places, whichever are fewer
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    h, w = ((n + 2 * padding - dilation * (k - 1) - 1) // stride + 1 for n, k in ((H, kh), (W, kw)))
    canvas = np.zeros((C, N, H + 2 * padding, W + 2 * padding))
    canvas[:, :, padding : padding + H, padding : padding + W] = x.swapaxes(0, 1)
    taps = weight.astype(np.float64)
    out = np.zeros((F, N, h, w))
    if kh * kw <= h * w:
        for u, v in np.ndindex(kh, kw):
            part = canvas[:, :, dilation * u :: stride, dilation * v :: stride][:, :, :h, :w]
            out += (taps[:, :, u, v] @ part.reshape(C, -1)).reshape(out.shape)
    else:
        for i, j in np.ndindex(h, w):
            part = canvas[:, :, stride * i :: dilation, stride * j :: dilation][:, :, :kh, :kw]
            out[:, :, i, j] = np.tensordot(taps, part, axes=([1, 2, 3], [0, 2, 3]))
    if bias is not None:
        out += bias[:, None, None, None]
    return out.transpose(1, 0, 2, 3)


# answer: q5, one einsum over a strided view of all windows, without any loop or copy
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("different numbers of channels")
    border, cover = (padding, padding), tuple(dilation * (k - 1) + 1 for k in weight.shape[2:])
    big = np.pad(x.astype(np.float64), ((0, 0), (0, 0), border, border))
    view = np.lib.stride_tricks.sliding_window_view(big, cover, axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("ncijuv,fcuv->nfij", view, weight.astype(np.float64))
    return out if bias is None else out + np.reshape(bias, (-1, 1, 1))


# answer: q6, index numbers into the flat image, with one more place at its end for the zero
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size

    def places(n, k):
        starts = np.arange(-padding, n + padding - dilation * (k - 1), stride)
        return dilation * np.arange(k)[:, None] + starts

    i, j = places(H, kh)[:, None, :, None], places(W, kw)[None, :, None, :]
    where = np.where((i >= 0) & (i < H) & (j >= 0) & (j < W), i * W + j, H * W)
    where = where.reshape(kh * kw, -1)
    flat = np.zeros((N, C, H * W + 1), dtype=x.dtype)
    flat[:, :, :-1] = x.reshape(N, C, H * W)
    return np.take(flat, where, axis=2).reshape(N, C * kh * kw, -1)


# answer: q6, strided view of the padded image, copied in the order that is asked for
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (N, C, H, W), (kh, kw) = x.shape, kernel_size
    big = np.zeros((N, C, H + 2 * padding, W + 2 * padding), x.dtype)
    big[..., padding : padding + H, padding : padding + W] = x
    h = (H + 2 * padding - dilation * (kh - 1) + stride - 1) // stride
    w = (W + 2 * padding - dilation * (kw - 1) + stride - 1) // stride
    n, c, a, b = big.strides
    steps = (n, c, dilation * a, dilation * b, stride * a, stride * b)
    view = np.lib.stride_tricks.as_strided(big, (N, C, kh, kw, h, w), steps, writeable=False)
    return np.array(view).reshape(N, C * kh * kw, h * w)


# answer: q7, one dot product for each image, written into its place; the bias as one more tap of 1
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    rows = np.concatenate([weight.reshape(F, K), np.zeros((F, 1))], axis=1)
    if bias is not None:
        rows[:, K] = bias
    out = np.empty((N, F) + tuple(output_shape))
    for n in range(N):
        with_one = np.ones((K + 1, L))
        with_one[:K] = columns[n]
        out[n] = np.dot(rows, with_one).reshape(out.shape[1:])
    return out


# answer: q8, the border repeats the outermost pixels, which every window that needs them holds anyway
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    big = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    for axis in (2, 3):
        win = np.lib.stride_tricks.sliding_window_view(big, k, axis=axis)
        big = win.max(axis=-1)
        big = big[:, :, ::s] if axis == 2 else big[..., ::s]
    return big * 1.0


# answer: q8, no padding at all: each window is cut off at the border of the image
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = stride or kernel_size
    H, W = x.shape[2:]
    tops = range(-padding, H + padding - kernel_size + 1, step)
    lefts = range(-padding, W + padding - kernel_size + 1, step)
    rows = [np.maximum.reduce(x[:, :, max(i, 0) : i + kernel_size], axis=2) for i in tops]
    tall = np.stack(rows, axis=2)
    out = [np.maximum.reduce(tall[..., max(j, 0) : j + kernel_size], axis=3) for j in lefts]
    return np.stack(out, axis=3).astype(np.result_type(x.dtype, np.float32))
