"""Right answers by other ways than most take. Text; nobody imports it."""

# answer: q1, the other way round: pixels send what they have
def reach(length, shift):
    """Rows that read, and rows that are read, where row r reads row r + shift."""
    return slice(max(0, -shift), length - max(0, shift)), slice(max(0, shift), length + min(0, shift))


def taps(x, weight, d):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    for i in range(kh):
        for j in range(kw):
            down, right = d * (i - kh // 2), d * (j - kw // 2)
            if abs(down) < H and abs(right) < W:
                yield i, j, *reach(H, down), *reach(W, right)


def dilated_conv2d(x, weight, dilation):
    out = np.zeros((x.shape[0], weight.shape[0], *x.shape[2:]))
    for i, j, r, u, c, v in taps(x, weight, dilation):
        out[:, :, r, c] += np.einsum("nmuv,fm->nfuv", x[:, :, u, v], weight[:, :, i, j])
    return out


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for i, j, r, u, c, v in taps(x, weight, dilation):
        grad_weight[:, :, i, j] = np.einsum("nfuv,nmuv->fm", grad_out[:, :, r, c], x[:, :, u, v])
        grad_x[:, :, u, v] += np.einsum("nfuv,fm->nmuv", grad_out[:, :, r, c], weight[:, :, i, j])
    return grad_x, grad_weight


# answer: q2, the definition, number by number, a dict of what is painted
def transposed(x, weight, size, stride=1, padding=0):
    fits = [-(-(n + 2 * padding - k + 1) // stride) for n, k in zip(size, weight.shape[2:])]
    if tuple(fits) != tuple(x.shape[2:]):
        raise ValueError(f"size {tuple(size)}: a convolution would give {fits}")
    out = np.zeros((len(x), weight.shape[1], *size))
    pictures = np.einsum("nmrc,mfij->rcijnf", x, weight)
    for r, c, i, j in np.ndindex(*pictures.shape[:4]):
        u, v = r * stride + i - padding, c * stride + j - padding
        if 0 <= u < size[0] and 0 <= v < size[1]:
            out[:, :, u, v] += pictures[r, c, i, j]
    return out


# answer: q4, padded to whole blocks and folded
def phase_sums(kernel, stride):
    kh, kw = kernel.shape
    wide = np.pad(kernel, ((0, -kh % stride), (0, -kw % stride)))
    return wide.reshape(wide.shape[0] // stride, stride, -1, stride).sum(axis=(0, 2))


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if not sums.all():
        raise ValueError(f"sums with zeros: {sums.tolist()}")
    kh, kw = kernel.shape
    return kernel / np.tile(sums, (-(-kh // stride), -(-kw // stride)))[:kh, :kw]


# answer: q7, complex numbers for points, bincount for what adds up
def four(points):
    place = points[:, 0].astype(float) + 1j * points[:, 1].astype(float)
    low = np.floor(place.real) + 1j * np.floor(place.imag)
    a, b = (place - low).real, (place - low).imag
    for down in (0, 1):
        for right in (0, 1):
            p, q = (a if down else 1 - a), (b if right else 1 - b)
            yield (low.real + down).astype(int), (low.imag + right).astype(int), p * q, (2 * down - 1) * q, (2 * right - 1) * p


def sample(image, points):
    H, W = image.shape[1:]
    out = np.zeros((len(image), len(points)))
    for r, c, share, _, _ in four(points):
        inside = (r > -1) & (r < H) & (c > -1) & (c < W)
        out[:, inside] += share[inside] * image[:, r[inside], c[inside]]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros((C, H * W)), np.zeros((len(points), 2))
    for r, c, share, down, right in four(points):
        inside = (r > -1) & (r < H) & (c > -1) & (c < W)
        place = r[inside] * W + c[inside]
        for m in range(C):
            grad_image[m] += np.bincount(place, share[inside] * grad_out[m, inside], H * W)
        met = (grad_out[:, inside] * image[:, r[inside], c[inside]]).sum(axis=0)
        grad_points[inside, 0] += down[inside] * met
        grad_points[inside, 1] += right[inside] * met
    return grad_image.reshape(C, H, W), grad_points


# answer: q9, ordinary convolutions of the masked image, divided by the mean of the mask
def pad_same(maps, weight):
    p, q = (k // 2 for k in weight.shape[2:])
    return np.pad(maps, [(0, 0), (0, 0), (p, p), (q, q)])


def share_known(mask, weight):
    ones = np.ones((1, 1, *weight.shape[2:])) / (weight.shape[2] * weight.shape[3])
    share = conv2d(pad_same(mask.astype(float), weight), ones)
    return share, share > 0.5 / ones.size


def partial(x, mask, weight, bias):
    share, open_ = share_known(mask, weight)
    sums = conv2d(pad_same(np.where(mask == 1, x, 0).astype(float), weight), weight.astype(float))
    out = np.divide(sums, share, out=np.zeros_like(sums), where=np.broadcast_to(open_, sums.shape))
    out += np.where(open_, bias.reshape(1, -1, 1, 1), 0)
    return out, open_.astype(float)


def partial_backward(grad_out, x, mask, weight):
    share, open_ = share_known(mask, weight)
    g = np.where(open_, grad_out / np.where(open_, share, 1), 0)
    seen = pad_same(np.where(mask == 1, x, 0).astype(float), weight)
    gx, gw = conv2d_backward(g, seen, weight.astype(float))
    p, q = (k // 2 for k in weight.shape[2:])
    gx = gx[:, :, p : gx.shape[2] - p, q : gx.shape[3] - q]
    return np.where(mask == 1, gx, 0), gw, np.where(open_, grad_out, 0).sum(axis=(0, 2, 3))


# answer: q10, back by a forward pass with the kernel turned: who hears me, I hear on the other side
def neighbours(sites, kernel_size):
    numbers = dict(zip(map(tuple, sites.tolist()), range(len(sites))))
    down = range(-(kernel_size[0] // 2), kernel_size[0] // 2 + 1)
    right = range(-(kernel_size[1] // 2), kernel_size[1] // 2 + 1)
    return np.array([[[numbers.get((r + i, c + j), -1) for j in right] for i in down] for r, c in sites.tolist()])


def submanifold(features, table, weight):
    out = np.zeros((len(table), len(weight)))
    for p, window in enumerate(table):
        for (i, j), q in np.ndenumerate(window):
            if q != -1:
                out[p] += weight[:, :, i, j] @ features[q]
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features = submanifold(grad_out, table, weight.swapaxes(0, 1)[:, :, ::-1, ::-1])
    grad_weight = np.zeros(weight.shape)
    for (p, i, j), q in np.ndenumerate(table):
        if q >= 0:
            grad_weight[:, :, i, j] += np.outer(grad_out[p], features[q])
    return grad_features, grad_weight


# answer: q11, small whole numbers, where every sum is exact
def check_transposed(up):
    rng = np.random.default_rng()
    for trial in range(24):
        n, c, f, kh, kw = map(int, rng.integers(1, 4, 5) + (trial % 2 == 0))
        s, p = trial % 4 + 1, trial // 4 % 3
        h, w = map(int, rng.integers(2, 5, 2))
        high, wide = (h - 1) * s + kh - 2 * p + int(rng.integers(0, s)), (w - 1) * s + kw - 2 * p + int(rng.integers(0, s))
        if high < 1 or wide < 1:
            continue
        draw = lambda *shape: rng.integers(-9, 10, shape).astype(float)
        x, weight, z = draw(n, c, h, w), draw(c, f, kh, kw), draw(n, f, high, wide)
        padded = np.zeros((n, f, high + 2 * p, wide + 2 * p))
        padded[:, :, p : p + high, p : p + wide] = z
        left = float((conv2d(padded, weight, s) * x).sum())
        before = x.tobytes(), weight.tobytes()
        try:
            y = up(x, weight, (high, wide), s, p)
            good = isinstance(y, np.ndarray) and y.shape == z.shape and abs(float((y * z).sum()) - left) < 1e-6
        except Exception:
            return False
        if not good or (x.tobytes(), weight.tobytes()) != before:
            return False
    return True
