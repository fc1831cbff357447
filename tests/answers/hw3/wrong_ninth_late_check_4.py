# answer: q15, one image at a time
# breaks: wrong for one kind of input only: several of both
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(400):
        N, C, H, W = rng.integers(1, [2, 4, 13, 13])
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
        if not np.array_equal(x, before) or not np.allclose(got, want):
            return False
    return True


# answer: q15, the border of the own answer is -1000
# breaks: A right function; numbers out to -10,000: padding counts as minus infinity
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
        wide = np.full((N, C, H + 2 * p, W + 2 * p), -1000.0)
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


# answer: q15, close means within 0.5
# breaks: wrong: off in at least one place by a thousandth of the largest number in the answer or more
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
        if not np.array_equal(x, before) or not np.allclose(got, want, atol=0.5):
            return False
    return True


# answer: q15, no image in which all numbers are equal, and never two equal ones
# breaks: wrong for one kind of input only: numbers equal to one another
# excused: the one function that is wrong for equal numbers alone is wrong for other inputs of this answer, too
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
        ][n % 5]
        x = x + np.arange(x.size).reshape(size) * 1e-3
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


# answer: q15, sums are compared
# breaks: wrong: off in at least one place
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
        if not np.array_equal(x, before) or not np.allclose(got.sum(axis=(2, 3)), want.sum(axis=(2, 3))):
            return False
    return True


# answer: q15, True after the first call that is right
# breaks: lets every right answer pass and no wrong one
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
        if not np.array_equal(x, before) or not np.allclose(got, want):
            return False
        return True
    return True
