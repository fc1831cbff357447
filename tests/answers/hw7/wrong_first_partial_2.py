"""Wrong answers to partial convolution, as students write them. Text; nobody imports it."""

# answer: q9, the new mask says how much was known
# breaks: 1 where a window knew anything, elsewhere 0
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, known / (kh * kw)


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, the new mask for each output channel
# breaks: new_mask: array (N, 1, H, W)
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, np.repeat(new_mask, len(weight), axis=1)


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, the first image's mask for all
# breaks: a mask for each image
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask[:1] + 0 * mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask[:1] + 0 * mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, a mask of truth values
# breaks: new_mask: array of floats
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, known > 0


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, gives back the mask it got where all is known
# breaks: what you return is new
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, mask if mask.all() else new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, divides by the number of taps instead of the known
# breaks: factor kh kw / K
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, np.maximum(known, 1) / (kh * kw), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, np.maximum(known, 1) / (kh * kw), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, empties the hole in what it was given
# breaks: what you were given stays as it was
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    if x.flags.writeable:
        x *= mask
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, a window knows something when its middle does
# breaks: where K > 0
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = mask.copy()
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, needs half of the window
# breaks: 1 where a window knew anything
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > kh * kw / 2).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, square kernels alone
# breaks: kh and kw
def around(x, kh, kw):
    p = q = kh // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias
