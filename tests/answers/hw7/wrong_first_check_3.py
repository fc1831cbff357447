"""Wrong answers to a test of transposed convolution, as students write them. Text; nobody imports it."""

# answer: q11, padding as large as the kernel allows, and never two
# breaks: passes no wrong function
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 1),
        (3, 2, 1, (8, 6), (4, 3), 2, 1),
        (2, 1, 2, (9, 12), (3, 5), 3, 1),
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


# answer: q11, one draw of each kind, small
# breaks: passes no wrong function
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 2, 2, (3, 4), (2, 3), 2, 1),
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
