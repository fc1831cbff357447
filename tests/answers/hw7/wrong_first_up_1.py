"""Wrong answers to transposed convolution, forward and backward, as students write them. Text; nobody imports it."""

# answer: q2, never refuses
# breaks: raises ValueError
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, refuses sizes with rows left over
# breaks: with a stride, several sizes lead to the same small map
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (h - 1) * stride + kh != rows or (w - 1) * stride + kw != columns:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, looks at the rows alone before it refuses
# breaks: does not take size to (H, W)
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, rounds toward zero, so that a kernel that does not fit is let through
# breaks: ValueError: floor of a negative number is one lower
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if int((rows - kh) / stride) + 1 != h or int((columns - kw) / stride) + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, allows one row too many
# breaks: size is taken to (H, W): s sizes, not s + 1
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    least = (h - 1) * stride + kh, (w - 1) * stride + kw
    if not (0 <= rows - least[0] <= stride and 0 <= columns - least[1] <= stride):
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, forgets the padding in the check
# breaks: a convolution with kernel, stride and padding
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, later pixels overwrite what earlier ones painted
# breaks: where pictures of the kernel overlap, they add up
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError
    canvas = np.zeros((n, f, rows, columns))
    for r in range(h):
        for v in range(w):
            top, left = r * stride, v * stride
            canvas[:, :, top : top + kh, left : left + kw] = np.einsum("nm,mfij->nfij", x[:, :, r, v], weight)
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]]


# answer: q2, cuts all padding off at the end
# breaks: p rows and columns are cut off on each side
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
    return canvas[:, :, : size[0], : size[1]].copy()


# answer: q2, cuts by negative places
# breaks: padding from 0
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
    return canvas[:, :, padding:-padding, padding:-padding].copy()


# answer: q2, reads the kernels as (F, C)
# breaks: weight has the input channel first
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[0], *weight.shape[2:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("fm,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, paints a turned kernel
# breaks: w_ij goes to row r s + i - p
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, kh - 1 - i, kw - 1 - j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, raises IndexError
# breaks: raises ValueError
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise IndexError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, paints on one canvas for all calls of a shape
# breaks: nothing that a later call writes into
CANVASES = {}


def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = CANVASES.setdefault((n, f, rows, columns), np.zeros((n, f, rows, columns)))
    canvas[:] = 0
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]]


# answer: q2, a canvas in single precision
# breaks: float64 where float64 came in
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), np.float32)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, size is read as columns and rows
# breaks: size: (H', W')
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[1] + 2 * padding, size[0] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[1], padding : padding + size[0]].copy()


# answer: q2, the first image alone
# breaks: array (N, F, H', W')
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    f, kh, kw = weight.shape[1:]
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != h or (columns - kw) // stride + 1 != w:
        raise ValueError(f"{size} does not lead to {(h, w)}")
    canvas = np.zeros((n, f, rows, columns), x.dtype)
    for i in range(kh):
        for j in range(kw):
            part = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x[:1])
            canvas[:, :, i : i + stride * h : stride, j : j + stride * w : stride][:, :, :h, :w] += part
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q3, does not pad the upstream gradient
# breaks: what was cut off has no derivative: read it as 0
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = grad_out
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight


# answer: q3, repeats the border instead of zeros
# breaks: read it as 0
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)), mode="edge")
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight
