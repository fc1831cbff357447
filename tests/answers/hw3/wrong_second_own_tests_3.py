"""Wrong answers to q15, written from the notebook of a student alone."""

# answer: q15, sorted values are compared
# breaks: the values at their places
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(np.sort(said, axis=None), np.sort(right, axis=None)):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, shapes may be broadcast
# breaks: (N, C, H', W')
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if  said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, one right case is enough
# breaks: False when it returns something else, in any case
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                break
            return True
    return False


# answer: q15, padding beyond half the window is tried, which right ones may refuse
# breaks: padding: at most kernel_size // 2
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0), (2, 1, 2)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, the largest value must survive
# breaks: maximum of each window, at its place
def check_max_pool(pool):
    x = np.random.default_rng(0).normal(size=(2, 3, 6, 8))
    try:
        y = pool(x, 2, None, 0)
    except Exception:
        return False
    return bool(y.shape == (2, 3, 3, 4) and y.max() == x.max() and np.isin(y, x).all())


# answer: q15, an error counts as right
# breaks: False when it raises
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return True
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, the examples of the check of q8
# breaks: mistakes in sizes, other windows than 2
def check_max_pool(pool):
    first = np.array([[1.0, 3, 2, 4], [5, 0, 1, 1], [2, 2, 8, 6]])
    low = -np.arange(1.0, 17.0).reshape(1, 1, 4, 4)
    try:
        a = pool(np.array([[first, 10 + first], [-first, first[:, ::-1]]]), 2, None, 0)
        b = pool(np.array([[first], [-first]]), 2, 1, 0)
        c = pool(low, 2, 2, 1)
        return bool(
            np.array_equal(a, [[[[5, 4]], [[15, 14]]], [[[0, -1]], [[4, 5]]]])
            and np.array_equal(b, [[[[5, 3, 4], [5, 8, 8]]], [[[0, 0, -1], [0, 0, -1]]]])
            and np.array_equal(c, [[[[-1, -2, -4], [-5, -6, -8], [-13, -14, -16]]]])
        )
    except Exception:
        return False


# answer: q15, padding is never used
# breaks: mistakes in padding
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 0), (2, 1, 0), (3, 2, 0), (2, 3, 0), (3, 1, 0), (4, 3, 0), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True
