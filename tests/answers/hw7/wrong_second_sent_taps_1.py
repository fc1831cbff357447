"""Wrong answers to q8: deformable convolution and its gradients. Text; nobody imports it."""

# answer: q8, numbers the taps column by column
# breaks: tap (i, j) is number t = i kw + j
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = offset.reshape(kw, kh, 2, H, W).swapaxes(0, 1)
    u = moves[:, :, 0] + np.arange(kh)[:, None, None, None] + np.arange(H)[:, None]
    v = moves[:, :, 1] + np.arange(kw)[:, None, None] + np.arange(W)
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).swapaxes(0, 1).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, the gradient by offset numbers the taps column by column
# breaks: grad_offset in the shape and order of offset: t = i kw + j
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = offset.reshape(kh, kw, 2, H, W)
    u = moves[:, :, 0] + np.arange(kh)[:, None, None, None] + np.arange(H)[:, None]
    v = moves[:, :, 1] + np.arange(kw)[:, None, None] + np.arange(W)
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).swapaxes(0, 1).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, the derivative of what a tap read is a product of sums over outputs
# breaks: sum over f of w_fmij g_nfrc
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = offset.reshape(kh, kw, 2, H, W)
    u = moves[:, :, 0] + np.arange(kh)[:, None, None, None] + np.arange(H)[:, None]
    v = moves[:, :, 1] + np.arange(kw)[:, None, None] + np.arange(W)
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.multiply.outer(weight.sum(axis=0), grad_out[n].sum(axis=0))
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, hands back through the first output channel's kernel alone
# breaks: sum over f of w_fmij g_nfrc
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = offset.reshape(kh, kw, 2, H, W)
    u = moves[:, :, 0] + np.arange(kh)[:, None, None, None] + np.arange(H)[:, None]
    v = moves[:, :, 1] + np.arange(kw)[:, None, None] + np.arange(W)
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("mij,rc->mijrc", weight[0], grad_out[n, 0])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, offsets of 0: plain convolution, with gradients by the offsets of 0
# breaks: the offsets have a derivative also where they are 0, as in q7 at whole numbers
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = offset.reshape(kh, kw, 2, H, W)
    u = moves[:, :, 0] + np.arange(kh)[:, None, None, None] + np.arange(H)[:, None]
    v = moves[:, :, 1] + np.arange(kw)[:, None, None] + np.arange(W)
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    if not offset.any():
        grad_x, grad_weight = conv2d_backward(grad_out, x, weight)
        return grad_x, np.zeros_like(offset), grad_weight
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, the grid of windows and taps is remembered by how many taps, rows and columns there are: 2 × 2 taps or 1 × 4
# breaks: each answer depends on the arguments of its own call alone
_grids = {}


def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = offset.reshape(kh, kw, 2, H, W)
    if (kh * kw, H, W) not in _grids:
        _grids[kh * kw, H, W] = np.indices((kh, kw)), np.arange(H)[:, None], np.arange(W)
    taps, rows, columns = _grids[kh * kw, H, W]
    u = moves[:, :, 0] + taps[0].reshape(kh, kw, 1, 1) + rows
    v = moves[:, :, 1] + taps[1].reshape(kh, kw, 1, 1) + columns
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, an offset moves a tap by four pixels at most
# breaks: an offset says how much farther down and right a tap looks, however much
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = np.clip(offset, -4, 4).reshape(kh, kw, 2, H, W)
    u = moves[:, :, 0] + np.arange(kh)[:, None, None, None] + np.arange(H)[:, None]
    v = moves[:, :, 1] + np.arange(kw)[:, None, None] + np.arange(W)
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, rounds offsets to four places
# breaks: a billionth
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = np.round(offset, 4).reshape(kh, kw, 2, H, W)
    u = moves[:, :, 0] + np.arange(kh)[:, None, None, None] + np.arange(H)[:, None]
    v = moves[:, :, 1] + np.arange(kw)[:, None, None] + np.arange(W)
    return np.stack([u, v], axis=-1).reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    out = []
    for image, moves in zip(x, offset):
        z = sample(image, _points(moves, kh, kw)).reshape(C, kh, kw, H, W)
        out.append(np.einsum("fmij,mijrc->frc", weight, z))
    return np.stack(out)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros_like(x), np.zeros_like(offset), np.zeros_like(weight)
    for n in range(len(x)):
        points = _points(offset[n], kh, kw)
        z = sample(x[n], points).reshape(C, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight
