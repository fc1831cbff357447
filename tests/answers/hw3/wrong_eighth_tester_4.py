# answer: q15, asks only whether the dtype is some float, so float16 passes where no float64 came in
# breaks: otherwise float32 or float64
# excused: only small whole numbers have their exact maximum in float16, and no sentence says that a test must have such
def _expected(x, k, stride, padding):
    s = k if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = (h + 2 * padding - k) // s + 1, (w + 2 * padding - k) // s + 1
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * s - padding, j * s - padding
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def _cases():
    rng = np.random.default_rng(5)
    for t in range(150):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        low = max(1, k - 2 * p)
        n, c = int(rng.integers(1, 4)), int(rng.integers(1, 4))
        h, w = int(rng.integers(low, 13)), int(rng.integers(low, 13))
        s = [None, 1, 2, 3, 4, 5, 6][int(rng.integers(0, 7))]
        x = rng.normal(size=(n, c, h, w)) * [1, 10, 10000][t % 3]
        if t % 4 == 1:
            x = -abs(x)
        elif t % 4 == 2:
            x = abs(x)
        elif t % 20 == 3:
            x[:] = x[0, 0, 0, 0]
        if t % 5 == 1:
            x = x.astype(np.float32)
        elif t % 5 == 2:
            x = np.round(x).astype(np.int64)
        yield x, k, s, p


def check_max_pool(pool):
    for x, k, s, p in _cases():
        before = x.copy()
        want = _expected(x, k, s, p)
        calls = [lambda: pool(x, k, s, p), lambda: pool(x, kernel_size=k, stride=s, padding=p)]
        if p == 0:
            calls.append(lambda: pool(x, k, s))
        if s is None:
            calls.append(lambda: pool(x, k, padding=p))
        for call in calls:
            try:
                got = call()
            except Exception:
                return False
            if not isinstance(got, np.ndarray) or got.shape != want.shape:
                return False
            if got.dtype.kind != "f" or (x.dtype == np.float64 and got.dtype != np.float64):
                return False
            if not np.allclose(got, want) or not np.array_equal(x, before):
                return False
    return True


# answer: q15, lets every dtype pass where no float64 came in, whole numbers too
# breaks: array (N, C, H', W') of floats; otherwise float32 or float64
def _expected(x, k, stride, padding):
    s = k if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = (h + 2 * padding - k) // s + 1, (w + 2 * padding - k) // s + 1
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * s - padding, j * s - padding
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def _cases():
    rng = np.random.default_rng(5)
    for t in range(150):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        low = max(1, k - 2 * p)
        n, c = int(rng.integers(1, 4)), int(rng.integers(1, 4))
        h, w = int(rng.integers(low, 13)), int(rng.integers(low, 13))
        s = [None, 1, 2, 3, 4, 5, 6][int(rng.integers(0, 7))]
        x = rng.normal(size=(n, c, h, w)) * [1, 10, 10000][t % 3]
        if t % 4 == 1:
            x = -abs(x)
        elif t % 4 == 2:
            x = abs(x)
        elif t % 20 == 3:
            x[:] = x[0, 0, 0, 0]
        if t % 5 == 1:
            x = x.astype(np.float32)
        elif t % 5 == 2:
            x = np.round(x).astype(np.int64)
        yield x, k, s, p


def check_max_pool(pool):
    for x, k, s, p in _cases():
        before = x.copy()
        want = _expected(x, k, s, p)
        calls = [lambda: pool(x, k, s, p), lambda: pool(x, kernel_size=k, stride=s, padding=p)]
        if p == 0:
            calls.append(lambda: pool(x, k, s))
        if s is None:
            calls.append(lambda: pool(x, k, padding=p))
        for call in calls:
            try:
                got = call()
            except Exception:
                return False
            if not isinstance(got, np.ndarray) or got.shape != want.shape:
                return False
            if x.dtype == np.float64 and got.dtype != np.float64:
                return False
            if not np.allclose(got, want) or not np.array_equal(x, before):
                return False
    return True


# answer: q15, stays within 999 of 0
# breaks: far from 0 (out to -10,000 and 10,000)
def _expected(x, k, stride, padding):
    s = k if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = (h + 2 * padding - k) // s + 1, (w + 2 * padding - k) // s + 1
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * s - padding, j * s - padding
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def _cases():
    rng = np.random.default_rng(5)
    for t in range(150):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        low = max(1, k - 2 * p)
        n, c = int(rng.integers(1, 4)), int(rng.integers(1, 4))
        h, w = int(rng.integers(low, 13)), int(rng.integers(low, 13))
        s = [None, 1, 2, 3, 4, 5, 6][int(rng.integers(0, 7))]
        x = rng.uniform(-1, 1, size=(n, c, h, w)) * [1, 10, 999][t % 3]
        if t % 4 == 1:
            x = -abs(x)
        elif t % 4 == 2:
            x = abs(x)
        elif t % 20 == 3:
            x[:] = x[0, 0, 0, 0]
        if t % 5 == 1:
            x = x.astype(np.float32)
        elif t % 5 == 2:
            x = np.round(x).astype(np.int64)
        yield x, k, s, p


def check_max_pool(pool):
    for x, k, s, p in _cases():
        before = x.copy()
        want = _expected(x, k, s, p)
        calls = [lambda: pool(x, k, s, p), lambda: pool(x, kernel_size=k, stride=s, padding=p)]
        if p == 0:
            calls.append(lambda: pool(x, k, s))
        if s is None:
            calls.append(lambda: pool(x, k, padding=p))
        for call in calls:
            try:
                got = call()
            except Exception:
                return False
            if not isinstance(got, np.ndarray) or got.shape != want.shape:
                return False
            if got.dtype not in ((np.float64,) if x.dtype == np.float64 else (np.float32, np.float64)):
                return False
            if not np.allclose(got, want) or not np.array_equal(x, before):
                return False
    return True


# answer: q15, pads where the stride is None, and strides where nothing is padded
# breaks: padding together with a stride
def _expected(x, k, stride, padding):
    s = k if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = (h + 2 * padding - k) // s + 1, (w + 2 * padding - k) // s + 1
    out = np.zeros((n, c, rows, cols))
    for i in range(rows):
        for j in range(cols):
            top, left = i * s - padding, j * s - padding
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def _cases():
    rng = np.random.default_rng(5)
    for t in range(150):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        low = max(1, k - 2 * p)
        n, c = int(rng.integers(1, 4)), int(rng.integers(1, 4))
        h, w = int(rng.integers(low, 13)), int(rng.integers(low, 13))
        s = [None, 1, 2, 3, 4, 5, 6][int(rng.integers(0, 7))] if p == 0 else None
        x = rng.normal(size=(n, c, h, w)) * [1, 10, 10000][t % 3]
        if t % 4 == 1:
            x = -abs(x)
        elif t % 4 == 2:
            x = abs(x)
        elif t % 20 == 3:
            x[:] = x[0, 0, 0, 0]
        if t % 5 == 1:
            x = x.astype(np.float32)
        elif t % 5 == 2:
            x = np.round(x).astype(np.int64)
        yield x, k, s, p


def check_max_pool(pool):
    for x, k, s, p in _cases():
        before = x.copy()
        want = _expected(x, k, s, p)
        calls = [lambda: pool(x, k, s, p), lambda: pool(x, kernel_size=k, stride=s, padding=p)]
        if p == 0:
            calls.append(lambda: pool(x, k, s))
        if s is None:
            calls.append(lambda: pool(x, k, padding=p))
        for call in calls:
            try:
                got = call()
            except Exception:
                return False
            if not isinstance(got, np.ndarray) or got.shape != want.shape:
                return False
            if got.dtype not in ((np.float64,) if x.dtype == np.float64 else (np.float32, np.float64)):
                return False
            if not np.allclose(got, want) or not np.array_equal(x, before):
                return False
    return True
