"""Right answers to q12, in very different styles. Text; nobody imports it."""

# answer: q12, a table of cases and plain loops
def _by_loops(grad_out, x, weight, stride, padding):
    """The three gradients, output by output."""
    (ph, pw), (kh, kw) = padding, weight.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    back, grad_weight = np.zeros(wide.shape), np.zeros(weight.shape)
    for n, f, r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        window = (n, slice(None), slice(top, top + kh), slice(left, left + kw))
        grad_weight[f] += grad_out[n, f, r, c] * wide[window]
        back[window] += grad_out[n, f, r, c] * weight[f]
    back = back[:, :, ph : ph + x.shape[2], pw : pw + x.shape[3]]
    return back, grad_weight, grad_out.sum(axis=(0, 2, 3))


_CASES = [  # N, C, F, size, kernel, stride, padding
    (3, 2, 4, (7, 8), (2, 3), (1, 1), (0, 0)),
    (2, 3, 2, (6, 5), (3, 2), (1, 1), (1, 2)),
    (2, 4, 3, (9, 8), (3, 2), (2, 3), (0, 0)),
    (3, 2, 5, (8, 10), (2, 3), (3, 2), (2, 1)),
    (1, 1, 1, (5, 6), (1, 1), (1, 2), (0, 1)),
    (2, 1, 3, (9, 7), (4, 2), (3, 4), (1, 0)),
    (4, 3, 1, (6, 9), (2, 4), (1, 3), (3, 2)),
    (2, 2, 2, (5, 5), (3, 3), (2, 1), (0, 3)),
]


def check_conv2d_backward(backward):
    rng = np.random.default_rng(0)
    for N, C, F, size, kernel, stride, padding in _CASES:
        x = rng.normal(size=(N, C, *size))
        weight = rng.normal(size=(F, C, *kernel))
        grad_out = rng.normal(size=(N, F, *outputs(size, kernel, stride, padding)))
        right = _by_loops(grad_out, x, weight, stride, padding)
        try:
            found = backward(grad_out, x, weight, stride, padding)
            if not isinstance(found, tuple) or len(found) != 3:
                return False
            for claimed, wanted in zip(found, right, strict=True):
                if np.shape(claimed) != wanted.shape or not np.allclose(claimed, wanted):
                    return False
        except Exception:
            return False
    return True


# answer: q12, inputs at random, and differences of conv2d, which is linear, so that any step does
def check_conv2d_backward(backward):
    rng = np.random.default_rng(12)

    def slopes(loss, array):
        found = np.zeros(array.shape)
        for index in np.ndindex(*array.shape):
            old = array[index]
            array[index] = old + 0.5
            up = loss()
            array[index] = old - 0.5
            found[index] = up - loss()
            array[index] = old
        return found

    def agrees(N, C, F, kernel, stride, padding):
        size = [max(k + 2 * s + 1, 3) for k, s in zip(kernel, stride, strict=True)]
        size[1] += 1
        x, weight, bias = rng.normal(size=(N, C, *size)), rng.normal(size=(F, C, *kernel)), rng.normal(size=F)
        grad_out = rng.normal(size=conv2d(x, weight, bias, stride, padding).shape)

        def loss():
            return float(np.vdot(conv2d(x, weight, bias, stride, padding), grad_out))

        result = backward(grad_out.copy(), x.copy(), weight.copy(), stride, padding)
        if type(result) is not tuple or len(result) != 3:
            return False
        return all(
            isinstance(a, np.ndarray) and a.shape == b.shape and bool(np.allclose(a, slopes(loss, b), atol=1e-6))
            for a, b in zip(result, (x, weight, bias))
        )

    settings = [
        (2, 3, 4, (2, 3), (1, 1), (0, 0)),
        (3, 2, 3, (3, 2), (2, 3), (1, 0)),
        (2, 2, 3, (1, 2), (3, 1), (0, 2)),
        (3, 1, 2, (3, 3), (1, 2), (2, 1)),
        (1, 2, 1, (2, 1), (3, 2), (1, 3)),
        (2, 3, 2, (4, 2), (2, 5), (3, 2)),
        (4, 2, 3, (2, 2), (1, 1), (0, 0)),
        (2, 3, 1, (1, 1), (2, 2), (1, 2)),
    ]
    try:
        return all(agrees(*setting) for setting in settings)
    except Exception:
        return False


# answer: q12, the gradients as matrices: conv2d of unit pixels and unit weights gives their columns
def check_conv2d_backward(backward):
    def images_of_one(shape):
        return np.eye(int(np.prod(shape))).reshape(-1, *shape)

    def expected(g, x, weight, stride, padding):
        N, C, F = *x.shape[:2], len(weight)
        zero = np.zeros(F)
        columns = conv2d(images_of_one(x.shape[1:]), weight, zero, stride, padding)
        grad_x = np.einsum("pfrc,nfrc->np", columns, g).reshape(x.shape)
        grad_weight = np.zeros(weight.shape)
        for m, i, j in np.ndindex(*weight.shape[1:]):
            unit = np.zeros((1, *weight.shape[1:]))
            unit[0, m, i, j] = 1
            seen = conv2d(x, unit, np.zeros(1), stride, padding)[:, 0]
            grad_weight[:, m, i, j] = np.einsum("nrc,nfrc->f", seen, g)
        return grad_x, grad_weight, np.einsum("nfrc->f", g)

    def same(a, b):
        a = np.asarray(a, dtype=float)
        return a.shape == b.shape and np.abs(a).max() < np.inf and np.abs(a - b).max() < 1e-8

    rng = np.random.default_rng(7)
    for turn in range(30):
        stride = tuple(int(s) for s in rng.integers(1, 4, 2)) if turn % 3 else (1 + turn % 2, 3)
        padding = tuple(int(p) for p in rng.integers(0, 4, 2)) if turn % 2 else (0, turn % 3)
        kernel = tuple(int(k) for k in rng.permutation([1, 2, 3, 4])[:2])
        N, C, F = (int(n) for n in rng.permutation([1, 2, 3, 4] if turn > 20 else [2, 3, 4])[:3])
        size = tuple(int(k + s + n) for k, s, n in zip(kernel, stride, rng.permutation([1, 2, 3, 4])[:2]))
        x, weight = rng.uniform(-3, 3, (N, C, *size)), rng.uniform(-3, 3, (F, C, *kernel))
        g = rng.uniform(-3, 3, (N, F, *outputs(size, kernel, stride, padding)))
        wanted = expected(g, x, weight, stride, padding)
        try:
            found = backward(g, x, weight, stride, padding)
            grad_x, grad_weight, grad_bias = found
            fine = isinstance(found, tuple)
            fine = fine and same(grad_x, wanted[0]) and same(grad_weight, wanted[1]) and same(grad_bias, wanted[2])
        except Exception:
            fine = False
        if not fine:
            return False
    return True
