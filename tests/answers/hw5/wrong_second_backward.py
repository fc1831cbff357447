"""Wrong answers to q4: back through batch normalization. Text; nobody imports it."""

# answer: q4, in training the bars are means over the pictures alone, but for maps
# breaks: a bar for the mean over all samples of the channel, for any number of axes
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
    root = np.sqrt(v + eps).reshape(shape)
    hat = (x - mu.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    grad_weight, grad_bias = (grad_out * hat).sum(axis=axes), (grad_out * 1.0).sum(axis=axes)
    if training:
        over = (0, 2, 3) if x.ndim == 4 else 0
        h = h - h.mean(axis=over, keepdims=True) - hat * (h * hat).mean(axis=over, keepdims=True)
    return h / root, grad_weight, grad_bias


# answer: q4, the variance is the mean of the squares minus the square of the mean
# breaks: do not compute the variance so: the numbers may be 10,000 D
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    if training:
        mu = x.mean(axis=axes)
        v = (x**2).mean(axis=axes) - mu**2
    else:
        mu, v = mean, var
    root = np.sqrt(v + eps).reshape(shape)
    hat = (x - mu.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    return h / root, (grad_out * hat).sum(axis=axes), (grad_out * 1.0).sum(axis=axes)


# answer: q4, has axes for up to four
# breaks: any number of axes behind the channels: at most five in all
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, 2, 3)[: x.ndim - 1]
    shape = (1, len(weight), 1, 1)[: x.ndim]
    mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
    root = np.sqrt(v + eps).reshape(shape)
    hat = (x - mu.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    return h / root, (grad_out * hat).sum(axis=axes), (grad_out * 1.0).sum(axis=axes)


# answer: q4, refuses a batch of one picture in training
# breaks: x: in training at least two numbers in a channel (one picture may have them)
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    if training and len(x) < 2:
        raise ValueError("one sample has no variance")
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
    root = np.sqrt(v + eps).reshape(shape)
    hat = (x - mu.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    return h / root, (grad_out * hat).sum(axis=axes), (grad_out * 1.0).sum(axis=axes)


# answer: q4, works the gradient by the weight out of h, and divides by the weight
# breaks: the gradient by the weight is the sum of the upstream gradient times x-hat (a weight may be 0)
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
    root = np.sqrt(v + eps).reshape(shape)
    hat = (x - mu.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    grad_weight, grad_bias = (h * hat).sum(axis=axes) / weight, h.sum(axis=axes) / weight
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    return h / root, grad_weight, grad_bias


# answer: q4, x-hat without eps in the gradient by the weight
# breaks: the gradient by the weight is the sum of the upstream gradient times x-hat, and x-hat has eps
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
    root = np.sqrt(v + eps).reshape(shape)
    hat = (x - mu.reshape(shape)) / root
    if training:
        h = weight.reshape(shape) * grad_out
        grad_x = (h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)) / root
        grad_weight = (grad_out * (x - mu.reshape(shape))).sum(axis=axes) / np.maximum(x.std(axis=axes), 1e-9)
        return grad_x, grad_weight, grad_out.sum(axis=axes, dtype=float)
    return grad_out * weight.reshape(shape) / root, (grad_out * hat).sum(axis=axes), grad_out.sum(axis=axes) * 1.0


# answer: q4, computes x-hat in float32
# breaks: float64 where one of the arrays was float64, and within a billionth
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
    root = np.sqrt(v + eps).reshape(shape)
    hat = ((x - mu.reshape(shape)) / root).astype(np.float32)
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    return h / root, (grad_out * hat).sum(axis=axes), (grad_out * 1.0).sum(axis=axes)


# answer: q4, finds the gradient by x of training from differences
# breaks: no value further from the right one than a billionth
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))

    def hat_of(x):
        mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
        return (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)

    h = weight.reshape(shape) * grad_out
    grad_x = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = 1e-5
        grad_x[place] = (h * (hat_of(x + step) - hat_of(x - step))).sum() / 2e-5
    return grad_x, (grad_out * hat_of(x)).sum(axis=axes), (grad_out * 1.0).sum(axis=axes)


# answer: q4, reads the upstream gradient in the order of memory
# breaks: in memory an array may lie in any way: transposed, reversed, a slice of a larger one
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    N, C = x.shape[:2]
    a, g = x.reshape(N, C, -1), grad_out.ravel(order="K").reshape(N, C, -1)
    mu, v = (a.mean(axis=(0, 2)), a.var(axis=(0, 2))) if training else (mean, var)
    root = np.sqrt(v + eps)[:, None]
    hat = (a - mu[:, None]) / root
    h = weight[:, None] * g
    grad_weight, grad_bias = (g * hat).sum(axis=(0, 2)), g.sum(axis=(0, 2)) * 1.0
    if training:
        h = h - h.mean(axis=(0, 2), keepdims=True) - hat * (h * hat).mean(axis=(0, 2), keepdims=True)
    return (h / root).reshape(x.shape), grad_weight, grad_bias


# answer: q4, in training a channel of equal numbers gets no gradient
# breaks: the formula of training: with V = 0 it is (h - its mean) / sqrt(eps)
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
    root = np.sqrt(v + eps).reshape(shape)
    hat = (x - mu.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
        h = np.where(v.reshape(shape) > 1e-12, h, 0.0)
    return h / root, (grad_out * hat).sum(axis=axes), (grad_out * 1.0).sum(axis=axes)
