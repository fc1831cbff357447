"""Wrong answers to groups and separable layers, as students write them. Text; nobody imports it."""

# answer: q6, mixes with the weights turned over
# breaks: w_fm: how much of each channel each output takes
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    if point.shape[0] == point.shape[1]:
        point = point.T
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, the mixing weights meet the pixels
# breaks: gradient of point: they meet the maps h
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, x[:, :, ::stride, ::stride][:, :, : h.shape[2], : h.shape[3]])
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, forgets the mixing on the way to the kernels
# breaks: h gets its gradient through w
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        gd = conv2d_backward(grad_out.sum(axis=1, keepdims=True), x[:, m : m + 1], depth[m][None, None], stride)[1]
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, stride 1 on the way back
# breaks: stride of the first step
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None])
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, turns the kernels
# breaks: d_ij meets x at r s + i
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m, ::-1, ::-1][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, the stride for rows alone
# breaks: x at r s + i, c s + j
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None])[:, :, ::stride] for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, the last image's gradient alone for the kernels
# breaks: sum over the images
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        gd = conv2d_backward(grad_h[-1:, m : m + 1], x[-1:, m : m + 1], depth[m][None, None], stride)[1]
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    return grad_x, grad_depth, grad_point


# answer: q6, a gradient without the rows left over
# breaks: grad_x: array (N, C, H, W)
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    H, W = ((n - 1) * stride + k for n, k in zip(grad_out.shape[2:], depth.shape[1:]))
    return grad_x[:, :, :H, :W], grad_depth, grad_point


# answer: q6, adds up what it collected in earlier calls
# breaks: each answer depends on the arguments of its own call
def separable(x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    return np.einsum("fm,nmrc->nfrc", point, np.concatenate(maps, axis=1))


KEPT = {}


def separable_backward(grad_out, x, depth, point, stride=1):
    maps = [conv2d(x[:, m : m + 1], depth[m][None, None], stride) for m in range(x.shape[1])]
    h = np.concatenate(maps, axis=1)
    grad_point = np.einsum("nfrc,nmrc->fm", grad_out, h)
    grad_h = np.einsum("fm,nfrc->nmrc", point, grad_out)
    grad_x, grad_depth = np.zeros_like(x), np.zeros_like(depth)
    for m in range(x.shape[1]):
        gx, gd = conv2d_backward(grad_h[:, m : m + 1], x[:, m : m + 1], depth[m][None, None], stride)
        grad_x[:, m], grad_depth[m] = gx[:, 0], gd[0, 0]
    grad_point = KEPT[point.shape] = KEPT.get(point.shape, 0) + grad_point
    return grad_x, grad_depth, grad_point
