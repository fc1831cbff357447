"""Right answers to q1 and q2, written in other ways. Text; nobody imports it."""

# answer: q1, with a helper for the shape, where and a multiplication
def draw_shape(shape, shared):
    return tuple(1 if axis in set(shared) else n for axis, n in enumerate(shape))


def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(f"p is from 0 to below 1, not {p}")
    size = draw_shape(x.shape, shared)
    if training:
        factor = np.where(rng.random(size) < p, 0.0, 1 / (1 - p))
    else:
        factor = np.ones(size)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return np.multiply(grad_out, factor)


# answer: q1, divides what is kept, and sets the rest to 0
def dropout(x, p, rng, training=True, shared=()):
    if p < 0 or p >= 1:
        raise ValueError("p")
    shape = list(x.shape)
    for axis in shared:
        shape[axis] = 1
    if not training:
        return x.astype(np.float64), np.ones(shape)
    drops = rng.random(size=shape) < p
    out = np.array(x, dtype=np.float64) / (1 - p)
    out[np.broadcast_to(drops, x.shape)] = 0
    factor = np.full(shape, 1 / (1 - p))
    factor[drops] = 0
    return out, factor


def dropout_backward(grad_out, factor):
    return np.einsum("nchw,nchw->nchw", grad_out, np.broadcast_to(factor, grad_out.shape)).copy()


# answer: q1, factors of the type of x, number by number
def dropout(x, p, rng, training=True, shared=()):
    if not (p >= 0 and p < 1):
        raise ValueError("a share that is dropped: 0 <= p < 1")
    kind = np.float32 if x.dtype == np.float32 else np.float64
    size = [1 if a in shared else x.shape[a] for a in range(4)]
    if training:
        values = [0.0 if draw < p else 1.0 / (1.0 - p) for draw in rng.random(size).ravel()]
    else:
        values = [1.0] * int(np.prod(size))
    factor = np.array(values, dtype=kind).reshape(size)
    return x.astype(kind) * factor, factor


def dropout_backward(grad_out, factor):
    kind = np.result_type(grad_out, factor, np.float32)
    grad_x = np.empty(grad_out.shape, dtype=kind)
    for n in range(len(grad_out)):
        grad_x[n] = grad_out[n] * factor[n if len(factor) > 1 else 0]
    return grad_x


# answer: q1, counts which draws are kept, as floats
def dropout(x, p, rng, training=True, shared=()):
    if int(np.floor(p)) != 0:
        raise ValueError("p must lie in [0, 1)")
    mask = np.ones(tuple(np.where(np.isin(np.arange(x.ndim), shared), 1, x.shape).tolist()))
    if training:
        mask = np.greater_equal(rng.random(mask.shape), p).astype(float)
        mask /= 1 - p
    return mask * x, mask


def dropout_backward(grad_out, factor):
    return factor * grad_out


# answer: q2, products, sums over the shared axes, squares, sums
def score_variance(x, weight, p, shared=()):
    product = x[:, None].astype(float) * weight[None].astype(float)
    sums = product.sum(axis=tuple(a - 4 for a in shared), keepdims=True)
    return (sums**2).sum(axis=(-3, -2, -1)) * (p / (1 - p))


# answer: q2, by einsum with letters that are made for the call
def score_variance(x, weight, p, shared=()):
    kept = "".join(letter for axis, letter in enumerate("chw", 1) if axis not in shared)
    x, weight = x.astype(np.float64), weight.astype(np.float64)
    sums = np.einsum(f"nchw,uchw->nu{kept}", x, weight)
    return np.einsum(f"nu{kept},nu{kept}->nu", sums, sums) * p / (1 - p)


# answer: q2, loops over pictures and scores, and adds up tosses in a dictionary
def score_variance(x, weight, p, shared=()):
    out = np.zeros((len(x), len(weight)))
    for n in range(len(x)):
        for u in range(len(weight)):
            tosses = {}
            product = x[n].astype(float) * weight[u]
            for place in np.ndindex(product.shape):
                key = tuple(0 if a + 1 in shared else i for a, i in enumerate(place))
                tosses[key] = tosses.get(key, 0.0) + float(product[place])
            out[n, u] = sum(value**2 for value in tosses.values())
    return out * (p / (1 - p))


# answer: q2, brings the shared axes to the end and multiplies matrices
def score_variance(x, weight, p, shared=()):
    order = [a for a in (1, 2, 3) if a not in shared] + sorted(shared)
    tosses = int(np.prod([x.shape[a] for a in (1, 2, 3) if a not in shared], dtype=int))
    left = x.transpose(0, *order).reshape(len(x), tosses, -1).transpose(1, 0, 2).astype(float)
    right = weight.transpose(0, *order).reshape(len(weight), tosses, -1).transpose(1, 2, 0).astype(float)
    return ((left @ right) ** 2).sum(axis=0) * p / (1 - p)
