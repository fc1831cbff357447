"""Wrong answers to a test of transposed convolution, as students write them. Text; nobody imports it."""

# answer: q11, the same image several times
# breaks: passes no wrong function: images
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
        x = np.repeat(rng.normal(size=(1, c, h, w)), n, axis=0)
        weight = rng.normal(size=(c, f, *k))
        z = np.repeat(rng.normal(size=(1, f, *size)), n, axis=0)
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


# answer: q11, stride 2 alone
# breaks: passes no wrong function: stride
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 2, 0),
        (3, 2, 3, (7, 5), (3, 4), 2, 1),
        (2, 2, 1, (9, 6), (4, 3), 2, 1),
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


# answer: q11, as many output channels as input channels, symmetric weights
# breaks: passes no wrong function: channels
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
        x, weight = rng.normal(size=(n, c, h, w)), rng.normal(size=(1, 1, *k)) * np.ones((c, f, 1, 1))
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


# answer: q11, adds up the whole output against ones
# breaks: passes no wrong function
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


# answer: q11, a wrong function that raises is no mistake
# breaks: False, also when up raises
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
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            continue
    return True


# answer: q11, says nothing where it is wrong
# breaks: returns a bool
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
                return None
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, looks whether x is the same object
# breaks: False when up changes x
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
            if not (x is not kept[0] and weight is not kept[1]):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, 1 by 1 kernels alone
# breaks: passes no wrong function
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (1, 1), 1, 0),
        (3, 2, 3, (7, 5), (1, 1), 2, 1),
        (2, 2, 1, (9, 6), (1, 1), 3, 1),
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


# answer: q11, compares the signs
# breaks: passes no wrong function
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
            if np.sign((down * x).sum()) != np.sign((z * y).sum()):
                return False
        except Exception:
            return False
    return True
