"""Right answers to q7 to q11, in other styles. Text; nobody imports it."""

# answer: q9, loops over taps, counting as it goes
def _windows(a, kh, kw):
    H, W = a.shape[2:]
    wide = np.pad(a.astype(np.float64), ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2)))
    for i in range(kh):
        for j in range(kw):
            yield i, j, wide[:, :, i : i + H, j : j + W]


def _factor(mask, kh, kw):
    count = sum(seen for _, _, seen in _windows(mask, kh, kw))
    knew = (count > 0).astype(float)
    return knew, np.divide(kh * kw, count, out=np.zeros_like(count), where=count > 0)


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    knew, factor = _factor(mask, kh, kw)
    total = 0
    for i, j, seen in _windows(np.where(mask > 0, x, 0), kh, kw):
        total = total + np.einsum("fm,nmrc->nfrc", weight[:, :, i, j], seen)
    return factor * total + knew * bias.reshape(1, -1, 1, 1), knew


def partial_backward(grad_out, x, mask, weight):
    kh, kw = weight.shape[2:]
    H, W = x.shape[2:]
    knew, factor = _factor(mask, kh, kw)
    g = grad_out * factor
    grad_weight = np.zeros(weight.shape)
    for i, j, seen in _windows(x * mask, kh, kw):
        grad_weight[:, :, i, j] = np.einsum("nfrc,nmrc->fm", g, seen)
    grad_x = np.zeros(x.shape)
    for i, j, back in _windows(g, kh, kw):
        grad_x += np.einsum("fm,nfrc->nmrc", weight[:, :, kh - 1 - i, kw - 1 - j], back)
    return np.where(mask > 0, grad_x, 0), grad_weight, np.einsum("nfrc,nmrc->f", grad_out, knew)


# answer: q9, windows of pixels and of the mask by sliding_window_view
def _view(a, kh, kw):
    wide = np.pad(a, ((0, 0), (0, 0), ((kh - 1) // 2,) * 2, ((kw - 1) // 2,) * 2))
    return np.lib.stride_tricks.sliding_window_view(wide, (kh, kw), axis=(2, 3))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    K = np.rint(_view(mask, kh, kw).sum(axis=(4, 5)))
    sums = np.einsum("nmrcij,fmij->nfrc", _view(mask * x, kh, kw), weight, optimize=True)
    out = kh * kw / np.where(K == 0, 1, K) * sums + bias[None, :, None, None]
    out = np.where(K == 0, 0, out)
    return out, np.minimum(K, 1)


def partial_backward(grad_out, x, mask, weight):
    kh, kw = weight.shape[2:]
    K = np.rint(_view(mask, kh, kw).sum(axis=(4, 5)))
    live = np.where(K == 0, 0, grad_out)
    scaled = live * (kh * kw / np.where(K == 0, 1, K))
    grad_weight = np.einsum("nfrc,nmrcij->fmij", scaled, _view(mask * x, kh, kw), optimize=True)
    grad_x = np.einsum("nfrcij,fmij->nmrc", _view(scaled, kh, kw), weight[:, :, ::-1, ::-1], optimize=True)
    return grad_x * mask, grad_weight, live.sum(axis=(0, 2, 3))


# answer: q9, window by window, image by image
def partial(x, mask, weight, bias):
    (N, C, H, W), (F, _, kh, kw) = x.shape, weight.shape
    out, new_mask = np.zeros((N, F, H, W)), np.zeros((N, 1, H, W))
    for n, r, c in np.ndindex(N, H, W):
        where, taps = _clip(r, c, H, W, kh, kw)
        m = mask[(n, 0, *where)]
        if m.any():
            new_mask[n, 0, r, c] = 1
            w = weight[(slice(None), slice(None), *taps)]
            total = np.einsum("fmij,ij,mij->f", w, m, x[(n, slice(None), *where)])
            out[n, :, r, c] = total * (kh * kw / m.sum()) + bias
    return out, new_mask


def partial_backward(grad_out, x, mask, weight):
    (N, C, H, W), (F, _, kh, kw) = x.shape, weight.shape
    grad_x, grad_weight, grad_bias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(F)
    every = slice(None)
    for n, r, c in np.ndindex(N, H, W):
        where, taps = _clip(r, c, H, W, kh, kw)
        m = mask[(n, 0, *where)]
        if not m.any():
            continue
        grad_bias += grad_out[n, :, r, c]
        g = grad_out[n, :, r, c] * (kh * kw / m.sum())
        grad_weight[(every, every, *taps)] += np.einsum("f,ij,mij->fmij", g, m, x[(n, every, *where)])
        grad_x[(n, every, *where)] += np.einsum("f,ij,fmij->mij", g, m, weight[(every, every, *taps)])
    return grad_x, grad_weight, grad_bias


def _clip(r, c, H, W, kh, kw):
    """The part of a window that lies in the image, and the taps over it."""
    top, left = r - kh // 2, c - kw // 2
    rows, columns = slice(max(top, 0), min(top + kh, H)), slice(max(left, 0), min(left + kw, W))
    taps = slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left)
    return (rows, columns), taps


# answer: q9, the mask rides along as one more channel of a plain convolution
def _both(x, mask, weight):
    F, C, kh, kw = weight.shape
    edges = [(0, 0), (0, 0), (kh // 2,) * 2, (kw // 2,) * 2]
    wide = np.pad(np.concatenate([x * mask, mask], axis=1).astype(float), edges)
    kernels = np.zeros((F + 1, C + 1, kh, kw))
    kernels[:F, :C], kernels[F, C] = weight, 1
    maps = conv2d(wide, kernels)
    count = maps[:, F:]
    ratio = np.where(count > 0, kh * kw / np.maximum(count, 1), 0)
    return wide[:, :C], maps[:, :F], ratio, np.sign(count)


def partial(x, mask, weight, bias):
    _, sums, ratio, known = _both(x, mask, weight)
    return sums * ratio + np.multiply(known, bias[:, np.newaxis, np.newaxis]), known


def partial_backward(grad_out, x, mask, weight):
    wide, _, ratio, known = _both(x, mask, weight)
    grad_wide, grad_weight = conv2d_backward(grad_out * ratio, wide, weight.astype(float))
    top, left = weight.shape[2] // 2, weight.shape[3] // 2
    inner = grad_wide[:, :, top : top + x.shape[2], left : left + x.shape[3]]
    return inner * mask, grad_weight, np.einsum("nfrc,nrc->f", grad_out, known[:, 0])


# answer: q10, sorted keys of 64 bits and np.searchsorted, np.add.at on the way back
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    base = 2**32
    keys = sites[:, 0].astype(np.int64) * base + sites[:, 1]
    order = np.argsort(keys)
    down = np.arange(kh) - kh // 2
    right = np.arange(kw) - kw // 2
    wanted = keys[:, None, None] + down[:, None] * base + right
    at = np.searchsorted(keys[order], wanted).clip(0, len(keys) - 1)
    found = order[at]
    return np.where(keys[found] == wanted, found, -1)


def submanifold(features, table, weight):
    known = np.vstack([features, np.zeros((1, features.shape[1]))])
    return np.einsum("pijm,fmij->pf", known[table], weight, optimize=True)


def submanifold_backward(grad_out, features, table, weight):
    M, C = features.shape
    known = np.vstack([features, np.zeros((1, C))])
    grad_weight = np.einsum("pf,pijm->fmij", grad_out, known[table], optimize=True)
    grad_known = np.zeros((M + 1, C))
    np.add.at(grad_known, table, np.einsum("pf,fmij->pijm", grad_out, weight))
    return grad_known[:M], grad_weight


# answer: q10, a dict of complex numbers, and lists of pairs
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {complex(int(r), int(c)): n for n, (r, c) in enumerate(sites)}
    taps = [[complex(i - (kh - 1) // 2, j - (kw - 1) // 2) for j in range(kw)] for i in range(kh)]
    return np.array([[[number.get(site + tap, -1) for tap in row] for row in taps] for site in number])


def _pairs(table):
    for p, i, j in np.argwhere(table >= 0):
        yield p, table[p, i, j], i, j


def submanifold(features, table, weight):
    out = np.zeros((features.shape[0], weight.shape[0]))
    for p, q, i, j in _pairs(table):
        out[p] += weight[:, :, i, j] @ features[q]
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros(features.shape), np.zeros(weight.shape)
    for p, q, i, j in _pairs(table):
        grad_features[q] += grad_out[p] @ weight[:, :, i, j]
        grad_weight[:, :, i, j] += np.outer(grad_out[p], features[q])
    return grad_features, grad_weight


# answer: q10, each tap as a matrix of who hears whom
def neighbours(sites, kernel_size):
    places = {tuple(map(int, site)): n for n, site in enumerate(sites)}
    table = np.empty((len(sites), *kernel_size), dtype=np.int32)
    middle = [k // 2 for k in kernel_size]
    for n, i, j in np.ndindex(*table.shape):
        row, column = int(sites[n, 0]) + i - middle[0], int(sites[n, 1]) + j - middle[1]
        table[n, i, j] = places[row, column] if (row, column) in places else -1
    return table


def _hears(column):
    return (column[:, None] == np.arange(len(column))).astype(np.float64)


def submanifold(features, table, weight):
    kh, kw = table.shape[1:]
    parts = [_hears(table[:, i, j]) @ features @ weight[:, :, i, j].T for i in range(kh) for j in range(kw)]
    return sum(parts)


def submanifold_backward(grad_out, features, table, weight):
    grad_features = np.zeros(features.shape)
    grad_weight = np.zeros(weight.shape)
    for i, j in np.ndindex(*table.shape[1:]):
        back = _hears(table[:, i, j]).T @ grad_out
        grad_features += back @ weight[:, :, i, j]
        grad_weight[:, :, i, j] = back.T @ features
    return grad_features, grad_weight


# answer: q10, keeps features of those heard times a mask, np.bincount on the way back
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    where = dict(zip(map(tuple, sites.tolist()), range(len(sites))))
    table = []
    for row, column in sites.tolist():
        rows = range(row - kh // 2, row + kh // 2 + 1)
        columns = range(column - kw // 2, column + kw // 2 + 1)
        table.append([[where.get((r, c), -1) for c in columns] for r in rows])
    return np.array(table, dtype=np.int64)


def submanifold(features, table, weight):
    M, kh, kw = table.shape
    heard = features[table] * (table >= 0)[..., None]
    flat = np.moveaxis(weight, 1, -1).reshape(len(weight), -1)
    return heard.reshape(M, -1) @ flat.T


def submanifold_backward(grad_out, features, table, weight):
    M, C = features.shape
    heard = features[table] * (table >= 0)[..., None]
    grad_weight = np.tensordot(grad_out, heard, axes=(0, 0)).transpose(0, 3, 1, 2)
    share = np.tensordot(grad_out, weight, axes=(1, 0))
    places = table.ravel() + 1
    columns = [np.bincount(places, share[:, m].ravel(), M + 1)[1:] for m in range(C)]
    return np.stack(columns, axis=1), grad_weight


# answer: q11, whole numbers and exact comparison, over all combinations of a few settings
import itertools


def check_transposed(up):
    rng = np.random.default_rng(0)
    settings = itertools.product([(2, 3), (4, 3), (3, 1)], [1, 2, 3], [0, 1], [(0, 0), (1, 0), (0, 2)])
    for (kh, kw), stride, padding, left in settings:
        if max(left) >= stride:
            continue
        H, W = 3, 4
        size = (
            stride * (H - 1) + kh - 2 * padding + left[0],
            stride * (W - 1) + kw - 2 * padding + left[1],
        )
        x = rng.integers(-9, 10, size=(2, 2, H, W)).astype(float)
        weight = rng.integers(-9, 10, size=(2, 3, kh, kw)).astype(float)
        z = rng.integers(-9, 10, size=(2, 3, *size)).astype(float)
        around = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
        expected = (conv2d(np.pad(z, around), weight, stride) * x).sum()
        given = x.copy(), weight.copy()
        try:
            answer = up(*given, size, stride, padding)
            if type(answer) is not np.ndarray or answer.shape != z.shape:
                return False
            if (given[0] != x).any() or (given[1] != weight).any():
                return False
            if not abs(float((answer * z).sum()) - expected) < 1e-6:
                return False
        except Exception:
            return False
    return True
