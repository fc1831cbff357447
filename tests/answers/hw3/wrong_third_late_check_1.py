# answer: q15, only the shape is compared
# breaks: compare values, not only shapes
def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 2, 1), (2, 3, 1), (3, 1, 0)]:
            x = rng.normal(size=(2, 3, 7, 9))
            step = k if s is None else s
            shape = (2, 3, (7 + 2 * p - k) // step + 1, (9 + 2 * p - k) // step + 1)
            answer = pool(x, k, s, p)
            if answer.shape != shape or np.all(answer == 0):
                return False
        return True
    except Exception:
        return False


# answer: q15, one image with one channel in all the examples
# breaks: several images and channels
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
    rng = np.random.default_rng(1)
    try:
        for h, w, k, s, p in [(5, 7, 2, None, 0), (6, 9, 3, 2, 1), (8, 5, 2, 3, 0), (7, 7, 3, 1, 1)]:
            for x in (rng.normal(size=(1, 1, h, w)) - 5, rng.integers(-9, 9, size=(1, 1, h, w))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, several images, but one channel in all the examples
# breaks: several channels
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
    rng = np.random.default_rng(1)
    try:
        for h, w, k, s, p in [(5, 7, 2, None, 0), (6, 9, 3, 2, 1), (8, 5, 2, 3, 0), (7, 7, 3, 1, 1)]:
            for x in (rng.normal(size=(3, 1, h, w)) - 5, rng.integers(-9, 9, size=(3, 1, h, w))):
                before, right = x.copy(), reference_pool(x, k, s, p)
                answer = pool(x, k, s, p)
                if not np.array_equal(x, before):
                    return False
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, all pixels lie between 0 and 1
# breaks: negative values: a border of zeros must not win
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
    rng = np.random.default_rng(2)
    try:
        for k, s, p in [(2, None, 0), (2, 2, 1), (3, 2, 1), (3, 1, 1), (2, 5, 0)]:
            x = rng.random((2, 3, 8, 11))
            before, right = x.copy(), reference_pool(x, k, s, p)
            answer = pool(x, k, s, p)
            if not np.array_equal(x, before):
                return False
            if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                return False
        whole = pool(np.arange(48).reshape(2, 2, 3, 4), 2, None, 0)
        return whole.dtype.kind == "f"
    except Exception:
        return False


# answer: q15, the stride is never given
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
    rng = np.random.default_rng(3)
    try:
        for k, p in [(1, 0), (2, 0), (2, 1), (3, 1), (4, 2)]:
            for x in (rng.normal(size=(2, 3, 9, 7)) - 3, rng.integers(-5000, -2000, size=(2, 2, 5, 8))):
                answer, right = pool(x, k, None, p), reference_pool(x, k, None, p)
                if answer.shape != right.shape or answer.dtype.kind != "f" or not np.allclose(answer, right):
                    return False
        return True
    except Exception:
        return False


# answer: q15, the stride is always given
# breaks: None means kernel_size
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
    rng = np.random.default_rng(4)
    try:
        for k, s, p in [(2, 2, 0), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 5, 1), (4, 4, 2)]:
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


# answer: q15, every size fits: no pixel is ever left over
# breaks: pixels left over start no window
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
    rng = np.random.default_rng(5)
    cases = [((8, 6), 2, None, 0), ((6, 4), 2, 2, 1), ((7, 9), 3, 2, 1), ((5, 8), 3, 1, 1), ((8, 5), 2, 3, 0)]
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
