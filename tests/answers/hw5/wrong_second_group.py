"""Wrong answers to q5: group normalization. Text; nobody imports it."""

# answer: q5, the variance is the mean of the squares minus the square of the mean
# breaks: do not compute the variance so: the numbers of a group may be 100,000 D
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    g = x.reshape(N, groups, -1).astype(float)
    mu = g.mean(axis=2, keepdims=True)
    v = (g * g).mean(axis=2, keepdims=True) - mu**2
    hat = ((g - mu) / np.sqrt(np.maximum(v, 0) + eps)).reshape(x.shape)
    shape = (C, *[1] * (x.ndim - 2))
    return hat * weight.reshape(shape) + bias.reshape(shape)


# answer: q5, refuses a group of one number, as q3 does
# breaks: ValueError unless groups divides C (and only then)
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    g = x.reshape(N, groups, -1)
    if g.shape[2] == 1:
        raise ValueError("one sample has no variance")
    hat = (g - g.mean(axis=2, keepdims=True)) / np.sqrt(g.var(axis=2, keepdims=True) + eps)
    shape = (C, *[1] * (x.ndim - 2))
    return hat.reshape(x.shape) * weight.reshape(shape) + bias.reshape(shape)


# answer: q5, fills an array like x, which cuts the digits off where x holds whole numbers
# breaks: returns an array (N, C, ...) of floats; the first array may hold whole numbers
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    out, size = np.zeros_like(x), C // groups
    for n in range(N):
        for first in range(0, C, size):
            part = x[n, first : first + size]
            hat = (part - part.mean()) / np.sqrt(part.var() + eps)
            for c in range(size):
                out[n, first + c] = weight[first + c] * hat[c] + bias[first + c]
    return out


# answer: q5, has scale and shift for up to four axes
# breaks: x: array (N, C, ...): at most five axes in all
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    g = x.reshape(N, groups, -1)
    hat = (g - g.mean(axis=2, keepdims=True)) / np.sqrt(g.var(axis=2, keepdims=True) + eps)
    shape = (1, C, 1, 1)[: x.ndim]
    return hat.reshape(x.shape) * weight.reshape(shape) + bias.reshape(shape)


# answer: q5, reshapes in the order that memory has
# breaks: in memory an array may lie in any way: transposed, reversed, a slice of a larger one
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    g = x.reshape((N, groups, -1), order="A")
    hat = (g - g.mean(axis=2, keepdims=True)) / np.sqrt(g.var(axis=2, keepdims=True) + eps)
    shape = (C, *[1] * (x.ndim - 2))
    return hat.reshape(x.shape) * weight.reshape(shape) + bias.reshape(shape)


# answer: q5, gives a view another shape, which fails on a transposed array
# breaks: in memory an array may lie in any way: transposed, reversed, a slice of a larger one
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    g = x.view()
    g.shape = (N, groups, x[0].size // groups)
    hat = (g - g.mean(axis=2, keepdims=True)) / np.sqrt(g.var(axis=2, keepdims=True) + eps)
    shape = (C, *[1] * (x.ndim - 2))
    return hat.reshape(x.shape) * weight.reshape(shape) + bias.reshape(shape)


# answer: q5, writes each answer of a shape into the same array
# breaks: what you return is new: nothing that a later call writes into
_outs = {}


def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    out = _outs.setdefault(x.shape, np.empty(x.shape))
    g = x.reshape(N, groups, -1)
    hat = (g - g.mean(axis=2, keepdims=True)) / np.sqrt(g.var(axis=2, keepdims=True) + eps)
    shape = (C, *[1] * (x.ndim - 2))
    out[...] = hat.reshape(x.shape) * weight.reshape(shape) + bias.reshape(shape)
    return out


# answer: q5, lets more groups than channels through
# breaks: ValueError unless groups divides C
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if groups < C and C % groups:
        raise ValueError("groups must divide C")
    size = max(C // groups, 1)
    out = np.empty(x.shape)
    for n in range(N):
        for first in range(0, C, size):
            part = x[n, first : first + size]
            hat = (part - part.mean()) / np.sqrt(part.var() + eps)
            for c in range(size):
                out[n, first + c] = weight[first + c] * hat[c] + bias[first + c]
    return out


# answer: q5, a way of its own for layer normalization, which forgets all axes behind the third
# breaks: one group is layer normalization: mean and variance over all numbers of one picture
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    shape = (C, *[1] * (x.ndim - 2))
    if groups == 1:
        axes = (1, 2, 3)[: x.ndim - 1]
        hat = (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    else:
        g = x.reshape(N, groups, -1)
        hat = (g - g.mean(axis=2, keepdims=True)) / np.sqrt(g.var(axis=2, keepdims=True) + eps)
    return hat.reshape(x.shape) * weight.reshape(shape) + bias.reshape(shape)


# answer: q5, computes in float32, whatever comes in
# breaks: float64 where one of the arrays was float64, and within a billionth
def group_norm(x, groups, weight, bias, eps=1e-5):
    N, C = x.shape[:2]
    if C % groups:
        raise ValueError("groups must divide C")
    g = x.reshape(N, groups, -1).astype(np.float32)
    hat = (g - g.mean(axis=2, keepdims=True)) / np.sqrt(g.var(axis=2, keepdims=True) + np.float32(eps))
    shape = (C, *[1] * (x.ndim - 2))
    return hat.reshape(x.shape) * weight.reshape(shape) + bias.reshape(shape)
