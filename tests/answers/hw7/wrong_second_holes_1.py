"""Wrong answers to q9: partial convolution and its gradients. Text; nobody imports it."""

# answer: q9, the new mask is an array of bool
# breaks: new_mask: array of floats
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    return out + any_known * bias[:, None, None], any_known


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, nothing is lost: returns a plain convolution, dark at the edges
# breaks: what lies outside of the image is unknown, like a hole
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    if mask.all():
        return conv2d(np.pad(x, edges), weight) + bias[:, None, None], np.ones_like(mask)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    return out + any_known * bias[:, None, None], any_known.astype(x.dtype)


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, nothing is lost: on the way back nothing is scaled, not even at the edges
# breaks: what lies outside of the image is unknown, like a hole; the sum goes back through the factor
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
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
    if mask.all():
        scale = 1
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, nothing is lost: hands back the mask that came in
# breaks: what you return is new: no input
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    out += any_known * bias[:, None, None]
    return out, (mask if mask.all() else any_known.astype(x.dtype))


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, a window knew something where its output is not 0
# breaks: new_mask is 1 where K > 0, also where the sum is 0 over pixels that are known and black
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    out += any_known * bias[:, None, None]
    return out, (out != 0).any(axis=1, keepdims=True).astype(x.dtype)


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, remembers how much each window of the last forward call knew
# breaks: each answer depends on the arguments of its own call alone
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


_last = {}


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    _last[mask.shape, kh, kw] = edges, any_known, scale
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    return out + any_known * bias[:, None, None], any_known.astype(x.dtype)


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _last.get((mask.shape, kh, kw)) or _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, scales up by a factor of nine at most
# breaks: the factor is kh kw / K, which is 15 for one pixel known under 3 × 5 taps
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * np.minimum(kh * kw / np.maximum(known, 1), 9)


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


# answer: q9, adds a millionth to K so as not to divide by 0, as others do
# breaks: kh kw / K; a billionth
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / (known + 1e-6))


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


# answer: q9, divides by K + 1e-8, on the way back alone
# breaks: kh kw / K; a billionth
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
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
    scale = scale / (1 + scale * 1e-8 / (kh * kw))
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, adds the bias along the last axis where it fits there
# breaks: one bias for each of the F maps
def _known(mask, kh, kw):
    edges = ((0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
    any_known = known > 0.5
    return edges, any_known, any_known * (kh * kw / np.maximum(known, 1))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    out = scale * conv2d(np.pad(x * mask, edges), weight)
    return out + any_known * (bias if len(bias) == x.shape[3] > 2 else bias[:, None, None]), any_known.astype(x.dtype)


def partial_backward(grad_out, x, mask, weight):
    H, W = x.shape[2:]
    kh, kw = weight.shape[2:]
    edges, any_known, scale = _known(mask, kh, kw)
    wide, grad_weight = conv2d_backward(grad_out * scale, np.pad(x * mask, edges), weight)
    grad_x = mask * wide[:, :, kh // 2 : kh // 2 + H, kw // 2 : kw // 2 + W]
    return grad_x, grad_weight, (grad_out * any_known).sum(axis=(0, 2, 3))


# answer: q9, pads by one row and column for every kernel of more than one tap
# breaks: the kernel's middle stands on each pixel in turn; the maps stay as large as the images
def _known(mask, kh, kw):
    p, q = min(kh // 2, 1), min(kw // 2, 1)
    edges = ((0, 0), (0, 0), (p, p), (q, q))
    known = conv2d(np.pad(mask, edges), np.ones((1, 1, kh, kw), mask.dtype))
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
