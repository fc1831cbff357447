# answer: q15, every size with every window, stride, padding and type
# breaks: a few hundred calls are plenty, and their time counts as yours (one call for 10 seconds)
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    for n in range(1, 4):
        for h in range(1, 13):
            for w in range(1, 13):
                for k in range(1, 6):
                    for p in range(k // 2 + 1):
                        for s in (None, 1, 2, 3, 4, 5, 6):
                            for kind in (np.float64, np.float32, np.int64):
                                if min(h, w) + 2 * p < k:
                                    continue
                                x = (rng.normal(size=(n, 2, h, w)) * 100).astype(kind)
                                before = x.copy()
                                try:
                                    out = pool(x, k, s, p)
                                except Exception:
                                    return False
                                step = s or k
                                rows, cols = (h + 2 * p - k) // step + 1, (w + 2 * p - k) // step + 1
                                if out.shape != (n, 2, rows, cols) or not np.array_equal(x, before):
                                    return False
                                for i in range(rows):
                                    for j in range(cols):
                                        top, left = i * step - p, j * step - p
                                        part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
                                        if not np.allclose(out[:, :, i, j], part.max(axis=(2, 3))):
                                            return False
    return True


# answer: q15, known answers for a handful of arrays, worked out by hand
# breaks: lets no wrong one pass (all windows are 2 or 3, both of one image)
def check_max_pool(pool):
    ramp = np.arange(-12.0, 8.0).reshape(1, 1, 4, 5)
    cases = [
        ((ramp, 2), [[-6, -4], [4, 6]]),
        ((ramp, 2, 1), [[-6, -5, -4, -3], [-1, 0, 1, 2], [4, 5, 6, 7]]),
        ((ramp, 2, 2, 1), [[-12, -10, -8], [-2, 0, 2], [3, 5, 7]]),
        ((ramp, 3, 2, 1), [[-6, -4, -3], [4, 6, 7]]),
        ((-ramp, 3, None, 1), [[12, 10], [2, 0]]),
        ((ramp.astype(np.int64), 2, 3), [[-6, -3]]),
        ((ramp.astype(np.float32) / 4, 2), [[-1.5, -1], [1, 1.5]]),
    ]
    for arguments, answer in cases:
        saved = arguments[0].copy()
        try:
            out = pool(*arguments)
        except Exception:
            return False
        good = (
            isinstance(out, np.ndarray) and out.dtype.kind == "f" and out.shape == (1, 1, *np.shape(answer))
        )
        if not good or not np.allclose(out[0, 0], answer) or not np.array_equal(saved, arguments[0]):
            return False
        if saved.dtype == np.float64 and out.dtype != np.float64:
            return False
    return True
