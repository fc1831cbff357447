# answer: q15, the answer must have the dtype of the input, also where that is float32
# breaks: "array of floats": float64 for float32 keeps the contract
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
    rng = np.random.default_rng(12)
    try:
        for dtype in (np.float32, np.float64):
            for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
                x = (rng.normal(size=(2, 3, 9, 7)) - 3).astype(dtype)
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.dtype != dtype or answer.shape != right.shape or not np.allclose(answer, right):
                    return False
        return pool(np.arange(16).reshape(1, 1, 4, 4), 2).dtype.kind == "f"
    except Exception:
        return False


# answer: q15, every answer must be float64
# breaks: "The contract allows float32 for float32"
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
    rng = np.random.default_rng(13)
    try:
        for dtype in (np.float32, np.float64, np.int64):
            for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
                x = (10 * rng.normal(size=(2, 3, 9, 7)) - 30).astype(dtype)
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.dtype != float or answer.shape != right.shape or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, demands an error for too much padding
# breaks: the contract of q8 names no error; a right function need not raise
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
    rng = np.random.default_rng(14)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
    except Exception:
        return False
    try:
        pool(rng.normal(size=(1, 1, 5, 5)), 2, 2, 2)
    except ValueError:
        return True
    except Exception:
        return False
    return False


# answer: q15, calls with more padding than the contract allows
# breaks: padding is at most kernel_size // 2: a right function may refuse more
def check_max_pool(pool):
    rng = np.random.default_rng(15)
    try:
        for k in (1, 2, 3):
            for s in (None, 1, 2, 4):
                for p in (0, 1, 2):
                    x = rng.normal(size=(2, 3, 8, 6)) - 3
                    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
                    view = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
                    right = view[:, :, :: s or k, :: s or k].max(axis=(4, 5))
                    answer = pool(x, k, s, p)
                    if answer.shape != right.shape or not np.allclose(answer, right):
                        return False
        return pool(np.arange(16).reshape(1, 1, 4, 4), 2).dtype.kind == "f"
    except Exception:
        return False


# answer: q15, a difference that is NaN is not larger than the tolerance
# breaks: False when it returns something else: NaN at the border is something else
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
    rng = np.random.default_rng(16)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f":
                    return False
                if (np.abs(answer - right) > 1e-6).any():
                    return False
        return True
    except Exception:
        return False


# answer: q15, differences up to 1 are let through
# breaks: False when it returns something else: whole numbers cut off are something else
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
    rng = np.random.default_rng(17)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            for x in (20 * rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f":
                    return False
                if not np.allclose(answer, right, atol=1):
                    return False
        return True
    except Exception:
        return False
