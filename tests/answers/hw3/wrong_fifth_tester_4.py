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
