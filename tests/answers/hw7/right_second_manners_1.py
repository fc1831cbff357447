"""Right answers to q7 to q11, in other styles. Text; nobody imports it."""

# answer: q7, point by point and pixel by pixel, skipping those outside
import math


def _around(u, v, H, W):
    r, c = math.floor(u), math.floor(v)
    for row, down, by_u in ((r, r + 1 - u, -1), (r + 1, u - r, 1)):
        for column, right, by_v in ((c, c + 1 - v, -1), (c + 1, v - c, 1)):
            if 0 <= row < H and 0 <= column < W:
                yield row, column, down, right, by_u, by_v


def sample(image, points):
    C, H, W = image.shape
    out = np.zeros((C, len(points)))
    for p, (u, v) in enumerate(points.tolist()):
        for row, column, down, right, _, _ in _around(u, v, H, W):
            out[:, p] += down * right * image[:, row, column]
    return out


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    grad_image, grad_points = np.zeros((C, H, W)), np.zeros((len(points), 2))
    for p, (u, v) in enumerate(points.tolist()):
        for row, column, down, right, by_u, by_v in _around(u, v, H, W):
            grad_image[:, row, column] += down * right * grad_out[:, p]
            slope = float(grad_out[:, p].astype(float) @ image[:, row, column].astype(float))
            grad_points[p] += by_u * right * slope, by_v * down * slope
    return grad_image, grad_points


# answer: q7, pads by two, brings far points back, and adds up with np.add.at over flat places
def _prepare(image, points):
    C, H, W = image.shape
    wide = np.pad(image.astype(np.float64), ((0, 0), (2, 2), (2, 2)))
    u = np.clip(points[:, 0].astype(np.float64), -2, H) + 2
    v = np.clip(points[:, 1].astype(np.float64), -2, W) + 2
    r, c = np.floor(u), np.floor(v)
    flat = (r * (W + 4) + c).astype(np.int64)
    places = np.stack([flat, flat + 1, flat + W + 4, flat + W + 5])
    return wide.reshape(C, -1), places, u - r, v - c


def sample(image, points):
    wide, places, a, b = _prepare(image, points)
    shares = np.stack([(1 - a) * (1 - b), (1 - a) * b, a * (1 - b), a * b])
    return (wide[:, places] * shares).sum(axis=1)


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    wide, places, a, b = _prepare(image, points)
    shares = np.stack([(1 - a) * (1 - b), (1 - a) * b, a * (1 - b), a * b])
    grad_wide = np.zeros_like(wide)
    np.add.at(grad_wide, (slice(None), places), grad_out[:, None] * shares)
    felt = np.einsum("mp,mkp->kp", grad_out, wide[:, places])
    by_u = (1 - b) * (felt[2] - felt[0]) + b * (felt[3] - felt[1])
    by_v = (1 - a) * (felt[1] - felt[0]) + a * (felt[3] - felt[2])
    grad_image = grad_wide.reshape(C, H + 4, W + 4)[:, 2 : 2 + H, 2 : 2 + W]
    return grad_image, np.column_stack([by_u, by_v])


# answer: q7, tents along rows and along columns as matrices
def _tents(places, n):
    """How much each place reads of each of n rows, and its derivative."""
    places = np.asarray(places, dtype=np.float64)[:, None]
    low, rows = np.floor(places), np.arange(n)[None]
    share = np.where(rows == low, low + 1 - places, 0) + np.where(rows == low + 1, places - low, 0)
    return share, (rows == low + 1).astype(float) - (rows == low)


def sample(image, points):
    down, _ = _tents(points[:, 0], image.shape[1])
    right, _ = _tents(points[:, 1], image.shape[2])
    return np.einsum("pr,mrc,pc->mp", down, image, right, optimize=True)


def sample_backward(grad_out, image, points):
    down, by_u = _tents(points[:, 0], image.shape[1])
    right, by_v = _tents(points[:, 1], image.shape[2])
    grad_image = np.einsum("mp,pr,pc->mrc", grad_out, down, right, optimize=True)
    seen = np.einsum("mp,mrc->prc", grad_out, image, optimize=True)
    grad_u = np.einsum("pr,prc,pc->p", by_u, seen, right)
    grad_v = np.einsum("pr,prc,pc->p", down, seen, by_v)
    return grad_image, np.stack([grad_u, grad_v], axis=-1)


# answer: q7, clipped places with shares of 0 for those outside, np.bincount for the sums
def _pixels(image, points):
    H, W = image.shape[1:]
    base = np.floor(points.astype(float))
    part = points - base
    for i in (0, 1):
        for j in (0, 1):
            row, column = base[:, 0] + i, base[:, 1] + j
            known = (row >= 0) * (row < H) * (column >= 0) * (column < W) * 1.0
            flat = np.clip(row, 0, H - 1) * W + np.clip(column, 0, W - 1)
            down = part[:, 0] if i else 1 - part[:, 0]
            right = part[:, 1] if j else 1 - part[:, 1]
            yield flat.astype(int), known, down, right, (-1, 1)[i], (-1, 1)[j]


def sample(image, points):
    pixels = image.reshape(len(image), -1).astype(float)
    return sum(known * down * right * pixels[:, at] for at, known, down, right, _, _ in _pixels(image, points))


def sample_backward(grad_out, image, points):
    C, H, W = image.shape
    pixels = image.reshape(C, -1).astype(float)
    grad_pixels, grad_points = np.zeros((C, H * W)), np.zeros(points.shape)
    for at, known, down, right, i, j in _pixels(image, points):
        for m in range(C):
            grad_pixels[m] += np.bincount(at, known * down * right * grad_out[m], H * W)
        felt = known * (grad_out * pixels[:, at]).sum(axis=0)
        grad_points += np.stack([i * right * felt, j * down * felt], axis=1)
    return grad_pixels.reshape(C, H, W), grad_points


# answer: q8, tap by tap, one reading for each
def _places(offset, t, i, j):
    down, right = offset[2 * t], offset[2 * t + 1]
    rows, columns = np.indices(down.shape)
    return np.stack([(rows + i + down).ravel(), (columns + j + right).ravel()], axis=1)


def deformable(x, offset, weight):
    N, (F, C, kh, kw) = len(x), weight.shape
    H, W = offset.shape[2:]
    out = np.zeros((N, F, H, W))
    for n in range(N):
        for t in range(kh * kw):
            i, j = divmod(t, kw)
            z = sample(x[n], _places(offset[n], t, i, j))
            out[n] += (weight[:, :, i, j] @ z).reshape(F, H, W)
    return out


def deformable_backward(grad_out, x, offset, weight):
    N, (F, C, kh, kw) = len(x), weight.shape
    grad_x, grad_offset, grad_weight = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(weight.shape)
    for n in range(N):
        g = grad_out[n].reshape(F, -1)
        for t in range(kh * kw):
            i, j = divmod(t, kw)
            points = _places(offset[n], t, i, j)
            grad_weight[:, :, i, j] += g @ sample(x[n], points).T
            by_image, by_points = sample_backward(weight[:, :, i, j].T @ g, x[n], points)
            grad_x[n] += by_image
            grad_offset[n, 2 * t : 2 * t + 2] = by_points.T.reshape(2, *offset.shape[2:])
    return grad_x, grad_offset, grad_weight


# answer: q8, anew, without q7: tents along rows and columns for each place
def _tents(places, n):
    low = np.floor(places)[..., None]
    rows, up = np.arange(n), places[..., None] - low
    first, second = (rows == low).astype(float), (rows == low + 1).astype(float)
    return (1 - up) * first + up * second, second - first


def _read(offset, weight, H, W):
    kh, kw = weight.shape[2:]
    N, _, rows, columns = offset.shape
    moves = np.array(offset, dtype=np.float64).reshape(N, kh, kw, 2, rows, columns)
    u = moves[:, :, :, 0] + np.arange(kh).reshape(-1, 1, 1, 1) + np.arange(rows).reshape(-1, 1)
    v = moves[:, :, :, 1] + np.arange(kw).reshape(-1, 1, 1) + np.arange(columns)
    return (*_tents(u, H), *_tents(v, W))


def deformable(x, offset, weight):
    down, _, right, _ = _read(offset, weight, *x.shape[2:])
    z = np.einsum("nijrca,nmab,nijrcb->nmijrc", down, x, right, optimize=True)
    return np.einsum("fmij,nmijrc->nfrc", weight, z, optimize=True)


def deformable_backward(grad_out, x, offset, weight):
    down, by_u, right, by_v = _read(offset, weight, *x.shape[2:])
    z = np.einsum("nijrca,nmab,nijrcb->nmijrc", down, x, right, optimize=True)
    grad_weight = np.einsum("nfrc,nmijrc->fmij", grad_out, z, optimize=True)
    grad_z = np.einsum("fmij,nfrc->nmijrc", weight, grad_out, optimize=True)
    grad_x = np.einsum("nmijrc,nijrca,nijrcb->nmab", grad_z, down, right, optimize=True)
    grad_u = np.einsum("nmijrc,nijrca,nmab,nijrcb->nijrc", grad_z, by_u, x, right, optimize=True)
    grad_v = np.einsum("nmijrc,nijrca,nmab,nijrcb->nijrc", grad_z, down, x, by_v, optimize=True)
    grad_offset = np.stack([grad_u, grad_v], axis=3).reshape(offset.shape)
    return grad_x, grad_offset, grad_weight


# answer: q8, window by window, the points of one window at a time
def _window(offset, kh, kw, r, c):
    taps = np.array([(r + i, c + j) for i in range(kh) for j in range(kw)], dtype=float)
    return taps + offset[:, r, c].reshape(-1, 2)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    N, _, H, W = offset.shape
    flat = weight.reshape(F, C * kh * kw)
    out = np.empty((N, F, H, W))
    for n, r, c in np.ndindex(N, H, W):
        out[n, :, r, c] = flat @ sample(x[n], _window(offset[n], kh, kw, r, c)).ravel()
    return out


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    N, _, H, W = offset.shape
    flat = weight.reshape(F, C * kh * kw).astype(float)
    grad_x, grad_offset, grad_flat = np.zeros(x.shape), np.zeros(offset.shape), np.zeros(flat.shape)
    for n, r, c in np.ndindex(N, H, W):
        points, g = _window(offset[n], kh, kw, r, c), grad_out[n, :, r, c].astype(float)
        grad_flat += np.outer(g, sample(x[n], points).ravel())
        by_image, by_points = sample_backward((g @ flat).reshape(C, -1), x[n], points)
        grad_x[n] += by_image
        grad_offset[n, :, r, c] = by_points.ravel()
    return grad_x, grad_offset, grad_flat.reshape(weight.shape)


# answer: q8, offsets with the pair at the end first, all taps of an image in one reading
def _grid(kh, kw, H, W):
    taps = np.indices((kh, kw)).reshape(2, kh * kw, 1, 1)
    return taps + np.indices((H, W)).reshape(2, 1, H, W)


def _points(offset, weight):
    kh, kw = weight.shape[2:]
    _, _, H, W = offset.shape
    moves = np.stack([offset[:, 0::2], offset[:, 1::2]], axis=1)
    return np.moveaxis(moves + _grid(kh, kw, H, W), 1, -1)


def deformable(x, offset, weight):
    F, C, kh, kw = weight.shape
    points = _points(offset, weight)
    maps = []
    for image, places in zip(x, points):
        z = sample(image, places.reshape(-1, 2)).reshape(C * kh * kw, -1)
        maps.append((weight.reshape(F, -1) @ z).reshape(F, *offset.shape[2:]))
    return np.array(maps)


def deformable_backward(grad_out, x, offset, weight):
    F, C, kh, kw = weight.shape
    by_x, by_offset, by_weight = [], np.empty(offset.shape), 0
    for n, places in enumerate(_points(offset, weight)):
        spots, g = places.reshape(-1, 2), grad_out[n].reshape(F, -1).astype(float)
        z = sample(x[n], spots).reshape(C * kh * kw, -1)
        by_weight = by_weight + g @ z.T
        one, two = sample_backward((weight.reshape(F, -1).T @ g).reshape(C, -1), x[n], spots)
        by_x.append(one)
        by_offset[n, 0::2], by_offset[n, 1::2] = np.moveaxis(two.reshape(places.shape), -1, 0)
    return np.stack(by_x), by_offset, by_weight.reshape(weight.shape)
