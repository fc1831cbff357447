"""Right answers to q7 to q11, in other styles. Text; nobody imports it."""

# answer: q11, works out what A^T does by the backward pass of conv2d and compares number by number
def check_transposed(up):
    try:
        return all(_same(up, *case) for case in _cases())
    except Exception:
        return False


def _cases():
    rng = np.random.default_rng(5)
    for stride in (1, 2, 3, 4):
        for padding in (0, 1, 2):
            for more in (0, stride - 1):
                kernel = rng.integers(3, 6, size=2) + (0, stride - 1)
                small = rng.integers(2, 5, size=2)
                size = stride * (small - 1) + kernel - 2 * padding + (more, more // 2)
                if size.min() >= 1:
                    x, weight = rng.normal(size=(3, 2, *small)), rng.normal(size=(2, 4, *kernel))
                    yield x, weight, (int(size[0]), int(size[1])), stride, padding


def _same(up, x, weight, size, stride, padding):
    wide = np.zeros((len(x), weight.shape[1], size[0] + 2 * padding, size[1] + 2 * padding))
    right = conv2d_backward(x, wide, weight, stride)[0]
    right = right[:, :, padding : padding + size[0], padding : padding + size[1]]
    kept = x.tobytes(), weight.tobytes()
    out = up(x, weight, size, stride, padding)
    same = isinstance(out, np.ndarray) and out.shape == right.shape and np.allclose(out, right)
    return bool(same) and kept == (x.tobytes(), weight.tobytes())


# answer: q11, one unit pixel of z after the other reads the whole answer off
def check_transposed(up):
    rng = np.random.default_rng(11)
    for H, W, kh, kw, s, p, down, right in (
        (2, 3, 3, 2, 1, 0, 0, 0),
        (3, 2, 2, 4, 1, 1, 0, 0),
        (2, 3, 3, 5, 2, 1, 1, 0),
        (3, 2, 4, 3, 2, 0, 0, 1),
        (2, 2, 4, 5, 3, 2, 2, 1),
        (2, 3, 2, 3, 4, 1, 1, 3),
    ):
        rows, columns = s * (H - 1) + kh - 2 * p + down, s * (W - 1) + kw - 2 * p + right
        x, weight = rng.uniform(-1, 1, (2, 3, H, W)), rng.uniform(-1, 1, (3, 2, kh, kw))
        theirs = [x.copy(), weight.copy()]
        try:
            out = up(*theirs, (rows, columns), s, p)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != (2, 2, rows, columns):
            return False
        if not (np.array_equal(theirs[0], x) and np.array_equal(theirs[1], weight)):
            return False
        for f in range(2):
            for a in range(rows):
                for b in range(columns):
                    z = np.zeros((1, 2, rows + 2 * p, columns + 2 * p))
                    z[0, f, a + p, b + p] = 1
                    each = (conv2d(z, weight, s) * x).sum(axis=(1, 2, 3))
                    if not np.isclose(out[:, f, a, b], each, atol=1e-9).all():
                        return False
    return True


# answer: q11, dot products image by image, a few draws for each of forty drawn settings
def check_transposed(up):
    rng = np.random.default_rng(2024)
    tried = 0
    while tried < 40:
        stride, padding = int(rng.integers(1, 5)), int(rng.integers(0, 3))
        N, C, F, H, W, kh, kw = (int(n) for n in rng.integers(1, 5, size=7))
        size = tuple(
            stride * (n - 1) + k - 2 * padding + int(rng.integers(stride)) for n, k in ((H, kh), (W, kw))
        )
        if min(size) < 1 or H == W:
            continue
        tried += 1
        x, weight = rng.standard_normal((N, C, H, W)), rng.standard_normal((C, F, kh, kw))
        before = x.copy(), weight.copy()
        try:
            out = up(x, weight, size, stride, padding)
            ok = isinstance(out, np.ndarray) and out.shape == (N, F, *size)
        except Exception:
            return False
        if not ok or not all(np.array_equal(a, b) for a, b in zip((x, weight), before)):
            return False
        for _ in range(3):
            z = rng.standard_normal((N, F, *size))
            wide = np.zeros((N, F, size[0] + 2 * padding, size[1] + 2 * padding))
            wide[:, :, padding : padding + size[0], padding : padding + size[1]] = z
            left = np.einsum("nmrc,nmrc->n", conv2d(wide, weight, stride), x)
            if not np.allclose(left, np.einsum("nfrc,nfrc->n", z, out)):
                return False
    return True
