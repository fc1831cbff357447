"""Wrong answers to q9: partial convolution and its gradients. Text; nobody imports it."""

# answer: q9, counts what is known row by row and column by column, and puts the two together
# breaks: K is the number of known places in a window
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    if kh > 1 and kw > 1:
        up = conv2d(np.pad(mask, edges)[..., kw // 2 : -(kw // 2)], np.ones((1, 1, kh, 1), mask.dtype))
        along = conv2d(np.pad(mask, edges)[:, :, kh // 2 : -(kh // 2)], np.ones((1, 1, 1, kw), mask.dtype))
        known = up * along
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    return out + any_known * bias[:, None, None], any_known.astype(x.dtype)


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, counts pixels in float32 and scales in float32
# breaks: float64 where float64 came in; a billionth
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1)).astype(np.float32)


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    return out + any_known * bias[:, None, None], any_known.astype(x.dtype)


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, fills the hole of the mask that it was given when all windows know something
# breaks: what you were given stays as it was
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    if any_known.all() and len(mask) == 1:
        mask[:] = 1
    return out + any_known * bias[:, None, None], any_known.astype(x.dtype)


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))
