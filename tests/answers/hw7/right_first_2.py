"""Right answers by other ways than most take. Text; nobody imports it."""

# answer: q10, sorted keys and searchsorted, a row of zeros that -1 reads
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    wide = np.int64(3 * 10**9)  # rows and columns stay below a third of it: no two sites have the same key
    key = sites[:, 0].astype(np.int64) * wide + sites[:, 1]
    order = np.argsort(key)
    table = np.empty((len(sites), kh, kw), dtype=np.int64)
    for i in range(kh):
        for j in range(kw):
            wanted = key + (i - kh // 2) * wide + (j - kw // 2)
            place = np.minimum(np.searchsorted(key[order], wanted), len(key) - 1)
            table[:, i, j] = np.where(key[order][place] == wanted, order[place], -1)
    return table


def read(features, table):
    """(M, kh, kw, C): what each tap reads; -1 reads the row of zeros at the end."""
    return np.concatenate([features, np.zeros((1, features.shape[1]))])[table]


def submanifold(features, table, weight):
    return np.einsum("pijm,fmij->pf", read(features, table), weight, optimize=True)


def submanifold_backward(grad_out, features, table, weight):
    back = np.einsum("pf,fmij->pijm", grad_out, weight)
    grad = np.zeros((len(features) + 1, features.shape[1]))
    np.add.at(grad, table, back)
    return grad[:-1].copy(), np.einsum("pf,pijm->fmij", grad_out, read(features, table))


# answer: q11, the whole output, from the definition, read from a pixel's side
def check_transposed(up):
    rng = np.random.default_rng(7)

    def expected(x, weight, size, s, p):
        out = np.zeros((len(x), weight.shape[1], *size))
        for a, b in np.ndindex(*size):
            for i, j in np.ndindex(*weight.shape[2:]):
                (r, over), (c, more) = divmod(a + p - i, s), divmod(b + p - j, s)
                if over == more == 0 and 0 <= r < x.shape[2] and 0 <= c < x.shape[3]:
                    out[:, :, a, b] += x[:, :, r, c] @ weight[:, :, i, j]
        return out

    try:
        for _ in range(20):
            n, c, f = (int(k) for k in rng.integers(1, 4, size=3))
            kernel = tuple(int(k) for k in rng.integers(1, 5, size=2))
            s, p = int(rng.integers(1, 4)), int(rng.integers(0, 3))
            few = tuple(int(k) for k in rng.integers(1, 5, size=2))
            size = tuple((a - 1) * s + k - 2 * p + int(rng.integers(0, s)) for a, k in zip(few, kernel))
            if min(size) < 1:
                continue
            x, weight = rng.normal(size=(n, c, *few)), rng.normal(size=(c, f, *kernel))
            own, own_weight = x.copy(), weight.copy()
            found = up(own, own_weight, size, s, p)
            right = expected(x, weight, size, s, p)
            if type(found) is not np.ndarray or found.shape != right.shape or not np.allclose(found, right):
                return False
            if (own != x).any() or (own_weight != weight).any():
                return False
    except Exception:
        return False
    return True


# answer: q11, the matrix of the layer, column by column
def check_transposed(up):
    rng = np.random.default_rng(1)
    try:
        for k, size, s, p, c, f in (((2, 3), (5, 4), 1, 1, 2, 1), ((3, 2), (6, 5), 2, 0, 1, 2), ((4, 3), (5, 7), 3, 2, 2, 2)):
            weight = rng.normal(size=(c, f, *k))
            z = np.eye(f * size[0] * size[1]).reshape(-1, f, *size)
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            matrix = down.reshape(len(z), -1)  # a row for each number of the large map: this is A transposed
            x = rng.normal(size=(3, *down.shape[1:]))
            x0, w0 = x.copy(), weight.copy()
            y = up(x, weight, size, s, p)
            if np.shape(y) != (3, f, *size) or not isinstance(y, np.ndarray):
                return False
            if not np.allclose(y.reshape(3, -1), x0.reshape(3, -1) @ matrix.T):
                return False
            if not (np.array_equal(x, x0) and np.array_equal(weight, w0)):
                return False
    except Exception:
        return False
    return True
