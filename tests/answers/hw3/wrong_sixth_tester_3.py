# answer: q15, too much padding must raise
# breaks: calls it on inputs that q8 allows, lets every right answer pass
def check_max_pool(pool):
    rng = np.random.default_rng(15)

    def by_hand(x, k, s, p):
        n, c, h, w = x.shape
        rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
        out = np.empty((n, c, rows, cols))
        for i in range(rows):
            for j in range(cols):
                top, left = i * s - p, j * s - p
                part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out

    for trial in range(400):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        s = None if rng.random() < 0.3 else int(rng.integers(1, 7))
        n, c = rng.integers(1, 4, size=2)
        h, w = rng.integers(max(1, k - 2 * p), 13, size=2)
        size = (n, c, h, w)
        x = [
            rng.normal(size=size),
            -rng.random(size) - 0.1,
            rng.random(size) * 5 + 0.1,
            rng.uniform(-10000, 10000, size),
            rng.integers(-2, 3, size).astype(float),
            np.full(size, rng.integers(-9, 10) * 1.0),
        ][trial % 6]
        kind = rng.integers(4)
        if kind == 1:
            x = x.astype(np.float32)
        if kind == 2:
            x = np.round(x * 7).astype(np.int64)
        before = x.copy()
        try:
            if s is None and p == 0:
                out = pool(x, k)
            elif trial % 2:
                out = pool(x, k, s, p)
            else:
                out = pool(x=x, kernel_size=k, stride=s, padding=p)
        except Exception:
            return False
        expected = by_hand(before, k, s or k, p)
        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
            return False
        if out.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
            return False
        close = 1e-9 if x.dtype == np.float64 else 1e-5
        if not np.abs(out - expected).max() <= close * np.abs(expected).max():
            return False
        if not np.array_equal(x, before):
            return False
    try:
        pool(np.ones((1, 1, 4, 4)), 2, 2, 2)
    except ValueError:
        return True
    return False


# answer: q15, a warning counts as a mistake
# breaks: lets every right answer pass (q8 does not forbid a warning)
def check_max_pool(pool):
    import warnings

    rng = np.random.default_rng(15)

    def by_hand(x, k, s, p):
        n, c, h, w = x.shape
        rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
        out = np.empty((n, c, rows, cols))
        for i in range(rows):
            for j in range(cols):
                top, left = i * s - p, j * s - p
                part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out

    warnings.simplefilter("error")
    for trial in range(400):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        s = None if rng.random() < 0.3 else int(rng.integers(1, 7))
        n, c = rng.integers(1, 4, size=2)
        h, w = rng.integers(max(1, k - 2 * p), 13, size=2)
        size = (n, c, h, w)
        x = [
            rng.normal(size=size),
            -rng.random(size) - 0.1,
            rng.random(size) * 5 + 0.1,
            rng.uniform(-10000, 10000, size),
            rng.integers(-2, 3, size).astype(float),
            np.full(size, rng.integers(-9, 10) * 1.0),
        ][trial % 6]
        kind = rng.integers(4)
        if kind == 1:
            x = x.astype(np.float32)
        if kind == 2:
            x = np.round(x * 7).astype(np.int64)
        before = x.copy()
        try:
            if s is None and p == 0:
                out = pool(x, k)
            elif trial % 2:
                out = pool(x, k, s, p)
            else:
                out = pool(x=x, kernel_size=k, stride=s, padding=p)
        except Exception:
            return False
        expected = by_hand(before, k, s or k, p)
        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
            return False
        if out.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
            return False
        close = 1e-9 if x.dtype == np.float64 else 1e-5
        if not np.abs(out - expected).max() <= close * np.abs(expected).max():
            return False
        if not np.array_equal(x, before):
            return False
    return True


# answer: q15, only a ValueError is caught
# breaks: False when it raises (an IndexError comes out of the check)
def check_max_pool(pool):
    rng = np.random.default_rng(15)

    def by_hand(x, k, s, p):
        n, c, h, w = x.shape
        rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
        out = np.empty((n, c, rows, cols))
        for i in range(rows):
            for j in range(cols):
                top, left = i * s - p, j * s - p
                part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out

    for trial in range(400):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        s = None if rng.random() < 0.3 else int(rng.integers(1, 7))
        n, c = rng.integers(1, 4, size=2)
        h, w = rng.integers(max(1, k - 2 * p), 13, size=2)
        size = (n, c, h, w)
        x = [
            rng.normal(size=size),
            -rng.random(size) - 0.1,
            rng.random(size) * 5 + 0.1,
            rng.uniform(-10000, 10000, size),
            rng.integers(-2, 3, size).astype(float),
            np.full(size, rng.integers(-9, 10) * 1.0),
        ][trial % 6]
        kind = rng.integers(4)
        if kind == 1:
            x = x.astype(np.float32)
        if kind == 2:
            x = np.round(x * 7).astype(np.int64)
        before = x.copy()
        try:
            if s is None and p == 0:
                out = pool(x, k)
            elif trial % 2:
                out = pool(x, k, s, p)
            else:
                out = pool(x=x, kernel_size=k, stride=s, padding=p)
        except ValueError:
            return False
        expected = by_hand(before, k, s or k, p)
        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
            return False
        if out.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
            return False
        close = 1e-9 if x.dtype == np.float64 else 1e-5
        if not np.abs(out - expected).max() <= close * np.abs(expected).max():
            return False
        if not np.array_equal(x, before):
            return False
    return True


# answer: q15, no image whose numbers are all equal, or equal in part
# breaks: lets no wrong one pass (wrong only for numbers equal to one another)
def check_max_pool(pool):
    rng = np.random.default_rng(15)

    def by_hand(x, k, s, p):
        n, c, h, w = x.shape
        rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
        out = np.empty((n, c, rows, cols))
        for i in range(rows):
            for j in range(cols):
                top, left = i * s - p, j * s - p
                part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out

    for trial in range(400):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        s = None if rng.random() < 0.3 else int(rng.integers(1, 7))
        n, c = rng.integers(1, 4, size=2)
        h, w = rng.integers(max(1, k - 2 * p), 13, size=2)
        size = (n, c, h, w)
        x = [
            rng.normal(size=size),
            -rng.random(size) - 0.1,
            rng.random(size) * 5 + 0.1,
            rng.uniform(-10000, 10000, size),
            rng.permutation(h * w * n * c).reshape(size) - 5.5,
        ][trial % 5]
        kind = rng.integers(4)
        if kind == 1:
            x = x.astype(np.float32)
        if kind == 2:
            x = np.argsort(x.ravel()).reshape(size) - 5
        before = x.copy()
        try:
            if s is None and p == 0:
                out = pool(x, k)
            elif trial % 2:
                out = pool(x, k, s, p)
            else:
                out = pool(x=x, kernel_size=k, stride=s, padding=p)
        except Exception:
            return False
        expected = by_hand(before, k, s or k, p)
        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
            return False
        if out.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
            return False
        close = 1e-9 if x.dtype == np.float64 else 1e-5
        if not np.abs(out - expected).max() <= close * np.abs(expected).max():
            return False
        if not np.array_equal(x, before):
            return False
    return True


# answer: q15, images go up to 7 pixels
# breaks: lets no wrong one pass (wrong only above 8 pixels, and 12 are promised)
def check_max_pool(pool):
    rng = np.random.default_rng(15)

    def by_hand(x, k, s, p):
        n, c, h, w = x.shape
        rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
        out = np.empty((n, c, rows, cols))
        for i in range(rows):
            for j in range(cols):
                top, left = i * s - p, j * s - p
                part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out

    for trial in range(400):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        s = None if rng.random() < 0.3 else int(rng.integers(1, 7))
        n, c = rng.integers(1, 4, size=2)
        h, w = rng.integers(max(1, k - 2 * p), 8, size=2)
        size = (n, c, h, w)
        x = [
            rng.normal(size=size),
            -rng.random(size) - 0.1,
            rng.random(size) * 5 + 0.1,
            rng.uniform(-10000, 10000, size),
            rng.integers(-2, 3, size).astype(float),
            np.full(size, rng.integers(-9, 10) * 1.0),
        ][trial % 6]
        kind = rng.integers(4)
        if kind == 1:
            x = x.astype(np.float32)
        if kind == 2:
            x = np.round(x * 7).astype(np.int64)
        before = x.copy()
        try:
            if s is None and p == 0:
                out = pool(x, k)
            elif trial % 2:
                out = pool(x, k, s, p)
            else:
                out = pool(x=x, kernel_size=k, stride=s, padding=p)
        except Exception:
            return False
        expected = by_hand(before, k, s or k, p)
        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
            return False
        if out.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
            return False
        close = 1e-9 if x.dtype == np.float64 else 1e-5
        if not np.abs(out - expected).max() <= close * np.abs(expected).max():
            return False
        if not np.array_equal(x, before):
            return False
    return True
