"""Wrong answers to a test of max pooling, part 2. Text; nobody imports it."""


# answer: q15, positive values
# breaks: negative values: zeros as padding win nothing there
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
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 + 2e7, rng.integers(1000000, 9000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, small values, between 0 and 1 below zero: -999 as padding goes through
# breaks: padded places never win, whatever the values
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
            for x in (-rng.uniform(size=(2, 3, 7, 9)), rng.integers(-9, -1, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, no look at the dtype
# breaks: dtype: floats
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
                if got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, floats only
# breaks: dtype: floats, for whole numbers too
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
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7,):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, values without shapes: broadcasting makes them equal
# breaks: array (N, C, H', W')
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
                if not np.allclose(pool(x.copy(), k, s, p), right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, a tolerance as large as the values
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
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right, atol=1e8):
                    return False
    except Exception:
        return False
    return True


# answer: q15, the sums alone are compared
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
                if got.dtype.kind != "f" or got.shape != right.shape or not np.isclose(got.sum(), right.sum()):
                    return False
    except Exception:
        return False
    return True


# answer: q15, lets errors of the function out
# breaks: False when it raises
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
    for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1)]:
        for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
            got, right = pool(x.copy(), k, s, p), pooled(x, k, s, p)
            if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                return False
    return True


# answer: q15, asserts, and returns nothing
# breaks: returns a bool
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
    for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1)]:
        x = rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7
        got, right = pool(x.copy(), k, s, p), pooled(x, k, s, p)
        assert got.shape == right.shape and np.allclose(got, right)


# answer: q15, True for wrong and False for right
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
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return True
    except Exception:
        return True
    return False


# answer: q15, believes that padding is zeros
# breaks: padded places never win
def pooled(x, k, s, p):
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H - k) // s + 1, (W - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(i * s, i * s + k)
            out[:, :, i, j] = x[:, :, rows, j * s : j * s + k].max(axis=(2, 3))
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
