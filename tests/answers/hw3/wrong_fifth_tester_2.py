# answer: q15, strides up to the window only
# breaks: no wrong one may pass: strides smaller and larger than the window
def _slow_max(x, k, s, p):
    s = k if s is None else s
    n, c, h, w = x.shape
    out = np.empty((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - p, j * s - p
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(15)
    shapes = [(2, 3, 7, 10), (1, 2, 9, 6), (3, 1, 5, 5)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, *range(1, k + 1)):
                for p in range(k // 2 + 1):
                    real = rng.normal(size=shape) * 1000 - 1500
                    for x in (real, real.astype(np.float32), real.astype(np.int64)):
                        before = x.copy()
                        try:
                            out = pool(x, k, s, p)
                        except Exception:
                            return False
                        expected = _slow_max(before, k, s, p)
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, every size is a multiple of what it is pooled by
# breaks: no wrong one may pass: pixels left over
def _slow_max(x, k, s, p):
    s = k if s is None else s
    n, c, h, w = x.shape
    out = np.empty((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - p, j * s - p
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(15)
    shapes = [(2, 3, 8, 12), (1, 2, 12, 6), (3, 1, 7, 11), (2, 2, 5, 10), (1, 2, 9, 14)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    step = k if s is None else s
                    if any((size + 2 * p - k) % step for size in shape[2:]):
                        continue
                    real = rng.normal(size=shape) * 1000 - 1500
                    for x in (real, real.astype(np.float32), real.astype(np.int64)):
                        before = x.copy()
                        try:
                            out = pool(x, k, s, p)
                        except Exception:
                            return False
                        expected = _slow_max(before, k, s, p)
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, keeps the input under a second name, not as a copy
# breaks: False when it changes x
def _slow_max(x, k, s, p):
    s = k if s is None else s
    n, c, h, w = x.shape
    out = np.empty((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - p, j * s - p
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(15)
    shapes = [(2, 3, 7, 10), (1, 2, 9, 6), (3, 1, 5, 5)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    real = rng.normal(size=shape) * 1000 - 1500
                    for x in (real, real.astype(np.float32), real.astype(np.int64)):
                        before = x
                        expected = _slow_max(x, k, s, p)
                        try:
                            out = pool(x, k, s, p)
                        except Exception:
                            return False
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, asks for float64, whatever came in
# breaks: every right answer must pass: where no float64 came in, float32 may come back
def _slow_max(x, k, s, p):
    s = k if s is None else s
    n, c, h, w = x.shape
    out = np.empty((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - p, j * s - p
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(15)
    shapes = [(2, 3, 7, 10), (1, 2, 9, 6), (3, 1, 5, 5)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    real = rng.normal(size=shape) * 1000 - 1500
                    for x in (real, real.astype(np.float32), real.astype(np.int64)):
                        before = x.copy()
                        try:
                            out = pool(x, k, s, p)
                        except Exception:
                            return False
                        expected = _slow_max(before, k, s, p)
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if out.dtype != np.float64:
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, does not look at the dtype, values agree to five digits
# breaks: no wrong one may pass: float32 comes back for float64
def _slow_max(x, k, s, p):
    s = k if s is None else s
    n, c, h, w = x.shape
    out = np.empty((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - p, j * s - p
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(15)
    shapes = [(2, 3, 7, 10), (1, 2, 9, 6), (3, 1, 5, 5)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    real = rng.normal(size=shape) * 1000 - 1500
                    for x in (real, real.astype(np.float32), real.astype(np.int64)):
                        before = x.copy()
                        try:
                            out = pool(x, k, s, p)
                        except Exception:
                            return False
                        expected = _slow_max(before, k, s, p)
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, whole numbers are never handed in
# breaks: no wrong one may pass: an array of floats may hold int64, and you return floats
def _slow_max(x, k, s, p):
    s = k if s is None else s
    n, c, h, w = x.shape
    out = np.empty((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - p, j * s - p
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(15)
    shapes = [(2, 3, 7, 10), (1, 2, 9, 6), (3, 1, 5, 5)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    real = rng.normal(size=shape) * 1000 - 1500
                    for x in (real, real.astype(np.float32)):
                        before = x.copy()
                        try:
                            out = pool(x, k, s, p)
                        except Exception:
                            return False
                        expected = _slow_max(before, k, s, p)
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, floats without digits after the point
# breaks: no wrong one may pass: pixels cut off to whole numbers inside
def _slow_max(x, k, s, p):
    s = k if s is None else s
    n, c, h, w = x.shape
    out = np.empty((n, c, (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - p, j * s - p
            window = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(15)
    shapes = [(2, 3, 7, 10), (1, 2, 9, 6), (3, 1, 5, 5)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    real = rng.integers(-3000, 1000, size=shape).astype(float)
                    for x in (real, real.astype(np.float32), real.astype(np.int64)):
                        before = x.copy()
                        try:
                            out = pool(x, k, s, p)
                        except Exception:
                            return False
                        expected = _slow_max(before, k, s, p)
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True
