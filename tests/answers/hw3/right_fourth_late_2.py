# answer: q15, the contract's properties: each answer is in its window, and no pixel of the window is larger
def _holds(pool, x, k, s, p):
    kept = x.copy()
    y = pool(x, k, s, p)
    same = x.shape == kept.shape and x.dtype == kept.dtype and x.tobytes() == kept.tobytes()
    if not same or type(y) is not np.ndarray or np.may_share_memory(x, y) and np.shares_memory(x, y):
        return False
    if y.dtype != np.float64 and not (y.dtype == np.float32 and x.dtype != np.float64):
        return False
    step = k if s is None else s
    tops = list(range(-p, x.shape[2] + p - k + 1, step))
    lefts = list(range(-p, x.shape[3] + p - k + 1, step))
    if y.shape != x.shape[:2] + (len(tops), len(lefts)):
        return False
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            seen = kept[:, :, max(top, 0) : top + k, max(left, 0) : left + k].astype(float)
            gap = y[:, :, i, j, None, None] - seen
            if gap.min() < -1e-4 or np.abs(gap).min(axis=(2, 3)).max() > 1e-4:
                return False
    return True


def check_max_pool(pool):
    random = np.random.default_rng(2)
    for height, width in [(6, 9), (8, 5), (7, 7)]:
        for k, s, p in [(1, None, 0), (1, 3, 0), (2, None, 0), (2, None, 1), (2, 1, 1), (2, 2, 0), (2, 5, 0), (3, None, 1),
                        (3, 1, 0), (3, 1, 1), (3, 2, 1), (3, 4, 0), (4, None, 2), (4, 3, 1), (4, 1, 2), (5, 2, 2), (5, 1, 1)]:
            for kind in ("float64", "float32", "int64", "int16"):
                for offset in (-50, 0, 50):
                    x = (random.normal(size=(3, 3, height, width)) * 12 + offset).astype(kind)
                    try:
                        if not _holds(pool, x, k, s, p):
                            return False
                    except Exception:
                        return False
    return True


# answer: q15, a copy of the array is compared by hand; one function judges a single call and all() goes through
import itertools


def check_max_pool(pool):
    rng = np.random.default_rng(8)

    def brute(x, k, s, p):
        rows = (x.shape[2] + 2 * p - k) // s + 1
        cols = (x.shape[3] + 2 * p - k) // s + 1
        y = np.full((len(x), x.shape[1], rows, cols), -np.inf)
        for i, j, u, v in itertools.product(range(rows), range(cols), range(k), range(k)):
            a, b = i * s + u - p, j * s + v - p
            if 0 <= a < x.shape[2] and 0 <= b < x.shape[3]:
                y[:, :, i, j] = np.maximum(y[:, :, i, j], x[:, :, a, b])
        return y

    def passes(case):
        (shape, (k, p), s), dtype = case
        x = (rng.permutation(np.prod(shape)).reshape(shape) - np.prod(shape) * 0.75).astype(dtype)
        expected, original = brute(x, k, k if s is None else s, p), x.copy()
        try:
            y = pool(x, k, s, p)
            fine = isinstance(y, np.ndarray) and y.shape == expected.shape and np.allclose(y, expected)
            allowed = ("float64",) if dtype == "float64" else ("float32", "float64")
            return bool(fine and y.dtype.name in allowed and np.all(x == original) and not np.shares_memory(x, y))
        except Exception:
            return False

    shapes = [(2, 3, 7, 5), (3, 2, 5, 8), (1, 1, 6, 6)]
    windows = [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (4, 2), (5, 1), (5, 2)]
    cases = itertools.product(itertools.product(shapes, windows, (None, 1, 2, 3, 4, 6)), ("float64", "float32", "int64"))
    return all(passes(case) for case in cases)
