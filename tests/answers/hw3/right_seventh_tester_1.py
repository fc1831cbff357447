# answer: q15, expected answers by a table of the places of each window, inputs from a mixed list
def expected_pool(x, k, stride, padding):
    N, C, H, W = x.shape
    s = k if stride is None else stride

    def tops(rows):
        starts = range(-padding, rows.shape[0] + padding - k + 1, s)
        return np.stack([rows[max(a, 0) : a + k].max(axis=0) for a in starts])

    down = tops(np.moveaxis(x, 2, 0))
    across = tops(np.moveaxis(down, 3, 0))
    return across.transpose(2, 3, 1, 0).astype(float)


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    shapes = [(1, 1, 7, 7), (2, 3, 12, 5), (3, 2, 5, 11), (1, 2, 1, 9), (2, 1, 10, 1), (3, 1, 6, 6)]
    for turn in range(4):
        for shape in shapes:
            for k in range(1, 6):
                for stride in (None, 1, 2, 3, 6):
                    padding = int(rng.integers(0, k // 2 + 1))
                    if min(shape[2:]) + 2 * padding < k:
                        continue
                    kind = rng.integers(0, 6)
                    x = rng.normal(size=shape)
                    if kind == 1:
                        x = x * 4000
                    elif kind == 2:
                        x = -1000 - 8000 * rng.random(shape)
                    elif kind == 3:
                        x = rng.integers(-9, 10, shape)
                    elif kind == 4:
                        x = np.full(shape, rng.normal())
                    elif kind == 5:
                        x = (x * 10).astype(np.float32)
                    want = expected_pool(x, k, stride, padding)
                    before = x.copy()
                    settings = {"stride": stride, "padding": padding}
                    if stride is None and turn % 2:
                        del settings["stride"]
                    if padding == 0 and turn > 1:
                        del settings["padding"]
                    try:
                        out = pool(x, k, **settings)
                    except Exception:
                        return False
                    if not isinstance(out, np.ndarray) or out.shape != want.shape:
                        return False
                    if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                        return False
                    if not np.allclose(out, want) or not np.array_equal(x, before):
                        return False
    return True


# answer: q15, all settings on few images, errors caught outside
def _slow(x, k, s, p):
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p : p + H, p : p + W] = x
    view = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
    return view[:, :, :: s or k, :: s or k].max(axis=(4, 5))


def _inputs():
    rng = np.random.default_rng(5)
    shapes = [
        (2, 3, 11, 4),
        (3, 2, 4, 12),
        (1, 1, 9, 9),
        (2, 2, 1, 10),
        (3, 1, 12, 1),
        (1, 3, 7, 5),
        (3, 3, 5, 8),
    ]
    count = 0
    for k in range(1, 6):
        for p in range(k // 2 + 1):
            for s in (None, 1, 2, 3, 4, 5, 6):
                for shape in shapes:
                    if min(shape[2:]) + 2 * p >= k:
                        count += 1
                        noise = rng.uniform(-1, 1, shape)
                        far = np.round(9000 * noise)
                        yield (
                            k,
                            s,
                            p,
                            count,
                            [
                                noise,
                                far - 9000.5,
                                rng.integers(-4, 5, shape),
                                noise.astype("f4") * 50,
                                np.abs(far) + 0.5,
                                np.zeros(shape) - 2.5,
                                far.astype(np.int64),
                            ][int(rng.integers(7))],
                        )


def _agrees(pool, k, s, p, count, x):
    keep = x.copy()
    named = {}
    if s is not None or count % 2:
        named["stride"] = s
    if p or count % 3:
        named["padding"] = p
    out = pool(x, k, **named)
    want = _slow(keep, k, s, p)
    kinds = (np.float64,) if x.dtype == np.float64 else (np.float32, np.float64)
    return (
        type(out) is np.ndarray
        and out.shape == want.shape
        and out.dtype in kinds
        and (np.allclose(out, want) and np.array_equal(x, keep))
    )


def check_max_pool(pool):
    try:
        return all(_agrees(pool, *case) for case in _inputs())
    except Exception:
        return False


# answer: q15, the plain tester with single-number loops left to the shift of slices
def expected_pool(x, k, stride, padding):
    N, C, H, W = x.shape
    s = k if stride is None else stride
    out = np.full((N, C, (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1), -np.inf)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - padding, j * s - padding
            for a in range(max(top, 0), min(top + k, H)):
                line = x[:, :, a, max(left, 0) : left + k].max(axis=2)
                out[:, :, i, j] = np.maximum(out[:, :, i, j], line)
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(11)
    shapes = [(1, 1, 7, 7), (2, 3, 12, 5), (3, 2, 5, 11), (1, 2, 1, 9), (2, 1, 10, 1), (3, 1, 6, 6)]
    for turn in range(4):
        for shape in shapes:
            for k in range(1, 6):
                for stride in (None, 1, 2, 3, 6):
                    padding = int(rng.integers(0, k // 2 + 1))
                    if min(shape[2:]) + 2 * padding < k:
                        continue
                    kind = rng.integers(0, 6)
                    x = rng.normal(size=shape)
                    if kind == 1:
                        x = x * 4000
                    elif kind == 2:
                        x = -1000 - 8000 * rng.random(shape)
                    elif kind == 3:
                        x = rng.integers(-9, 10, shape)
                    elif kind == 4:
                        x = np.full(shape, rng.normal())
                    elif kind == 5:
                        x = (x * 10).astype(np.float32)
                    want = expected_pool(x, k, stride, padding)
                    before = x.copy()
                    settings = {"stride": stride, "padding": padding}
                    if stride is None and turn % 2:
                        del settings["stride"]
                    if padding == 0 and turn > 1:
                        del settings["padding"]
                    try:
                        out = pool(x, k, **settings)
                    except Exception:
                        return False
                    if not isinstance(out, np.ndarray) or out.shape != want.shape:
                        return False
                    if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                        return False
                    if not np.allclose(out, want) or not np.array_equal(x, before):
                        return False
    return True
