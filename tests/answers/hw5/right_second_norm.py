"""Right answers to q3 to q5, written in other ways. Text; nobody imports it."""

# answer: q3, channel by channel, with sums of Python floats
import math


def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    out = np.empty(x.shape)
    new_mean, new_var = [], []
    for c in range(x.shape[1]):
        numbers = x[:, c].astype(float).ravel().tolist()
        S = len(numbers)
        old_mean, old_var = float(mean[c]), float(var[c])
        if training:
            if S < 2:
                raise ValueError("one sample has no variance")
            mu = math.fsum(numbers) / S
            squares = math.fsum((a - mu) ** 2 for a in numbers)
            v = squares / S
            old_mean = (1 - momentum) * old_mean + momentum * mu
            old_var = (1 - momentum) * old_var + momentum * squares / (S - 1)
        else:
            mu, v = old_mean, old_var
        root = math.sqrt(v + eps)
        done = [float(weight[c]) * (a - mu) / root + float(bias[c]) for a in numbers]
        out[:, c] = np.array(done).reshape(x[:, c].shape)
        new_mean.append(old_mean)
        new_var.append(old_var)
    return out, np.array(new_mean), np.array(new_var)


# answer: q3, channels last, in float64
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    last = np.moveaxis(x, 1, -1).astype(np.float64)
    flat = last.reshape(-1, x.shape[1])
    if not training:
        out = (last - mean) / np.sqrt(var.astype(float) + eps) * weight + bias
        return np.moveaxis(out, -1, 1).copy(), np.array(mean), np.array(var)
    if len(flat) == 1:
        raise ValueError("a channel has a single number")
    mu = flat.sum(axis=0) / len(flat)
    centred = flat - mu
    squares = np.einsum("sc,sc->c", centred, centred)
    out = (centred / np.sqrt(squares / len(flat) + eps) * weight + bias).reshape(last.shape)
    new_mean = mean + momentum * (mu - mean)
    new_var = var + momentum * (squares / (len(flat) - 1) - var)
    return np.ascontiguousarray(np.moveaxis(out, -1, 1)), new_mean, new_var


# answer: q3, subtracts each channel's first number before it squares
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    shape = (1, x.shape[1]) + (1,) * (x.ndim - 2)
    rows = np.stack([x[:, c].ravel() for c in range(x.shape[1])]).astype(float)
    here, spread = mean.astype(float), var.astype(float)
    new_mean, new_var = here.copy(), spread.copy()
    if training:
        S = rows.shape[1]
        if S == 1:
            raise ValueError("one sample")
        first = rows[:, 0]
        near = rows - first[:, None]
        spread = (near**2).mean(axis=1) - near.mean(axis=1) ** 2
        spread = np.maximum(spread, 0)
        here = first + near.mean(axis=1)
        new_mean = new_mean * (1 - momentum) + here * momentum
        new_var = new_var * (1 - momentum) + spread * (momentum * S / (S - 1))
    scale = weight / np.sqrt(spread + eps)
    return (x - here.reshape(shape)) * scale.reshape(shape) + bias.reshape(shape), new_mean, new_var


# answer: q3, stays in the type that came in, and works in place on its own array
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    axes = tuple(a for a in range(x.ndim) if a != 1)
    grow = tuple(slice(None) if a == 1 else None for a in range(x.ndim))
    kind = x.dtype if x.dtype.kind == "f" else np.float64
    x = x.astype(kind)
    mu, v = (np.mean(x, axis=axes), np.var(x, axis=axes)) if training else (mean, var)
    if training:
        if np.prod([x.shape[a] for a in axes]) < 2:
            raise ValueError("in training each channel needs two numbers")
        a, unbiased = momentum, np.var(x, axis=axes, ddof=1)
        new_mean, new_var = (1 - a) * mean + a * mu, (1 - a) * var + a * unbiased
    else:
        new_mean, new_var = np.copy(mean), np.copy(var)
    out = (x - mu[grow]) / np.sqrt(v[grow] + eps)
    out *= weight[grow]
    out += bias[grow]
    return out, new_mean, new_var


# answer: q4, in three steps by the chain rule
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = (0, *range(2, x.ndim))
    shape = (1, -1) + (1,) * (x.ndim - 2)
    g, x = grad_out.astype(float), x.astype(float)
    S = x.size // x.shape[1]
    mu = (x.mean(axis=axes) if training else mean.astype(float)).reshape(shape)
    apart = x - mu
    v = (apart**2).mean(axis=axes).reshape(shape) if training else var.astype(float).reshape(shape)
    inverse = (v + eps) ** -0.5
    grad_weight = (g * apart * inverse).sum(axis=axes)
    grad_bias = g.sum(axis=axes)
    by_hat = g * weight.reshape(shape)
    grad_x = by_hat * inverse
    if training:
        by_var = (by_hat * apart).sum(axis=axes).reshape(shape) * -0.5 * inverse**3
        by_mean = -(by_hat * inverse).sum(axis=axes).reshape(shape)
        grad_x = grad_x + by_var * 2 * apart / S + by_mean / S
    return grad_x, grad_weight, grad_bias


# answer: q4, channel by channel, with products of vectors
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    grad_x = np.empty(x.shape)
    grad_weight, grad_bias = np.empty(len(weight)), np.empty(len(weight))
    for c in range(len(weight)):
        g, a = grad_out[:, c].astype(float).ravel(), x[:, c].astype(float).ravel()
        mu, v = (a.mean(), a.var()) if training else (float(mean[c]), float(var[c]))
        root = np.sqrt(v + eps)
        hat = (a - mu) / root
        h = g * float(weight[c])
        if training:
            h = h - h.sum() / len(a) - hat * (hat @ h) / len(a)
        grad_x[:, c] = (h / root).reshape(x[:, c].shape)
        grad_weight[c], grad_bias[c] = hat @ g, g.sum()
    return grad_x, grad_weight, grad_bias


# answer: q4, by einsum over channels and samples, for both modes at once
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    N, C = x.shape[:2]
    a = x.reshape(N, C, -1).astype(float)
    g = grad_out.reshape(N, C, -1).astype(float)
    S = N * a.shape[2]
    mu = np.einsum("ncs->c", a) / S if training else mean
    apart = a - np.reshape(mu, (C, 1))
    v = np.einsum("ncs,ncs->c", apart, apart) / S if training else var
    scale = 1 / np.sqrt(v + eps)
    hat = apart * scale[:, None]
    grad_weight, grad_bias = np.einsum("ncs,ncs->c", g, hat), np.einsum("ncs->c", g)
    through = int(bool(training)) / S
    inner = g - through * (grad_bias[:, None] + hat * grad_weight[:, None])
    return ((weight * scale)[:, None] * inner).reshape(x.shape), grad_weight, grad_bias


# answer: q5, loops over pictures and groups
import math


def group_norm(x, groups, weight, bias, eps=1e-5):
    C = x.shape[1]
    if groups < 1 or C % groups != 0:
        raise ValueError(f"{C} channels cannot be put into {groups} groups of equal size")
    out = np.zeros(x.shape)
    for n, picture in enumerate(x):
        for members in np.split(np.arange(C), groups):
            part = picture[members].astype(float)
            part = part - part.sum() / part.size
            part /= math.sqrt(float((part**2).sum()) / part.size + eps) if part.size > 1 else math.sqrt(eps)
            for c, channel in zip(members, part):
                out[n, c] = channel * weight[c] + bias[c]
    return out


# answer: q5, an axis of its own for the groups, and another for their channels
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C, *rest = x.shape
    each, left_over = divmod(C, groups)
    if left_over:
        raise ValueError("groups of equal size, please")
    parts = x.reshape(N, groups, each, *rest)
    axes = tuple(range(2, parts.ndim))
    apart = parts - parts.mean(axis=axes, keepdims=True)
    variance = np.square(apart).mean(axis=axes, keepdims=True)
    scale, shift = (v.reshape(groups, each, *(1 for _ in rest)) for v in (weight, bias))
    return (scale * apart / np.sqrt(variance + eps) + shift).reshape(x.shape)


# answer: q5, puts together what a helper makes of each group
def group_norm(x, groups, weight, bias, eps=1e-5):
    def standard(part):
        flat = part.reshape(len(part), -1)
        centre, spread = np.mean(flat, axis=1), np.std(flat, axis=1)
        root = np.hypot(spread, eps**0.5)
        return ((flat - centre[:, None]) / root[:, None]).reshape(part.shape)

    if x.shape[1] % groups:
        raise ValueError("groups must divide the number of channels")
    hat = np.concatenate([standard(part.astype(float)) for part in np.split(x, groups, axis=1)], axis=1)
    to_end = np.moveaxis(hat, 1, -1) * weight + bias
    return np.moveaxis(to_end, -1, 1).copy()
