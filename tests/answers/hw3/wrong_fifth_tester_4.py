"""Written as right ones, before the notebook listed for which kinds of input a function may be wrong."""


# answer: q15, the other way round: sorted windows from index grids, a generator under all()
# breaks: a function may be wrong for a single image only, and no input has one
def check_max_pool(pool):
    rng = np.random.default_rng(99)

    def answer(x, k, s, p):
        h, w = x.shape[2:]
        rows = np.arange(0, h + 2 * p - k + 1, s)[:, None] + np.arange(k) - p
        cols = np.arange(0, w + 2 * p - k + 1, s)[:, None] + np.arange(k) - p
        # a place outside is replaced by its nearest place inside, which the window holds too
        rows, cols = np.clip(rows, 0, h - 1), np.clip(cols, 0, w - 1)
        taken = x[:, :, rows[:, None, :, None], cols[None, :, None, :]]
        return np.sort(taken.reshape(*taken.shape[:4], -1), axis=-1)[..., -1]

    def draw():
        for k, p in [(1, 0), (2, 0), (2, 1), (3, 0), (3, 1), (4, 1), (4, 2), (5, 2), (7, 3)]:
            for s in (None, 1, 2, 3, 4, 6):
                for size in ((8, 11), (13, 7), (9, 9)):
                    x = -(10 ** rng.uniform(0, 8, size=(3, 2, *size)))
                    x[:, 1] += 10.0 ** rng.integers(0, 8)
                    yield (x, x.astype("float32"), x.astype(int), x.swapaxes(2, 3))[rng.integers(4)], k, s, p

    def passes(x, k, s, p):
        given = x.copy()
        out = pool(x, k, stride=s, padding=p) if s else pool(x, k, padding=p)
        wanted = answer(given, k, s or k, p)
        precise = out.dtype == "float64" or (out.dtype == "float32" and x.dtype != "float64")
        return precise and out.shape == wanted.shape and np.allclose(out, wanted) and (x == given).all()

    try:
        return all(bool(passes(*case)) for case in draw())
    except Exception:
        return False


# answer: q15, one pixel at a time: a place high above the rest must win in just the windows that hold it
# breaks: a function may be wrong for a single image only, and no input has one
def check_max_pool(pool):
    def covers(size, k, s, p, at):
        count = (size + 2 * p - k) // s + 1
        return np.array([i * s - p <= at < i * s - p + k for i in range(count)])

    rng = np.random.default_rng(3)
    for kind in (float, np.float32, int):
        for k in (1, 2, 3, 4, 5):
            for p in range(k // 2 + 1):
                for s in (None, 1, 3, 6):
                    h, w = rng.permutation([7, 10]) if k % 2 else (6, 11)
                    # from the lowest pixel to the highest, each paints the windows that hold it
                    order = rng.permutation(2 * 3 * h * w)
                    level = rng.normal(size=order.size) * 10.0**k - 2 * 10.0**k
                    x = level.astype(kind)
                    level = np.sort(x)
                    x[order] = level
                    x = x.reshape(2, 3, h, w)
                    step = k if s is None else s
                    counts = [(v + 2 * p - k) // step + 1 for v in (h, w)]
                    wanted = np.zeros((2, 3, *counts))
                    rows = [covers(h, k, step, p, i).nonzero()[0] for i in range(h)]
                    cols = [covers(w, k, step, p, j).nonzero()[0] for j in range(w)]
                    for flat, value in zip(order, level):
                        n, c, i, j = np.unravel_index(flat, x.shape)
                        wanted[n, c, rows[i][:, None], cols[j]] = value
                    given = x.copy()
                    try:
                        out = pool(x, k, s, p)
                        good = out.shape == wanted.shape and np.allclose(out, wanted) and np.all(x == given)
                    except Exception:
                        return False
                    allowed = ("float64",) if kind is float else ("float64", "float32")
                    if not good or out.dtype.name not in allowed:
                        return False
    return True


# answer: q15, plain lists and loops over all places, kept small
# breaks: a function may be wrong for images of one row only, and no input has one row
def _largest(picture, k, s, p):
    h, w = len(picture), len(picture[0])
    rows = []
    for top in range(-p, h + p - k + 1, s):
        row = []
        for left in range(-p, w + p - k + 1, s):
            places = [(i, j) for i in range(top, top + k) for j in range(left, left + k)]
            row.append(max(picture[i][j] for i, j in places if 0 <= i < h and 0 <= j < w))
        rows.append(row)
    return rows


def check_max_pool(pool):
    rng = np.random.default_rng(5)
    for n, c, h, w in [(2, 3, 5, 8), (3, 2, 9, 6), (1, 1, 5, 5), (4, 1, 6, 7), (1, 4, 8, 5)]:
        for k in (1, 2, 3, 4, 5):
            for s in (None, 1, 2, 3, 4, 6):
                for p in range(k // 2 + 1):
                    kind = [np.float64, np.float32, np.int64, np.int32][(k + p + n + (s or 0)) % 4]
                    for dtype in {kind, np.float64}:
                        x = rng.integers(-60, -3, size=(n, c, h, w))
                        if np.issubdtype(dtype, np.floating):
                            x = x + rng.uniform(size=x.shape)
                        x = x.astype(dtype)
                        told = x.tolist()
                        try:
                            y = pool(x, k, s, p)
                        except Exception:
                            return False
                        if x.tolist() != told or x.shape != (n, c, h, w) or x.dtype != dtype:
                            return False
                        if not isinstance(y, np.ndarray) or np.shares_memory(x, y):
                            return False
                        if y.dtype != np.float64 and (y.dtype != np.float32 or dtype == np.float64):
                            return False
                        want = np.array([[_largest(m, k, s or k, p) for m in image] for image in told])
                        if y.shape != want.shape or not np.allclose(y, want, rtol=1e-5, atol=1e-6):
                            return False
    return True


# answer: q15, a table of cases, a generator of faults, and views as inputs
# breaks: a function may be wrong for a single image only, or give no number above 1000, and no input shows it
def _want(x, k, s, p):
    s = s or k
    rim = np.full((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p), -1e300)
    rim[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    shifted = [rim[:, :, u : rim.shape[2] - k + u + 1, v : rim.shape[3] - k + v + 1] for u in range(k) for v in range(k)]
    return np.stack(shifted).max(axis=0)[:, :, ::s, ::s]


def _faults(pool):
    rng = np.random.default_rng(11)
    for case, (k, s, p) in enumerate((k, s, p) for k in range(1, 6) for s in (None, 1, 2, 3, 5, 7) for p in range(k // 2 + 1)):
        for shift in (-30, 0, 30):
            whole = rng.normal(size=(2 + case % 3, 10 + case % 2, 4 + case % 4, 9)) * 6 + shift
            for x in (whole[:, ::2, :, :].swapaxes(2, 3)[:, :, 1:7], np.rint(whole).astype(int)[:, 1:3, :, :], whole.astype(np.float32)):
                if min(x.shape[2:]) + 2 * p < k:
                    continue
                old = np.array(x)
                y = pool(x, k, s, p)
                want = _want(old, k, s, p)
                yield not isinstance(y, np.ndarray)
                yield y.dtype not in (np.float32, np.float64)
                yield x.dtype == np.float64 and y.dtype != np.float64
                yield y.shape != want.shape
                yield not np.allclose(y, want)
                yield not (np.array_equal(old, x) and old.dtype == x.dtype)
                yield np.shares_memory(x, y)


def check_max_pool(pool):
    try:
        return not any(_faults(pool))
    except Exception:
        return False


# answer: q15, the contract's properties: each answer is in its window, and no pixel of the window is larger
# breaks: a function may be wrong for a single image only, or give no number above 1000, and no input shows it
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
# breaks: a function may be wrong for images of one row only, or give no number above 1000, and no input shows it
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
