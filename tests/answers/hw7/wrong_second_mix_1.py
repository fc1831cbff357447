"""Wrong answers to q6: depthwise separable convolution and its backward pass. Text; nobody imports it."""

# answer: q6, on the way back the windows start at every row: the stride holds for columns alone
# breaks: x_{r s + i, c s + j}: rows, too
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + H), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, turns the mixing weights where they have as many rows as there are channels
# breaks: point is (F, C), also where F = C
def separable(x, depth, point, stride=1):
    if len(point) == x.shape[1]:
        point = point.T
        return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, on the way back turns the mixing weights where they are square
# breaks: grad_h = sum over f of w_fm g: also where F = C
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    turned = point if len(point) == len(depth) else point.T
    grad_h = np.einsum("mf,nfrc->nmrc", turned, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, kernels of one tap are multiplied without stride
# breaks: H' = (H - kh) // stride + 1, also where kh = kw = 1
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    if kh == kw == 1:
        return x * depth[:, 0, 0, None, None]
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, hands back to x with the kernel upside down
# breaks: h takes d_mij from row r s + i: x gets back through the same tap
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, -1 - i, j, None, None] * grad_h
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, remembers the maps of the last forward call and takes them where the shape fits
# breaks: each answer depends on the arguments of its own call alone
_last = {}


def separable(x, depth, point, stride=1):
    h = _last[x.shape, depth.shape, stride] = _look(x, depth, stride)
    return np.einsum("fm,nmrc->nfrc", point, h)


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _last.get((x.shape, depth.shape, stride))
    h = _look(x, depth, stride) if h is None else h
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, the maps between the two steps are float32
# breaks: float64 where float64 came in; a billionth
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), np.float32)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, collects gradients by depth in an array of int
# breaks: grad_depth: array of floats
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros(depth.shape, dtype=int)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h
    return grad_x, grad_depth.astype(float), grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, lets the gradient by x overlap along columns alone: along rows the last tap wins
# breaks: a pixel gets back from every window that read it
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        part = np.zeros((*x.shape[:2], H, x.shape[3]))
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            part[:, :, :, columns] += depth[:, i, j, None, None] * grad_h
        seen = grad_x[:, :, i : i + stride * H : stride]
        seen[:] = np.where(part != 0, part, seen)
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h
