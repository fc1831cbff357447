"""Wrong answers to q3: batch normalization on the edges of its contract. Text; nobody imports it."""

# answer: q3, the variance is the mean of the squares minus the square of the mean
# breaks: do not compute the variance as the mean of the squares minus the square of the mean
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    x = x.astype(float)
    mu, v = mean, var
    if training:
        S = x.size // x.shape[1]
        if S == 1:
            raise ValueError("one sample")
        mu = x.mean(axis=axes)
        v = (x**2).mean(axis=axes) - mu**2
        mean = (1 - momentum) * mean + momentum * mu
        var = (1 - momentum) * var + momentum * v * S / (S - 1)
    out = weight.reshape(shape) * (x - mu.reshape(shape)) / np.sqrt(v.reshape(shape) + eps) + bias.reshape(shape)
    return out, mean * 1.0, var * 1.0


# answer: q3, refuses each batch of one picture in training
# breaks: ValueError where a channel has a single number
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if len(x) == 1:
            raise ValueError("a batch of one")
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = (1 - momentum) * var + momentum * x.var(axis=axes, ddof=1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, refuses a single number in all, and not one picture of several channels
# breaks: ValueError in training, where a channel has a single number
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if x.size < 2:
            raise ValueError("one sample has no variance")
        S = x.size // x.shape[1]
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = (1 - momentum) * var + momentum * v * S / max(S - 1, 1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, hands mean and var themselves back in evaluation
# breaks: what you return is new: no input
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v = mean, var
    if training:
        if x.size == x.shape[1]:
            raise ValueError("one sample has no variance")
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        mean = (1 - momentum) * mean + momentum * mu
        var = (1 - momentum) * var + momentum * x.var(axis=axes, ddof=1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), mean, var


# answer: q3, fills an array like x, which cuts the digits off where x holds whole numbers
# breaks: out: array (N, C, ...) of floats; the first array may hold whole numbers
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    out = np.empty_like(x)
    new_mean, new_var = mean.copy(), var.copy()
    for c in range(x.shape[1]):
        channel = x[:, c]
        mu, v = mean[c], var[c]
        if training:
            if channel.size == 1:
                raise ValueError("one sample has no variance")
            mu, v = channel.mean(), channel.var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * channel.var(ddof=1)
        out[:, c] = weight[c] * (channel - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


# answer: q3, knows the three forms that the text names, and no other
# breaks: any number of axes behind the channels: at most five in all
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = {2: (0,), 3: (0, 2), 4: (0, 2, 3)}[x.ndim]
    shape = {2: (1, -1), 3: (1, -1, 1), 4: (1, -1, 1, 1)}[x.ndim]
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if x.size == x.shape[1]:
            raise ValueError("one sample has no variance")
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = (1 - momentum) * var + momentum * x.var(axis=axes, ddof=1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, counts the samples of maps rightly, and takes N for all else
# breaks: the running variance has the divisor S - 1, for any number of axes
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if x.size == x.shape[1]:
            raise ValueError("one sample has no variance")
        S = x.shape[0] * x.shape[2] * x.shape[3] if x.ndim == 4 else max(len(x), 2)
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = (1 - momentum) * var + momentum * v * S / (S - 1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, a momentum of 0 means the default
# breaks: momentum: share of this batch; new = (1 - a) old + a new
def batch_norm(x, weight, bias, mean, var, training=True, momentum=None, eps=1e-5):
    a = momentum or 0.1
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if x.size == x.shape[1]:
            raise ValueError("one sample has no variance")
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - a) * mean + a * mu
        new_var = (1 - a) * var + a * x.var(axis=axes, ddof=1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, makes a smaller eps 1e-5
# breaks: eps: from 0.000001 to 10
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    eps = max(eps, 1e-5)
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if x.size == x.shape[1]:
            raise ValueError("one sample has no variance")
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = (1 - momentum) * var + momentum * x.var(axis=axes, ddof=1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, refuses a channel whose numbers are all the same
# breaks: ValueError in training, where a channel has a single number
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        if (v == 0).any():
            raise ValueError("a channel has no variance")
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = (1 - momentum) * var + momentum * x.var(axis=axes, ddof=1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, the new running variance holds eps, too
# breaks: the running statistics: (1 - a) old + a new, with the divisor S - 1
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var + eps, mean.copy(), var.copy()
    if training:
        S = x.size // x.shape[1]
        if S == 1:
            raise ValueError("one sample has no variance")
        mu, v = x.mean(axis=axes), x.var(axis=axes) + eps
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = (1 - momentum) * var + momentum * v * S / (S - 1)
    normal = (x - mu.reshape(shape)) / np.sqrt(v).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var


# answer: q3, brings the running variance back to at least 0.01
# breaks: evaluation: the running statistics stay; training: (1 - a) old + a new
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    mu, v, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if x.size == x.shape[1]:
            raise ValueError("one sample has no variance")
        mu, v = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * mu
        new_var = np.maximum((1 - momentum) * var + momentum * x.var(axis=axes, ddof=1), 0.01)
    normal = (x - mu.reshape(shape)) / np.sqrt(v + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var
