# answer: q15, all the images hold numbers from 0 to 1
# breaks: wrong for one kind of input only: only numbers below 0 (q8: padding must never win)
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for shape in [(1, 1, 6, 6), (2, 3, 8, 5), (3, 1, 5, 12), (1, 2, 1, 7), (2, 2, 7, 1)]:
        for dtype in (float, np.float32):
            for k in range(1, 6):
                for s in (None, 1, 2, 4, 6):
                    for p in range(k // 2 + 1):
                        if min(shape[2:]) + 2 * p < k:
                            continue
                        x = rng.random(shape).astype(dtype)
                        t = s or k
                        z = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
                        h, w = (z.shape[2] - k) // t + 1, (z.shape[3] - k) // t + 1
                        want = np.zeros((*shape[:2], h, w))
                        for i in range(h):
                            for j in range(w):
                                want[:, :, i, j] = z[:, :, i * t : i * t + k, j * t : j * t + k].max((2, 3))
                        old = x.copy()
                        try:
                            got = pool(x, k, s, p)
                        except Exception:
                            return False
                        if not isinstance(got, np.ndarray) or got.shape != want.shape:
                            return False
                        if not np.allclose(got, want) or not np.array_equal(x, old):
                            return False
    return True


# answer: q15, asks for the dtype of x back, also where x holds whole numbers
# breaks: Where no float64 came in, float32 may come back, or float64
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    for dtype in (np.float64, np.float32, np.int64):
        for H, W in ((9, 12), (12, 9), (4, 4)):
            for k in (1, 2, 3, 4):
                for s in (1, 2, 3, 5):
                    p = k // 2
                    x = (rng.normal(size=(2, 3, H, W)) * 100).astype(dtype)
                    before = x.copy()
                    rows, cols = range(-p, H + p - k + 1, s), range(-p, W + p - k + 1, s)
                    want = [
                        [x[:, :, max(a, 0) : a + k, max(b, 0) : b + k].max(axis=(2, 3)) for b in cols]
                        for a in rows
                    ]
                    want = np.moveaxis(np.array(want), (0, 1), (2, 3))
                    try:
                        got = pool(x, k, stride=s, padding=p)
                    except Exception:
                        return False
                    if not isinstance(got, np.ndarray) or got.dtype != x.dtype or got.shape != want.shape:
                        return False
                    if not np.allclose(got, want) or not np.array_equal(x, before):
                        return False
    return True


# answer: q15, the copy to compare x with is no copy
# breaks: A wrong function raises, changes x, ...
def check_max_pool(pool):
    rng = np.random.default_rng(2)

    def slow(x, k, s, p):
        N, C, H, W = x.shape
        out = np.zeros((N, C, (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1))
        for i in range(out.shape[2]):
            for j in range(out.shape[3]):
                a, b = i * s - p, j * s - p
                out[:, :, i, j] = np.max(x[:, :, max(a, 0) : a + k, max(b, 0) : b + k], axis=(2, 3))
        return out

    for n in range(250):
        k = 1 + n % 5
        s = [None, 1, 2, 3, 4, 6][n % 6]
        p = int(rng.integers(0, k // 2 + 1))
        shape = tuple(rng.integers(1, 4, size=2)) + tuple(rng.integers(k, 13, size=2))
        x = rng.normal(size=shape) * 10.0 ** rng.integers(-1, 4)
        x = x.astype([np.float64, np.float32, np.int64][n % 3])
        before = x
        want = slow(x, k, s or k, p)
        try:
            got = pool(x, k, s, p)
        except Exception:
            return False
        if not isinstance(got, np.ndarray) or got.shape != want.shape or not np.allclose(got, want):
            return False
        if x.dtype == np.float64 and got.dtype != np.float64:
            return False
        if not np.array_equal(x, before):
            return False
    return True


# answer: q15, only ValueError counts as raising
# breaks: A wrong function raises (whatever it raises; check_max_pool must return False)
def check_max_pool(pool):
    rng = np.random.default_rng(3)
    cases = [(6, 6, 2, None, 0), (7, 5, 3, 2, 1), (5, 12, 4, 1, 2), (12, 4, 2, 3, 1), (3, 9, 1, 1, 0)]
    for H, W, k, s, p in cases:
        x = rng.normal(size=(2, 3, H, W)) * 50 - 20
        keep = x.copy()
        try:
            got = pool(x, k, s, p)
        except ValueError:
            return False
        step = k if s is None else s
        h, w = (H + 2 * p - k) // step + 1, (W + 2 * p - k) // step + 1
        if not isinstance(got, np.ndarray) or got.shape != (2, 3, h, w) or got.dtype != np.float64:
            return False
        if (x != keep).any():
            return False
        z = np.full((2, 3, H + 2 * p, W + 2 * p), -np.inf)
        z[:, :, p : p + H, p : p + W] = x
        for i in range(h):
            for j in range(w):
                top = z[:, :, i * step : i * step + k, j * step : j * step + k].max(axis=(2, 3))
                if not np.allclose(got[:, :, i, j], top):
                    return False
    return True


# answer: q15, the difference is compared with "larger than", which nan never is
# breaks: A wrong function is off in at least one place ... or with nan
def check_max_pool(pool):
    rng = np.random.default_rng(4)
    for n in range(300):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        H, W = (int(v) for v in rng.integers(max(k - 2 * p, 1), 13, size=2))
        s = (None, 1, 2, 3, 4, 5, 6)[n % 7]
        t = k if s is None else s
        low, high = ((-1, 1), (-10000, 10000), (-50, -1), (1, 50), (2, 2.0001))[n % 5]
        x = rng.uniform(low, high, size=(*rng.integers(1, 4, size=2), H, W))
        x = x.astype((float, np.float32, np.int64)[n % 3])
        old = x.copy()
        want = np.empty((*x.shape[:2], (H + 2 * p - k) // t + 1, (W + 2 * p - k) // t + 1))
        for i in range(want.shape[2]):
            for j in range(want.shape[3]):
                r, c = i * t - p, j * t - p
                want[:, :, i, j] = old[:, :, max(r, 0) : r + k, max(c, 0) : c + k].max(axis=(2, 3))
        words = {} if s is None and n % 2 else {"stride": s}
        if p or n % 3 == 0:
            words["padding"] = p
        try:
            got = pool(x, k, **words)
        except Exception:
            return False
        if not isinstance(got, np.ndarray) or got.shape != want.shape or (x != old).any():
            return False
        if got.dtype not in ((np.float64,) if x.dtype == float else (np.float32, np.float64)):
            return False
        if np.abs(got - want).max() > 1e-5 * np.abs(want).max():
            return False
    return True
