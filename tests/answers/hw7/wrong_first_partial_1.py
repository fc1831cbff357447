"""Wrong answers to partial convolution, as students write them. Text; nobody imports it."""

# answer: q9, the bias where nothing is known
# breaks: 0 where K = 0
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return sums * ratio + bias[:, None, None], new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, scales the bias, too
# breaks: the factor belongs to the sum alone
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums + bias[:, None, None]) * ratio, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, beyond the image everything is known
# breaks: what lies outside is unknown, like a hole
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(1 - around(1 - mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(1 - around(1 - mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, trusts that the hole holds zeros
# breaks: what stands in a hole must not matter
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x, kh, kw), weight)
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


# answer: q9, trusts that the hole holds zeros, backward
# breaks: what stands in a hole must not matter
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
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
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, hands a gradient into the hole
# breaks: x reaches the output through m x
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
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
    return gx[:, :, p : p + H, q : q + W], gw, grad_bias


# answer: q9, adds the bias gradient everywhere
# breaks: no bias where K = 0
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
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
    grad_bias = grad_out.sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, forgets the factor on the way back
# breaks: the sum through the factor k_h k_w / K
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
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
    gx, gw = conv2d_backward((grad_out * new_mask).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, counts the channels, too
# breaks: kh kw / K with the mask's one channel
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, x.shape[1] * kh * kw / np.maximum(known, 1), 0)
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


# answer: q9, a small number under the fraction
# breaks: no value further off than a billionth
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = kh * kw / (known + 1e-8) * (known > 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = kh * kw / (known + 1e-8) * (known > 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias
