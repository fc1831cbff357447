"""Wrong answers to q12: how the function is called, and what it is called with. Text; nobody imports it."""

# answer: q12, catches exceptions around the call alone
# breaks: catch every Exception, also around what you do with the result
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
        except Exception:
            return False
        if not isinstance(found, tuple) or len(found) != 3:
            return False
        for claimed, wanted in zip(found, right, strict=True):
            if claimed.shape != wanted.shape or not np.allclose(claimed, wanted):
                return False
    return True


# answer: q12, hands stride and padding over by name
# breaks: stride and padding are given by place (a right function may call them otherwise)
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
            found = backward(grad_out, x, weight, stride=stride, padding=padding)
            if not isinstance(found, tuple) or len(found) != 3:
                return False
            for claimed, wanted in zip(found, right, strict=True):
                if np.shape(claimed) != wanted.shape or not np.allclose(claimed, wanted):
                    return False
        except Exception:
            return False
    return True


# answer: q12, whole numbers in arrays of int
# breaks: it calls the function on float64 arrays
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
        x = rng.integers(-9, 10, size=(N, C, *size))
        weight = rng.integers(-9, 10, size=(F, C, *kernel))
        grad_out = rng.integers(-9, 10, size=(N, F, *outputs(size, kernel, stride, padding)))
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


# answer: q12, calls three of the four returned arrays enough
# breaks: a tuple (grad_x, grad_weight, grad_bias): more is something else
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
            if len(found) < 3:
                return False
            for claimed, wanted in zip(found, right):
                if np.shape(claimed) != wanted.shape or not np.allclose(claimed, wanted):
                    return False
        except Exception:
            return False
    return True


# answer: q12, strides of 6 and 7
# breaks: inputs that the rules at the top allow: strides are from 1 to 5
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
    (2, 1, 3, (16, 17), (4, 2), (6, 7), (1, 0)),
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
