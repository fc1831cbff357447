# answer: q15, the pixels rise, so each window's last one wins
# breaks: an input on which mistakes show
def _expected(x, k, stride, p):
    s = k if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * s - p, j * s - p
            out[:, :, i, j] = x[:, :, max(a, 0) : a + k, max(b, 0) : b + k].max(axis=(2, 3))
    return out


CASES = [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 0), (4, 3, 2), (1, 1, 0), (1, 2, 0), (5, 2, 2), (2, 1, 1)]


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for k, s, p in CASES:
        for dtype in (np.float64, np.float32, np.int64):
            x = (np.arange(378.0).reshape(3, 2, 7, 9) - 400).astype(dtype)
            before = x.copy()
            try:
                out = pool(x, k, s, p)
            except Exception:
                return False
            if not isinstance(out, np.ndarray) or out.dtype.kind != "f":
                return False
            if out.dtype != np.float64 and (dtype == np.float64 or out.dtype != np.float32):
                return False
            if not np.array_equal(x, before) or np.shares_memory(x, out):
                return False
            right = _expected(x, k, s, p)
            if out.shape != right.shape or not np.allclose(out, right):
                return False
    return True


# answer: q15, an answer that does not own its memory counts as a view of x
# breaks: a right function may return a slice or a transposed array of its own
def _expected(x, k, stride, p):
    s = k if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * s - p, j * s - p
            out[:, :, i, j] = x[:, :, max(a, 0) : a + k, max(b, 0) : b + k].max(axis=(2, 3))
    return out


CASES = [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 0), (4, 3, 2), (1, 1, 0), (1, 2, 0), (5, 2, 2), (2, 1, 1)]


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for k, s, p in CASES:
        for dtype in (np.float64, np.float32, np.int64):
            x = (10 * rng.normal(size=(3, 2, 7, 9)) - 20).astype(dtype)
            before = x.copy()
            try:
                out = pool(x, k, s, p)
            except Exception:
                return False
            if not isinstance(out, np.ndarray) or out.dtype.kind != "f":
                return False
            if out.dtype != np.float64 and (dtype == np.float64 or out.dtype != np.float32):
                return False
            if not np.array_equal(x, before) or out.base is not None:
                return False
            right = _expected(x, k, s, p)
            if out.shape != right.shape or not np.allclose(out, right):
                return False
    return True


# answer: q15, padding larger than half of the window has to raise
# breaks: the contract says nothing of it: right functions may return something
def _expected(x, k, stride, p):
    s = k if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * s - p, j * s - p
            out[:, :, i, j] = x[:, :, max(a, 0) : a + k, max(b, 0) : b + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(3)
    try:
        for shape in [(2, 3, 6, 8), (3, 1, 7, 5), (1, 2, 9, 9)]:
            for k, s, p in [(2, None, 0), (3, 1, 1), (3, 2, 0), (2, 3, 1), (4, 2, 2)]:
                for dtype in (float, np.float32, int):
                    x = (rng.normal(size=shape) * 9 - 12).astype(dtype)
                    old = x.copy()
                    got = pool(x, k, s, p)
                    assert got.dtype in (np.float32, np.float64)
                    assert dtype is not float or got.dtype == np.float64
                    assert got.shape == _expected(old, k, s, p).shape
                    assert np.allclose(got, _expected(old, k, s, p))
                    assert (x == old).all()
    except Exception:
        return False
    try:
        pool(np.ones((1, 1, 4, 4)), 2, 2, 2)
    except ValueError:
        return True
    return False


# answer: q15, large pictures and a loop over all pixels
# breaks: a few hundred calls are plenty, and their time counts
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (5, 1, 2), (3, 2, 1)]:
        for dtype in (np.float64, np.float32, np.int64):
            x = (rng.normal(size=(4, 3, 160, 200)) * 10 - 30).astype(dtype)
            old = x.copy()
            try:
                out = np.asarray(pool(x, k, s, p))
            except Exception:
                return False
            step = s or k
            rows, cols = (160 + 2 * p - k) // step + 1, (200 + 2 * p - k) // step + 1
            if out.shape != (4, 3, rows, cols) or (x != old).any() or out.dtype.kind != "f":
                return False
            for n in range(4):
                for c in range(3):
                    for i in range(rows):
                        for j in range(cols):
                            a, b = i * step - p, j * step - p
                            window = old[n, c, max(a, 0) : a + k, max(b, 0) : b + k]
                            if not np.isclose(out[n, c, i, j], window.max()):
                                return False
    return True
