# answer: q15, padding only where the stride is 1
# breaks: padding together with a stride
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
    rng = np.random.default_rng(28)
    cases = [(2, None, 0), (3, 2, 0), (2, 3, 0), (2, 1, 1), (3, 1, 1), (4, 1, 2), (1, 2, 0)]
    try:
        for k, s, p in cases:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, no stride is larger than the window
# breaks: strides smaller and larger than the window
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
    rng = np.random.default_rng(29)
    cases = [(2, None, 0), (3, 2, 0), (3, 2, 1), (2, 1, 1), (3, None, 1), (4, 3, 2)]
    try:
        for k, s, p in cases:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, only the first image of each answer is compared
# breaks: several images
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
    rng = np.random.default_rng(30)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f":
                    return False
                if not np.allclose(answer[0], right[0]):
                    return False
        return True
    except Exception:
        return False


# answer: q15, answers are compared as one long row
# breaks: False when it returns something else, such as another shape
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
    rng = np.random.default_rng(31)
    try:
        for k, s, p in [(2, None, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 6, 8))):
                answer, right = np.ravel(pool(x, k, s, p)), np.ravel(reference_pool(x, k, s, p))
                if answer.dtype.kind != "f" or len(answer) != len(right) or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, the pixels are negative, but larger than -10
# breaks: padded places never win: a border of -1000 does, below -1000
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
    rng = np.random.default_rng(32)
    try:
        for k in (1, 2, 3, 4):
            for s in (None, 1, 2, 3, 5):
                for p in range(k // 2 + 1):
                    for x in (-10 * rng.random((2, 3, 9, 7)), rng.integers(-9, 0, size=(2, 2, 6, 8))):
                        before, right = x.copy(), reference_pool(x, k, s, p)
                        answer = pool(x, k, s, p)
                        if not np.array_equal(x, before):
                            return False
                        if answer.shape != right.shape or answer.dtype.kind != "f":
                            return False
                        if not np.allclose(answer, right):
                            return False
        return True
    except Exception:
        return False
