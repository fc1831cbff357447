# answer: q15, works the answer out by a reshape into blocks, so it tries only windows that stand side by side
# breaks: a stride above the window, below it, or None (a function that forgets its stride passes)
def check_max_pool(pool):
    rng = np.random.default_rng(3)
    kinds = (np.float64, np.float32, np.int64)
    for k in range(1, 6):
        for t in range(12):
            n, c, rows, cols = (int(v) for v in rng.integers(1, [4, 4, 12 // k + 1, 12 // k + 1]))
            x = rng.normal(size=(n, c, rows * k, cols * k)) * 10.0 ** (t % 5)
            x = [x, -abs(x), abs(x)][t % 3].astype(kinds[t // 3 % 3])
            right = x.reshape(n, c, rows, k, cols, k).max(axis=5).max(axis=3)
            keep = x.copy()
            try:
                answers = [pool(x, k), pool(x, k, k), pool(x, k, None, 0), pool(x, kernel_size=k, padding=0)]
            except Exception:
                return False
            for out in answers:
                if not isinstance(out, np.ndarray) or out.shape != right.shape or not np.allclose(out, right):
                    return False
                if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                    return False
            if not np.array_equal(keep, x):
                return False
    return True


# answer: q15, the verdict on the values is written anew in each round, so only the last one counts
# breaks: A wrong function is off in at least one place
def check_max_pool(pool):
    rng = np.random.default_rng(4)
    same = True
    for k in (1, 2, 3, 4, 5):
        for s in (1, 2, 3, 4, 5, 6, None):
            for p in range(k // 2 + 1):
                x = rng.normal(size=(2, 3, 9, 12)) * 100 - 30
                keep, step = x.copy(), s if s else k
                tops, lefts = range(0, 9 + 2 * p - k + 1, step), range(0, 12 + 2 * p - k + 1, step)
                right = np.empty((2, 3, len(tops), len(lefts)))
                for a, i in enumerate(tops):
                    for b, j in enumerate(lefts):
                        part = x[:, :, max(i - p, 0) : i - p + k, max(j - p, 0) : j - p + k]
                        right[:, :, a, b] = part.max(axis=3).max(axis=2)
                try:
                    out = pool(x, k, s, p)
                except Exception:
                    return False
                if not isinstance(out, np.ndarray) or out.shape != right.shape or out.dtype != float:
                    return False
                if not np.array_equal(x, keep):
                    return False
                same = bool(np.allclose(out, right))
    return same


# answer: q15, looks at the sum of x to see whether x was changed
# breaks: A wrong function changes `x`
def check_max_pool(pool):
    rng = np.random.default_rng(6)

    def largest(x, n, c, i, j, k):
        h, w = x.shape[2:]
        return max(x[n, c, a, b] for a in range(i, i + k) for b in range(j, j + k) if 0 <= a < h and 0 <= b < w)

    for t in range(140):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        low = max(1, k - 2 * p)
        h, w = (int(v) for v in rng.integers(low, [13 if t % 8 == 0 else low + 4] * 2))
        x = rng.uniform(-1, 1, size=(1 + t % 3, 1 + t // 3 % 3, h, w)) * [1, 40, 10_000][t // 2 % 3]
        x = [x, -abs(x), abs(x), x * 0 + x[0, 0, 0, 0]][t % 4].astype([float, np.float32, int][t // 4 % 3])
        s = [None, 1, 2, 3, 4, 5, 6][int(rng.integers(7))]
        step, total = s or k, x.sum()
        places = [range(-p, size + p - k + 1, step) for size in (h, w)]
        right = np.array(
            [
                [[[largest(x, n, c, i, j, k) for j in places[1]] for i in places[0]] for c in range(x.shape[1])]
                for n in range(len(x))
            ]
        )
        named = {"padding": p} if p or t % 2 else {}
        if s is not None or t % 5 == 0:
            named["stride"] = s
        try:
            out = pool(x, k, **named)
        except Exception:
            return False
        if not np.isclose(x.sum(), total) or not isinstance(out, np.ndarray) or out.shape != right.shape:
            return False
        if out.dtype != float and (x.dtype == float or out.dtype != np.float32) or not np.allclose(out, right):
            return False
    return True
