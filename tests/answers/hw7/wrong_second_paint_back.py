"""Wrong answers to q3: the backward pass of transposed convolution. Text; nobody imports it."""

# answer: q3, pads by padding times stride
# breaks: the number r s + i - p: p is a number of rows of the large maps
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    padding = padding * stride
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_x = conv2d(wide, weight, stride)[:, :, :H, :W]
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    return grad_x, grad_weight


# answer: q3, works out the gradient by weight with f and m exchanged, and puts them right only where the shape shows it
# breaks: grad_weight (C, F, kh, kw), also where C = F
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    N, C, H, W = x.shape
    kh, kw = weight.shape[2:]
    edges = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    wide = np.pad(grad_out, edges)
    grad_x = conv2d(wide, weight, stride)
    grad_weight = np.zeros((grad_out.shape[1], C, kh, kw), weight.dtype)
    for i in range(kh):
        for j in range(kw):
            met = wide[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
            grad_weight[:, :, i, j] = np.einsum("nfrc,nmrc->fm", met, x)
    if grad_weight.shape != weight.shape:
        grad_weight = grad_weight.swapaxes(0, 1).copy()
    return grad_x, grad_weight


# answer: q3, collects the gradient by weight in an array of int
# breaks: grad_weight: array of floats
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    p, s = padding, stride
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight, s)
    grad_weight = np.zeros(weight.shape, dtype=int)
    for i, j in np.ndindex(*weight.shape[2:]):
        met = g[:, :, i : i + s * H : s, j : j + s * W : s]
        grad_weight[:, :, i, j] = np.tensordot(x, met, axes=([0, 2, 3], [0, 2, 3]))
    return grad_x, grad_weight.astype(float)


# answer: q3, goes through float32
# breaks: float64 where float64 came in; a billionth
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_x = conv2d(wide.astype(np.float32), weight.astype(np.float32), stride).astype(x.dtype)
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    return grad_x, grad_weight


# answer: q3, starts at the pixel (p - i) // s, rounded down: with a stride and padding, a negative place is read from the end
# breaks: what was cut off has no derivative: read it as 0
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    N, C, H, W = x.shape
    F, kh, kw = weight.shape[1:]
    H2, W2 = grad_out.shape[2:]
    grad_x, grad_weight = np.zeros_like(x), np.zeros_like(weight)
    for i in range(kh):
        for j in range(kw):
            top, left = (padding - i) // stride, (padding - j) // stride
            for r in range(max(0, top), H):
                for c in range(max(0, left), W):
                    row, column = r * stride + i - padding, c * stride + j - padding
                    if row < H2 and column < W2:
                        g = grad_out[:, :, row, column]
                        grad_x[:, :, r, c] += g @ weight[:, :, i, j].T
                        grad_weight[:, :, i, j] += x[:, :, r, c].T @ g
    return grad_x, grad_weight


# answer: q3, a fast way for kernels as large as the stride, which cuts grad_out into blocks, and forgets rows left over
# breaks: a row or column that no picture reaches is part of grad_out; 6 and 7 columns both give 3
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if weight.shape[2:] == (stride, stride):
        blocks = wide.reshape(*wide.shape[:2], H, stride, W, stride)
        grad_x = np.einsum("mfij,nfricj->nmrc", weight, blocks)
        return grad_x, np.einsum("nmrc,nfricj->mfij", x, blocks)
    grad_x = conv2d(wide, weight, stride)
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    return grad_x, grad_weight


# answer: q3, refuses padding that is as large as the kernel
# breaks: padding is from 0 to 4; nothing is to be refused
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    if padding >= max(weight.shape[2:]):
        raise ValueError("more is cut off than a kernel reaches")
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_x = conv2d(wide, weight, stride)
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    return grad_x, grad_weight


# answer: q3, hands back the mean of the gradients by weight of all calls with these shapes
# breaks: each answer depends on the arguments of its own call alone
_sums = {}


def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_x = conv2d(wide, weight, stride)
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    key = (x.shape, weight.shape, grad_out.shape, stride, padding)
    calls, total = _sums.get(key, (0, 0))
    _sums[key] = calls + 1, total + grad_weight
    return grad_x, _sums[key][1] / (calls + 1)


# answer: q3, writes both gradients into arrays that are kept for each shape
# breaks: what you return is new: nothing that a later call writes into
_kept = {}


def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_x = conv2d(wide, weight, stride)
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    key = (x.shape, weight.shape, x.dtype)
    kept = _kept.setdefault(key, (np.empty_like(grad_x), np.empty_like(grad_weight)))
    kept[0][:], kept[1][:] = grad_x, grad_weight
    return kept


# answer: q3, with a stride and padding, cuts rows and columns left over off at the front instead of the end
# breaks: the number r s + i - p: counted from the front
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if padding and stride > 1:
        high, broad = (stride * (n - 1) + k for n, k in zip((H, W), weight.shape[2:]))
        wide = wide[:, :, -high:, -broad:]
    grad_x = conv2d(wide, weight, stride)
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    return grad_x, grad_weight


# answer: q3, takes the stride of the rows to be 1 in the gradient by weight when x has one column
# breaks: r s + i - p: rows stand s apart, whatever the width
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    H, W = x.shape[2:]
    wide = np.pad(grad_out, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_x = conv2d(wide, weight, stride)
    grad_weight = conv2d_backward(x, wide, weight, stride)[1]
    if W == 1 and stride > 1:
        near = [wide[:, :, i : i + H, : weight.shape[3]] for i in range(weight.shape[2])]
        grad_weight = np.stack([np.einsum("nmr,nfrj->mfj", x[..., 0], g) for g in near], axis=2)
    return grad_x, grad_weight
