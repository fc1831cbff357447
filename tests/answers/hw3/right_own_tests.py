"""Right answers to a test of max pooling. Text for tools/try_answers.py; nobody imports it."""


# answer: q15, plain loops, many arguments
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
    rng = np.random.default_rng(5)
    for k in (1, 2, 3, 4):
        for s in (None, 1, 2, 3, 5):
            for p in range(k // 2 + 1):
                for x in (
                    rng.normal(size=(2, 3, 7, 10)) * 1e4 - 1e7,
                    rng.integers(-9, -1, size=(3, 2, 9, 6)),
                    (rng.normal(size=(2, 2, 6, 8)) - 5).astype(np.float32),
                ):
                    given = x.copy()
                    try:
                        got = pool(given, k, s, p)
                    except Exception:
                        return False
                    right = pooled(x, k, s, p)
                    if not isinstance(got, np.ndarray) or got.dtype.kind != "f" or got.shape != right.shape:
                        return False
                    if not np.allclose(got, right) or not np.array_equal(given, x):
                        return False
    return True


# answer: q15, its own max_pool2d, which is right
def check_max_pool(pool):
    rng = np.random.default_rng(5)
    for k in (1, 2, 3, 4):
        for s in (None, 1, 2, 3, 5):
            for p in range(k // 2 + 1):
                for x in (
                    rng.normal(size=(2, 3, 7, 10)) * 1e4 - 1e7,
                    rng.integers(-9, -1, size=(3, 2, 9, 6)),
                    (rng.normal(size=(2, 2, 6, 8)) - 5).astype(np.float32),
                ):
                    given = x.copy()
                    try:
                        got = pool(given, k, s, p)
                    except Exception:
                        return False
                    right = max_pool2d(x, k, s, p)
                    if not isinstance(got, np.ndarray) or got.dtype.kind != "f" or got.shape != right.shape:
                        return False
                    if not np.allclose(got, right) or not np.array_equal(given, x):
                        return False
    return True


# answer: q15, minus infinity and windows by stride tricks
def by_windows(x, k, s, p):
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
    return windows[:, :, :: s or k, :: s or k].max(axis=(4, 5))


def check_max_pool(pool):
    rng = np.random.default_rng(5)
    for k in (1, 2, 3, 4):
        for s in (None, 1, 2, 3, 5):
            for p in range(k // 2 + 1):
                for x in (
                    rng.normal(size=(2, 3, 7, 10)) * 1e4 - 1e7,
                    rng.integers(-9, -1, size=(3, 2, 9, 6)),
                    (rng.normal(size=(2, 2, 6, 8)) - 5).astype(np.float32),
                ):
                    given = x.copy()
                    try:
                        got = pool(given, k, s, p)
                    except Exception:
                        return False
                    right = by_windows(x, k, s, p)
                    if not isinstance(got, np.ndarray) or got.dtype.kind != "f" or got.shape != right.shape:
                        return False
                    if not np.allclose(got, right) or not np.array_equal(given, x):
                        return False
    return True


# answer: q15, one pixel at a time in plain Python, NumPy's bool
def slow(x, k, s, p):
    s = s or k
    N, C, H, W = x.shape
    table = [
        [
            [
                [
                    max(
                        float(x[n, c, a, b])
                        for a in range(max(i - p, 0), min(i - p + k, H))
                        for b in range(max(j - p, 0), min(j - p + k, W))
                    )
                    for j in range(0, W + 2 * p - k + 1, s)
                ]
                for i in range(0, H + 2 * p - k + 1, s)
            ]
            for c in range(C)
        ]
        for n in range(N)
    ]
    return np.array(table)


def keeps(pool, x, k, s, p):
    before = x.copy()
    got = pool(x, k, s, p)
    same = got.shape == slow(before, k, s, p).shape and np.allclose(got, slow(before, k, s, p))
    return same and got.dtype in (np.float16, np.float32, np.float64) and bool((x == before).all())


def check_max_pool(pool):
    rng = np.random.default_rng(1)
    calls = [(2, None, 0), (2, 1, 1), (3, 2, 1), (3, None, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0), (2, 4, 1)]
    try:
        for k, s, p in calls:
            whole = rng.integers(-5000, -2000, size=(2, 3, 9, 7))
            if not keeps(pool, whole, k, s, p):
                return False
            if not keeps(pool, whole / 7, k, s, p):
                return False
            if not keeps(pool, (whole / 7).astype(np.float32), k, s, p):
                return False
        return True
    except Exception:
        return False
