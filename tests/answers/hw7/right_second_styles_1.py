"""Right answers to q1 to q6, in other styles. Text; nobody imports it."""

# answer: q1, shifts slices of a padded float64 image tap by tap
def _look(x, kh, kw, d):
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    wide = np.pad(np.asarray(x, dtype=np.float64), [(0, 0), (0, 0), (p, p), (q, q)])
    return wide, p, q


def dilated_conv2d(x, weight, dilation):
    H, W = x.shape[-2:]
    kh, kw = weight.shape[-2:]
    wide, _, _ = _look(x, kh, kw, dilation)
    parts = [
        np.tensordot(weight[:, :, i, j], wide[:, :, i * dilation :, j * dilation :][:, :, :H, :W], axes=(1, 1))
        for i in reversed(range(kh))
        for j in range(kw)
    ]
    return np.swapaxes(sum(parts), 0, 1).copy()


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    H, W = x.shape[-2:]
    kh, kw = weight.shape[-2:]
    wide, p, q = _look(x, kh, kw, dilation)
    grad_wide, grad_weight = np.zeros(wide.shape), np.zeros(weight.shape)
    for i, j in np.ndindex(kh, kw):
        window = np.s_[:, :, i * dilation : i * dilation + H, j * dilation : j * dilation + W]
        grad_weight[:, :, i, j] = np.tensordot(grad_out, wide[window], axes=([0, 2, 3], [0, 2, 3]))
        grad_wide[window] += np.einsum("nfrc,fm->nmrc", grad_out, weight[:, :, i, j])
    return grad_wide[:, :, p : p + H, q : q + W], grad_weight


# answer: q1, windows by sliding_window_view, and the gradient by x as a dilated convolution with turned kernels
def dilated_conv2d(x, weight, dilation):
    kh, kw = weight.shape[2:]
    return np.einsum("nmrcij,fmij->nfrc", _windows(x, kh, kw, dilation), weight, optimize=True)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    kh, kw = weight.shape[2:]
    seen = _windows(x, kh, kw, dilation)
    turned = np.swapaxes(weight, 0, 1)[:, :, ::-1, ::-1]
    grad_weight = np.einsum("nmrcij,nfrc->fmij", seen, grad_out, optimize=True)
    return dilated_conv2d(grad_out, turned, dilation), grad_weight


def _windows(x, kh, kw, d):
    span = (d * (kh - 1) + 1, d * (kw - 1) + 1)
    wide = np.pad(x, ((0, 0), (0, 0), (span[0] // 2,) * 2, (span[1] // 2,) * 2))
    return np.lib.stride_tricks.sliding_window_view(wide, span, axis=(2, 3))[..., ::d, ::d]


# answer: q1, writes each layer as a matrix for rows and columns, whose transpose goes back
def _shift(n, by):
    """Matrix that reads entry r + by at r, and 0 outside."""
    return np.eye(n, k=by)


def dilated_conv2d(x, weight, dilation):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    out = np.zeros((x.shape[0], weight.shape[0], H, W))
    for i in range(kh):
        for j in range(kw):
            down, right = dilation * (i - kh // 2), dilation * (j - kw // 2)
            moved = _shift(H, down) @ x.astype(float) @ _shift(W, right).T
            out += np.einsum("fm,nmrc->nfrc", weight[:, :, i, j], moved)
    return out


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for i in range(kh):
        for j in range(kw):
            down, right = dilation * (i - kh // 2), dilation * (j - kw // 2)
            back = _shift(H, down).T @ grad_out.astype(float) @ _shift(W, right)
            grad_x += np.einsum("fm,nfrc->nmrc", weight[:, :, i, j], back)
            grad_weight[:, :, i, j] = np.einsum("nfrc,nmrc->fm", back, x)
    return grad_x, grad_weight


# answer: q1, dilates by np.kron with a single one, cuts the rest off, and lets the given functions do it
def _dilate(weight, d):
    stamp = np.zeros((1, 1, d, d), dtype=weight.dtype)
    stamp[..., 0, 0] = 1
    kh, kw = weight.shape[2:]
    return np.kron(weight, stamp)[:, :, : d * kh - d + 1, : d * kw - d + 1]


def dilated_conv2d(x, weight, dilation):
    large = _dilate(weight, dilation)
    around = [(0, 0)] * 2 + [(n // 2, n // 2) for n in large.shape[2:]]
    return conv2d(np.pad(x, around), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large = _dilate(weight, dilation)
    around = [(0, 0)] * 2 + [(n // 2, n // 2) for n in large.shape[2:]]
    grad_wide, grad_large = conv2d_backward(grad_out, np.pad(x, around), large)
    top, left = around[2][0], around[3][0]
    _, _, rows, columns = grad_wide.shape
    return grad_wide[:, :, top : rows - top, left : columns - left], grad_large[..., ::dilation, ::dilation]


# answer: q2, is the backward pass of the plain convolution by its input
def transposed(x, weight, size, stride=1, padding=0):
    wide = [n + 2 * padding for n in size]
    for n, k, small in zip(wide, weight.shape[2:], x.shape[2:]):
        if n < k or (n - k) // stride + 1 != small:
            raise ValueError(f"{n} rows or columns do not become {small}")
    nothing = np.zeros((len(x), weight.shape[1], *wide), dtype=x.dtype)
    canvas, _ = conv2d_backward(x, nothing, weight, stride)
    return canvas[:, :, padding : wide[0] - padding, padding : wide[1] - padding]


# answer: q2, spreads x with zeros and convolves with turned kernels; pads as far as all paddings need, then cuts
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    kh, kw = weight.shape[2:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    fits = stride * (H - 1) + kh <= rows < stride * H + kh
    fits = fits and stride * (W - 1) + kw <= columns < stride * W + kw
    if not fits:
        raise ValueError("size and x do not belong together")
    spread = np.zeros((N, C, rows + kh - 1, columns + kw - 1), dtype=np.float64)
    spread[:, :, kh - 1 :: stride, kw - 1 :: stride][:, :, :H, :W] = x
    whole = conv2d(spread, weight.transpose(1, 0, 2, 3)[:, :, ::-1, ::-1])
    return whole[:, :, padding : rows - padding, padding : columns - padding]


# answer: q2, paints pixel by pixel, all images and channels at once
def transposed(x, weight, size, stride=1, padding=0):
    kh, kw = weight.shape[2], weight.shape[3]
    high, broad = (n + padding + padding for n in size)
    if ((high - kh) // stride, (broad - kw) // stride) != (x.shape[2] - 1, x.shape[3] - 1):
        raise ValueError("no convolution with this kernel goes from size to x")
    canvas = np.zeros((x.shape[0], weight.shape[1], high, broad))
    for r in range(x.shape[2]):
        for c in range(x.shape[3]):
            picture = np.tensordot(x[:, :, r, c], weight, axes=1)
            canvas[:, :, r * stride : r * stride + kh, c * stride : c * stride + kw] += picture
    return canvas[:, :, padding:, padding:][:, :, : size[0], : size[1]]


# answer: q2, collects for each output: a matrix from rows of x to rows of the result for each tap
def _paints(small, large, tap, stride, padding):
    """Matrix (large, small): 1 where pixel r paints number r s + i - p with this tap."""
    target = np.arange(small) * stride + tap - padding
    return (np.arange(large)[:, None] == target[None]).astype(float)


def transposed(x, weight, size, stride=1, padding=0):
    kh, kw = weight.shape[2:]
    need = tuple((n + 2 * padding - k) // stride + 1 for n, k in zip(size, (kh, kw)))
    if need != tuple(x.shape[2:]):
        raise ValueError("wrong size")
    down = np.stack([_paints(x.shape[2], size[0], i, stride, padding) for i in range(kh)])
    right = np.stack([_paints(x.shape[3], size[1], j, stride, padding) for j in range(kw)])
    painted = np.einsum("nmrc,mfij->nfrcij", x, weight)
    rows = np.einsum("iar,nfrcij->nfacj", down, painted)
    return np.einsum("jbc,nfacj->nfab", right, rows)


# answer: q3, loops over taps with float64 sums
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    g = np.pad(grad_out.astype(np.float64), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    grad_x, grad_weight = np.zeros(x.shape), np.empty(weight.shape)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            met = g[:, :, i:, j:][:, :, ::stride, ::stride][:, :, :H, :W]
            grad_x += np.moveaxis(np.tensordot(weight[:, :, i, j], met, axes=(1, 1)), 0, 1)
            grad_weight[:, :, i, j] = np.tensordot(x, met, axes=((0, 2, 3), (0, 2, 3)))
    return grad_x, grad_weight


# answer: q3, reads only places that exist, without any padding
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    N, C, H, W = x.shape
    F, kh, kw = weight.shape[1:]
    high, broad = grad_out.shape[2:]
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for i in range(kh):
        for j in range(kw):
            rows = [r for r in range(H) if 0 <= r * stride + i - padding < high]
            columns = [c for c in range(W) if 0 <= c * stride + j - padding < broad]
            if not rows or not columns:
                continue
            small = np.ix_(range(N), range(C), rows, columns)
            large = np.ix_(
                range(N),
                range(F),
                [r * stride + i - padding for r in rows],
                [c * stride + j - padding for c in columns],
            )
            grad_x[small] += np.einsum("mf,nfrc->nmrc", weight[:, :, i, j], grad_out[large])
            grad_weight[:, :, i, j] = np.einsum("nmrc,nfrc->mf", x[small], grad_out[large])
    return grad_x, grad_weight


# answer: q3, windows of the padded gradient, two sums over them
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    edge = (padding, padding)
    g = np.pad(grad_out, [(0, 0), (0, 0), edge, edge], mode="constant")
    windows = np.lib.stride_tricks.sliding_window_view(g, weight.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return (
        np.einsum("nfrcij,mfij->nmrc", windows, weight, optimize=True),
        np.einsum("nfrcij,nmrc->mfij", windows, x, optimize=True),
    )


# answer: q3, image by image, pixel by pixel
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    kh, kw = weight.shape[2:]
    grad_x = np.zeros_like(x, dtype=float)
    grad_weight = np.zeros_like(weight, dtype=float)
    for n, image in enumerate(grad_out):
        canvas = np.pad(image, ((0, 0), (padding, padding), (padding, padding)))
        for r, c in np.ndindex(*x.shape[2:]):
            top, left = r * stride, c * stride
            under = canvas[:, top : top + kh, left : left + kw]
            grad_x[n, :, r, c] = (weight * under).sum(axis=(1, 2, 3))
            grad_weight += x[n, :, r, c][:, None, None, None] * under
    return grad_x, grad_weight


# answer: q4, np.add.at with indices modulo the stride
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride))
    rows, columns = np.indices(kernel.shape)
    np.add.at(sums, (rows % stride, columns % stride), kernel)
    return sums


def evened(kernel, stride):
    if kernel.shape[0] < stride or kernel.shape[1] < stride:
        raise ValueError("a kind of output has no tap")
    sums = phase_sums(kernel, stride)
    if np.any(sums == 0.0):
        raise ValueError("the taps of a kind add up to 0")
    rows, columns = np.indices(kernel.shape)
    return kernel / sums[rows % stride, columns % stride]


# answer: q4, pads to whole blocks and adds those up, tiles the sums to divide
def phase_sums(kernel, stride):
    kh, kw = kernel.shape
    more = (-kh % stride, -kw % stride)
    blocks = np.pad(kernel, ((0, more[0]), (0, more[1]))).astype(np.float64)
    blocks = blocks.reshape(blocks.shape[0] // stride, stride, blocks.shape[1] // stride, stride)
    return blocks.sum(axis=2).sum(axis=0)


def evened(kernel, stride):
    kh, kw = kernel.shape
    sums = phase_sums(kernel, stride)
    if not np.all(sums):
        raise ValueError("no number makes 1 of 0")
    return kernel / np.tile(sums, (kh // stride + 1, kw // stride + 1))[:kh, :kw]


# answer: q4, matrices of zeros and ones on both sides
def _kinds(n, stride):
    return np.equal.outer(np.arange(stride), np.arange(n) % stride).astype(float)


def phase_sums(kernel, stride):
    return _kinds(kernel.shape[0], stride) @ kernel @ _kinds(kernel.shape[1], stride).T


def evened(kernel, stride):
    kinds = [kernel[a::stride, b::stride] for a in range(stride) for b in range(stride)]
    if any(part.size == 0 or part.sum() == 0 for part in kinds):
        raise ValueError("these kinds cannot be evened out")
    scaled = np.array(kernel)
    for place, part in enumerate(kinds):
        a, b = divmod(place, stride)
        scaled[a::stride, b::stride] *= 1 / part.sum(dtype=np.float64)
    return scaled
