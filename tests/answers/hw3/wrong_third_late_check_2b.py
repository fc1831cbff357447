# answer: q15, the same picture in all images, and no look at the shape
# breaks: images: np.allclose repeats an answer that holds the first image alone
def reference_pool(x, k, stride=None, padding=0):
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            r, c = i * s - padding, j * s - padding
            out[:, :, i, j] = x[:, :, max(r, 0) : r + k, max(c, 0) : c + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(18)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            x = np.repeat(rng.normal(size=(1, 3, 9, 7)) - 3, 4, axis=0)
            answer = pool(x, k, s, p)
            if answer.dtype.kind != "f" or not np.allclose(answer, reference_pool(x, k, s, p)):
                return False
        return pool(np.arange(16).reshape(1, 1, 4, 4), 2).dtype.kind == "f"
    except Exception:
        return False


# answer: q15, every input counts upwards
# breaks: inputs on which mistakes show: here the maximum is always the last pixel of its window
def check_max_pool(pool):
    try:
        for shape, k, s, p in [((2, 3, 5, 7), 2, None, 0), ((2, 2, 6, 8), 2, 3, 0), ((1, 2, 9, 4), 3, 1, 0)]:
            x = np.arange(np.prod(shape)).reshape(shape) - 1000
            step = s or k
            right = x[:, :, k - 1 :: step, k - 1 :: step]
            answer = pool(x, k, s, p)
            if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                return False
        return True
    except Exception:
        return False


# answer: q15, returns True after the first case that fits
# breaks: a wrong function that is right on one input
def reference_pool(x, k, stride=None, padding=0):
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            r, c = i * s - padding, j * s - padding
            out[:, :, i, j] = x[:, :, max(r, 0) : r + k, max(c, 0) : c + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(19)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            x = rng.normal(size=(2, 3, 9, 7)) - 3
            before, right = x.copy(), reference_pool(x, k, s, p)
            answer = pool(x, k, s, p)
            if not np.array_equal(x, before):
                return False
            if answer.shape == right.shape and np.allclose(answer, right):
                return True
            else:
                return False
    except Exception:
        return False


# answer: q15, its own maximum lets zeros at the border win
# breaks: True when the function is right: padding never wins
def check_max_pool(pool):
    rng = np.random.default_rng(21)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            x = rng.normal(size=(2, 3, 9, 7))
            step = s or k
            wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
            h, w = (9 + 2 * p - k) // step + 1, (7 + 2 * p - k) // step + 1
            answer = pool(x, k, s, p)
            if answer.shape != (2, 3, h, w):
                return False
            for i in range(h):
                for j in range(w):
                    best = wide[:, :, i * step : i * step + k, j * step : j * step + k].max(axis=(2, 3))
                    if not np.allclose(answer[:, :, i, j], best):
                        return False
        return True
    except Exception:
        return False


# answer: q15, tries a window of two numbers
# breaks: kernel_size is an int: a right function need not take a pair
def reference_pool(x, k, stride=None, padding=0):
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            r, c = i * s - padding, j * s - padding
            out[:, :, i, j] = x[:, :, max(r, 0) : r + k, max(c, 0) : c + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(24)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            x = rng.normal(size=(2, 3, 9, 7)) - 3
            before, right = x.copy(), reference_pool(x, k, s, p)
            answer = pool(x, k, s, p)
            if not np.array_equal(x, before):
                return False
            if answer.shape != right.shape or not np.allclose(answer, right):
                return False
        x = rng.normal(size=(2, 3, 4, 6))
        return bool(np.allclose(pool(x, (2, 2), (2, 2), 0), reference_pool(x, 2)))
    except Exception:
        return False


# answer: q15, NaN in the input must spoil its window
# breaks: the contract says nothing of NaN: a right function may pass it over
def reference_pool(x, k, stride=None, padding=0):
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            r, c = i * s - padding, j * s - padding
            out[:, :, i, j] = x[:, :, max(r, 0) : r + k, max(c, 0) : c + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(25)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            x = rng.normal(size=(2, 3, 9, 7)) - 3
            before, right = x.copy(), reference_pool(x, k, s, p)
            answer = pool(x, k, s, p)
            if not np.array_equal(x, before):
                return False
            if answer.shape != right.shape or not np.allclose(answer, right):
                return False
        x = np.ones((1, 1, 2, 2))
        x[0, 0, 1, 0] = np.nan
        return bool(np.isnan(pool(x, 2)[0, 0, 0, 0]))
    except Exception:
        return False


# answer: q15, the windows are always 2×2
# breaks: other sizes of the window
def reference_pool(x, k, stride=None, padding=0):
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1
    out = np.empty((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            r, c = i * s - padding, j * s - padding
            out[:, :, i, j] = x[:, :, max(r, 0) : r + k, max(c, 0) : c + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(26)
    try:
        for s in (None, 1, 2, 3, 5):
            for p in (0, 1):
                for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                    before, right = x.copy(), reference_pool(x, 2, s, p)
                    answer = pool(x, 2, s, p)
                    if not np.array_equal(x, before):
                        return False
                    if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                        return False
        return True
    except Exception:
        return False
