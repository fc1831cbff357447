"""Wrong answers to q6: depthwise separable convolution and its backward pass. Text; nobody imports it."""

# answer: q6, the gradient by depth of the last channel holds for all when there is a stride and more than one image
# breaks: a kernel for each channel
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
    if stride > 1 and len(x) > 1:
        grad_depth[:] = grad_depth[-1]
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h


# answer: q6, makes one plain kernel out of both steps, with stride, and asks for the same number of channels out as in on the way back
# breaks: grad_depth collects over all outputs f, whatever F is
def _whole(depth, point):
    return point[:, :, None, None] * depth[None]


def separable(x, depth, point, stride=1):
    return conv2d(x, _whole(depth, point), stride)


def separable_backward(grad_out, x, depth, point, stride=1):
    grad_x, grad_whole = conv2d_backward(grad_out, x, _whole(depth, point), stride)
    grad_point = (grad_whole * depth).sum(axis=(2, 3))
    grad_depth = np.zeros_like(depth)
    for f in range(min(len(point), len(depth) + 1)):
        grad_depth += point[f, :, None, None] * grad_whole[f]
    return grad_x, grad_depth, grad_point


# answer: q6, with one output the gradient by the mixing weights loses its first axis
# breaks: grad_point: array (F, C) of floats, also for F = 1
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    if len(point) == 1:
        grad_point = grad_point[0]
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


# answer: q6, windows on the way back are counted by rows for both axes
# breaks: W' = (W - kw) // stride + 1, likewise but with its own W
def separable(x, depth, point, stride=1):
    return np.einsum("fm,nmrc->nfrc", point, _look(x, depth, stride))


def separable_backward(grad_out, x, depth, point, stride=1):
    h = _look(x, depth, stride)
    H, W = h.shape[2:]
    W = min(W, H) if H > 1 else W
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            rows, columns = slice(i, i + stride * H, stride), slice(j, j + stride * W, stride)
            grad_depth[:, i, j] = (grad_h[..., :W] * x[:, :, rows, columns]).sum(axis=(0, 2, 3))
            grad_x[:, :, rows, columns] += depth[:, i, j, None, None] * grad_h[..., :W]
    return grad_x, grad_depth, grad_point


def _look(x, depth, stride):
    kh, kw = depth.shape[1:]
    H, W = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    h = np.zeros((*x.shape[:2], H, W), x.dtype)
    for i in range(kh):
        for j in range(kw):
            h += depth[:, i, j, None, None] * x[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
    return h
