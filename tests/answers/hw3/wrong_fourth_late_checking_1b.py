# answer: q15, does not look whether x changed
# breaks: False when it changes x
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
            wanted = _expected(x, k, s, p)
            try:
                out = pool(x, k, s, p)
            except Exception:
                return False
            if not isinstance(out, np.ndarray) or out.dtype.kind != "f":
                return False
            if out.dtype != np.float64 and (dtype == np.float64 or out.dtype != np.float32):
                return False
            if np.shares_memory(x, out):
                return False
            right = wanted
            if out.shape != right.shape or not np.allclose(out, right):
                return False
    return True


# answer: q15, x is kept for comparison without a copy
# breaks: False when it changes x
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
            before = x
            wanted = _expected(x, k, s, p)
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
            right = wanted
            if out.shape != right.shape or not np.allclose(out, right):
                return False
    return True


# answer: q15, one image only
# breaks: take several images
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
            x = (10 * rng.normal(size=(1, 3, 7, 9)) - 20).astype(dtype)
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


# answer: q15, one channel only
# breaks: take several channels
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
            x = (10 * rng.normal(size=(3, 1, 7, 9)) - 20).astype(dtype)
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


# answer: q15, square images only
# breaks: height and width that differ
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
            x = (10 * rng.normal(size=(3, 2, 8, 8)) - 20).astype(dtype)
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
