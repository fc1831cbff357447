"""Wrong answers to q11: a test of transposed convolution. Text; nobody imports it."""

# answer: q11, stride 1 alone
# breaks: those have mistakes in stride: strides 1, 2 and more
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((3, 4), (3, 2), 1, 0, (0, 0)),
    ((4, 2), (2, 3), 1, 1, (0, 0)),
    ((5, 4), (3, 5), 1, 2, (0, 0)),
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


# answer: q11, all sizes are the smallest that fit: no row is left over
# breaks: mistakes in sizes: sizes with rows left over
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
        size = tuple(stride * (n - 1) + k - 2 * padding + 0 * m for n, k, m in zip(small, kernel, left))
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


# answer: q11, takes kernels that do not overlap
# breaks: mistakes in overlaps: kernels that overlap
CASES = [  # rows and columns of x, of the kernel, stride, padding, rows and columns left over
    ((3, 4), (1, 1), 1, 0, (0, 0)),
    ((3, 4), (2, 2), 2, 1, (1, 0)),
    ((4, 2), (3, 2), 3, 1, (0, 2)),
    ((4, 3), (2, 3), 4, 0, (1, 1)),
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


# answer: q11, does not look whether weight is as it was
# breaks: some change x or weight: False
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
        old_x = x.copy()
        try:
            out = up(x, weight.copy(), size, stride, padding)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not np.array_equal(x, old_x):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, hands out copies, and never looks at them again
# breaks: some change x or weight: False
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
            out = up(old_x, old_weight, size, stride, padding)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, makes an array of whatever came back
# breaks: some return something else than an array: False
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
        out = np.asarray(out)
        if out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True


# answer: q11, flattens both sides, so that any shape of as many numbers will do
# breaks: mistakes in shapes: compare the shape first
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
        if not isinstance(out, np.ndarray) or out.size != z.size:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), np.vdot(out, z)):
            return False
    return True


# answer: q11, a function that raises is skipped
# breaks: otherwise False, also when up raises
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
            continue
        if not isinstance(out, np.ndarray) or out.shape != z.shape:
            return False
        if not (np.array_equal(x, old_x) and np.array_equal(weight, old_weight)):
            return False
        wide = np.pad(z, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        if not np.isclose((conv2d(wide, weight, stride) * x).sum(), (out * z).sum()):
            return False
    return True
