"""Wrong answers to q1 and q2: edges of dropout and of the variance of a score. Text; nobody imports it."""

# answer: q1, hands x itself back in evaluation
# breaks: what you return is new: no input, no view of one
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p is from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    if not training:
        return np.asarray(x, dtype=np.result_type(x, np.float32)), np.ones(shape)
    factor = (rng.random(shape) >= p) / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, the factor of evaluation has the shape of x, whatever is shared
# breaks: factor of the shape of x, with 1 in the place of each shared axis
def dropout(x, p, rng, training=True, shared=()):
    if p < 0 or p >= 1:
        raise ValueError("p")
    if not training:
        return x * 1.0, np.ones(x.shape)
    shape = list(x.shape)
    for axis in shared:
        shape[axis] = 1
    keep = rng.random(tuple(shape)) >= p
    factor = keep / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, draws in evaluation, too, and throws the draws away
# breaks: in evaluation it draws nothing
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be in [0, 1)")
    draws = rng.random([1 if a in shared else n for a, n in enumerate(x.shape)])
    factor = np.where(draws < p, 0.0, 1 / (1 - p)) if training else np.ones_like(draws)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, looks at p in training only
# breaks: ValueError unless p is from 0 to below 1, in evaluation, too
def dropout(x, p, rng, training=True, shared=()):
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    if training:
        if not 0 <= p < 1:
            raise ValueError("p must be from 0 to below 1")
        factor = np.where(rng.random(shape) < p, 0, 1 / (1 - p))
    else:
        factor = np.ones(shape)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, refuses p = 0
# breaks: ValueError unless p is from 0 to below 1
def dropout(x, p, rng, training=True, shared=()):
    if not 0 < p < 1:
        raise ValueError("p is a probability")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = np.ones(shape)
    if training:
        factor = np.where(rng.random(shape) < p, 0.0, factor / (1 - p))
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, a negative p goes through
# breaks: ValueError unless p is from 0 to below 1
def dropout(x, p, rng, training=True, shared=()):
    if p >= 1:
        raise ValueError("nothing would be left")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = np.ones(shape)
    if training:
        factor = (rng.random(shape) >= p) / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, takes a short way where p is 0, which draws nothing
# breaks: in training it draws rng.random once
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    if not training or p == 0:
        return np.array(x, dtype=float), np.ones(shape)
    factor = (rng.random(shape) >= p).astype(float) / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, drops where the draw is p exactly
# breaks: where the number is below p, it drops, and elsewhere it divides by 1 - p
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = np.ones(shape)
    if training:
        factor = (rng.random(shape) > p) / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, gives whole numbers back as whole numbers
# breaks: out is an array of floats
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = np.ones(shape)
    if training:
        factor = (rng.random(shape) >= p) / (1 - p)
    return (x * factor).astype(x.dtype), factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, shares all axes from the first to the last of shared
# breaks: shared: axes of x along which one draw counts for all
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = list(x.shape)
    if shared:
        first, last = min(shared), max(shared)
        shape[first : last + 1] = [1] * (last + 1 - first)
    factor = np.ones(shape)
    if training:
        factor = np.where(rng.random(shape) < p, 0, factor / (1 - p))
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, the gradient has the type of the upstream one, also where that holds whole numbers
# breaks: dropout_backward returns an array (N, C, H, W) of floats
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = np.ones(shape)
    if training:
        factor = (rng.random(shape) >= p) / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    grad_x = np.zeros_like(grad_out)
    grad_x[...] = grad_out * factor
    return grad_x


# answer: q1, hands the upstream gradient itself back where each factor is 1
# breaks: what you return is new: no input
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = np.ones(shape)
    if training:
        factor = (rng.random(shape) >= p) / (1 - p)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    if np.all(factor == 1):
        return grad_out
    return grad_out * factor


# answer: q1, keeps one array of factors for each shape and writes over it
# breaks: what you return is new: nothing that a later call writes into
_factors = {}


def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = _factors.setdefault(shape, np.empty(shape))
    factor[...] = 1
    if training:
        factor[...] = np.where(rng.random(shape) < p, 0, 1 / (1 - p))
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return grad_out * factor


# answer: q1, keeps the factor in float32 to save memory
# breaks: float64 where one of the arrays was float64; no value further from the right one than a billionth
def dropout(x, p, rng, training=True, shared=()):
    if not 0 <= p < 1:
        raise ValueError("p must be from 0 to below 1")
    shape = tuple(1 if a in shared else n for a, n in enumerate(x.shape))
    factor = np.ones(shape, dtype=np.float32)
    if training:
        factor = (rng.random(shape) >= p).astype(np.float32) / np.float32(1 - p)
    return x * factor.astype(float), factor.astype(float)


def dropout_backward(grad_out, factor):
    return grad_out * factor
