"""Wrong answers to deformable convolution, as students write them. Text; nobody imports it."""

# answer: q8, the weights' gradient of the last image alone
# breaks: sum over n
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[2 * t, r, c], c + j + offset[2 * t + 1, r, c]
    return grid.reshape(-1, 2)


def deformable(x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    out = np.zeros((len(x), len(weight), H, W))
    for n in range(len(x)):
        z = sample(x[n], places(offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[n], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight = np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, the offsets' gradient of the first output channel alone
# breaks: sum over f
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[2 * t, r, c], c + j + offset[2 * t + 1, r, c]
    return grid.reshape(-1, 2)


def deformable(x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    out = np.zeros((len(x), len(weight), H, W))
    for n in range(len(x)):
        z = sample(x[n], places(offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[n], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_z = np.einsum("fmij,frc->mijrc", weight[:1], grad_out[n, :1])
        gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)[1]
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, the offsets without the place of the tap
# breaks: r + i + offset
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + kh // 2 + offset[2 * t, r, c], c + kw // 2 + offset[2 * t + 1, r, c]
    return grid.reshape(-1, 2)


def deformable(x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    out = np.zeros((len(x), len(weight), H, W))
    for n in range(len(x)):
        z = sample(x[n], places(offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[n], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, offsets point the other way on the way back
# breaks: the point is the grid plus the offset
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[2 * t, r, c], c + j + offset[2 * t + 1, r, c]
    return grid.reshape(-1, 2)


def deformable(x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    out = np.zeros((len(x), len(weight), H, W))
    for n in range(len(x)):
        z = sample(x[n], places(offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[n], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = -gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, keeps taps inside of the image
# breaks: pixels outside count as 0
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[2 * t, r, c], c + j + offset[2 * t + 1, r, c]
    return np.clip(grid, 0, [H + kh - 2, W + kw - 2]).reshape(-1, 2)


def deformable(x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    out = np.zeros((len(x), len(weight), H, W))
    for n in range(len(x)):
        z = sample(x[n], places(offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[n], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, exchanges height and width where it folds back
# breaks: grad_offset has the shape of offset
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[2 * t, r, c], c + j + offset[2 * t + 1, r, c]
    return grid.reshape(-1, 2)


def deformable(x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    out = np.zeros((len(x), len(weight), H, W))
    for n in range(len(x)):
        z = sample(x[n], places(offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[n], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, W, H, 2).transpose(0, 3, 2, 1).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, rounds offsets
# breaks: reads between pixels
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[2 * t, r, c], c + j + offset[2 * t + 1, r, c]
    return np.round(grid).reshape(-1, 2)


def deformable(x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    out = np.zeros((len(x), len(weight), H, W))
    for n in range(len(x)):
        z = sample(x[n], places(offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[n], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight
