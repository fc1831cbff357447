"""Helpers, classes and closures; windows by take_along_axis; two networks that vote."""
# ruff: noqa: F821  (names of other cells stand in the notebook)

import numpy as np


# question: q1
class Tosses:
    def __init__(self, rng, p):
        if not 0 <= p < 1:
            raise ValueError(p)
        self.rng, self.p = rng, p

    def factor(self, shape):
        kept = np.greater_equal(self.rng.random(shape), self.p)
        return kept / (1.0 - self.p)


def dropout(x, p, rng, training=True, shared=()):
    tosses = Tosses(rng, p)
    shape = tuple(np.where(np.isin(np.arange(x.ndim), shared), 1, x.shape))
    factor = tosses.factor(shape) if training else np.full(shape, 1.0)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    out = np.empty(grad_out.shape)
    out[...] = grad_out
    out *= factor
    return out


# question: q2
def score_variance(x, weight, p, shared=()):
    def one(n, u):
        kept = [axis for axis in (1, 2, 3) if axis not in shared]
        product = np.moveaxis((x[n] * weight[u])[None], kept, range(len(kept)))
        sums = product.reshape(*product.shape[: len(kept)], -1).sum(axis=-1)
        return float(np.sum(sums * sums))

    table = [[one(n, u) for u in range(len(weight))] for n in range(len(x))]
    return np.array(table) * p / (1 - p)


# question: q3
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    def wide(a):
        return a.reshape(1, -1, *(1 for _ in range(x.ndim - 2)))

    if not training:
        scale = weight / np.sqrt(var + eps)
        return wide(scale) * (x - wide(mean)) + wide(bias), np.array(mean), np.array(var)
    count = int(np.prod(x.shape)) // x.shape[1]
    if count < 2:
        raise ValueError(count)
    axes = tuple(axis for axis in range(x.ndim) if axis != 1)
    middle = x.mean(axes)
    away = x - wide(middle)
    squares = (away**2).sum(axes)
    out = wide(weight) * away / wide(np.sqrt(squares / count + eps)) + wide(bias)
    old = 1 - momentum
    return out, old * mean + momentum * middle, old * var + momentum * squares / (count - 1)


# question: q4
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    axes = tuple(axis for axis in range(x.ndim) if axis != 1)

    def wide(a):
        return np.expand_dims(a, axes)

    def average(a):
        return a.mean(axis=axes, keepdims=True)

    if training:
        away = x - average(x)
        root = np.sqrt(average(away**2) + eps)
    else:
        away, root = x - wide(mean), np.sqrt(wide(var) + eps)
    grad_weight = (grad_out * away / root).sum(axis=axes)
    grad_x = grad_out * (wide(weight) / root)
    if training:
        grad_x = grad_x - average(grad_x) - away * (average(grad_x * away) / root**2)
    return grad_x, grad_weight, grad_out.astype(x.dtype).sum(axis=axes)


# question: q5
def group_norm(x, groups, weight, bias, eps=1e-5):
    channels = x.shape[1]
    if channels % groups != 0:
        raise ValueError((channels, groups))
    blocks = x.reshape(len(x), groups, channels // groups, *x.shape[2:])
    axes = tuple(range(2, blocks.ndim))
    away = blocks - np.mean(blocks, axis=axes, keepdims=True)
    hat = away * (np.var(blocks, axis=axes, keepdims=True) + eps) ** -0.5
    wide = (slice(None),) + (None,) * (x.ndim - 2)
    return hat.reshape(x.shape) * weight[wide] + bias[wide]


# question: q6
def windows(x, top, left, size, mirrored, fill):
    def along(start, length, limit):
        places = start[:, None] + np.arange(length)
        return np.where((places >= 0) & (places < limit), places, limit)

    bordered = np.pad(x, ((0, 0), (0, 0), (0, 1), (0, 1)))
    bordered[:, :, -1] = fill[:, None]
    bordered[:, :, :, -1] = fill[:, None]
    rows, columns = along(top, size[0], x.shape[2]), along(left, size[1], x.shape[3])
    columns = np.where(mirrored[:, None], columns[:, ::-1], columns)
    tall = np.take_along_axis(bordered, rows[:, None, :, None], axis=2)
    return np.take_along_axis(tall, columns[:, None, None, :], axis=3)


# question: q7
def cutmix(x, labels, partner, top, left, size, classes):
    mixed, counts = np.array(x), np.zeros((len(x), classes))
    height, width = x.shape[2:]
    for n in range(len(x)):
        for r in range(height):
            for c in range(width):
                inside = 0 <= r - top[n] < size[0] and 0 <= c - left[n] < size[1]
                source = partner[n] if inside else n
                mixed[n, :, r, c] = x[source, :, r, c]
                counts[n, labels[source]] += 1
    return mixed, counts / (height * width)


# question: q8
def class_weights(labels, classes, beta):
    counts = {k: labels.tolist().count(k) for k in range(classes)}

    def raw(count):
        if count == 0:
            return 0.0
        return 1 / count if beta == 1 else (1 - beta) / (1 - beta**count)

    total = sum(count * raw(count) for count in counts.values())
    return np.array([raw(counts[k]) * len(labels) / total for k in range(classes)])


def recalls(labels, named, classes):
    table = np.zeros((classes, max(classes, int(named.max()) + 1)))
    np.add.at(table, (labels, named), 1)
    return np.diag(table)[:classes] / table.sum(axis=1)


# question: q9
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma < 0 or 0 < gamma < 1:
        raise ValueError(gamma)
    s = scores.astype(np.float64)
    log_p = s - np.logaddexp.reduce(s, axis=1, keepdims=True)
    p = np.exp(log_p)
    others = -np.expm1(log_p)
    pull = weights * targets
    loss = (pull * others**gamma * log_p).sum() / -len(s)
    steep = others ** (gamma - 1) * gamma * p * log_p if gamma >= 1 else 0.0
    by_log = pull * (steep - others**gamma) / len(s)
    total = by_log.sum(axis=1)
    return loss, by_log - p * total[:, None]


# question: q10
def fit(x, labels, seed):
    rng = np.random.default_rng(seed)
    kinds = [np.flatnonzero(labels == k) for k in np.unique(labels)]

    def rows_of(rng):
        return np.array([rng.choice(kinds[k]) for k in rng.integers(len(kinds), size=50)])

    several = [
        train(x, labels, int(rng.integers(1 << 30)), rows_of, cross_entropy_gradient, 300) for _ in range(2)
    ]
    return lambda new: sum(scores(new) for scores in several).argmax(axis=1)


# question: q11
def check_batch_norm(norm):
    class Wrong(Exception):
        pass

    def compare(value, right):
        value = np.asarray(value)
        if value.shape != right.shape or np.abs(value - right).max() > 1e-7 * (1 + np.abs(right).max()):
            raise Wrong

    def once(x, seed, training, momentum, eps):
        rng = np.random.default_rng(seed)
        weight, bias, mean, var = rng.uniform(0.5, 2, size=(4, x.shape[1])) * rng.choice([-1, 1], size=(4, 1))
        var = abs(var)
        kept = x.copy()
        out, new_mean, new_var = norm(x, weight, bias, mean, var, training, momentum, eps)
        middle, spread = (kept.mean(axis=(0, 2, 3)), kept.var(axis=(0, 2, 3))) if training else (mean, var)
        wide = (slice(None), None, None)
        compare(out, (kept - middle[wide]) * (weight / np.sqrt(spread + eps))[wide] + bias[wide])
        if training:
            count = kept[:, 0].size
            compare(new_mean, mean * (1 - momentum) + momentum * middle)
            compare(new_var, var * (1 - momentum) + momentum * spread * count / (count - 1))
        else:
            compare(new_mean, mean)
            compare(new_var, var)
        compare(x, kept)

    try:
        for seed in range(6):
            x = np.random.default_rng(seed).normal(size=(3 - seed % 3, 2 + seed % 2, 2, 3)) * 2 + seed
            once(x, seed, True, 0.2 + 0.1 * seed, 0.3)
            once(x, seed, False, 0.2, 0.4)
            once(x, seed, True, 0.7, 1e-5)
    except Exception:
        return False
    return True
