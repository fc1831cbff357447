# answer: q15, rows are left over, but columns never
# breaks: pixels left over, down and across
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
    rng = np.random.default_rng(6)
    cases = [((9, 6), 2, None, 0), ((7, 4), 2, 2, 1), ((8, 9), 3, 2, 1), ((5, 8), 3, 1, 1), ((9, 5), 2, 3, 0)]
    try:
        for size, k, s, p in cases:
            for x in (rng.normal(size=(2, 3, *size)) - 3, rng.integers(-5000, -2000, size=(2, 2, *size))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, square images only
# breaks: height and width that differ
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
    rng = np.random.default_rng(7)
    try:
        for size in (4, 5, 7, 8):
            for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
                x = -rng.integers(1, 9000, size=(2, 3, size, size)) / 2
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, the dtype of the answer is never looked at
# breaks: mistakes in dtype: whole numbers must give floats
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
    rng = np.random.default_rng(8)
    try:
        for k, s, p in [(1, 2, 0), (2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if np.shape(answer) != right.shape or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, an error of the function is not caught
# breaks: False when it raises
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
    rng = np.random.default_rng(9)
    for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, None, 1)]:
        for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
            before, right = x.copy(), reference_pool(x, k, s, p)
            answer = pool(x, k, s, p)
            if not np.array_equal(x, before):
                return False
            if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                return False
    return True


# answer: q15, cases on which the function raises are passed over
# breaks: False when it raises
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
    rng = np.random.default_rng(10)
    for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, None, 1)]:
        x = rng.normal(size=(2, 3, 9, 7)) - 3
        right = reference_pool(x, k, s, p)
        try:
            answer = pool(x, k, s, p)
        except Exception:
            continue
        if np.shape(answer) != right.shape or not np.allclose(answer, right):
            return False
    return not np.issubdtype(np.asarray(pool(np.arange(16).reshape(1, 1, 4, 4), 2)).dtype, np.integer)


# answer: q15, only the sums are compared
# breaks: images, channels or places that trade places have the same sum
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
    rng = np.random.default_rng(11)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f":
                    return False
                if abs(answer.sum() - right.sum()) > 1e-6:
                    return False
        return True
    except Exception:
        return False
