# answer: q15, only shapes are compared
# breaks: compare values, not only shapes
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
            if not np.array_equal(x, before) or np.shares_memory(x, out):
                return False
            right = _expected(x, k, s, p)
            if out.shape != right.shape:
                return False
    return True


# answer: q15, never uses padding
# breaks: a mistake in padding has to be found
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


CASES = [(2, None, 0), (3, 1, 0), (2, 3, 0), (3, 2, 0), (4, 3, 0), (1, 1, 0), (1, 2, 0), (5, 2, 0)]


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
            if not np.array_equal(x, before) or np.shares_memory(x, out):
                return False
            right = _expected(x, k, s, p)
            if out.shape != right.shape or not np.allclose(out, right):
                return False
    return True


# answer: q15, positive numbers only
# breaks: padding counts as minus infinity and not as 0: think of negative values
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
            x = (20 * rng.uniform(size=(3, 2, 7, 9))).astype(dtype)
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


# answer: q15, the dtype has to be that of x, or float64 for whole numbers
# breaks: right functions may return float64 for float32, and float32 for whole numbers
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
            if out.dtype != (np.float64 if dtype == np.int64 else dtype):
                return False
            if not np.array_equal(x, before) or np.shares_memory(x, out):
                return False
            right = _expected(x, k, s, p)
            if out.shape != right.shape or not np.allclose(out, right):
                return False
    return True
