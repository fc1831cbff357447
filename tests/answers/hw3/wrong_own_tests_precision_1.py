"""Tests of max_pool2d that let float32 pass where float64 came in."""

# answer: q15, plain loops, many arguments
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
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
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
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
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
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
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
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


# answer: q15, random images against loops
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
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
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, random sizes, plain Python maxima
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
def check_max_pool(pool):
    rng = np.random.default_rng(7)
    try:
        for trial in range(40):
            k = int(rng.integers(1, 5))
            s = [None, 1, 2, 3, 5][trial % 5]
            p = int(rng.integers(0, k // 2 + 1))
            H, W = (int(n) for n in rng.integers(5, 10, size=2))
            x = rng.integers(-50, -1, size=(2, 3, H, W))
            x = x if trial % 2 else x + 0.5
            x = x if trial % 3 else 10**12 * x
            kept = x.copy()
            y = pool(x, k, s, p)
            t = s or k
            want = [[[[max(m[a, b] for a in range(max(0, i), min(H, i + k)) for b in range(max(0, j), min(W, j + k)))
                       for j in range(-p, W + p - k + 1, t)] for i in range(-p, H + p - k + 1, t)] for m in image] for image in x]
            if np.shape(y) != np.shape(want) or y.dtype.kind != "f" or not np.allclose(y, want):
                return False
            if not np.array_equal(x, kept):
                return False
    except Exception:
        return False
    return True


# answer: q15, a grid of all settings against plain Python loops
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
def _by_hand(numbers, k, s, p):
    h, w = len(numbers), len(numbers[0])
    rows = []
    for top in range(-p, h + p - k + 1, s):
        row = []
        for left in range(-p, w + p - k + 1, s):
            inside = [
                numbers[a][b]
                for a in range(top, top + k)
                for b in range(left, left + k)
                if 0 <= a < h and 0 <= b < w
            ]
            row.append(max(inside))
        rows.append(row)
    return rows


def check_max_pool(pool):
    rng = np.random.default_rng(1)
    inputs = [
        rng.normal(size=(2, 3, 7, 10)) * 10 - 5,
        (rng.normal(size=(3, 2, 9, 6)) - 5000).astype(np.float32),
        rng.integers(-90, 90, size=(1, 4, 6, 8)),
        rng.normal(size=(8, 7, 1, 2)).T,
        rng.normal(size=(2, 1, 5, 5)) * 1e6,
    ]
    for x in inputs:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    right = np.array([[_by_hand(c, k, s or k, p) for c in image] for image in x.tolist()])
                    given = x.copy(order="K")
                    try:
                        answer = pool(given, k, s, p)
                        good = (
                            isinstance(answer, np.ndarray)
                            and np.issubdtype(answer.dtype, np.floating)
                            and answer.shape == right.shape
                            and np.allclose(answer, right)
                            and np.array_equal(given, x)
                            and answer is not given
                        )
                    except Exception:
                        return False
                    if not good:
                        return False
    return True


# answer: q15, random settings, and each number of the answer looked up in the image
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
def _agrees(pool, rng):
    n, c, h, w = (int(v) for v in rng.integers([1, 1, 4, 4], [4, 4, 12, 12]))
    k = int(rng.integers(1, 5))
    p = int(rng.integers(0, k // 2 + 1))
    s = [None, 1, 2, 3, 4, 6][rng.integers(6)]
    kind = [np.float64, np.float32, np.int64, np.int16][rng.integers(4)]
    x = (rng.normal(size=(n, c, h, w)) * 300 - rng.choice([0, 900, 9000])).astype(kind)
    step = k if s is None else s
    shape = (n, c, len(range(0, h + 2 * p - k + 1, step)), len(range(0, w + 2 * p - k + 1, step)))
    given = x.copy()
    answer = pool(given, k, s, p)
    if not np.array_equal(given, x) or answer is given:
        return False
    if type(answer) is not np.ndarray or answer.dtype.kind != "f" or answer.shape != shape:
        return False
    for i, j in np.ndindex(shape[2:]):
        rows = [a for a in range(i * step - p, i * step - p + k) if 0 <= a < h]
        columns = [b for b in range(j * step - p, j * step - p + k) if 0 <= b < w]
        window = x[:, :, rows][:, :, :, columns].astype(float)
        if not np.allclose(answer[:, :, i, j], window.max(axis=(2, 3))):
            return False
    return True


def check_max_pool(pool):
    rng = np.random.default_rng(20)
    try:
        return all(_agrees(pool, rng) for _ in range(400))
    except Exception:
        return False
