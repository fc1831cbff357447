# answer: q15, stride and padding are always handed over, never left out
# breaks: a stride or padding that is left out of the call
def check_max_pool(pool):
    rng = np.random.default_rng(6)
    for n in range(280):
        k = 1 + n % 5
        p = n % (k // 2 + 1)
        s = (None, 1, 2, 3, 4, 5, 6)[n % 7]
        H, W = (int(v) for v in rng.integers(max(k - 2 * p, 1), 13, size=2))
        scale = (0.5, 30, 10000)[n % 3]
        x = rng.uniform(-scale, scale if n % 2 else -scale / 10, size=(*rng.integers(1, 4, size=2), H, W))
        x = x.astype((float, np.float32, float, np.int64)[n % 4])
        keep = x.copy()
        padded = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
        t = s or k
        want = np.lib.stride_tricks.sliding_window_view(padded, (k, k), (2, 3))[:, :, ::t, ::t].max((4, 5))
        try:
            got = pool(x, kernel_size=k, stride=s, padding=p)
            ok = isinstance(got, np.ndarray) and got.shape == want.shape and np.array_equal(x, keep)
            ok = ok and got.dtype in ([float] if x.dtype == float else [np.float32, np.float64])
            ok = ok and np.allclose(got, want)
        except Exception:
            ok = False
        if not ok:
            return False
    return True


# answer: q15, tries paddings up to the window minus one
# breaks: calls it on inputs that q8 allows (padding at most kernel_size // 2)
def check_max_pool(pool):
    rng = np.random.default_rng(7)
    for k in (1, 2, 3, 4, 5):
        for p in range(k):
            for s in (None, 1, 2, 6):
                x = rng.normal(size=(2, 2, 7, 9)) * 10
                wide = np.full((2, 2, 7 + 2 * p, 9 + 2 * p), -np.inf)
                wide[:, :, p : p + 7, p : p + 9] = x
                t = k if s is None else s
                h, w = (7 + 2 * p - k) // t + 1, (9 + 2 * p - k) // t + 1
                want = np.array(
                    [
                        [wide[:, :, i * t : i * t + k, j * t : j * t + k].max(axis=(2, 3)) for j in range(w)]
                        for i in range(h)
                    ]
                ).transpose(2, 3, 0, 1)
                try:
                    got = pool(x.copy(), k, s, p)
                except Exception:
                    return False
                if not isinstance(got, np.ndarray) or got.shape != want.shape or got.dtype != float:
                    return False
                if not np.allclose(got, want):
                    return False
    return True


# answer: q15, warnings are turned into errors, which then count as raising
# breaks: A right function may warn
def check_max_pool(pool):
    import warnings

    rng = np.random.default_rng(8)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for n in range(200):
            k = 1 + n % 5
            p = int(rng.integers(0, k // 2 + 1))
            s = (None, 1, 2, 3, 6)[n // 5 % 5]
            N, C, H, W = *rng.integers(1, 4, size=2), *rng.integers(k, 13, size=2)
            x = (rng.normal(size=(N, C, H, W)) * 40 - 30 * (n % 2)).astype((float, np.float32, np.int64)[n % 3])
            keep = x.copy()
            t = s or k
            starts = [(a, b) for a in range(-p, H + p - k + 1, t) for b in range(-p, W + p - k + 1, t)]
            want = np.stack([keep[:, :, max(a, 0) : a + k, max(b, 0) : b + k].max((2, 3)) for a, b in starts], 2)
            try:
                got = pool(x, k, s, p)
            except Exception:
                return False
            shape = (N, C, (H + 2 * p - k) // t + 1, (W + 2 * p - k) // t + 1)
            if not isinstance(got, np.ndarray) or got.shape != shape or not np.array_equal(x, keep):
                return False
            if not np.allclose(got, want.reshape(shape)):
                return False
            if x.dtype == float and got.dtype != float:
                return False
    return True


# answer: q15, a second answer that is a part of another array is turned away
# breaks: A right function may ... return a part of another array
def check_max_pool(pool):
    rng = np.random.default_rng(9)
    for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (1, 1, 0), (4, 5, 2), (5, 3, 2), (3, None, 0)]:
        for H, W in [(5, 8), (12, 6), (7, 7)]:
            x = rng.uniform(-100, 20, size=(2, 3, H, W))
            copy = x.copy()
            try:
                y = pool(x, k, s, p)
            except Exception:
                return False
            if not isinstance(y, np.ndarray) or y.base is not None or not np.array_equal(x, copy):
                return False
            t = k if s is None else s
            if y.shape != (2, 3, (H + 2 * p - k) // t + 1, (W + 2 * p - k) // t + 1) or y.dtype != float:
                return False
            for (n, c, i, j), value in np.ndenumerate(y):
                a, b = i * t - p, j * t - p
                if not np.isclose(value, x[n, c, max(a, 0) : a + k, max(b, 0) : b + k].max()):
                    return False
    return True


# answer: q15, np.allclose compares before any look at the shape, so one axis less passes by repeating
# breaks: A wrong function ... returns no array or one of another shape
def check_max_pool(pool):
    rng = np.random.default_rng(10)

    def by_hand(x, k, s, p):
        z = np.pad(x.astype(float), [(0, 0), (0, 0), (p, p), (p, p)], constant_values=-1e9)
        rows, cols = range(0, z.shape[2] - k + 1, s), range(0, z.shape[3] - k + 1, s)
        flat = [z[:, :, i : i + k, j : j + k].max(axis=(2, 3)) for i in rows for j in cols]
        return np.stack(flat, axis=-1).reshape(*x.shape[:2], len(rows), len(cols))

    for n in range(250):
        k = 1 + n % 5
        p = int(rng.integers(0, k // 2 + 1))
        s = (None, 1, 2, 3, 4, 6)[n % 6]
        x = rng.normal(size=(1 + n % 3, 1 + n // 3 % 3, *rng.integers(k, 13, size=2))) * (1, 3000)[n % 2]
        x = x.astype((np.float64, np.float32, np.int64)[n // 2 % 3])
        before = x.copy()
        try:
            got = pool(x, k, s, p) if n % 2 else pool(x, k, padding=p, stride=s)
            if not isinstance(got, np.ndarray) or not np.allclose(got, by_hand(before, k, s or k, p)):
                return False
        except Exception:
            return False
        if not np.array_equal(x, before) or (x.dtype == np.float64 and got.dtype != np.float64):
            return False
        if got.dtype not in (np.float32, np.float64):
            return False
    return True


# answer: q15, the images are never larger than 8 by 8, which seemed enough for windows of 5
# breaks: wrong for one kind of input only: above 8 pixels in height or width
def check_max_pool(pool):
    rng = np.random.default_rng(12)
    for H in (1, 3, 5, 8):
        for W in (1, 4, 5, 7, 8):
            for k in range(1, 6):
                for p in range(k // 2 + 1):
                    if min(H, W) + 2 * p < k:
                        continue
                    s = int(rng.integers(1, 7))
                    low, high = [(-10000, 10000), (-1, 1), (-99, -9), (4, 4), (0.1, 88)][(H + W + k + p) % 5]
                    x = rng.uniform(low, high, size=(*rng.integers(1, 4, size=2), H, W))
                    x = x.astype([np.float64, np.float32, np.int64][int(rng.integers(3))])
                    for step, call in [(s, {"stride": s}), (k, {"stride": None}), (k, {})]:
                        if p or s % 2:
                            call["padding"] = p
                        given = x.copy()
                        want = np.array(
                            [
                                [x[:, :, max(a, 0) : a + k, max(b, 0) : b + k].max((2, 3))
                                 for b in range(-p, W + p - k + 1, step)]
                                for a in range(-p, H + p - k + 1, step)
                            ]
                        ).transpose(2, 3, 0, 1)
                        try:
                            got = pool(given, k, **call)
                        except Exception:
                            return False
                        if not isinstance(got, np.ndarray) or got.shape != want.shape:
                            return False
                        if got.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
                            return False
                        if not np.allclose(got, want) or not np.array_equal(given, x):
                            return False
    return True


# answer: q15, a padded place counts as 0 in the expected answer
# breaks: padded places never win; a right function must get True
def check_max_pool(pool):
    rng = np.random.default_rng(13)
    for k in (1, 2, 3, 4, 5):
        for p in range(k // 2 + 1):
            for s in (None, 1, 3):
                x = rng.normal(size=(2, 3, 6, 9))
                keep, t = x.copy(), s or k
                z = np.zeros((2, 3, 6 + 2 * p, 9 + 2 * p))
                z[:, :, p : p + 6, p : p + 9] = x
                want = np.zeros((2, 3, (6 + 2 * p - k) // t + 1, (9 + 2 * p - k) // t + 1))
                for i in range(want.shape[2]):
                    for j in range(want.shape[3]):
                        want[:, :, i, j] = z[:, :, i * t : i * t + k, j * t : j * t + k].max(axis=(2, 3))
                try:
                    got = pool(x, k, s, p)
                except Exception:
                    return False
                if not isinstance(got, np.ndarray) or got.shape != want.shape or got.dtype != float:
                    return False
                if not np.array_equal(x, keep) or not np.allclose(got, want):
                    return False
    return True


# answer: q15, exactly equal is asked for, which turns rounding away
# breaks: A right function may ... be off by rounding
def check_max_pool(pool):
    rng = np.random.default_rng(14)
    for n in range(220):
        k = int(rng.integers(1, 6))
        p, s = n % (k // 2 + 1), int(rng.integers(1, 7))
        H, W = (int(v) for v in rng.integers(k, 13, size=2))
        x = rng.uniform(-10000, (0, 10000)[n % 2], size=(1 + n % 3, 1 + n % 2, H, W))
        x = x.astype([float, np.float32, np.int64][n % 3])
        same = x.copy()
        try:
            got = pool(x, k, s, p)
        except Exception:
            return False
        want = [
            [[[c[max(a, 0) : a + k, max(b, 0) : b + k].max() for b in range(-p, W + p - k + 1, s)]
              for a in range(-p, H + p - k + 1, s)] for c in image]
            for image in same
        ]
        if not isinstance(got, np.ndarray) or not np.array_equal(got, np.array(want, dtype=float)):
            return False
        if not np.array_equal(x, same) or (x.dtype == float and got.dtype != float):
            return False
    return True
