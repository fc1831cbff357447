"""Wrong answers to a test of transposed convolution, as students write them. Text; nobody imports it."""

# answer: q11, stride 1 alone
# breaks: passes no wrong function: mistakes in stride
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 0),
        (1, 2, 3, (7, 5), (3, 4), 1, 1),
        (3, 2, 1, (8, 6), (4, 3), 1, 2),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, without padding
# breaks: passes no wrong function: mistakes in padding
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 0),
        (3, 2, 1, (8, 6), (4, 3), 2, 0),
        (2, 1, 2, (9, 12), (3, 5), 3, 0),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, one image
# breaks: passes no wrong function: mistakes in images
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (1, 3, 2, (6, 9), (3, 2), 1, 0),
        (1, 2, 3, (7, 5), (3, 4), 2, 1),
        (1, 2, 1, (8, 6), (4, 3), 3, 1),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, one channel
# breaks: passes no wrong function: mistakes in channels
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 1, 1, (6, 9), (3, 2), 1, 0),
        (3, 1, 1, (7, 5), (3, 4), 2, 1),
        (2, 1, 1, (8, 6), (4, 3), 3, 1),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, squares alone
# breaks: passes no wrong function: sizes and shapes
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 6), (3, 3), 1, 0),
        (3, 2, 3, (7, 7), (3, 3), 2, 1),
        (2, 2, 1, (9, 9), (4, 4), 3, 1),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, kernels that do not overlap
# breaks: passes no wrong function: overlaps
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (2, 2), 2, 0),
        (3, 2, 3, (7, 5), (3, 3), 3, 1),
        (2, 2, 1, (8, 6), (1, 1), 1, 1),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, no rows left over
# breaks: passes no wrong function: sizes
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 0),
        (3, 2, 3, (7, 5), (3, 3), 2, 1),
        (2, 2, 1, (7, 10), (4, 4), 3, 0),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, ones everywhere
# breaks: passes no wrong function: flips
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 0),
        (1, 2, 3, (7, 5), (3, 4), 1, 1),
        (3, 2, 1, (8, 6), (4, 3), 2, 1),
        (2, 1, 2, (9, 12), (3, 5), 3, 2),
        (2, 2, 2, (10, 7), (5, 2), 2, 0),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = np.ones((n, c, h, w)), np.ones((c, f, *k))
        z = np.ones((n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, exact equality
# breaks: right functions are right: sums in another order differ
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 0),
        (1, 2, 3, (7, 5), (3, 4), 1, 1),
        (3, 2, 1, (8, 6), (4, 3), 2, 1),
        (2, 1, 2, (9, 12), (3, 5), 3, 2),
        (2, 2, 2, (10, 7), (5, 2), 2, 0),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if (down * x).sum() != (z * y).sum():
                return False
        except Exception:
            return False
    return True


# answer: q11, does not look at x afterwards
# breaks: some change x
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 0),
        (1, 2, 3, (7, 5), (3, 4), 1, 1),
        (3, 2, 1, (8, 6), (4, 3), 2, 1),
        (2, 1, 2, (9, 12), (3, 5), 3, 2),
        (2, 2, 2, (10, 7), (5, 2), 2, 0),
    ):
        h, w = ((a + 2 * p - b) // s + 1 for a, b in zip(size, k))
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(c, f, *k))
        z = rng.normal(size=(n, f, *size))
        kept = x.copy(), weight.copy()
        try:
            y = up(x, weight, size, s, p)
            if not isinstance(y, np.ndarray) or y.shape != z.shape:
                return False
            if not (np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True
