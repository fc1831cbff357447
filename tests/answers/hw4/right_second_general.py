"""Right answers to q8, in very different styles. Text; nobody imports it."""

# answer: q8, groups by recursion, and dilation in the slices
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if groups * weight.shape[1] != x.shape[1] or len(weight) % groups:
        raise ValueError("the groups do not fit")
    if groups > 1:
        parts = zip(
            np.split(grad_out, groups, axis=1), np.split(x, groups, axis=1), np.split(weight, groups), strict=True
        )
        found = [conv2d_backward(g, part, kernels, stride, padding, dilation) for g, part, kernels in parts]
        images, weights, biases = zip(*found, strict=True)
        return np.concatenate(images, axis=1), np.concatenate(weights), np.concatenate(biases)
    (ph, pw), (H, W), (rows, columns) = padding, x.shape[2:], grad_out.shape[2:]
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back, grad_weight = np.zeros(wide.shape, dtype), np.zeros(weight.shape, dtype)
    for i, j in np.ndindex(*weight.shape[2:]):
        down = read_by(i * dilation[0], rows, stride[0])
        across = read_by(j * dilation[1], columns, stride[1])
        grad_weight[:, :, i, j] = np.tensordot(grad_out, wide[:, :, down, across], axes=([0, 2, 3], [0, 2, 3]))
        back[:, :, down, across] += np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
    return back[:, :, ph : ph + H, pw : pw + W].copy(), grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, one array with an axis for the groups, and one einsum for each tap, in float64
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if C != depth * groups:
        raise ValueError(f"{groups} groups of {depth} channels are not {C} channels")
    if F % groups != 0:
        raise ValueError(f"{F} kernels do not divide among {groups} groups")
    rows, columns = grad_out.shape[2:]
    g = grad_out.reshape(N, groups, F // groups, rows, columns).astype(float)
    w = weight.reshape(groups, F // groups, depth, kh, kw).astype(float)
    wide = padded(x, padding).astype(float)
    wide = wide.reshape(N, groups, depth, *wide.shape[2:])
    back, grad_w = np.zeros_like(wide), np.zeros_like(w)
    for i, j in np.ndindex(kh, kw):
        top, left = i * dilation[0], j * dilation[1]
        place = (
            ...,
            slice(top, top + (rows - 1) * stride[0] + 1, stride[0]),
            slice(left, left + (columns - 1) * stride[1] + 1, stride[1]),
        )
        grad_w[..., i, j] = np.einsum("ngfrc,ngmrc->gfm", g, wide[place])
        back[place] += np.einsum("ngfrc,gfm->ngmrc", g, w[..., i, j])
    back = back[..., padding[0] : padding[0] + H, padding[1] : padding[1] + W]
    return back.reshape(x.shape), grad_w.reshape(weight.shape), np.einsum("ngfrc->gf", g).reshape(F)


# answer: q8, makes one large kernel with zeros between the taps and between the groups, and cuts its gradient
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), C = weight.shape, x.shape[1]
    if depth * groups != C or F % groups > 0:
        raise ValueError("channels, kernels and groups do not fit together")
    rows, columns = grad_out.shape[2:]
    tall, broad = dilation[0] * (kh - 1) + 1, dilation[1] * (kw - 1) + 1
    full = np.zeros((F, C, tall, broad))
    seen = np.arange(F)[:, None] // (F // groups) * depth + np.arange(depth)  # channels of each kernel
    kernel = np.arange(F)[:, None]
    for i in range(kh):
        for j in range(kw):
            full[kernel, seen, i * dilation[0], j * dilation[1]] = weight[:, :, i, j]
    wide = padded(x, padding).astype(float)
    back, grad_full = np.zeros(wide.shape), np.zeros(full.shape)
    for i in range(0, tall, dilation[0]):
        for j in range(0, broad, dilation[1]):
            place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
            grad_full[:, :, i, j] = np.tensordot(grad_out, wide[place], axes=([0, 2, 3], [0, 2, 3]))
            back[place] += np.einsum("nfrc,fm->nmrc", grad_out, full[:, :, i, j])
    grad_weight = np.empty(weight.shape)
    for i, j in np.ndindex(kh, kw):
        grad_weight[:, :, i, j] = grad_full[kernel, seen, i * dilation[0], j * dilation[1]]
    ends = padding[0] + x.shape[2], padding[1] + x.shape[3]
    return back[:, :, padding[0] : ends[0], padding[1] : ends[1]], grad_weight, grad_out.astype(float).sum((0, 2, 3))


# answer: q8, kernel by kernel: each adds to the channels of its group
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    kernels, depth = weight.shape[:2]
    if groups * depth != x.shape[1] or kernels % groups:
        raise ValueError
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back = np.zeros(wide.shape, dtype)
    grad_weight, grad_bias = np.zeros(weight.shape, dtype), np.zeros(kernels, dtype)
    for f in range(kernels):
        first = f // (kernels // groups) * depth
        g = grad_out[:, f]
        grad_bias[f] = g.sum()
        for i, j in np.ndindex(*weight.shape[2:]):
            down = i * dilation[0] + stride[0] * np.arange(g.shape[1])
            across = j * dilation[1] + stride[1] * np.arange(g.shape[2])
            place = np.ix_(range(len(x)), range(first, first + depth), down, across)
            grad_weight[f, :, i, j] = np.tensordot(wide[place], g, axes=([0, 2, 3], [0, 1, 2]))
            back[place] += g[:, None] * weight[f, :, i, j][:, None, None]
    rest = slice(padding[0], padding[0] + x.shape[2]), slice(padding[1], padding[1] + x.shape[3])
    return back[:, :, rest[0], rest[1]], grad_weight, grad_bias
