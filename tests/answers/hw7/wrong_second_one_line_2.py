"""Wrong answers to q11: a test of transposed convolution. Text; nobody imports it."""

# answer: q11, catches ValueError and TypeError alone
# breaks: some raise: catch every Exception
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((3, 4), (3, 2), 1, 0, (0, 0)),
    ((4, 2), (2, 3), 1, 1, (0, 0)),
    ((3, 5), (3, 4), 2, 0, (1, 0)),
    ((4, 3), (4, 3), 2, 1, (0, 1)),
    ((2, 3), (5, 4), 3, 1, (2, 1)),
    ((3, 2), (2, 3), 4, 0, (3, 2)),
    ((5, 4), (3, 5), 2, 2, (1, 1)),
]


def check_transposed(up):
    drawn = np.random.default_rng(7).normal
    for small, kernel, stride, padding, left in CASES:
        size = tuple(stride * (n - 1) + k - 2 * padding + m for n, k, m in zip(small, kernel, left))
        x, weight, z = drawn(size=(2, 3, *small)), drawn(size=(3, 4, *kernel)), drawn(size=(2, 4, *size))
        old_x, old_weight = x.copy(), weight.copy()
        try:
            out = up(x, weight, size, stride, padding)
        except (ValueError, TypeError):
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, one channel in, one channel out
# breaks: mistakes in channels: take several images and channels
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((3, 4), (3, 2), 1, 0, (0, 0)),
    ((4, 2), (2, 3), 1, 1, (0, 0)),
    ((3, 5), (3, 4), 2, 0, (1, 0)),
    ((4, 3), (4, 3), 2, 1, (0, 1)),
    ((2, 3), (5, 4), 3, 1, (2, 1)),
    ((3, 2), (2, 3), 4, 0, (3, 2)),
    ((5, 4), (3, 5), 2, 2, (1, 1)),
]


def check_transposed(up):
    drawn = np.random.default_rng(7).normal
    for small, kernel, stride, padding, left in CASES:
        size = tuple(stride * (n - 1) + k - 2 * padding + m for n, k, m in zip(small, kernel, left))
        x, weight, z = drawn(size=(2, 1, *small)), drawn(size=(1, 1, *kernel)), drawn(size=(2, 1, *size))
        old_x, old_weight = x.copy(), weight.copy()
        try:
            out = up(x, weight, size, stride, padding)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, calls up by name
# breaks: a function up(x, weight, size, stride, padding), called by position
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((3, 4), (3, 2), 1, 0, (0, 0)),
    ((4, 2), (2, 3), 1, 1, (0, 0)),
    ((3, 5), (3, 4), 2, 0, (1, 0)),
    ((4, 3), (4, 3), 2, 1, (0, 1)),
    ((2, 3), (5, 4), 3, 1, (2, 1)),
    ((3, 2), (2, 3), 4, 0, (3, 2)),
    ((5, 4), (3, 5), 2, 2, (1, 1)),
]


def check_transposed(up):
    drawn = np.random.default_rng(7).normal
    for small, kernel, stride, padding, left in CASES:
        size = tuple(stride * (n - 1) + k - 2 * padding + m for n, k, m in zip(small, kernel, left))
        x, weight, z = drawn(size=(2, 3, *small)), drawn(size=(3, 4, *kernel)), drawn(size=(2, 4, *size))
        old_x, old_weight = x.copy(), weight.copy()
        try:
            out = up(x=x, weight=weight, size=size, stride=stride, padding=padding)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, never pads less than it can paint: padding 0 is left out
# breaks: mistakes in padding: p from 0 on
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((4, 2), (2, 3), 1, 1, (0, 0)),
    ((4, 3), (4, 3), 2, 1, (0, 1)),
    ((2, 3), (5, 4), 3, 1, (2, 1)),
    ((5, 4), (3, 5), 2, 2, (1, 1)),
]


def check_transposed(up):
    drawn = np.random.default_rng(7).normal
    for small, kernel, stride, padding, left in CASES:
        size = tuple(stride * (n - 1) + k - 2 * padding + m for n, k, m in zip(small, kernel, left))
        x, weight, z = drawn(size=(2, 3, *small)), drawn(size=(3, 4, *kernel)), drawn(size=(2, 4, *size))
        old_x, old_weight = x.copy(), weight.copy()
        try:
            out = up(x, weight, size, stride, padding)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, squares: images, kernels and sizes as high as wide
# breaks: take heights and widths that differ
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((3, 3), (2, 2), 1, 0, (0, 0)),
    ((3, 3), (3, 3), 2, 1, (1, 1)),
    ((4, 4), (4, 4), 3, 0, (2, 2)),
    ((4, 4), (3, 3), 1, 1, (0, 0)),
]


def check_transposed(up):
    drawn = np.random.default_rng(7).normal
    for small, kernel, stride, padding, left in CASES:
        size = tuple(stride * (n - 1) + k - 2 * padding + m for n, k, m in zip(small, kernel, left))
        x, weight, z = drawn(size=(2, 3, *small)), drawn(size=(3, 4, *kernel)), drawn(size=(2, 4, *size))
        old_x, old_weight = x.copy(), weight.copy()
        try:
            out = up(x, weight, size, stride, padding)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, takes what is not a number for right
# breaks: True when it is right; otherwise False
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((3, 4), (3, 2), 1, 0, (0, 0)),
    ((4, 2), (2, 3), 1, 1, (0, 0)),
    ((3, 5), (3, 4), 2, 0, (1, 0)),
    ((4, 3), (4, 3), 2, 1, (0, 1)),
    ((2, 3), (5, 4), 3, 1, (2, 1)),
    ((3, 2), (2, 3), 4, 0, (3, 2)),
    ((5, 4), (3, 5), 2, 2, (1, 1)),
]


def check_transposed(up):
    drawn = np.random.default_rng(7).normal
    for small, kernel, stride, padding, left in CASES:
        size = tuple(stride * (n - 1) + k - 2 * padding + m for n, k, m in zip(small, kernel, left))
        x, weight, z = drawn(size=(2, 3, *small)), drawn(size=(3, 4, *kernel)), drawn(size=(2, 4, *size))
        old_x, old_weight = x.copy(), weight.copy()
        try:
            out = up(x, weight, size, stride, padding)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if abs((conv2d(wide, weight, stride) * x).sum() - (out * z).sum()) > 1e-8:
            return False
    return True
