# answer: q15, shape is not compared, allclose spreads out what is missing
# breaks: one of another shape
def expected_pool(x, k, stride, padding):
    N, C, H, W = x.shape
    s = k if stride is None else stride
    out = np.zeros((N, C, (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - padding, j * s - padding
            part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = part.max(axis=(2, 3))
    return out


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
                    if not isinstance(out, np.ndarray):
                        return False
                    if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                        return False
                    if (
                        out.size != want.size
                        or not np.allclose(out.reshape(want.shape), want)
                        or not np.array_equal(x, before)
                    ):
                        return False
    return True


# answer: q15, x is compared after the call to expectations made from it after the call
# breaks: A wrong function changes `x`
def expected_pool(x, k, stride, padding):
    N, C, H, W = x.shape
    s = k if stride is None else stride
    out = np.zeros((N, C, (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - padding, j * s - padding
            part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = part.max(axis=(2, 3))
    return out


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
                    settings = {"stride": stride, "padding": padding}
                    if stride is None and turn % 2:
                        del settings["stride"]
                    if padding == 0 and turn > 1:
                        del settings["padding"]
                    try:
                        out = pool(x, k, **settings)
                    except Exception:
                        return False
                    want = expected_pool(x, k, stride, padding)
                    if not isinstance(out, np.ndarray) or out.shape != want.shape:
                        return False
                    if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                        return False
                    if not np.allclose(out, want):
                        return False
    return True


# answer: q15, the copy of x is no copy
# breaks: A wrong function changes `x`
def expected_pool(x, k, stride, padding):
    N, C, H, W = x.shape
    s = k if stride is None else stride
    out = np.zeros((N, C, (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - padding, j * s - padding
            part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = part.max(axis=(2, 3))
    return out


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
                    before = x[:]
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


# answer: q15, what raises is passed over
# breaks: A wrong function raises
def expected_pool(x, k, stride, padding):
    N, C, H, W = x.shape
    s = k if stride is None else stride
    out = np.zeros((N, C, (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - padding, j * s - padding
            part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = part.max(axis=(2, 3))
    return out


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
                        continue
                    if not isinstance(out, np.ndarray) or out.shape != want.shape:
                        return False
                    if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                        return False
                    if not np.allclose(out, want) or not np.array_equal(x, before):
                        return False
    return True


# answer: q15, only ValueError is caught, other errors leave the check
# breaks: says whether it keeps the contract; a wrong function raises
def expected_pool(x, k, stride, padding):
    N, C, H, W = x.shape
    s = k if stride is None else stride
    out = np.zeros((N, C, (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * s - padding, j * s - padding
            part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
            out[:, :, i, j] = part.max(axis=(2, 3))
    return out


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
                    except ValueError:
                        return False
                    if not isinstance(out, np.ndarray) or out.shape != want.shape:
                        return False
                    if out.dtype != np.float64 and (x.dtype == np.float64 or out.dtype != np.float32):
                        return False
                    if not np.allclose(out, want) or not np.array_equal(x, before):
                        return False
    return True
