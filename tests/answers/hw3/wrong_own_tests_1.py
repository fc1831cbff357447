"""Wrong answers to a test of max pooling, part 1. Text; nobody imports it."""


# answer: q15, everything is right
# breaks: False when it returns something else
def check_max_pool(pool):
    return True


# answer: q15, everything is wrong
# breaks: True when it is right
def check_max_pool(pool):
    return False


# answer: q15, shapes alone
# breaks: False when it returns something else
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                if pool(x.copy(), k, s, p).shape != right.shape:
                    return False
    except Exception:
        return False
    return True


# answer: q15, the example of the check alone: positive numbers, nothing padded
# breaks: padding, negative values
def check_max_pool(pool):
    x = np.arange(16.0).reshape(1, 1, 4, 4)
    try:
        return bool(np.array_equal(pool(x, 2, None, 0), [[[[5, 7], [13, 15]]]]))
    except Exception:
        return False


# answer: q15, no padding
# breaks: mistakes in padding
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 0), (2, 3, 0), (3, 2, 0), (4, 2, 0), (3, None, 0)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, the default stride alone
# breaks: mistakes in stride
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, None, 1), (4, None, 2), (2, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, no stride above the window
# breaks: strides smaller and larger than the window
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 8, 8)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 8, 8))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, the default stride is never asked for
# breaks: None means kernel_size
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, 2, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, one image
# breaks: mistakes in images
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(1, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(1, 3, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, one channel
# breaks: mistakes in channels
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 1, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 1, 7, 9))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True


# answer: q15, square images
# breaks: height and width that differ
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    oh, ow = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    out = np.empty((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(i * s - p, 0), i * s - p + k)
            out[:, :, i, j] = x[:, :, rows, max(j * s - p, 0) : j * s - p + k].max(axis=(2, 3))
    return out


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 8, 8)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 8, 8))):
                right = pooled(x, k, s, p)
                got = pool(x.copy(), k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got, right):
                    return False
    except Exception:
        return False
    return True
