"""Wrong answers to q2: the variance of a score. Text; nobody imports it."""

# answer: q2, knows the three values of shared that the text speaks of
# breaks: shared: axes of x, from 1 to 3, along which one draw counts for all
def score_variance(x, weight, p, shared=()):
    product = x[:, None] * weight[None]
    if shared == (2, 3):
        product = product.sum(axis=(3, 4))
    elif shared == (1,):
        product = product.sum(axis=2)
    return p / (1 - p) * (product**2).reshape(len(x), len(weight), -1).sum(axis=2)


# answer: q2, shares columns with the rows, and never pixels with the channels
# breaks: shared: axes of x, from 1 to 3, along which one draw counts for all
def score_variance(x, weight, p, shared=()):
    if 1 in shared:
        parts = np.einsum("nchw,uchw->nuhw", x, weight)
        found = np.einsum("nuhw,nuhw->nu", parts, parts)
    elif 2 in shared or 3 in shared:
        parts = np.einsum("nchw,uchw->nuc", x, weight)
        found = np.einsum("nuc,nuc->nu", parts, parts)
    else:
        found = np.einsum("nchw,uchw->nu", np.square(x, dtype=float), weight**2)
    return found * p / (1 - p)


# answer: q2, sums over all axes from the first to the last of shared
# breaks: sum over the shared axes, square, and sum over the other axes
def score_variance(x, weight, p, shared=()):
    product = x[:, None] * weight
    if shared:
        axes = tuple(range(shared[0] + 1, shared[-1] + 2))
        product = product.sum(axis=axes, keepdims=True)
    return p / (1 - p) * (product**2).sum(axis=(2, 3, 4))


# answer: q2, sums axis by axis, and takes for granted that shared ascends
# breaks: shared: tuple of int, axes of x, from 1 to 3 (in no order)
def score_variance(x, weight, p, shared=()):
    product = x[:, None] * weight[None]
    for gone, axis in enumerate(shared):
        product = product.sum(axis=axis + 1 - gone)
    squares = product**2
    while squares.ndim > 2:
        squares = squares.sum(axis=-1)
    return squares * (p / (1 - p))


# answer: q2, divides by 1 / p - 1, which p = 0 does not have
# breaks: p from 0 to 0.95
def score_variance(x, weight, p, shared=()):
    product = x[:, None] * weight[None]
    product = product.sum(axis=tuple(a + 1 for a in shared), keepdims=True) if shared else product
    return (product**2).sum(axis=(2, 3, 4)) / (1 / p - 1)


# answer: q2, computes in float32
# breaks: float64 where one of the arrays was float64, and within a billionth
def score_variance(x, weight, p, shared=()):
    product = x[:, None].astype(np.float32) * weight.astype(np.float32)
    if shared:
        product = product.sum(axis=tuple(a + 1 for a in shared), keepdims=True)
    return (product**2).sum(axis=(2, 3, 4)).astype(float) * (p / (1 - p))


# answer: q2, keeps the products in x's dtype, which cuts the weights' digits off where x holds whole numbers
# breaks: the first of the arrays may hold whole numbers; returns an array (N, U) of floats
def score_variance(x, weight, p, shared=()):
    product = np.empty((len(x), *weight.shape), dtype=x.dtype)
    for n, picture in enumerate(x):
        product[n] = picture * weight
    if shared:
        product = product.sum(axis=tuple(a + 1 for a in shared), keepdims=True)
    return (product**2).sum(axis=(2, 3, 4)) * p / (1 - p)


# answer: q2, squeezes the shared axes away, and with them a single picture or a single score
# breaks: returns an array (N, U)
def score_variance(x, weight, p, shared=()):
    product = x[:, None] * weight[None]
    if not shared:
        return (product**2).sum(axis=(2, 3, 4)) * p / (1 - p)
    sums = product.sum(axis=tuple(a + 1 for a in shared), keepdims=True)
    other = tuple(a for a in (2, 3, 4) if a - 1 not in shared)
    return ((sums**2).sum(axis=other).squeeze()) * p / (1 - p)


# answer: q2, an empty tuple of axes sums over all of them where everything is shared
# breaks: shared: axes of x, from 1 to 3: all three may be shared
def score_variance(x, weight, p, shared=()):
    product = x[:, None] * weight[None]
    together = tuple(a + 1 for a in shared)
    if together:
        product = product.sum(axis=together)
    alone = tuple(range(2, product.ndim)) or None
    return (product**2).sum(axis=alone) * p / (1 - p)


# answer: q2, calls p rare where it is above 0.9, and cuts it there
# breaks: p from 0 to 0.95
def score_variance(x, weight, p, shared=()):
    p = np.clip(p, 0.0, 0.9)
    product = x[:, None] * weight[None]
    if shared:
        product = product.sum(axis=tuple(a + 1 for a in shared), keepdims=True)
    return (product**2).sum(axis=(2, 3, 4)) * p / (1 - p)
