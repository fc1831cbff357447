"""Right answers by other ways than most take. Text; nobody imports it."""

# answer: q1, one slice of a padded image for each tap, in float64
def dilated_conv2d(x, weight, dilation):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = dilation * (kh // 2), dilation * (kw // 2)
    wide = np.zeros((*x.shape[:2], H + 2 * p, W + 2 * q))
    wide[:, :, p : p + H, q : q + W] = x
    out = np.zeros((len(x), len(weight), H, W))
    for i, j in np.ndindex(kh, kw):
        seen = wide[:, :, i * dilation : i * dilation + H, j * dilation : j * dilation + W]
        out += np.tensordot(seen, weight[:, :, i, j], (1, 1)).transpose(0, 3, 1, 2)
    return out


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    grad_x = dilated_conv2d(grad_out, weight.swapaxes(0, 1)[:, :, ::-1, ::-1], dilation)
    grad_weight = np.zeros(weight.shape)
    p, q = dilation * (kh // 2), dilation * (kw // 2)
    for i, j in np.ndindex(kh, kw):
        down, right = i * dilation - p, j * dilation - q
        rows = slice(max(0, -down), max(0, min(H, H - down)))
        columns = slice(max(0, -right), max(0, min(W, W - right)))
        met = np.roll(x, (-down, -right), axis=(2, 3))[:, :, rows, columns]
        grad_weight[:, :, i, j] = np.einsum("nfrc,nmrc->fm", grad_out[:, :, rows, columns], met)
    return grad_x, grad_weight


# answer: q2, zeros in between, a frame, and the turned kernel
def transposed(x, weight, size, stride=1, padding=0):
    n, c, h, w = x.shape
    kh, kw = weight.shape[2:]
    over = []
    for length, k, count in ((size[0], kh, h), (size[1], kw, w)):
        left = length + 2 * padding - ((count - 1) * stride + k)
        if not 0 <= left < stride:
            raise ValueError(f"{size} has {left} rows or columns left over")
        over.append(left)
    spread = np.zeros((n, c, (h - 1) * stride + 1 + 2 * (kh - 1) + over[0], (w - 1) * stride + 1 + 2 * (kw - 1) + over[1]))
    spread[:, :, kh - 1 :, kw - 1 :][:, :, : (h - 1) * stride + 1 : stride, : (w - 1) * stride + 1 : stride] = x
    full = conv2d(spread, weight.swapaxes(0, 1)[:, :, ::-1, ::-1].astype(float))
    return full[:, :, padding : padding + size[0], padding : padding + size[1]]


# answer: q2, the gradient of a plain convolution by its image
def transposed(x, weight, size, stride=1, padding=0):
    high, wide = size[0] + 2 * padding, size[1] + 2 * padding
    reached = (high - weight.shape[2]) // stride + 1, (wide - weight.shape[3]) // stride + 1
    if reached != x.shape[2:]:
        raise ValueError(f"size {size} leads to {reached}, not to {x.shape[2:]}")
    canvas = np.zeros((len(x), weight.shape[1], high, wide), x.dtype)
    painted, _ = conv2d_backward(x, canvas, weight, stride)
    return np.ascontiguousarray(painted[..., padding : high - padding, padding : wide - padding])


# answer: q3, a slice of the padded gradient for each tap, by tensordot
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    h, w = x.shape[2:]
    kh, kw = weight.shape[2:]
    g = np.zeros((*grad_out.shape[:2], grad_out.shape[2] + 2 * padding, grad_out.shape[3] + 2 * padding))
    g[:, :, padding : padding + grad_out.shape[2], padding : padding + grad_out.shape[3]] = grad_out
    grad_x, grad_weight = np.zeros(x.shape), np.empty(weight.shape)
    for i, j in np.ndindex(kh, kw):
        met = g[:, :, i : i + (h - 1) * stride + 1 : stride, j : j + (w - 1) * stride + 1 : stride]
        grad_x += np.moveaxis(np.tensordot(weight[:, :, i, j], met, (1, 1)), 0, 1)
        grad_weight[:, :, i, j] = np.tensordot(x, met, ((0, 2, 3), (0, 2, 3)))
    return grad_x, grad_weight


# answer: q4, np.add.at by the rest of a division
def phase_sums(kernel, stride):
    r, c = np.indices(kernel.shape) % stride
    sums = np.zeros((stride, stride))
    np.add.at(sums, (r, c), kernel)
    return sums


def evened(kernel, stride):
    if min(kernel.shape) < stride:
        raise ValueError("some kind has no tap")
    factors = np.ones(kernel.shape)
    for a in range(stride):
        for b in range(stride):
            total = kernel[a::stride, b::stride].sum()
            if total == 0:
                raise ValueError(f"the taps of kind ({a}, {b}) add up to 0")
            factors[a::stride, b::stride] = total
    return kernel / factors


# answer: q5, a mask of blocks by np.kron
def blocks(f, c, groups):
    return np.kron(np.eye(groups), np.ones((f // groups, c // groups)))


def spread_groups(weight, groups):
    f, part = weight.shape[:2]
    if f % groups != 0:
        raise ValueError(f"{groups} groups, {f} kernels")
    return np.tile(weight, (1, groups, 1, 1)) * blocks(f, part * groups, groups)[:, :, None, None]


def gather_groups(grad_full, groups):
    f, c, kh, kw = grad_full.shape
    if f % groups != 0 or c % groups != 0:
        raise ValueError(f"{groups} groups, {f} kernels of {c} channels")
    kept = grad_full * blocks(f, c, groups)[:, :, None, None]
    return kept.reshape(f, groups, c // groups, kh, kw).sum(axis=1)


# answer: q6, one plain kernel for both steps, and the stride at the end
def separable(x, depth, point, stride=1):
    both = point[:, :, None, None] * depth[None]
    return conv2d(x, both)[:, :, ::stride, ::stride].copy()


def separable_backward(grad_out, x, depth, point, stride=1):
    both = point[:, :, None, None] * depth[None]
    grad_x, grad_both = conv2d_backward(grad_out, x, both, stride)
    return grad_x, np.einsum("fmij,fm->mij", grad_both, point), np.einsum("fmij,mij->fm", grad_both, depth)


# answer: q7, matrices of tents
def shares(points, size):
    """(P, size): the share of each row, and its derivative by the place."""
    whole = np.floor(points)
    part = (points - whole)[:, None]
    here = np.arange(size) == whole[:, None]
    after = np.arange(size) == whole[:, None] + 1
    return here * (1 - part) + after * part, after * 1.0 - here


def sample(image, points):
    down, _ = shares(points[:, 0], image.shape[1])
    right, _ = shares(points[:, 1], image.shape[2])
    return np.einsum("pr,mrc,pc->mp", down, image, right)


def sample_backward(grad_out, image, points):
    down, by_down = shares(points[:, 0], image.shape[1])
    right, by_right = shares(points[:, 1], image.shape[2])
    grad_image = np.einsum("pr,mp,pc->mrc", down, grad_out, right)
    u = np.einsum("pr,mrc,pc,mp->p", by_down, image, right, grad_out)
    v = np.einsum("pr,mrc,pc,mp->p", down, image, by_right, grad_out)
    return grad_image, np.array([u, v]).T


# answer: q7, a frame of two zeros, points moved along, np.add.at
def corners(image, points):
    C, H, W = image.shape
    frame = np.zeros((C, H + 4, W + 4))
    frame[:, 2:-2, 2:-2] = image
    u = np.clip(points[:, 0].astype(float), -2, H) + 2
    v = np.clip(points[:, 1].astype(float), -2, W) + 2
    r, c = np.floor(u).astype(int), np.floor(v).astype(int)
    return frame, r, c, u - r, v - c


def sample(image, points):
    frame, r, c, a, b = corners(image, points)
    top = frame[:, r, c] + b * (frame[:, r, c + 1] - frame[:, r, c])
    low = frame[:, r + 1, c] + b * (frame[:, r + 1, c + 1] - frame[:, r + 1, c])
    return top + a * (low - top)


def sample_backward(grad_out, image, points):
    frame, r, c, a, b = corners(image, points)
    grad = np.zeros_like(frame)
    for y, x, share in ((r, c, (1 - a) * (1 - b)), (r, c + 1, (1 - a) * b), (r + 1, c, a * (1 - b)), (r + 1, c + 1, a * b)):
        np.add.at(grad, (slice(None), y, x), share * grad_out)
    down = (1 - b) * (frame[:, r + 1, c] - frame[:, r, c]) + b * (frame[:, r + 1, c + 1] - frame[:, r, c + 1])
    right = (1 - a) * (frame[:, r, c + 1] - frame[:, r, c]) + a * (frame[:, r + 1, c + 1] - frame[:, r + 1, c])
    return grad[:, 2:-2, 2:-2].copy(), np.stack([(down * grad_out).sum(axis=0), (right * grad_out).sum(axis=0)], axis=1)


# answer: q8, one tap at a time, without q7
def reading(x, u, v):
    """x (C, H, W) at u, v (H', W'): what is read, and its derivatives by u and v, each (C, H', W')."""
    C, H, W = x.shape
    frame = np.zeros((C, H + 2, W + 2))
    frame[:, 1:-1, 1:-1] = x
    r, c = np.floor(u).astype(int), np.floor(v).astype(int)
    a, b = u - r, v - c

    def at(r, c):
        inside = (r >= 0) & (r < H) & (c >= 0) & (c < W)
        return np.where(inside, r + 1, 0), np.where(inside, c + 1, 0)

    four = [at(r, c), at(r, c + 1), at(r + 1, c), at(r + 1, c + 1)]
    parts = [(1 - a) * (1 - b), (1 - a) * b, a * (1 - b), a * b]
    p, q, s, t = (frame[:, y, z] for y, z in four)
    value = sum(k * one for k, one in zip(parts, (p, q, s, t)))
    return value, (1 - b) * (s - p) + b * (t - q), (1 - a) * (q - p) + a * (t - s), four, parts


def each_tap(x, offset, weight):
    (kh, kw), (H, W) = weight.shape[2:], offset.shape[2:]
    r, c = np.mgrid[:H, :W]
    for n in range(len(x)):
        for i in range(kh):
            for j in range(kw):
                t = 2 * (i * kw + j)
                yield n, i, j, t, reading(x[n], r + i + offset[n, t], c + j + offset[n, t + 1])


def deformable(x, offset, weight):
    out = np.zeros((len(x), len(weight), *offset.shape[2:]))
    for n, i, j, _, (value, *_) in each_tap(x, offset, weight):
        out[n] += np.tensordot(weight[:, :, i, j], value, 1)
    return out


def deformable_backward(grad_out, x, offset, weight):
    H, W = x.shape[2:]
    wide, grad_offset = np.zeros((len(x), x.shape[1], H + 2, W + 2)), np.zeros(offset.shape)
    grad_weight = np.zeros(weight.shape)
    for n, i, j, t, (value, down, right, four, parts) in each_tap(x, offset, weight):
        grad_weight[:, :, i, j] += np.einsum("frc,mrc->fm", grad_out[n], value)
        back = np.tensordot(weight[:, :, i, j].T, grad_out[n], 1)
        grad_offset[n, t], grad_offset[n, t + 1] = (back * down).sum(axis=0), (back * right).sum(axis=0)
        for (y, z), part in zip(four, parts):
            np.add.at(wide[n], (slice(None), y, z), back * part)
    return wide[:, :, 1:-1, 1:-1].copy(), grad_offset, grad_weight


# answer: q9, window by window
def windows(shape, kernel):
    (H, W), (kh, kw) = shape, kernel
    for r in range(H):
        for c in range(W):
            top, left = r - kh // 2, c - kw // 2
            rows, columns = slice(max(0, top), min(H, top + kh)), slice(max(0, left), min(W, left + kw))
            taps = slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left)
            yield r, c, rows, columns, taps


def partial(x, mask, weight, bias):
    out, new_mask = np.zeros((len(x), len(weight), *x.shape[2:])), np.zeros(mask.shape)
    for r, c, rows, columns, (i, j) in windows(x.shape[2:], weight.shape[2:]):
        for n in range(len(x)):
            known = mask[n, 0, rows, columns]
            if known.any():
                seen = np.where(known > 0, x[n, :, rows, columns], 0)
                factor = weight.shape[2] * weight.shape[3] / known.sum()
                out[n, :, r, c] = factor * np.tensordot(weight[:, :, i, j], seen, 3) + bias
                new_mask[n, 0, r, c] = 1
    return out, new_mask


def partial_backward(grad_out, x, mask, weight):
    grad_x, grad_weight, grad_bias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(len(weight))
    for r, c, rows, columns, (i, j) in windows(x.shape[2:], weight.shape[2:]):
        for n in range(len(x)):
            known = mask[n, 0, rows, columns]
            if not known.any():
                continue
            g = grad_out[n, :, r, c]
            grad_bias += g
            g = g * weight[0, 0].size / np.count_nonzero(known)
            grad_weight[:, :, i, j] += g[:, None, None, None] * (known * x[n, :, rows, columns])
            grad_x[n, :, rows, columns] += known * np.tensordot(g, weight[:, :, i, j], 1)
    return grad_x, grad_weight, grad_bias
