"""Wrong answers to q8: crops, dtypes, and options that get lost. Text; nobody imports it."""

# answer: q8, crops the rows from the first one on
# breaks: grad_x is the gradient by the images: row ph of the padded images is their first
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if groups * depth != C or F % groups:
        raise ValueError("the groups do not fit")
    rows, columns = grad_out.shape[2:]
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back, grad_weight = np.zeros(wide.shape, dtype), np.zeros(weight.shape, dtype)
    for g in range(groups):
        channels, kernels = slice(g * depth, (g + 1) * depth), slice(g * (F // groups), (g + 1) * (F // groups))
        for i in range(kh):
            for j in range(kw):
                down = read_by(i * dilation[0], rows, stride[0])
                across = read_by(j * dilation[1], columns, stride[1])
                grad_weight[kernels, :, i, j] = np.einsum(
                    "nfrc,nmrc->fm", grad_out[:, kernels], wide[:, channels, down, across]
                )
                back[:, channels, down, across] += np.einsum(
                    "nfrc,fm->nmrc", grad_out[:, kernels], weight[kernels, :, i, j]
                )
    grad_x = back[:, :, :H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, grad_weight in the dtype of the weight
# breaks: float64 where one of the arrays was float64
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if groups * depth != C or F % groups:
        raise ValueError("the groups do not fit")
    rows, columns = grad_out.shape[2:]
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back, grad_weight = np.zeros(wide.shape, dtype), np.zeros_like(weight)
    for g in range(groups):
        channels, kernels = slice(g * depth, (g + 1) * depth), slice(g * (F // groups), (g + 1) * (F // groups))
        for i in range(kh):
            for j in range(kw):
                down = read_by(i * dilation[0], rows, stride[0])
                across = read_by(j * dilation[1], columns, stride[1])
                grad_weight[kernels, :, i, j] = np.einsum(
                    "nfrc,nmrc->fm", grad_out[:, kernels], wide[:, channels, down, across]
                )
                back[:, channels, down, across] += np.einsum(
                    "nfrc,fm->nmrc", grad_out[:, kernels], weight[kernels, :, i, j]
                )
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, grad_x in the dtype of x
# breaks: float64 where one of the arrays was float64
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if groups * depth != C or F % groups:
        raise ValueError("the groups do not fit")
    rows, columns = grad_out.shape[2:]
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back, grad_weight = np.zeros_like(wide), np.zeros(weight.shape, dtype)
    for g in range(groups):
        channels, kernels = slice(g * depth, (g + 1) * depth), slice(g * (F // groups), (g + 1) * (F // groups))
        for i in range(kh):
            for j in range(kw):
                down = read_by(i * dilation[0], rows, stride[0])
                across = read_by(j * dilation[1], columns, stride[1])
                grad_weight[kernels, :, i, j] = np.einsum(
                    "nfrc,nmrc->fm", grad_out[:, kernels], wide[:, channels, down, across]
                )
                back[:, channels, down, across] += np.einsum(
                    "nfrc,fm->nmrc", grad_out[:, kernels], weight[kernels, :, i, j]
                )
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, adds up the gradient by the weight in float32
# breaks: no value may be further from the right one than a billionth
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if groups * depth != C or F % groups:
        raise ValueError("the groups do not fit")
    rows, columns = grad_out.shape[2:]
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back, grad_weight = np.zeros(wide.shape, dtype), np.zeros(weight.shape, np.float32)
    for g in range(groups):
        channels, kernels = slice(g * depth, (g + 1) * depth), slice(g * (F // groups), (g + 1) * (F // groups))
        for i in range(kh):
            for j in range(kw):
                down = read_by(i * dilation[0], rows, stride[0])
                across = read_by(j * dilation[1], columns, stride[1])
                grad_weight[kernels, :, i, j] = np.einsum(
                    "nfrc,nmrc->fm", grad_out[:, kernels], wide[:, channels, down, across]
                )
                back[:, channels, down, across] += np.einsum(
                    "nfrc,fm->nmrc", grad_out[:, kernels], weight[kernels, :, i, j]
                )
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight.astype(dtype), grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, groups by recursion, without stride, padding and dilation
# breaks: stride, padding and dilation hold with groups, too
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if groups * weight.shape[1] != x.shape[1] or len(weight) % groups:
        raise ValueError("the groups do not fit")
    if groups > 1:
        parts = zip(
            np.split(grad_out, groups, axis=1), np.split(x, groups, axis=1), np.split(weight, groups), strict=True
        )
        found = [conv2d_backward(g, part, kernels) for g, part, kernels in parts]
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


# answer: q8, groups by recursion, without the dilation
# breaks: stride, padding and dilation hold with groups, too
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if groups * weight.shape[1] != x.shape[1] or len(weight) % groups:
        raise ValueError("the groups do not fit")
    if groups > 1:
        parts = zip(
            np.split(grad_out, groups, axis=1), np.split(x, groups, axis=1), np.split(weight, groups), strict=True
        )
        found = [conv2d_backward(g, part, kernels, stride, padding) for g, part, kernels in parts]
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


# answer: q8, groups by recursion, without the padding
# breaks: stride, padding and dilation hold with groups, too
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if groups * weight.shape[1] != x.shape[1] or len(weight) % groups:
        raise ValueError("the groups do not fit")
    if groups > 1:
        parts = zip(
            np.split(grad_out, groups, axis=1), np.split(x, groups, axis=1), np.split(weight, groups), strict=True
        )
        found = [conv2d_backward(g, part, kernels, stride, dilation=dilation) for g, part, kernels in parts]
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
