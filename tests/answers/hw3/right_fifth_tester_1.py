# answer: q15, plain loops over every pixel, drawn inputs, arguments by place and by name
def check_max_pool(pool):
    rng = np.random.default_rng(7)

    def best(x, n, c, top, left, k):
        found = None
        for i in range(top, top + k):
            for j in range(left, left + k):
                if 0 <= i < x.shape[2] and 0 <= j < x.shape[3]:
                    if found is None or x[n, c, i, j] > found:
                        found = x[n, c, i, j]
        return found

    def right(x, k, s, p, call):
        before, step = x.copy(), s or k
        out = call(x)
        n, c, h, w = x.shape
        size = (n, c, (h + 2 * p - k) // step + 1, (w + 2 * p - k) // step + 1)
        kinds = [np.float64] if x.dtype == np.float64 else [np.float64, np.float32]
        same = out.shape == size and out.dtype in kinds and np.array_equal(x, before)
        return same and all(
            np.isclose(out[at], best(before, at[0], at[1], at[2] * step - p, at[3] * step - p, k))
            for at in np.ndindex(size)
        )

    try:
        for turn in range(150):
            k = int(rng.integers(1, 6))
            p = int(rng.integers(0, k // 2 + 1))
            s = None if turn % 4 == 0 else int(rng.integers(1, 7))
            n, c = (int(v) for v in rng.integers(1, 4, size=2))
            h, w = (int(v) for v in rng.integers(k, k + 7, size=2))
            x = rng.normal(size=(n, c, h, w)) * 10.0 ** rng.integers(0, 7) - 5
            x = [x, x.astype(np.float32), np.floor(x).astype(np.int64)][turn % 3]
            ways = [
                lambda a: pool(a, k, s, p),
                lambda a: pool(x=a, kernel_size=k, stride=s, padding=p),
                (lambda a: pool(a, k, padding=p)) if s is None else (lambda a: pool(a, k, padding=p, stride=s)),
            ]
            if p == 0:
                ways[2] = (lambda a: pool(a, k)) if s is None else (lambda a: pool(a, k, stride=s))
            if not right(x, k, s, p, ways[turn // 3 % 3]):
                return False
    except Exception:
        return False
    return True
