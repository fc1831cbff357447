"""Plain loops over every tap and place, from the formulas alone; the given functions are not used."""

import numpy as np


# question: q1
def dilated_conv2d(x, weight, dilation):
    out = np.zeros((len(x), len(weight), *x.shape[2:]), x.dtype)
    for i, j, r, c in np.ndindex(*weight.shape[2:], *x.shape[2:]):
        row = r + dilation * (i - weight.shape[2] // 2)
        column = c + dilation * (j - weight.shape[3] // 2)
        if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
            out[:, :, r, c] += x[:, :, row, column] @ weight[:, :, i, j].T
    return out


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for i, j, r, c in np.ndindex(*weight.shape[2:], *x.shape[2:]):
        row = r + dilation * (i - weight.shape[2] // 2)
        column = c + dilation * (j - weight.shape[3] // 2)
        if 0 <= row < x.shape[2] and 0 <= column < x.shape[3]:
            grad_x[:, :, row, column] += grad_out[:, :, r, c] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] += grad_out[:, :, r, c].T @ x[:, :, row, column]
    return grad_x, grad_weight


# question: q2
def transposed(x, weight, size, stride=1, padding=0):
    for axis in (0, 1):
        room = size[axis] + 2 * padding - weight.shape[2 + axis]
        if room < 0 or room // stride != x.shape[2 + axis] - 1:
            raise ValueError("size")
    out = np.zeros((len(x), weight.shape[1], *size), x.dtype)
    for i, j, r, c in np.ndindex(*weight.shape[2:], *x.shape[2:]):
        row, column = r * stride + i - padding, c * stride + j - padding
        if 0 <= row < size[0] and 0 <= column < size[1]:
            out[:, :, row, column] += x[:, :, r, c] @ weight[:, :, i, j]
    return out


# question: q3
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for i, j, r, c in np.ndindex(*weight.shape[2:], *x.shape[2:]):
        row, column = r * stride + i - padding, c * stride + j - padding
        if 0 <= row < grad_out.shape[2] and 0 <= column < grad_out.shape[3]:
            grad_x[:, :, r, c] += grad_out[:, :, row, column] @ weight[:, :, i, j].T
            grad_weight[:, :, i, j] += x[:, :, r, c].T @ grad_out[:, :, row, column]
    return [grad_x, grad_weight]


# question: q4
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride))
    for i, j in np.ndindex(kernel.shape):
        sums[i % stride, j % stride] += kernel[i, j]
    return sums


def evened(kernel, stride):
    out = np.zeros(kernel.shape)
    for a, b in np.ndindex(stride, stride):
        taps = [(i, j) for i, j in np.ndindex(kernel.shape) if i % stride == a and j % stride == b]
        total = sum(kernel[tap] for tap in taps)
        if total == 0:
            raise ValueError("a kind adds up to 0")
        for tap in taps:
            out[tap] = kernel[tap] / total
    return out


# question: q5
def spread_groups(weight, groups):
    if len(weight) % groups != 0:
        raise ValueError("groups")
    depth = weight.shape[1]
    out = np.zeros((len(weight), depth * groups, *weight.shape[2:]))
    for f, m in np.ndindex(len(weight), depth):
        out[f, f // (len(weight) // groups) * depth + m] = weight[f, m]
    return out


def gather_groups(grad_full, groups):
    kernels, channels = grad_full.shape[:2]
    if kernels % groups != 0 or channels % groups != 0:
        raise ValueError("groups")
    depth = channels // groups
    out = np.zeros((kernels, depth, *grad_full.shape[2:]))
    for f, m in np.ndindex(kernels, depth):
        out[f, m] = grad_full[f, f // (kernels // groups) * depth + m]
    return out


# question: q6
def separable(x, depth, point, stride=1):
    _, k_h, k_w = depth.shape
    rows, columns = (x.shape[2] - k_h) // stride + 1, (x.shape[3] - k_w) // stride + 1
    out = np.zeros((len(x), len(point), rows, columns))
    for r, c in np.ndindex(rows, columns):
        window = x[:, :, r * stride : r * stride + k_h, c * stride : c * stride + k_w]
        out[:, :, r, c] = (window * depth).sum(axis=(2, 3)) @ point.T
    return out


def separable_backward(grad_out, x, depth, point, stride=1):
    _, k_h, k_w = depth.shape
    grad_x, grad_depth, grad_point = np.zeros(x.shape), np.zeros(depth.shape), np.zeros(point.shape)
    for r, c in np.ndindex(grad_out.shape[2:]):
        place = np.s_[:, :, r * stride : r * stride + k_h, c * stride : c * stride + k_w]
        g = grad_out[:, :, r, c]
        grad_point += g.T @ (x[place] * depth).sum(axis=(2, 3))
        grad_map = (g @ point)[:, :, None, None]
        grad_depth += (grad_map * x[place]).sum(axis=0)
        grad_x[place] += grad_map * depth
    return grad_x, grad_depth, grad_point


# question: q7
def sample(image, points):
    out = np.zeros((len(image), len(points)))
    for p in range(len(points)):
        for row in range(image.shape[1]):
            for column in range(image.shape[2]):
                share = max(0, 1 - abs(points[p, 0] - row)) * max(0, 1 - abs(points[p, 1] - column))
                out[:, p] += share * image[:, row, column]
    return out


def sample_backward(grad_out, image, points):
    grad_image, grad_points = np.zeros(image.shape), np.zeros(points.shape)
    for p, (u, v) in enumerate(points):
        for row, column in np.ndindex(image.shape[1:]):
            down, right = u - row, v - column
            if -1 <= down < 1 and -1 <= right < 1:
                grad_image[:, row, column] += (1 - abs(down)) * (1 - abs(right)) * grad_out[:, p]
                pull = grad_out[:, p] @ image[:, row, column]
                grad_points[p, 0] += pull * (1 - abs(right)) * (1 if down < 0 else -1)
                grad_points[p, 1] += pull * (1 - abs(down)) * (1 if right < 0 else -1)
    return grad_image, grad_points


# question: q8
def deformable(x, offset, weight):
    n, _, rows, columns = offset.shape
    out = np.zeros((n, len(weight), rows, columns))
    for image, r, c in np.ndindex(n, rows, columns):
        for t, (i, j) in enumerate(np.ndindex(weight.shape[2:])):
            u, v = r + i + offset[image, 2 * t, r, c], c + j + offset[image, 2 * t + 1, r, c]
            out[image, :, r, c] += weight[:, :, i, j] @ sample(x[image], np.array([[u, v]]))[:, 0]
    return out


def deformable_backward(grad_out, x, offset, weight):
    n, _, rows, columns = offset.shape
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for image, r, c in np.ndindex(n, rows, columns):
        g = grad_out[image, :, r, c]
        for t, (i, j) in enumerate(np.ndindex(weight.shape[2:])):
            at = np.array([[r + i + offset[image, 2 * t, r, c], c + j + offset[image, 2 * t + 1, r, c]]])
            grad_weight[:, :, i, j] += np.outer(g, sample(x[image], at))
            back, place = sample_backward((g @ weight[:, :, i, j])[:, None], x[image], at)
            grad_x[image] += back
            grad_offset[image, 2 * t : 2 * t + 2, r, c] = place[0]
    return grad_x, grad_offset, grad_weight


# question: q9
def partial(x, mask, weight, bias):
    out = np.zeros((len(x), len(weight), *x.shape[2:]))
    new_mask = np.zeros((len(x), 1, *x.shape[2:]))
    _, _, k_h, k_w = weight.shape
    for n, r, c in np.ndindex(len(x), *x.shape[2:]):
        known, total = 0, np.zeros(len(weight))
        for i, j in np.ndindex(k_h, k_w):
            row, column = r + i - k_h // 2, c + j - k_w // 2
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3] and mask[n, 0, row, column]:
                known += 1
                total += weight[:, :, i, j] @ x[n, :, row, column]
        if known:
            new_mask[n, 0, r, c] = 1
            out[n, :, r, c] = total * (k_h * k_w / known) + bias
    return out, new_mask


def partial_backward(grad_out, x, mask, weight):
    grad_x, grad_weight, grad_bias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(len(weight))
    _, _, k_h, k_w = weight.shape
    for n, r, c in np.ndindex(len(x), *x.shape[2:]):
        taps = []
        for i, j in np.ndindex(k_h, k_w):
            row, column = r + i - k_h // 2, c + j - k_w // 2
            if 0 <= row < x.shape[2] and 0 <= column < x.shape[3] and mask[n, 0, row, column]:
                taps.append((i, j, row, column))
        for i, j, row, column in taps:
            g = grad_out[n, :, r, c] * (k_h * k_w / len(taps))
            grad_x[n, :, row, column] += g @ weight[:, :, i, j]
            grad_weight[:, :, i, j] += np.outer(g, x[n, :, row, column])
        grad_bias += grad_out[n, :, r, c] * bool(taps)
    return grad_x, grad_weight, grad_bias


# question: q10
def neighbours(sites, kernel_size):
    k_h, k_w = kernel_size
    table = np.full((len(sites), k_h, k_w), -1)
    for p in range(len(sites)):
        for q in range(len(sites)):
            i, j = sites[q, 0] - sites[p, 0] + k_h // 2, sites[q, 1] - sites[p, 1] + k_w // 2
            if 0 <= i < k_h and 0 <= j < k_w:
                table[p, i, j] = q
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)))
    for p, i, j in np.ndindex(table.shape):
        if table[p, i, j] != -1:
            out[p] += weight[:, :, i, j] @ features[table[p, i, j]]
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros(features.shape), np.zeros(weight.shape)
    for p, i, j in np.ndindex(table.shape):
        q = table[p, i, j]
        if q != -1:
            grad_features[q] += grad_out[p] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] += np.outer(grad_out[p], features[q])
    return grad_features, grad_weight


# question: q11
def check_transposed(up):
    rng = np.random.default_rng(7)
    for size, kernel, stride, padding in [
        ((4, 6), (2, 3), 1, 0),
        ((6, 5), (3, 3), 2, 1),
        ((9, 8), (3, 2), 3, 0),
        ((6, 9), (5, 4), 2, 2),
        ((7, 8), (3, 3), 2, 0),
        ((3, 3), (1, 1), 1, 0),
    ]:
        rows, columns = [(n + 2 * padding - k) // stride + 1 for n, k in zip(size, kernel, strict=True)]
        x, weight = rng.normal(size=(2, 2, rows, columns)), rng.normal(size=(2, 3, *kernel))
        wanted = np.zeros((2, 3, *size))
        for i, j, r, c in np.ndindex(*kernel, rows, columns):
            row, column = r * stride + i - padding, c * stride + j - padding
            if 0 <= row < size[0] and 0 <= column < size[1]:
                wanted[:, :, row, column] += x[:, :, r, c] @ weight[:, :, i, j]
        first, second = x.copy(), weight.copy()
        try:
            found = up(first, second, size, stride, padding)
            if found.shape != wanted.shape or not np.allclose(found, wanted):
                return False
        except Exception:
            return False
        if not (np.array_equal(first, x) and np.array_equal(second, weight)):
            return False
    return True
