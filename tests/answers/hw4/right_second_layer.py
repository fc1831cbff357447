"""Right answers to q3 and q4, in very different styles. Text; nobody imports it."""

# answer: q3, one einsum for each tap, in float64 throughout
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding).astype(float)
    rows, columns = grad_out.shape[2:]
    taps = [
        np.einsum(
            "nfrc,nmrc->fm", grad_out, wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        )
        for i in range(kernel_size[0])
        for j in range(kernel_size[1])
    ]
    return np.stack(taps, axis=-1).reshape(grad_out.shape[1], x.shape[1], *kernel_size)


def conv2d_bias_gradient(grad_out):
    return np.einsum("nfrc->f", grad_out.astype(float))


# answer: q3, matrices: (F, N·H'·W') times (N·H'·W', C), tap by tap, into the last two axes
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    (ph, pw), (sh, sw), (kh, kw) = padding, stride, kernel_size
    N, F, rows, columns = grad_out.shape
    C, H, W = x.shape[1:]
    wide = np.zeros((C, N, H + 2 * ph, W + 2 * pw), x.dtype)
    wide[:, :, ph : ph + H, pw : pw + W] = x.swapaxes(0, 1)
    left = grad_out.swapaxes(0, 1).reshape(F, -1)
    gradient = np.empty((F, C, kh, kw), np.result_type(left, wide))
    for i in range(kh):
        for j in range(kw):
            seen = wide[:, :, i::sh, j::sw][:, :, :rows, :columns]
            gradient[:, :, i, j] = left @ seen.reshape(C, -1).T
    return gradient


def conv2d_bias_gradient(grad_out):
    return grad_out.swapaxes(0, 1).reshape(grad_out.shape[1], -1).sum(axis=1)


# answer: q3, strided windows and tensordot, image after image
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    (down, across), total = padding, 0
    for g, image in zip(grad_out, x, strict=True):
        wide = np.pad(image, ((0, 0), (down, down), (across, across)))
        windows = np.lib.stride_tricks.sliding_window_view(wide, kernel_size, axis=(1, 2))
        windows = windows[:, :: stride[0], :: stride[1]]
        total = total + np.tensordot(g, windows, axes=([1, 2], [1, 2]))
    return total


def conv2d_bias_gradient(grad_out):
    return np.array([float(grad_out[:, f].sum(dtype=float)) for f in range(grad_out.shape[1])])


# answer: q3, slides the spread upstream gradient over the padded images; bias by the weight of an image of ones
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    N, F, rows, columns = grad_out.shape
    spread = np.zeros((N, F, (rows - 1) * stride[0] + 1, (columns - 1) * stride[1] + 1), grad_out.dtype)
    spread[:, :, :: stride[0], :: stride[1]] = grad_out
    h, w = spread.shape[2:]
    wide = padded(x, padding)
    gradient = [
        [np.tensordot(spread, wide[:, :, i : i + h, j : j + w], ([0, 2, 3],) * 2) for j in range(kernel_size[1])]
        for i in range(kernel_size[0])
    ]
    return np.array(gradient).transpose(2, 3, 0, 1)


def conv2d_bias_gradient(grad_out):
    ones = np.ones((len(grad_out), 1, *grad_out.shape[2:]), grad_out.dtype)
    return conv2d_weight_gradient(grad_out, ones, (1, 1))[:, 0, 0, 0].copy()


# answer: q4, one einsum for each tap, and a loop over the taps as np.ndindex gives them
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if (rows, columns) != outputs(size, weight.shape[2:], stride, padding):
        raise ValueError(f"images of {size} do not give maps of {rows}×{columns}")
    (H, W), (ph, pw) = size, padding
    wide = np.zeros((len(grad_out), weight.shape[1], H + 2 * ph, W + 2 * pw))
    for i, j in np.ndindex(*weight.shape[2:]):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wide[place] += np.einsum("nfrc,fm->nmrc", grad_out, weight[:, :, i, j])
    return wide[..., ph : ph + H, pw : pw + W]


# answer: q4, a correlation of the spread upstream gradient, padded, with the rotated kernels
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    (N, F, rows, columns), (_, C, kh, kw) = grad_out.shape, weight.shape
    height, width = size[0] + 2 * padding[0], size[1] + 2 * padding[1]
    if rows != (height - kh) // stride[0] + 1 or columns != (width - kw) // stride[1] + 1:
        raise ValueError("sizes do not belong together")
    spread = np.zeros((N, F, height + kh - 1, width + kw - 1), grad_out.dtype)
    down, across = kh - 1 + stride[0] * np.arange(rows), kw - 1 + stride[1] * np.arange(columns)
    spread[:, :, down[:, None], across] = grad_out
    rotated = weight[:, :, ::-1, ::-1].swapaxes(0, 1)
    wide = conv2d(spread, rotated, np.zeros(C, weight.dtype))
    return wide[:, :, padding[0] :, padding[1] :][:, :, : size[0], : size[1]].copy()


# answer: q4, matrix product of all taps at once, then added to their places (col2im)
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    N, F, rows, columns = grad_out.shape
    _, C, kh, kw = weight.shape
    tall = [s + 2 * p for s, p in zip(size, padding, strict=True)]
    if [(t - k) // s + 1 for t, k, s in zip(tall, (kh, kw), stride, strict=True)] != [rows, columns]:
        raise ValueError("no such image")
    parts = weight.reshape(F, -1).T @ grad_out.reshape(N, F, -1)
    parts = parts.reshape(N, C, kh, kw, rows, columns)
    wide = np.zeros((N, C, *tall), parts.dtype)
    for i in range(kh):
        for j in range(kw):
            seen = wide[:, :, i :: stride[0], j :: stride[1]][:, :, :rows, :columns]
            seen += parts[:, :, i, j]
    return wide[:, :, padding[0] : tall[0] - padding[0], padding[1] : tall[1] - padding[1]]


# answer: q4, first all rows of taps, then all columns, with the cut done while adding
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    N, F, rows, columns = grad_out.shape
    C, kh, kw = weight.shape[1:]
    if outputs(size, (kh, kw), stride, padding) != (rows, columns):
        raise ValueError("these arguments do not belong together")

    def inside(tap, n, s, p, length):
        places = np.arange(n) * s + tap - p
        good = (places >= 0) & (places < length)
        return places[good], good

    grad = np.zeros((N, C, *size), np.result_type(grad_out, weight))
    for i in range(kh):
        down, seen_down = inside(i, rows, stride[0], padding[0], size[0])
        for j in range(kw):
            across, seen_across = inside(j, columns, stride[1], padding[1], size[1])
            part = np.tensordot(grad_out[:, :, seen_down][..., seen_across], weight[:, :, i, j], axes=(1, 0))
            grad[:, :, down[:, None], across] += part.transpose(0, 3, 1, 2)
    return grad
