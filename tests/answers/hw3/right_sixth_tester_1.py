# answer: q15, drawn inputs of every kind, the answer by plain loops over lists
def check_max_pool(pool):
    rng = np.random.default_rng(2024)
    few = [-3.0, 0.0, 0.0, 2.5]
    makers = [
        lambda size: rng.normal(size=size),
        lambda size: -rng.random(size) * 4 - 0.01,
        lambda size: rng.random(size) * 4 + 0.01,
        lambda size: rng.uniform(-10000, 10000, size),
        lambda size: -rng.uniform(5000, 10000, size),
        lambda size: rng.uniform(-1, 1, size),
        lambda size: rng.choice(few, size),
        lambda size: np.full(size, rng.choice([-7.25, -1.0, 0.0, 3.0, 8.5])),
        lambda size: rng.integers(-10000, 10001, size) * 1.0,
    ]

    def window(rows, top, left, k):
        return max(v for row in rows[max(top, 0) : top + k] for v in row[max(left, 0) : left + k])

    for trial in range(540):
        k = trial % 5 + 1
        p = int(rng.integers(k // 2 + 1))
        s = [None, 1, 2, 3, 4, 5, 6][int(rng.integers(7))]
        least = max(1, k - 2 * p)
        n, c = (int(rng.integers(1, 4)) for _ in "nc")
        h, w = (int(rng.integers(least, 13)) for _ in "hw")
        if trial % 10 == 3:
            h = least
        if trial % 10 == 7:
            w = least
        x = makers[trial // 5 % 9]((n, c, h, w))
        kind = [np.float64, np.float32, np.int64][int(rng.integers(3))]
        x = np.round(x).astype(kind) if kind is np.int64 else x.astype(kind)
        saved = x.copy()
        step = k if s is None else s
        tops = range(-p, h + p - k + 1, step)
        lefts = range(-p, w + p - k + 1, step)
        answer = np.array(
            [[[[window(m, t, q, k) for q in lefts] for t in tops] for m in image] for image in saved.tolist()]
        )
        calls = [
            ((x, k, s, p), {}),
            ((x, k), {"padding": p, "stride": s}),
            ((), {"x": x, "kernel_size": k, "padding": p}),
        ]
        plain, named = calls[trial % 3] if s is None else calls[trial % 2]
        if s is None and p == 0 and trial % 2:
            plain, named = (x, k), {}
        try:
            out = pool(*plain, **named)
        except Exception:
            return False
        if type(out) is not np.ndarray or out.shape != answer.shape:
            return False
        if out.dtype != np.float64 and (kind is np.float64 or out.dtype != np.float32):
            return False
        off = 1e-9 if kind is np.float64 else 1e-5
        if not np.all(np.abs(out - answer) <= off * np.abs(answer).max()):
            return False
        if x.shape != saved.shape or x.dtype != saved.dtype or (x != saved).any():
            return False
    return True


# answer: q15, properties: every output is in its window and no pixel of the window is above it
def check_max_pool(pool):
    draw = np.random.RandomState(7)

    def sound(x, k, s, p, how):
        keep = x.copy()
        if how == 0:
            out = pool(x, k, stride=s, padding=p)
        elif how == 1 and s is None:
            out = pool(x, k, padding=p) if p else pool(x, k)
        elif how == 2 and p == 0:
            out = pool(x, k, s)
        else:
            out = pool(x, k, s, p)
        if not isinstance(out, np.ndarray) or not (x == keep).all():
            return False
        exact = x.dtype == np.float64
        if str(out.dtype) not in (("float64",) if exact else ("float32", "float64")):
            return False
        step = s or k
        sizes = [len(range(0, size + 2 * p - k + 1, step)) for size in x.shape[2:]]
        if out.shape != (*x.shape[:2], *sizes):
            return False
        slack = (1e-9 if exact else 1e-5) * np.abs(out).max()
        for i, j in np.ndindex(*sizes):
            part = keep[
                :, :, max(i * step - p, 0) : i * step - p + k, max(j * step - p, 0) : j * step - p + k
            ]
            gap = part - out[:, :, i, j][:, :, None, None]
            if (gap > slack).any() or (np.abs(gap).min(axis=(2, 3)) > slack).any() or np.isnan(gap).any():
                return False
        return True

    number = 0
    for k in (1, 2, 3, 4, 5):
        for p in range(k // 2 + 1):
            for s in (None, 1, 2, 3, 4, 5, 6):
                for again in range(8):
                    number += 1
                    low = max(k - 2 * p, 1)
                    h, w = draw.randint(low, 13), draw.randint(low, 13)
                    h, w = (low, w) if again == 6 else (h, low) if again == 7 else (h, w)
                    size = (draw.randint(1, 4), draw.randint(1, 4), h, w)
                    scale = [1, 10000, 3][draw.randint(3)]
                    x = draw.uniform(-scale, scale, size)
                    x = [x, -np.abs(x), np.abs(x), np.full(size, x[0, 0, 0, 0]), np.sign(x) * 3][
                        draw.randint(5)
                    ]
                    x = x.astype(("float64", "float32", "int64")[draw.randint(3)])
                    try:
                        if not sound(x, k, s, p, number % 4):
                            return False
                    except Exception:
                        return False
    return True


# answer: q15, all windows, strides and paddings with images from a short list, the answer tap by tap
def check_max_pool(pool):
    from itertools import cycle, product

    rng = np.random.default_rng(99)
    shapes = cycle(
        [
            (1, 1, 5, 5),
            (2, 3, 7, 12),
            (3, 1, 12, 6),
            (1, 2, 5, 11),
            (2, 2, 12, 12),
            (3, 3, 9, 5),
            (1, 1, 10, 8),
        ]
    )
    fills = cycle(
        [
            lambda size: rng.normal(size=size) * 3,
            lambda size: -1 - 99 * rng.random(size),
            lambda size: rng.choice([-10000.0, 9999.5, 10000.0], size),
            lambda size: rng.random(size),
            lambda size: -rng.random(size),
            lambda size: np.full(size, 4.0),
            lambda size: np.full(size, -4.0),
            lambda size: rng.integers(1, 100, size) / 1.0,
            lambda size: rng.normal(size=size) * 5000,
            lambda size: rng.integers(-1, 2, size) / 1.0,
            lambda size: 0.0 * rng.normal(size=size),
        ]
    )
    kinds = cycle(["f8", "i8", "f8", "f4", "f8", "f4", "i8", "f8", "f4", "i8", "f8", "f4", "i8"])
    todo = [
        (k, s, p, next(shapes))
        for k, s in product((1, 2, 3, 4, 5), (None, 1, 2, 3, 4, 5, 6))
        for p in range(k // 2 + 1)
        for _ in range(5)
    ]
    for low in (1, 2, 3):
        todo += [
            (1, s, 0, size) for s in (None, 1, 2) for size in ((low, 2, 1, 9), (2, low, 8, 1), (1, 1, 1, low))
        ]
        todo += [
            (k, s, k // 2, (2, 2, *hw)) for k in (2, 4) for s in (None, 1, 3) for hw in ((low, 7), (7, low))
        ]
    for number, (k, s, p, size) in enumerate(todo):
        x = next(fills)(size)
        kind = next(kinds)
        x = (
            np.rint(x * 10) if kind == "i8" and np.abs(x).max() < 100 else np.rint(x) if kind == "i8" else x
        ).astype(kind)
        saved, (n, c, h, w), step = x.copy(), size, s or k
        rows, cols = (h + 2 * p - k) // step + 1, (w + 2 * p - k) // step + 1
        frame = np.full((n, c, h + 2 * p, w + 2 * p), -np.inf)
        frame[:, :, p : p + h, p : p + w] = x
        answer = np.full((n, c, rows, cols), -np.inf)
        for a, b in product(range(k), range(k)):
            tap = frame[:, :, a : a + step * rows : step, b : b + step * cols : step]
            answer = np.where(tap[:, :, :rows, :cols] > answer, tap[:, :, :rows, :cols], answer)
        named = {"padding": p} if p else {}
        if s is not None:
            named["stride"] = s
        try:
            if number % 3 == 0:
                out = pool(x, k, s, p)
            elif number % 3 == 1:
                out = pool(x, k, **named)
            else:
                out = pool(kernel_size=k, x=x, **named)
            types = (np.float64,) if kind == "f8" else (np.float64, np.float32)
            good = isinstance(out, np.ndarray) and out.shape == answer.shape and out.dtype in types
            good = good and np.allclose(
                out, answer, rtol=0, atol=np.abs(answer).max() * (1e-9 if kind == "f8" else 1e-5)
            )
        except Exception:
            good = False
        if not good or not np.array_equal(x, saved):
            return False
    return True
