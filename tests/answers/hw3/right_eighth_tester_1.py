# answer: q15, shifted slices under one running maximum, 600 cases made once, calls in several ways
def _answer(x, k, s, p):
    n, c, h, w = x.shape
    wide = np.full((n, c, h + 2 * p, w + 2 * p), float(x.min()))
    wide[:, :, p : p + h, p : p + w] = x
    rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
    best = wide[:, :, : rows * s : s, : cols * s : s][:, :, :rows, :cols].copy()
    for a in range(k):
        for b in range(k):
            np.maximum(best, wide[:, :, a : a + (rows - 1) * s + 1 : s, b : b + (cols - 1) * s + 1 : s], out=best)
    return best


def _draw(rng, t):
    k = t % 5 + 1
    p = int(rng.integers(0, k // 2 + 1))
    low = max(1, k - 2 * p)
    h, w = int(rng.integers(low, 13)), int(rng.integers(low, 13))
    if t % 9 == 0:
        h = low
    elif t % 9 == 1:
        w = low
    x = rng.normal(size=(int(rng.integers(1, 4)), int(rng.integers(1, 4)), h, w))
    kind = int(rng.integers(0, 7))
    if kind == 0:
        x = -abs(x) - 0.1
    elif kind == 1:
        x = abs(x) + 0.1
    elif kind == 2:
        x = rng.uniform(-10_000, 10_000, size=x.shape)
    elif kind == 3:
        x[:] = rng.uniform(-9, 9)
    elif kind == 4:
        x = rng.uniform(-10_000, -9_000, size=x.shape)
    elif kind == 5:
        x = rng.uniform(-1, 1, size=x.shape)
    else:
        x = x * 30
    kind = int(rng.integers(0, 3))
    if kind:
        x = np.round(x).astype(np.int64) if kind == 1 else x.astype(np.float32)
    s = int(rng.integers(0, 7))
    return x, k, s or None, p, _answer(x, k, s or k, p)


_RNG = np.random.default_rng(2024)
_CASES = [_draw(_RNG, t) for t in range(600)]


def check_max_pool(pool):
    for t, (x, k, s, p, right) in enumerate(_CASES):
        given = x.copy()
        named = {"stride": s, "padding": p}
        if s is None and t % 4:
            del named["stride"]
        if p == 0 and t % 3:
            del named["padding"]
        try:
            out = pool(given, k, s, p) if t % 2 else pool(given, k, **named)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != right.shape:
            return False
        if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
            return False
        scale = np.abs(right).max()
        if not np.all(np.abs(out - right) <= 2e-5 * scale) or not np.array_equal(given, x):
            return False
    return True


# answer: q15, brute force in plain Python, one generator of cases inside, all() over a judge of one call
def check_max_pool(pool):
    from itertools import cycle, product

    rng = np.random.default_rng(77)
    numbers = cycle(
        [
            lambda size: rng.uniform(-1, 1, size),
            lambda size: -rng.uniform(0.5, 90, size),
            lambda size: rng.uniform(-10_000, -5_000, size),
            lambda size: rng.uniform(0.5, 90, size),
            lambda size: np.full(size, rng.uniform(-50, 50)),
            lambda size: rng.uniform(-10_000, 10_000, size),
            lambda size: np.full(size, -3.0),
        ]
    )
    shapes = cycle([(3, 9), (12, 2), (5, 5), (1, 6), (7, 1), (11, 4), (2, 12), (4, 3), (10, 12), (6, 8), (1, 1)])
    kinds = cycle([np.float64, np.float32, np.int64, np.float64])
    stacks = cycle([(1, 1), (2, 3), (1, 3), (3, 1), (2, 2)])

    def one(k, s, p):
        h, w = next(shapes)
        h, w = max(h, k - 2 * p), max(w, k - 2 * p)
        x = next(numbers)((*next(stacks), h, w)).astype(next(kinds))
        step = k if s is None else s
        across = [slice(max(j, 0), j + k) for j in range(-p, w + p - k + 1, step)]
        down = [slice(max(i, 0), i + k) for i in range(-p, h + p - k + 1, step)]
        right = np.stack([np.stack([x[..., i, j].max((2, 3)) for j in across], -1) for i in down], -2)
        ways = [((k, s, p), {})]
        if s is None:
            ways.append(((k,), {"padding": p}))
        if p == 0:
            ways.append(((k,), {"stride": s}))
        if s is None and p == 0:
            ways.append(((), {"kernel_size": k}))
        for args, named in ways:
            given = x.copy()
            out = pool(given, *args, **named)
            allowed = {np.dtype(float)} if x.dtype == float else {np.dtype(float), np.dtype(np.float32)}
            if not (isinstance(out, np.ndarray) and out.dtype in allowed and out.shape == right.shape):
                return False
            if given.tolist() != x.tolist() or not np.allclose(out, right):
                return False
        return True

    try:
        return all(
            one(k, s, p)
            for again in range(3)
            for k, s in product(range(1, 6), (None, 1, 2, 3, 4, 5, 6))
            for p in range(k // 2 + 1)
        )
    except Exception:
        return np.False_
