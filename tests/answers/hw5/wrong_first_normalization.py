"""Wrong answers to batch and group normalization. Text; nobody imports it."""

# answer: q3, scales along the last axis
# breaks: weight is the scale of each channel
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if count == 1:
            raise ValueError
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * count / (count - 1)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    if x.shape[-1] == len(weight):
        return weight * normal + bias, new_mean, new_var
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, refuses a single picture in training
# breaks: ValueError in training, where a channel has a single number
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if len(x) == 1:
            raise ValueError
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * count / (count - 1)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, refuses a single number in evaluation, too
# breaks: ValueError in training
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if count == 1:
        raise ValueError
    if training:
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * count / (count - 1)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, moves the running statistics in place
# breaks: what you were given stays as it was
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread = mean, var
    if training:
        if count == 1:
            raise ValueError
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        mean += momentum * (here - mean)
        var += momentum * (spread * count / (count - 1) - var)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), mean, var


# answer: q3, returns the running statistics that came in, in evaluation
# breaks: what you return is new: no input
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread, new_mean, new_var = mean, var, mean, var
    if training:
        if count == 1:
            raise ValueError
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * count / (count - 1)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, counts the pictures alone for the running variance
# breaks: the new variance has the divisor S - 1, and S is the number of samples
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if count == 1:
            raise ValueError
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * len(x) / max(len(x) - 1, 1)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, takes eps as the least variance
# breaks: ε is added to the variance under the root
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if count == 1:
            raise ValueError
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * count / (count - 1)
    normal = (x - here.reshape(shape)) / np.sqrt(np.maximum(spread, eps)).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, knows maps alone
# breaks: array (N, C, ...): any number of axes may follow
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    n, c, h, w = x.shape
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if n * h * w == 1:
            raise ValueError
        here, spread = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * x.var(axis=(0, 2, 3), ddof=1)
    shape = (c, 1, 1)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, leaves channels that do not vary as they are
# breaks: y = w (x - mean) / root + b for each channel
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes, count = (0, *range(2, x.ndim)), x.size // x.shape[1]
    shape = (-1, *[1] * (x.ndim - 2))
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if count == 1:
            raise ValueError
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * count / (count - 1)
    here = np.where(spread == 0, 0, here)
    normal = (x - here.reshape(shape)) / np.sqrt(np.where(spread == 0, 1, spread + eps)).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q4, by differences
# breaks: no value may be further from the right one than a billionth
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes, shape = (0, *range(2, x.ndim)), (-1, *[1] * (x.ndim - 2))

    def hat(x):
        a, b = (x.mean(axis=axes), x.var(axis=axes)) if training else (mean, var)
        return (x - a.reshape(shape)) / np.sqrt(b + eps).reshape(shape)

    x = x.astype(float)
    grad = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        step = np.zeros(x.shape)
        step[place] = 1e-5
        change = (hat(x + step) - hat(x - step)) / 2e-5
        grad[place] = (grad_out * weight.reshape(shape) * change).sum()
    return grad, (grad_out * hat(x)).sum(axis=axes), 1.0 * grad_out.sum(axis=axes)


# answer: q4, divides by the variance with the divisor S - 1
# breaks: V is the variance of the batch with the divisor S
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes, shape = (0, *range(2, x.ndim)), (-1, *[1] * (x.ndim - 2))
    if training:
        mean, var = x.mean(axis=axes), x.var(axis=axes, ddof=1)
    root = np.sqrt(var + eps).reshape(shape)
    hat = (x - mean.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    return h / root, (grad_out * hat).sum(axis=axes), 1.0 * grad_out.sum(axis=axes)


# answer: q4, leaves out ε under the outer root
# breaks: the root of V + ε
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes, shape = (0, *range(2, x.ndim)), (-1, *[1] * (x.ndim - 2))
    if training:
        mean, var = x.mean(axis=axes), x.var(axis=axes)
    root = np.sqrt(var + eps).reshape(shape)
    hat = (x - mean.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    outer = np.sqrt(np.maximum(var, 1e-12)).reshape(shape)
    return h / outer, (grad_out * hat).sum(axis=axes), 1.0 * grad_out.sum(axis=axes)


# answer: q4, the gradient by the weight uses the batch in evaluation
# breaks: in evaluation the statistics are the running ones
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes, shape = (0, *range(2, x.ndim)), (-1, *[1] * (x.ndim - 2))
    here, spread = x.mean(axis=axes), x.var(axis=axes)
    hat = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    root = np.sqrt((spread if training else var) + eps).reshape(shape)
    return h / root, (grad_out * hat).sum(axis=axes), 1.0 * grad_out.sum(axis=axes)


# answer: q4, multiplies the gradients of weight and bias by the weight
# breaks: the gradient by the weight is the sum of grad_out times x̂
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes, shape = (0, *range(2, x.ndim)), (-1, *[1] * (x.ndim - 2))
    if training:
        mean, var = x.mean(axis=axes), x.var(axis=axes)
    root = np.sqrt(var + eps).reshape(shape)
    hat = (x - mean.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    by_weight, by_bias = (h * hat).sum(axis=axes), h.sum(axis=axes)
    if training:
        h = h - h.mean(axis=axes, keepdims=True) - hat * (h * hat).mean(axis=axes, keepdims=True)
    return h / root, by_weight, by_bias


# answer: q4, means over the pictures alone
# breaks: a bar is the mean over all samples of the channel
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes, shape = (0, *range(2, x.ndim)), (-1, *[1] * (x.ndim - 2))
    if training:
        mean, var = x.mean(axis=axes), x.var(axis=axes)
    root = np.sqrt(var + eps).reshape(shape)
    hat = (x - mean.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        h = h - h.mean(axis=0) - hat * (h * hat).mean(axis=0)
    return h / root, (grad_out * hat).sum(axis=axes), 1.0 * grad_out.sum(axis=axes)


# answer: q5, takes the variance with the divisor of one less
# breaks: mean and variance over all numbers of one group
def group_norm(x, groups, weight, bias, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError
    rows = x.reshape(len(x), groups, -1)
    ddof = 1 if rows.shape[2] > 1 else 0
    rows = (rows - rows.mean(axis=2, keepdims=True)) / np.sqrt(rows.var(axis=2, keepdims=True, ddof=ddof) + eps)
    shape = (-1, *[1] * (x.ndim - 2))
    return weight.reshape(shape) * rows.reshape(x.shape) + bias.reshape(shape)


# answer: q5, scales by the group's first weight
# breaks: scale and shift belong to the channels
def group_norm(x, groups, weight, bias, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError
    rows = x.reshape(len(x), groups, -1)
    rows = (rows - rows.mean(axis=2, keepdims=True)) / np.sqrt(rows.var(axis=2, keepdims=True) + eps)
    shape, size = (-1, *[1] * (x.ndim - 2)), x.shape[1] // groups
    weight = np.repeat(weight[::size], size)
    return weight.reshape(shape) * rows.reshape(x.shape) + bias.reshape(shape)


# answer: q5, refuses only more groups than channels
# breaks: ValueError unless groups divides C
def group_norm(x, groups, weight, bias, eps=1e-5):
    if groups > x.shape[1]:
        raise ValueError
    out = np.zeros(x.shape)
    for part in np.array_split(np.arange(x.shape[1]), groups):
        axes = tuple(range(1, x.ndim))
        own = x[:, part]
        out[:, part] = (own - own.mean(axis=axes, keepdims=True)) / np.sqrt(own.var(axis=axes, keepdims=True) + eps)
    shape = (-1, *[1] * (x.ndim - 2))
    return weight.reshape(shape) * out + bias.reshape(shape)


# answer: q5, the variance as the mean of the squares minus the square of the mean
# breaks: no value may be further from the right one than a billionth
def group_norm(x, groups, weight, bias, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError
    rows = x.reshape(len(x), groups, -1)
    mean = rows.mean(axis=2, keepdims=True)
    var = abs((1.0 * rows**2).mean(axis=2, keepdims=True) - mean**2)
    rows = (rows - mean) / np.sqrt(var + eps)
    shape = (-1, *[1] * (x.ndim - 2))
    return weight.reshape(shape) * rows.reshape(x.shape) + bias.reshape(shape)
