# answer: q15, drawn images of all kinds against plain loops over the real pixels
def check_max_pool(pool):
    def expected(x, k, s, p):
        N, C, H, W = x.shape
        rows, cols = range(-p, H + p - k + 1, s), range(-p, W + p - k + 1, s)
        out = np.empty((N, C, len(rows), len(cols)))
        for i, a in enumerate(rows):
            for j, b in enumerate(cols):
                out[:, :, i, j] = x[:, :, max(a, 0) : a + k, max(b, 0) : b + k].max(axis=(2, 3))
        return out

    rng = np.random.default_rng(5)
    sizes = [(1, 1), (1, 7), (7, 1), (12, 5), (5, 12), (6, 6), (11, 10), (9, 12)]
    turn = 0
    for k in (1, 2, 3, 4, 5):
        for p in range(k // 2 + 1):
            for s in (None, 1, 2, k, 6, "out"):
                for low, high in ((-9000, 9000), (-10000, -2000), (0.1, 0.9), (-0.9, -0.1), (3.7, 3.7)):
                    turn += 1
                    H, W = sizes[turn % len(sizes)]
                    if min(H, W) + 2 * p < k:
                        H, W = W + 6, H + 5
                    if turn % 2 and max(abs(low), abs(high)) > 1 and low != high:
                        dtype = np.int64
                    else:
                        dtype = (np.float64, np.float32)[turn // 2 % 2]
                    N, C = [(1, 1), (2, 3), (1, 3), (3, 1), (3, 3)][turn % 5]
                    x = rng.uniform(low, high, size=(N, C, H, W)).astype(dtype)
                    before = x.copy()
                    named = {} if s == "out" else {"stride": s}
                    if p or turn % 3:
                        named["padding"] = p
                    want = expected(before, k, k if s in (None, "out") else s, p)
                    try:
                        got = pool(x, k, **named)
                    except Exception:
                        return False
                    if not isinstance(got, np.ndarray) or got.shape != want.shape:
                        return False
                    kinds = [np.float64] if dtype == np.float64 else [np.float32, np.float64]
                    if got.dtype not in kinds or not np.array_equal(x, before):
                        return False
                    if not np.allclose(got, want):
                        return False
    return True


# answer: q15, windows by strided views with masked places, cases from a list of properties
def check_max_pool(pool):
    rng = np.random.default_rng(11)
    view = np.lib.stride_tricks.sliding_window_view
    fills = [
        lambda size: rng.normal(size=size),
        lambda size: -1 - rng.random(size) * 9999,
        lambda size: 1 + rng.random(size) * 9999,
        lambda size: np.full(size, -2.5),
        lambda size: rng.random(size) - 0.5,
        lambda size: rng.integers(-10000, 10000, size=size),
    ]
    count = 0
    for shape in [(1, 1, 12, 7), (2, 3, 7, 12), (3, 2, 5, 5), (1, 2, 1, 9), (2, 1, 9, 1), (3, 3, 10, 10)]:
        for k in range(1, 6):
            for p in range(k // 2 + 1):
                if min(shape[2:]) + 2 * p < k:
                    continue
                for extra in ((), (None,), (1,), (k,), (k + 1,), (max(k - 1, 1),)):
                    count += 1
                    x = fills[count % 6](shape)
                    if x.dtype == float and count % 4 == 1:
                        x = x.astype(np.float32)
                    s = extra[0] if extra and extra[0] else k
                    wide = np.full((*shape[:2], shape[2] + 2 * p, shape[3] + 2 * p), -np.inf)
                    wide[:, :, p : p + shape[2], p : p + shape[3]] = x
                    want = view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(axis=(4, 5))
                    given, words = x.copy(), {}
                    args = (given, k, *extra)
                    if p and extra and count % 2:
                        args += (p,)
                    elif p:
                        words = {"padding": p}
                    try:
                        got = pool(*args, **words)
                        good = type(got) is np.ndarray or isinstance(got, np.ndarray)
                        good = good and got.shape == want.shape and got.dtype.kind == "f" and got.itemsize in (4, 8)
                        good = good and (x.dtype != np.float64 or got.dtype == np.float64)
                        good = good and np.allclose(got, want) and (given == x).all()
                    except BaseException:
                        good = False
                    if not good:
                        return False
    return True
