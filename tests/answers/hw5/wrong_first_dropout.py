"""Wrong answers to dropout and to the variance of a score. Text; nobody imports it."""

# answer: q1, draws for every number and keeps the first along shared axes
# breaks: it draws rng.random once, in the shape of x with 1 in the place of each shared axis
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    if not training:
        return x * 1.0, np.ones(shape)
    factor = (rng.random(x.shape) >= p) / (1 - p)
    factor = factor[tuple(slice(size) for size in shape)]
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, lets p = 1 drop everything
# breaks: ValueError unless p is from 0 to below 1
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p <= 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / max(1 - p, 1e-300) if training else np.ones(shape)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, lets p be negative
# breaks: ValueError unless p is from 0 to below 1
def dropout(x, p, rng, training=True, shared=()):
    if p >= 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / (1 - p) if training else np.ones(shape)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, refuses p = 0
# breaks: p is from 0 to below 1
def dropout(x, p, rng, training=True, shared=()):
    if not 0 < p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / (1 - p) if training else np.ones(shape)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, returns the factor for every number
# breaks: factor has the shape of x, with 1 in the place of each shared axis
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / (1 - p) if training else np.ones(shape)
    return x * factor, np.ones(x.shape) * factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, in evaluation the factor has the shape of x
# breaks: factor has the shape of x, with 1 in the place of each shared axis
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / (1 - p) if training else np.ones(x.shape)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, hands x on in evaluation
# breaks: what you return is new: no input
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    if not training:
        return x, np.ones(shape)
    factor = (rng.random(shape) >= p) / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, uses a generator of its own
# breaks: it draws rng.random
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (np.random.default_rng(0).random(shape) >= p) / (1 - p) if training else np.ones(shape)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, divides by the share that was kept in this draw
# breaks: it divides by 1 - p
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    if not training:
        return x * 1.0, np.ones(shape)
    kept = rng.random(shape) >= p
    factor = kept / max(kept.mean(), 1e-9)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, computes in float32
# breaks: float64 where one of the arrays was float64
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / (1 - p) if training else np.ones(shape)
    return (x.astype(np.float32) * factor.astype(np.float32)).astype(float), factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, the backward pass scales by the mean factor
# breaks: the gradient by x, from the upstream gradient and that factor
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError(p)
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / (1 - p) if training else np.ones(shape)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * (factor > 0) * factor.mean()


# answer: q2, adds up absolute values
# breaks: numbers that share a toss move together: add them up first
def score_variance(x, weight, p, shared=()):
    terms = np.abs(x[:, None] * weight)
    sums = terms.sum(axis=tuple(axis + 1 for axis in shared))
    return p / (1 - p) * (sums**2).reshape(len(x), len(weight), -1).sum(axis=2)


# answer: q2, shares the first of the axes alone
# breaks: axes of x along which one draw counts for all
def score_variance(x, weight, p, shared=()):
    terms = x[:, None] * weight
    sums = terms.sum(axis=shared[0] + 1) if shared else terms
    return p / (1 - p) * (sums**2).reshape(len(x), len(weight), -1).sum(axis=2)


# answer: q2, takes the variance of the numbers of a group
# breaks: independent variances add up
def score_variance(x, weight, p, shared=()):
    terms = x[:, None] * weight
    sums = terms.sum(axis=tuple(axis + 1 for axis in shared))
    return p / (1 - p) * sums.reshape(len(x), len(weight), -1).var(axis=2)


# answer: q2, takes means for sums
# breaks: a score is a sum over all numbers of a picture
def score_variance(x, weight, p, shared=()):
    terms = x[:, None] * weight
    sums = terms.mean(axis=tuple(axis + 1 for axis in shared)) if shared else terms
    return p / (1 - p) * (sums**2).reshape(len(x), len(weight), -1).sum(axis=2)


# answer: q2, measures by a hundred thousand draws
# breaks: no value may be further from the right one than a billionth
def score_variance(x, weight, p, shared=()):
    rng, shape = np.random.default_rng(0), [1 if axis in shared else n for axis, n in enumerate(x.shape)]
    found = []
    for picture in x:
        factor = (rng.random((2000, *shape[1:])) >= p) / (1 - p)
        found.append(np.einsum("dcij,ucij->du", factor * picture, weight).var(axis=0))
    return np.array(found)
