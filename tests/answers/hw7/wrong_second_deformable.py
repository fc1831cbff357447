"""Wrong answers to deformable convolution, as students write them. Text; nobody imports it."""

# answer: q8, taps numbered by the kernel's height
# breaks: t = i kw + j
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = (i * kh + j) % (kh * kw)
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
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, offsets doubled
# breaks: how much farther that tap looks
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + 2 * offset[2 * t, r, c], c + j + offset[2 * t + 1, r, c]
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


# answer: q8, the weights turned
# breaks: w_ij reads at i, j
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
        out[n] = np.einsum("fmij,mijrc->frc", weight[:, :, ::-1, ::-1], z)
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


# answer: q8, the offsets' gradient divided among the channels
# breaks: all channels add up
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
        gp = gp / len(z)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, pixels get the last image's gradient
# breaks: array (N, C, H, W)
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
        grad_x[:] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, rows and columns of the offsets' gradient exchanged
# breaks: 2t and 2t + 1
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
        grad_offset[n] = gp[:, ::-1].reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, pixels get the first tap's part alone
# breaks: each tap gives to its pixels
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
        grad_x[n] = sample_backward(grad_z[:, 0, 0].reshape(len(z), -1), x[n], points[: H * W])[0]
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight
