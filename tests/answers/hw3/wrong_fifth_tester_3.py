# answer: q15, the shapes are not compared, and allclose broadcasts
# breaks: no wrong one may pass: an output that lost its axes of length 1
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
    shapes = [(2, 3, 11, 10), (1, 2, 9, 12)]
    for shape in shapes:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    real = rng.normal(size=shape) * 1000 - 1500
                    for x in (real, real.astype(np.float32), real.astype(np.int64)):
                        before = x.copy()
                        expected = _slow_max(before, k, s, p)
                        try:
                            out = pool(x, k, s, p)
                            close = np.allclose(out, expected)
                        except Exception:
                            return False
                        if not isinstance(out, np.ndarray):
                            return False
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if out.size != expected.size or not close or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, asks for an error where the padding is larger than half the window
# breaks: calls it on inputs that q8 allows: padding at most kernel_size // 2
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
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    try:
        pool(np.zeros((1, 1, 4, 4)), 2, 2, 2)
    except ValueError:
        return True
    return False


# answer: q15, goes on with the next input where the function raises
# breaks: False when it raises
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
                            continue
                        expected = _slow_max(before, k, s, p)
                        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
                            return False
                        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                            return False
                        if not np.allclose(out, expected) or not np.array_equal(x, before):
                            return False
    return True


# answer: q15, looks for changes only where x holds whole numbers
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
                        if not np.allclose(out, expected) or (x.dtype == np.int64 and not np.array_equal(x, before)):
                            return False
    return True


# answer: q15, padding of 0 and 1 only
# breaks: no wrong one may pass: padding of 2 and more, up to kernel_size // 2
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
                for p in range(min(k // 2, 1) + 1):
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


# answer: q15, padding only together with the default stride
# breaks: no wrong one may pass: a stride that is forgotten once there is padding
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
                for p in range(k // 2 + 1 if s is None else 1):
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
