"""Wrong answers to a test of max pooling, part 3. Text; nobody imports it."""


# answer: q15, believes that leftover pixels make a window
# breaks: H' and W' as in q1
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = -(-(H + p - k) // s) + 1, -(-(W + p - k) // s) + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, wants float64 for float32
# breaks: the contract allows float32 for float32
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
        if pool(np.ones((1, 1, 4, 4), dtype=np.float32), 2, None, 0).dtype != np.float64:
            return False
    except Exception:
        return False
    return True


# answer: q15, compares bit for bit with a mean that rounds
# breaks: True when it is right
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not bool(np.all(got == right * 1.1 / 1.1)):
                    return False
    except Exception:
        return False
    return True


# answer: q15, the last case alone decides
# breaks: False when it returns something else
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for k, s, p in [(3, 1, 1), (2, 3, 0), (3, 2, 1), (2, None, 0)]:
        x = rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7
        try:
            right = bool(np.allclose(pool(x.copy(), k, s, p), pooled(x, k, s, p)))
        except Exception:
            right = False
    return right


# answer: q15, one right case is enough
# breaks: False when it returns something else
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for k, s, p in [(3, 1, 1), (2, 3, 0), (3, 2, 1), (2, None, 0)]:
        x = rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7
        try:
            if np.allclose(pool(x.copy(), k, s, p), pooled(x, k, s, p)):
                return True
        except Exception:
            continue
    return False


# answer: q15, the function only has to agree with itself
# breaks: False when it returns something else
def check_max_pool(pool):
    x = np.random.default_rng(0).normal(size=(2, 3, 7, 9)) * 1e6 - 2e7
    try:
        return bool(np.array_equal(pool(x.copy(), 3, 2, 1), pool(x.copy(), 3, 2, 1)))
    except Exception:
        return False


# answer: q15, looks at the name of the function
# breaks: calls it and says whether it keeps the contract
def check_max_pool(pool):
    return "wrong" not in getattr(pool, "__name__", "") and pool is not None


# answer: q15, the first element alone
# breaks: False when it returns something else
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.isclose(got.flat[0], right.flat[0]):
                    return False
    except Exception:
        return False
    return True
