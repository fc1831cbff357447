"""Wrong answers to a test of transposed convolution, as students write them. Text; nobody imports it."""

# answer: q11, does not look at the weights afterwards
# breaks: some change weight
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
            if not (np.array_equal(x, kept[0])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, does not catch
# breaks: catch every Exception
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
        finally:
            pass
    return True


# answer: q11, catches ValueError alone
# breaks: catch every Exception
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
        except ValueError:
            return False
    return True


# answer: q11, a tolerance of a tenth
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
            if not np.isclose((down * x).sum(), (z * y).sum(), rtol=0.1, atol=1):
                return False
        except Exception:
            return False
    return True


# answer: q11, decides after the first call
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
            return bool(np.isclose((down * x).sum(), (z * y).sum()))
        except Exception:
            return False
    return True


# answer: q11, compares sizes without signs
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
            if not np.isclose(abs((down * x).sum()), abs((z * y).sum())):
                return False
        except Exception:
            return False
    return True


# answer: q11, does not compare the shape
# breaks: passes no wrong function: shapes
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
            if not isinstance(y, np.ndarray):
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, lists are arrays, too
# breaks: some return something else than an array
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
            y = np.asarray(y)
            if y.shape != z.shape:
                return False
            if not (np.array_equal(x, kept[0]) and np.array_equal(weight, kept[1])):
                return False
            down = conv2d(np.pad(z, ((0, 0), (0, 0), (p, p), (p, p))), weight, s)
            if not np.isclose((down * x).sum(), (z * y).sum()):
                return False
        except Exception:
            return False
    return True


# answer: q11, compares with its own answer to q2
# breaks: do not call your own transposed
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
            if not np.allclose(transposed(x, weight, size, s, p), y):
                return False
        except Exception:
            return False
    return True
