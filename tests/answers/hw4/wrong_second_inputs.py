"""Wrong answers to q12: inputs on which some mistakes do not show. Text; nobody imports it."""

# answer: q12, strides are the same down and across
# breaks: mistakes in the stride: strides that differ
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
    (2, 4, 3, (9, 8), (3, 2), (2, 2), (0, 1)),
    (3, 2, 5, (8, 10), (2, 3), (3, 3), (2, 1)),
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


# answer: q12, paddings are the same down and across
# breaks: mistakes in the padding: paddings that differ
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
    (3, 2, 4, (7, 8), (2, 3), (1, 2), (0, 0)),
    (2, 3, 2, (6, 5), (3, 2), (1, 1), (1, 1)),
    (2, 4, 3, (9, 8), (3, 2), (2, 3), (2, 2)),
    (3, 2, 5, (8, 10), (2, 3), (3, 2), (1, 1)),
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


# answer: q12, one channel in all images
# breaks: mistakes in channels: several images, channels and kernels
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
    (3, 1, 4, (7, 8), (2, 3), (1, 2), (0, 0)),
    (2, 1, 3, (6, 5), (3, 2), (1, 1), (1, 2)),
    (2, 1, 3, (9, 8), (3, 2), (2, 3), (2, 0)),
    (3, 1, 2, (8, 10), (2, 3), (3, 2), (0, 1)),
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


# answer: q12, one kernel in all layers
# breaks: mistakes in kernels and bias: several images, channels and kernels
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
    (3, 2, 1, (7, 8), (2, 3), (1, 2), (0, 0)),
    (2, 3, 1, (6, 5), (3, 2), (1, 1), (1, 2)),
    (2, 3, 1, (9, 8), (3, 2), (2, 3), (2, 0)),
    (3, 2, 1, (8, 10), (2, 3), (3, 2), (0, 1)),
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


# answer: q12, no pixels are left over
# breaks: mistakes in stride and shapes: pixels left over
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
    (3, 2, 5, (7, 9), (2, 3), (3, 2), (2, 1)),
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


# answer: q12, strides without padding, and padding without strides
# breaks: a function that is wrong only where both come together is wrong
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
    (2, 4, 3, (9, 9), (3, 2), (2, 3), (0, 0)),
    (3, 2, 5, (8, 11), (2, 3), (3, 2), (0, 0)),
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
