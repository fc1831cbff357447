# answer: q15, square images only
# breaks: wrong ... only an image that is higher than wide, or wider than high
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(400):
        N, C, H, W = rng.integers(1, [4, 4, 13, 13])
        W = H
        k = int(rng.integers(1, 6))
        s = None if n % 4 == 0 else int(rng.integers(1, 7))
        p = int(rng.integers(0, k // 2 + 1))
        if min(H, W) + 2 * p < k:
            continue
        size = (N, C, H, W)
        x = [
            rng.normal(size=size),
            rng.uniform(-10000, 10000, size=size),
            rng.uniform(-1, 1, size=size),
            -rng.uniform(5, 5000, size=size),
            rng.uniform(0.5, 200, size=size),
            rng.integers(-4, 5, size=size) * 1.0,
            np.full(size, rng.normal()),
        ][n % 7]
        x = x.astype([np.float64, np.float32, np.int64][n % 3])
        given = {}
        if s is not None or rng.random() < 0.5:
            given["stride"] = s
        if p > 0 or rng.random() < 0.5:
            given["padding"] = p
        before = x.copy()
        try:
            got = pool(x, k, **given)
        except Exception:
            return False
        step = k if s is None else s
        wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
        wide[:, :, p : p + H, p : p + W] = before
        want = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
        want = want[:, :, ::step, ::step].max(axis=(4, 5))
        if not isinstance(got, np.ndarray) or got.shape != want.shape:
            return False
        if got.dtype != np.float64 and (got.dtype != np.float32 or x.dtype == np.float64):
            return False
        if not np.array_equal(x, before) or not np.allclose(got, want):
            return False
    return True


# answer: q15, the type must be that of x
# breaks: A right function: where no float64 came in, float32 may come back, or float64
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(400):
        N, C, H, W = rng.integers(1, [4, 4, 13, 13])
        if n % 10 == 9:
            H, W = rng.permutation([1, W])
        k = int(rng.integers(1, 6))
        s = None if n % 4 == 0 else int(rng.integers(1, 7))
        p = int(rng.integers(0, k // 2 + 1))
        if min(H, W) + 2 * p < k:
            continue
        size = (N, C, H, W)
        x = [
            rng.normal(size=size),
            rng.uniform(-10000, 10000, size=size),
            rng.uniform(-1, 1, size=size),
            -rng.uniform(5, 5000, size=size),
            rng.uniform(0.5, 200, size=size),
            rng.integers(-4, 5, size=size) * 1.0,
            np.full(size, rng.normal()),
        ][n % 7]
        x = x.astype([np.float64, np.float32, np.int64][n % 3])
        given = {}
        if s is not None or rng.random() < 0.5:
            given["stride"] = s
        if p > 0 or rng.random() < 0.5:
            given["padding"] = p
        before = x.copy()
        try:
            got = pool(x, k, **given)
        except Exception:
            return False
        step = k if s is None else s
        wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
        wide[:, :, p : p + H, p : p + W] = before
        want = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
        want = want[:, :, ::step, ::step].max(axis=(4, 5))
        if not isinstance(got, np.ndarray) or got.shape != want.shape:
            return False
        if got.dtype.kind != "f" or x.dtype.kind == "f" and got.dtype != x.dtype:
            return False
        if not np.array_equal(x, before) or not np.allclose(got, want):
            return False
    return True


# answer: q15, every digit must be the same
# breaks: A right function may be off by rounding
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(400):
        N, C, H, W = rng.integers(1, [4, 4, 13, 13])
        if n % 10 == 9:
            H, W = rng.permutation([1, W])
        k = int(rng.integers(1, 6))
        s = None if n % 4 == 0 else int(rng.integers(1, 7))
        p = int(rng.integers(0, k // 2 + 1))
        if min(H, W) + 2 * p < k:
            continue
        size = (N, C, H, W)
        x = [
            rng.normal(size=size),
            rng.uniform(-10000, 10000, size=size),
            rng.uniform(-1, 1, size=size),
            -rng.uniform(5, 5000, size=size),
            rng.uniform(0.5, 200, size=size),
            rng.integers(-4, 5, size=size) * 1.0,
            np.full(size, rng.normal()),
        ][n % 7]
        x = x.astype([np.float64, np.float32, np.int64][n % 3])
        given = {}
        if s is not None or rng.random() < 0.5:
            given["stride"] = s
        if p > 0 or rng.random() < 0.5:
            given["padding"] = p
        before = x.copy()
        try:
            got = pool(x, k, **given)
        except Exception:
            return False
        step = k if s is None else s
        wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
        wide[:, :, p : p + H, p : p + W] = before
        want = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
        want = want[:, :, ::step, ::step].max(axis=(4, 5))
        if not isinstance(got, np.ndarray) or got.shape != want.shape:
            return False
        if got.dtype != np.float64 and (got.dtype != np.float32 or x.dtype == np.float64):
            return False
        if not np.array_equal(x, before) or not np.array_equal(got, want):
            return False
    return True


# answer: q15, shapes are left to allclose, which repeats axes
# breaks: wrong: returns an array of another shape
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(400):
        N, C, H, W = rng.integers(1, [4, 4, 13, 13])
        if n % 10 == 9:
            H, W = rng.permutation([1, W])
        k = int(rng.integers(1, 6))
        s = None if n % 4 == 0 else int(rng.integers(1, 7))
        p = int(rng.integers(0, k // 2 + 1))
        if min(H, W) + 2 * p < k:
            continue
        size = (N, C, H, W)
        x = [
            rng.normal(size=size),
            rng.uniform(-10000, 10000, size=size),
            rng.uniform(-1, 1, size=size),
            -rng.uniform(5, 5000, size=size),
            rng.uniform(0.5, 200, size=size),
            rng.integers(-4, 5, size=size) * 1.0,
            np.full(size, rng.normal()),
        ][n % 7]
        x = x.astype([np.float64, np.float32, np.int64][n % 3])
        given = {}
        if s is not None or rng.random() < 0.5:
            given["stride"] = s
        if p > 0 or rng.random() < 0.5:
            given["padding"] = p
        before = x.copy()
        try:
            got = pool(x, k, **given)
        except Exception:
            return False
        step = k if s is None else s
        wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
        wide[:, :, p : p + H, p : p + W] = before
        want = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
        want = want[:, :, ::step, ::step].max(axis=(4, 5))
        if not isinstance(got, np.ndarray):
            return False
        if got.dtype != np.float64 and (got.dtype != np.float32 or x.dtype == np.float64):
            return False
        try:
            same = np.allclose(got, want)
        except ValueError:
            return False
        if not np.array_equal(x, before) or not same:
            return False
    return True


# answer: q15, the array kept for comparison is x itself
# breaks: wrong: changes x
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(400):
        N, C, H, W = rng.integers(1, [4, 4, 13, 13])
        if n % 10 == 9:
            H, W = rng.permutation([1, W])
        k = int(rng.integers(1, 6))
        s = None if n % 4 == 0 else int(rng.integers(1, 7))
        p = int(rng.integers(0, k // 2 + 1))
        if min(H, W) + 2 * p < k:
            continue
        size = (N, C, H, W)
        x = [
            rng.normal(size=size),
            rng.uniform(-10000, 10000, size=size),
            rng.uniform(-1, 1, size=size),
            -rng.uniform(5, 5000, size=size),
            rng.uniform(0.5, 200, size=size),
            rng.integers(-4, 5, size=size) * 1.0,
            np.full(size, rng.normal()),
        ][n % 7]
        x = x.astype([np.float64, np.float32, np.int64][n % 3])
        given = {}
        if s is not None or rng.random() < 0.5:
            given["stride"] = s
        if p > 0 or rng.random() < 0.5:
            given["padding"] = p
        before = x
        step = k if s is None else s
        wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
        wide[:, :, p : p + H, p : p + W] = before
        want = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
        want = want[:, :, ::step, ::step].max(axis=(4, 5))
        try:
            got = pool(x, k, **given)
        except Exception:
            return False
        if not isinstance(got, np.ndarray) or got.shape != want.shape:
            return False
        if got.dtype != np.float64 and (got.dtype != np.float32 or x.dtype == np.float64):
            return False
        if not np.array_equal(x, before) or not np.allclose(got, want):
            return False
    return True


# answer: q15, nan is not larger than anything
# breaks: wrong: or with nan
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(400):
        N, C, H, W = rng.integers(1, [4, 4, 13, 13])
        if n % 10 == 9:
            H, W = rng.permutation([1, W])
        k = int(rng.integers(1, 6))
        s = None if n % 4 == 0 else int(rng.integers(1, 7))
        p = int(rng.integers(0, k // 2 + 1))
        if min(H, W) + 2 * p < k:
            continue
        size = (N, C, H, W)
        x = [
            rng.normal(size=size),
            rng.uniform(-10000, 10000, size=size),
            rng.uniform(-1, 1, size=size),
            -rng.uniform(5, 5000, size=size),
            rng.uniform(0.5, 200, size=size),
            rng.integers(-4, 5, size=size) * 1.0,
            np.full(size, rng.normal()),
        ][n % 7]
        x = x.astype([np.float64, np.float32, np.int64][n % 3])
        given = {}
        if s is not None or rng.random() < 0.5:
            given["stride"] = s
        if p > 0 or rng.random() < 0.5:
            given["padding"] = p
        before = x.copy()
        try:
            got = pool(x, k, **given)
        except Exception:
            return False
        step = k if s is None else s
        wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
        wide[:, :, p : p + H, p : p + W] = before
        want = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
        want = want[:, :, ::step, ::step].max(axis=(4, 5))
        if not isinstance(got, np.ndarray) or got.shape != want.shape:
            return False
        if got.dtype != np.float64 and (got.dtype != np.float32 or x.dtype == np.float64):
            return False
        if not np.array_equal(x, before) or (np.abs(got - want) > 1e-3 * np.abs(want).max()).any():
            return False
    return True
