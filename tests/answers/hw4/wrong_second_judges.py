"""Wrong answers to q12: squares, signs, and results that are no right ones. Text; nobody imports it."""

# answer: q12, squares everywhere
# breaks: mistakes in sizes: height and width that differ
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
    (3, 2, 4, (7, 7), (3, 3), (1, 1), (0, 0)),
    (2, 3, 2, (6, 6), (2, 2), (1, 1), (1, 1)),
    (2, 4, 3, (9, 9), (2, 2), (2, 2), (2, 2)),
    (3, 2, 5, (8, 8), (3, 3), (3, 3), (1, 1)),
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


# answer: q12, upstream gradients above 0 alone
# breaks: an upstream gradient with both signs
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
        grad_out = rng.uniform(0.1, 1, size=(N, F, *outputs(size, kernel, stride, padding)))
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


# answer: q12, compares without the shapes
# breaks: arrays of other shapes: the answer is False, also where they broadcast
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
                if not np.allclose(claimed, wanted):
                    return False
        except Exception:
            return False
    return True


# answer: q12, goes as far as the shorter of both tuples
# breaks: a function may return two arrays: the answer is then False
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
            for claimed, wanted in zip(found, right):
                if np.shape(claimed) != wanted.shape or not np.allclose(claimed, wanted):
                    return False
        except Exception:
            return False
    return True


# answer: q12, asks whether the difference is large, which nan never is
# breaks: returns True only when the three gradients are right
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
                if np.shape(claimed) != wanted.shape or np.abs(claimed - wanted).max() > 1e-6:
                    return False
        except Exception:
            return False
    return True


# answer: q12, catches the exceptions that it thought of
# breaks: a wrong function may raise anything; catch every Exception
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
        except (ValueError, TypeError, IndexError, AttributeError):
            return False
    return True
