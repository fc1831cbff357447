# answer: q15, asks that the answer owns its memory
# breaks: It may return a part of another array
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
            if got.base is not None:
                return False
            if got.dtype not in ((np.float64,) if x.dtype == np.float64 else (np.float32, np.float64)):
                return False
            if not np.allclose(got, want) or not np.array_equal(x, before):
                return False
    return True


# answer: q15, turns warnings into errors
# breaks: A right function may warn
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
    import warnings

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
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
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


# answer: q15, pads by up to k // 2 + k % 2, which q8 does not allow for odd windows
# breaks: calls it on inputs that q8 allows (padding: at most kernel_size // 2)
def by_hand(x, k, s, p):
    s = s or k
    wide = np.full((x.shape[0], x.shape[1], x.shape[2] + 2 * p, x.shape[3] + 2 * p), -np.inf)
    wide[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    rows = [
        [wide[:, :, i : i + k, j : j + k].max((2, 3)) for j in range(0, wide.shape[3] - k + 1, s)]
        for i in range(0, wide.shape[2] - k + 1, s)
    ]
    return np.moveaxis(np.array(rows), (0, 1), (2, 3))


def _cases():
    rng = np.random.default_rng(5)
    for t in range(150):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, (k + 1) // 2 + 1))
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
        want = by_hand(x, k, s, p)
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


# answer: q15, asks for a ValueError where the window does not fit
# breaks: The kernel or window fits into the padded image at least once. Only q1 asks what to do where it does not
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
            if got.dtype not in ((np.float64,) if x.dtype == np.float64 else (np.float32, np.float64)):
                return False
            if not np.allclose(got, want) or not np.array_equal(x, before):
                return False
    try:
        pool(np.ones((1, 1, 2, 2)), 3)
    except ValueError:
        return True
    return False
