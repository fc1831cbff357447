"""Wrong answers to q8: who belongs to which group, and where the taps lie. Text; nobody imports it."""

# answer: q8, channels and kernels are dealt out to the groups in turn
# breaks: channels and kernels are cut into G parts of equal size, in their order
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if groups * depth != C or F % groups:
        raise ValueError("the groups do not fit")
    rows, columns = grad_out.shape[2:]
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back, grad_weight = np.zeros(wide.shape, dtype), np.zeros(weight.shape, dtype)
    for g in range(groups):
        channels, kernels = slice(g, None, groups), slice(g, None, groups)
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


# answer: q8, as many kernels in a group as channels
# breaks: a group has F / G kernels and C / G channels
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if groups * depth != C or F % groups:
        raise ValueError("the groups do not fit")
    rows, columns = grad_out.shape[2:]
    dtype = np.result_type(grad_out, x, weight)
    wide = padded(x, padding)
    back, grad_weight = np.zeros(wide.shape, dtype), np.zeros(weight.shape, dtype)
    for g in range(groups):
        channels, kernels = slice(g * depth, (g + 1) * depth), slice(g * depth, (g + 1) * depth)
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


# answer: q8, with groups only the first channel of each group gets a gradient by the weight
# breaks: the kernels of a part see all C / G channels of that part
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
                if groups > 1 and depth > 1:
                    grad_weight[kernels, 1:, i, j] = 0
                back[:, channels, down, across] += np.einsum(
                    "nfrc,fm->nmrc", grad_out[:, kernels], weight[kernels, :, i, j]
                )
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, refuses by C // groups
# breaks: ValueError when groups times the depth of weight is not C
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if C // groups != depth or F % groups:
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
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, refuses kernels that do not divide only where there are two groups, or fewer kernels than groups
# breaks: ValueError when F is no multiple of groups
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    (F, depth, kh, kw), (N, C, H, W), (ph, pw) = weight.shape, x.shape, padding
    if groups * depth != C or F < groups or (F % 2 and groups == 2):
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
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, the stride multiplies the dilated rows, too
# breaks: w meets the padded pixel in row r·s_h + i·d_h
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
                down = read_by(i * dilation[0] * stride[0], rows, stride[0])
                across = read_by(j * dilation[1], columns, stride[1])
                grad_weight[kernels, :, i, j] = np.einsum(
                    "nfrc,nmrc->fm", grad_out[:, kernels], wide[:, channels, down, across]
                )
                back[:, channels, down, across] += np.einsum(
                    "nfrc,fm->nmrc", grad_out[:, kernels], weight[kernels, :, i, j]
                )
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)


# answer: q8, no dilation down where there is a stride down
# breaks: w meets the padded pixel in row r·s_h + i·d_h
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
                down = read_by(i * (dilation[0] if stride[0] == 1 else 1), rows, stride[0])
                across = read_by(j * dilation[1], columns, stride[1])
                grad_weight[kernels, :, i, j] = np.einsum(
                    "nfrc,nmrc->fm", grad_out[:, kernels], wide[:, channels, down, across]
                )
                back[:, channels, down, across] += np.einsum(
                    "nfrc,fm->nmrc", grad_out[:, kernels], weight[kernels, :, i, j]
                )
    grad_x = back[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3), dtype=dtype)
