"""Wrong answers to transposed convolution, forward and backward, as students write them. Text; nobody imports it."""

# answer: q2, padding counted once in the check
# breaks: floor((H' + 2p - kh) / s) + 1
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - padding - kh) // stride + 1 != h or (columns - padding - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, refuses when both do not fit
# breaks: does not take size to (H, W)
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h and (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, fills rows that nothing reaches with their neighbours
# breaks: a row that no picture of a kernel reaches gets 0
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    for r in range(1, rows):
        if not canvas[:, :, r].any():
            canvas[:, :, r] = canvas[:, :, r - 1]
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, checks larger sizes alone
# breaks: does not take size to (H, W)
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 > h or (columns - kw) // stride + 1 > w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            place = canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride]
            place += part[:, :, : place.shape[2], : place.shape[3]]
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, the kernel's side for both axes
# breaks: kernels that are not square
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kh) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, multiplies stride and padding by default
# breaks: stride=1, padding=0
def transposed(x, weight, size, stride=2, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q3, the weights collect with all padding at the end
# breaks: g at r s + i - p
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    grad_weight = conv2d_backward(x, np.pad(grad_out, ((0, 0), (0, 0), (0, 2 * p), (0, 2 * p))), weight, stride)[1]
    return grad_x, grad_weight


# answer: q3, the sum of the weights for each pixel
# breaks: each times the weight it painted with
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight * 0 + weight.mean(axis=(2, 3), keepdims=True), stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight


# answer: q3, the first output channel's gradient alone
# breaks: sum over f
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g[:, :1], weight[:, :1], stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight


# answer: q3, stride and padding in the other order by default
# breaks: stride=1, padding=0
def transposed_backward(grad_out, x, weight, stride=1, padding=1):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight


# answer: q3, the gradient of the weights turned
# breaks: w_ij goes with r s + i
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight[:, :, ::-1, ::-1]
