# answer: q15, never hands in a negative value
# breaks: no wrong one may pass: padding that counts as 0
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
                    real = rng.random(size=shape) * 1000
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


# answer: q15, the negative values are small
# breaks: no wrong one may pass: padding counts as minus infinity, not as some large negative number
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
                    real = rng.normal(size=shape) - 2
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


# answer: q15, pixels that rise from left to right and top to bottom
# breaks: no wrong one may pass: windows whose first row is left out
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
    shapes = [(2, 3, 7, 10), (1, 2, 9, 6), (3, 1, 6, 6)]
    for shape in shapes:
        for k in (1, 3, 5):
            for s in (None, 1, 2, 3, 5):
                for p in range((k + 1) // 2):
                    real = np.arange(np.prod(shape)).reshape(shape) - 1000.5
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


# answer: q15, square inputs only
# breaks: no wrong one may pass: height and width that differ
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
    shapes = [(2, 3, 7, 7), (1, 2, 9, 9), (3, 1, 6, 6)]
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
    return True


# answer: q15, one image at a time
# breaks: no wrong one may pass: several images
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
    shapes = [(1, 3, 7, 10), (1, 2, 9, 6), (1, 1, 5, 5)]
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
    return True


# answer: q15, one channel at a time
# breaks: no wrong one may pass: several channels
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
    shapes = [(2, 1, 7, 10), (1, 1, 9, 6), (3, 1, 5, 5)]
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
    return True


# answer: q15, always names a stride
# breaks: no wrong one may pass: None means kernel_size
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
            for s in (1, 2, 3, 5):
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
