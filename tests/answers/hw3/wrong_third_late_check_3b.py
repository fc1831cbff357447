# answer: q15, only ValueError is caught
# breaks: False when it raises, whatever it raises
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
    rng = np.random.default_rng(33)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if not isinstance(answer, np.ndarray) or answer.shape != right.shape:
                    return False
                if answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
    except ValueError:
        return False
    return True


# answer: q15, height and width exchanged in the answer that is worked out
# breaks: True when the function is right
def check_max_pool(pool):
    rng = np.random.default_rng(35)
    try:
        for k, s in [(2, None), (3, 2), (2, 3), (3, 1)]:
            x = rng.normal(size=(2, 3, 9, 6)) - 3
            step = s or k
            n, c, w, h = x.shape
            right = np.zeros((n, c, (h - k) // step + 1, (w - k) // step + 1))
            for i in range(right.shape[2]):
                for j in range(right.shape[3]):
                    window = x[:, :, j * step : j * step + k, i * step : i * step + k]
                    right[:, :, i, j] = window.max(axis=(2, 3))
            answer = pool(x, k, s, 0)
            if answer.shape != right.shape or not np.allclose(answer, right):
                return False
        return True
    except Exception:
        return False


# answer: q15, one giant input
# breaks: one call may take 10 seconds, and a right function may be written with loops
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
    rng = np.random.default_rng(36)
    try:
        for k, s, p in [(2, None, 0), (3, 2, 1), (2, 3, 1), (3, 1, 1)]:
            x = rng.normal(size=(16, 8, 255, 254)) - 3
            before, right = x.copy(), reference_pool(x, k, s, p)
            answer = pool(x, k, s, p)
            if not np.array_equal(x, before):
                return False
            if answer.shape != right.shape or not np.allclose(answer, right):
                return False
        return pool(np.arange(16).reshape(1, 1, 4, 4), 2).dtype.kind == "f"
    except Exception:
        return False


# answer: q15, the answer must be laid out in memory row by row
# breaks: True when the function is right: the contract says nothing of the layout
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
    rng = np.random.default_rng(37)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if not answer.flags.c_contiguous or answer.dtype.kind != "f":
                    return False
                if answer.tobytes() != right.astype(answer.dtype).tobytes():
                    return False
        return True
    except Exception:
        return False


# answer: q15, never looks whether x has changed
# breaks: False when it changes x
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
    rng = np.random.default_rng(38)
    try:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                        right = reference_pool(x, k, s, p)
                        answer = pool(x, k, s, p)
                        if answer.shape != right.shape or answer.dtype.kind != "f":
                            return False
                        if not np.allclose(answer, right):
                            return False
        return True
    except Exception:
        return False


# answer: q15, compares x with itself: the copy is none
# breaks: False when it changes x
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
    rng = np.random.default_rng(39)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0), (4, 3, 2), (1, 2, 0)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before = x
                right = reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False
