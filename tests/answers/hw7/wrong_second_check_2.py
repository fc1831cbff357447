"""Wrong answers to a test of transposed convolution, as students write them. Text; nobody imports it."""

# answer: q11, strides of 1 and 2 alone
# breaks: strides 1, 2 and more
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 2, (6, 9), (3, 2), 1, 0),
        (3, 2, 1, (8, 6), (4, 3), 2, 1),
        (2, 1, 2, (9, 12), (3, 5), 2, 2),
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


# answer: q11, one output channel
# breaks: passes no wrong function: channels
def check_transposed(up):
    rng = np.random.default_rng(0)
    for n, c, f, size, k, s, p in (
        (2, 3, 1, (6, 9), (3, 2), 1, 0),
        (3, 2, 1, (8, 6), (4, 3), 2, 1),
        (2, 2, 1, (9, 12), (3, 5), 3, 2),
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


# answer: q11, columns left over with padding alone
# breaks: passes no wrong function: sizes with rows and columns left over
def check_transposed(up):
    rng = np.random.default_rng()
    for trial in range(24):
        n, c, f, kh, kw = map(int, rng.integers(1, 4, 5) + (trial % 2 == 0))
        s, p = trial % 4 + 1, trial // 4 % 3
        h, w = map(int, rng.integers(2, 5, 2))
        high, wide = (h - 1) * s + kh - 2 * p + trial % s, (w - 1) * s + kw - 2 * p + (trial + 1) % s
        if high < 1 or wide < 1:
            continue
        draw = lambda *shape: rng.integers(-9, 10, shape).astype(float)
        x, weight, z = draw(n, c, h, w), draw(c, f, kh, kw), draw(n, f, high, wide)
        padded = np.zeros((n, f, high + 2 * p, wide + 2 * p))
        padded[:, :, p : p + high, p : p + wide] = z
        left = float((conv2d(padded, weight, s) * x).sum())
        before = x.tobytes(), weight.tobytes()
        try:
            y = up(x, weight, (high, wide), s, p)
            good = isinstance(y, np.ndarray) and y.shape == z.shape and abs(float((y * z).sum()) - left) < 1e-6
        except Exception:
            return False
        if not good or (x.tobytes(), weight.tobytes()) != before:
            return False
    return True
