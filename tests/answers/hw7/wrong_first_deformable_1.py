"""Wrong answers to deformable convolution, as students write them. Text; nobody imports it."""

# answer: q8, first all rows, then all columns
# breaks: channel 2t is the row, 2t + 1 the column
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[t, r, c], c + j + offset[kh * kw + t, r, c]
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
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(3, 0, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, columns before rows
# breaks: channel 2t is the row, 2t + 1 the column
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = i * kw + j
        grid[i, j, r, c] = r + i + offset[2 * t + 1, r, c], c + j + offset[2 * t, r, c]
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


# answer: q8, counts taps down the columns
# breaks: t = i kw + j
def places(offset, kh, kw):
    H, W = offset.shape[1:]
    grid = np.zeros((kh, kw, H, W, 2))
    for i, j, r, c in np.ndindex(kh, kw, H, W):
        t = j * kh + i
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
        grad_offset[n] = gp.reshape(kh, kw, H, W, 2).swapaxes(0, 1).reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, the first image's offsets for all
# breaks: offset_n
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
        z = sample(x[n], places(offset[0], kh, kw)).reshape(-1, kh, kw, H, W)
        out[n] = np.einsum("fmij,mijrc->frc", weight, z)
    return out


def deformable_backward(grad_out, x, offset, weight):
    kh, kw = weight.shape[2:]
    H, W = offset.shape[2:]
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        points = places(offset[0], kh, kw)
        z = sample(x[n], points).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, the offsets' gradient in the order of the points
# breaks: grad_offset has the layout of offset
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
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, the weights meet the pixels under the grid
# breaks: z is what a tap has read
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
        z = sample(x[n], places(0 * offset[n], kh, kw)).reshape(-1, kh, kw, H, W)
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("fmij,frc->mijrc", weight, grad_out[n])
        gx, gp = sample_backward(grad_z.reshape(len(z), -1), x[n], points)
        grad_x[n] = gx
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight


# answer: q8, the pixels' gradient as without offsets
# breaks: on to the pixels as in q7
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
        grad_x[n] = conv2d_backward(grad_out[n : n + 1], x[n : n + 1], weight)[0][0]
        grad_offset[n] = gp.reshape(kh * kw, H, W, 2).transpose(0, 3, 1, 2).reshape(-1, H, W)
    return grad_x, grad_offset, grad_weight
