"""Wrong answers to q8: deformable convolution and its gradients. Text; nobody imports it."""

# answer: q8, what the taps read goes through float32
# breaks: float64 where float64 came in; a billionth
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
        out.append(np.einsum("fmij,mijrc->frc", weight.astype(np.float32), z.astype(np.float32)).astype(x.dtype))
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


# answer: q8, all images have the offsets of the first one when there are more than two
# breaks: each image has offsets of its own
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
    for image, moves in zip(x, offset if len(x) < 3 else [offset[0]] * len(x)):
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


# answer: q8, for kernels with rows and columns the window of taps is turned: tap (i, j) looks j down and i to the right
# breaks: x at row r + i and column c + j
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    moves = offset.reshape(kh, kw, 2, H, W)
    down, right = np.divmod(np.arange(kh * kw), kw) if 1 in (kh, kw) else np.divmod(np.arange(kh * kw), kh)[::-1]
    u = moves[:, :, 0] + down.reshape(kh, kw, 1, 1) + np.arange(H)[:, None]
    v = moves[:, :, 1] + right.reshape(kh, kw, 1, 1) + np.arange(W)
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


# answer: q8, the gradient by weight is that of the last image when they are of one channel
# breaks: sum over n, r and c
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
        if C == 1:
            grad_weight[:] = 0
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        grad_x[n], by_points = sample_backward(grad_z.reshape(C, -1), x[n], points)
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, hands back to x only where the offsets are smaller than the image is high
# breaks: x gets back from every place that was read
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
        if abs(offset[n]).max() >= x.shape[2]:
            grad_x[n] = 0
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, overwrites the offsets that it was given with points and takes the grid off again, which loses digits and fails where they are read-only
# breaks: what you were given stays as it was; arrays may be read-only
def _points(offset, kh, kw):
    H, W = offset.shape[1:]
    offset += 1000
    offset -= 1000
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
        grad_offset[n] = np.moveaxis(by_points.reshape(kh, kw, H, W, 2), -1, 2).reshape(offset[n].shape)
    return grad_x, grad_offset, grad_weight
