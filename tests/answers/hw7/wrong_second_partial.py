"""Wrong answers to partial convolution, as students write them. Text; nobody imports it."""

# answer: q9, the height for both sides of the window
# breaks: kh kw / K
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kh / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return (sums * ratio + bias[:, None, None]) * new_mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kh / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, masks the first channel alone
# breaks: the mask holds for all channels
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    seen = np.concatenate([x[:, :1] * mask, x[:, 1:]], axis=1)
    sums = conv2d(around(seen, kh, kw), weight)
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


# answer: q9, the bias gradient with the factor
# breaks: the bias is added behind the factor
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
    grad_bias = (grad_out * ratio).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, closes windows that miss anything
# breaks: 1 where a window knew anything
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known == kh * kw).astype(x.dtype)
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


# answer: q9, the bias where a pixel was known
# breaks: bias where K > 0
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    return sums * ratio + bias[:, None, None] * mask, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, pixels get no factor
# breaks: through the factor kh kw / K
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
    gx = conv2d_backward(grad_out * new_mask, around(x * mask, kh, kw), weight)[0]
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, the bias gradient of the first image
# breaks: sum over n
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
    grad_bias = (grad_out * new_mask)[:1].sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, the bias gradient by known pixels
# breaks: where K > 0
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
    grad_bias = (grad_out * mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias


# answer: q9, puts what was known back
# breaks: out is what the windows make
def around(x, kh, kw):
    p, q = kh // 2, kw // 2
    return np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))


def partial(x, mask, weight, bias):
    kh, kw = weight.shape[2:]
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    sums = conv2d(around(x * mask, kh, kw), weight)
    out = (sums * ratio + bias[:, None, None]) * new_mask
    if out.shape == x.shape:
        out = np.where(mask > 0, x, out)
    return out, new_mask


def partial_backward(grad_out, x, mask, weight):
    (kh, kw), (H, W) = weight.shape[2:], x.shape[2:]
    p, q = kh // 2, kw // 2
    known = conv2d(around(mask, kh, kw), np.ones((1, 1, kh, kw), x.dtype))
    ratio = np.where(known > 0, kh * kw / np.maximum(known, 1), 0)
    new_mask = (known > 0).astype(x.dtype)
    gx, gw = conv2d_backward((grad_out * ratio).astype(x.dtype), around(x * mask, kh, kw), weight)
    grad_bias = (grad_out * new_mask).sum(axis=(0, 2, 3))
    return gx[:, :, p : p + H, q : q + W] * mask, gw, grad_bias
