"""All points and taps at once, by arrays of places; layers on top of the functions that were given."""
# ruff: noqa: F821  (names of other cells stand in the notebook)

import numpy as np


# question: q1
def dilated_conv2d(x, weight, dilation):
    """A dilated layer is a plain one on each of d × d grids."""
    out = np.zeros((len(x), len(weight), *x.shape[2:]), x.dtype)
    edges = [(k // 2, k // 2) for k in weight.shape[2:]]
    for a in range(min(dilation, x.shape[2])):
        for b in range(min(dilation, x.shape[3])):
            grid = np.pad(x[:, :, a::dilation, b::dilation], ((0, 0), (0, 0), *edges))
            out[:, :, a::dilation, b::dilation] = conv2d(grid, weight)
    return out


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    down, across = [k // 2 for k in weight.shape[2:]]
    for a in range(min(dilation, x.shape[2])):
        for b in range(min(dilation, x.shape[3])):
            part = x[:, :, a::dilation, b::dilation]
            wide = np.pad(part, ((0, 0), (0, 0), (down, down), (across, across)))
            back, own = conv2d_backward(grad_out[:, :, a::dilation, b::dilation], wide, weight)
            rows, columns = part.shape[2:]
            grad_x[:, :, a::dilation, b::dilation] = back[:, :, down:, across:][:, :, :rows, :columns]
            grad_weight += own
    return grad_x, grad_weight


# question: q2
def transposed(x, weight, size, stride=1, padding=0):
    """The backward pass of a convolution from the large maps."""
    large = np.zeros((len(x), weight.shape[1], *[n + 2 * padding for n in size]), x.dtype)
    room = [n - k for n, k in zip(large.shape[2:], weight.shape[2:], strict=True)]
    if min(room) < 0 or tuple(n // stride + 1 for n in room) != x.shape[2:]:
        raise ValueError("no convolution does that")
    painted = conv2d_backward(x, large, weight, stride)[0]
    return np.array(painted[:, :, padding:, padding:][:, :, : size[0], : size[1]])


# question: q3
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    """The derivative by x by painting zeros between the pixels: a sum over all shifts."""
    p, (k_h, k_w), (rows, columns) = padding, weight.shape[2:], x.shape[2:]
    wide = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    i, j = np.arange(k_h)[:, None, None, None], np.arange(k_w)[:, None, None]
    r, c = stride * np.arange(rows)[:, None], stride * np.arange(columns)
    seen = wide[:, :, i + r, j + c]  # (N, F, kh, kw, H, W)
    grad_x = np.tensordot(seen, weight, axes=([1, 2, 3], [1, 2, 3]))
    return np.moveaxis(grad_x, 3, 1), np.tensordot(x, seen, axes=([0, 2, 3], [0, 4, 5]))


# question: q4
def phase_sums(kernel, stride):
    rows, columns = [-(-n // stride) * stride for n in kernel.shape]
    whole = np.zeros((rows, columns), kernel.dtype)
    whole[: kernel.shape[0], : kernel.shape[1]] = kernel
    return whole.reshape(rows // stride, stride, columns // stride, stride).sum(axis=(0, 2))


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if (sums == 0).any():
        raise ValueError("a kind adds up to 0")
    i, j = np.indices(kernel.shape) % stride
    return kernel / sums[i, j]


# question: q6
def separable(x, depth, point, stride=1):
    full = point[:, :, None, None] * depth
    return conv2d(x, full, stride)


def separable_backward(grad_out, x, depth, point, stride=1):
    grad_x, grad_full = conv2d_backward(grad_out, x, point[:, :, None, None] * depth, stride)
    grad_depth = np.einsum("fmij,fm->mij", grad_full, point)
    return grad_x, grad_depth, np.einsum("fmij,mij->fm", grad_full, depth)


# question: q7
def corners(image, points):
    """Places in an image with two zeros around it, and how far beyond them each point lies."""
    last = np.array(image.shape[1:])
    first = np.floor(points)
    there = np.clip(first, -2, last).astype(int) + 2
    return there, points - first


def sample(image, points):
    wide = np.pad(image, ((0, 0), (2, 2), (2, 2)))
    (r, c), (a, b) = (part.T for part in corners(image, points))
    upper = (1 - b) * wide[:, r, c] + b * wide[:, r, c + 1]
    lower = (1 - b) * wide[:, r + 1, c] + b * wide[:, r + 1, c + 1]
    return (1 - a) * upper + a * lower


def sample_backward(grad_out, image, points):
    wide = np.pad(image, ((0, 0), (2, 2), (2, 2)))
    (r, c), (a, b) = (part.T for part in corners(image, points))
    grad = np.zeros_like(wide)
    for down, right, share in [
        (0, 0, (1 - a) * (1 - b)),
        (0, 1, (1 - a) * b),
        (1, 0, a * (1 - b)),
        (1, 1, a * b),
    ]:
        np.add.at(grad, (slice(None), r + down, c + right), share * grad_out)
    upper, lower = wide[:, r, c + 1] - wide[:, r, c], wide[:, r + 1, c + 1] - wide[:, r + 1, c]
    by_v = (1 - a) * upper + a * lower
    by_u = (wide[:, r + 1, c] - wide[:, r, c]) * (1 - b) + (wide[:, r + 1, c + 1] - wide[:, r, c + 1]) * b
    grad_points = np.stack([(grad_out * by_u).sum(axis=0), (grad_out * by_v).sum(axis=0)], axis=1)
    return grad[:, 2:-2, 2:-2].copy(), grad_points


# question: q8
def read_at(image, at):
    """Pixels as (C, H, W), points as (2, ...) to values and the slopes by both directions, (C, ...)."""
    low = np.floor(at).astype(int)
    a, b = at - low

    def pixel(down, right):
        r, c = low[0] + down, low[1] + right
        inside = (r >= 0) & (r < image.shape[1]) & (c >= 0) & (c < image.shape[2])
        return image[:, r.clip(0, image.shape[1] - 1), c.clip(0, image.shape[2] - 1)] * inside

    p, q, s, t = pixel(0, 0), pixel(0, 1), pixel(1, 0), pixel(1, 1)
    value = (1 - a) * ((1 - b) * p + b * q) + a * ((1 - b) * s + b * t)
    return value, (1 - b) * (s - p) + b * (t - q), (1 - a) * (q - p) + a * (t - s)


def places(offset, kernel):
    n, _, rows, columns = offset.shape
    i, j, r, c = np.meshgrid(*map(np.arange, (*kernel, rows, columns)), indexing="ij")
    return np.moveaxis(offset.reshape(n, *kernel, 2, rows, columns), 3, 1) + np.stack([i + r, j + c])


def deformable(x, offset, weight):
    at = places(offset.astype(float), weight.shape[2:])
    z = [read_at(image, place)[0] for image, place in zip(x, at, strict=True)]
    return np.einsum("nmijrc,fmij->nfrc", np.array(z), weight)


def deformable_backward(grad_out, x, offset, weight):
    at = places(offset.astype(float), weight.shape[2:])
    grad_x, grad_at, grad_weight = np.zeros(x.shape), np.zeros(at.shape), np.zeros(weight.shape)
    for n in range(len(x)):
        z, by_u, by_v = read_at(x[n], at[n])
        grad_weight += np.einsum("frc,mijrc->fmij", grad_out[n], z)
        grad_z = np.einsum("frc,fmij->mijrc", grad_out[n], weight)
        grad_at[n] = (grad_z * by_u).sum(axis=0), (grad_z * by_v).sum(axis=0)
        for row in range(x.shape[2]):
            for column in range(x.shape[3]):
                near = np.maximum(0, 1 - abs(at[n, 0] - row)) * np.maximum(0, 1 - abs(at[n, 1] - column))
                grad_x[n, :, row, column] = (grad_z * near).sum(axis=(1, 2, 3, 4))
    return grad_x, np.moveaxis(grad_at, 1, 3).reshape(offset.shape), grad_weight


# question: q10
def neighbours(sites, kernel_size):
    """Sort the sites once, and look the wanted ones up."""
    key = sites[:, 0].astype(np.int64) * (2 * 10**9 + 99) + sites[:, 1]
    order = np.argsort(key)
    table = np.empty((len(sites), *kernel_size), dtype=np.int64)
    for i, j in np.ndindex(kernel_size):
        wanted = key + (i - kernel_size[0] // 2) * (2 * 10**9 + 99) + j - kernel_size[1] // 2
        spot = np.searchsorted(key[order], wanted).clip(0, len(sites) - 1)
        table[:, i, j] = np.where(key[order][spot] == wanted, order[spot], -1)
    return table


def submanifold(features, table, weight):
    """An extra row of zeros stands where -1 points."""
    more = np.concatenate([features, np.zeros((1, features.shape[1]), features.dtype)])
    return np.einsum("pijm,fmij->pf", more[table], weight)


def submanifold_backward(grad_out, features, table, weight):
    more = np.concatenate([features, np.zeros((1, features.shape[1]), features.dtype)])
    grad = np.zeros(more.shape, more.dtype)
    np.add.at(grad, table, np.einsum("pf,fmij->pijm", grad_out, weight))
    return grad[:-1].copy(), np.einsum("pf,pijm->fmij", grad_out, more[table])
