"""The loss of classification: cross-entropy of a softmax."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from convnet._arguments import choice, floating, given, one_library, shape_of, upstream
from convnet._array import Array, device, mask


@dataclass(frozen=True, slots=True)
class CrossEntropyCache:
    """What `cross_entropy_backward` needs of the forward pass."""

    log_probabilities: Array
    wanted: Array
    divisor: Array | None
    shape: tuple[int, ...]


def cross_entropy_forward(
    x: Array,
    target: Array,
    weight: Array | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> tuple[Array, CrossEntropyCache]:
    r"""Compare scores with the right classes.

    .. math::

        \ell_n = -\sum_c q_{nc} \log \operatorname{softmax}(x_n)_c, \qquad
        q_{nc} = w_c \left((1 - \varepsilon)\, t_{nc} + \frac{\varepsilon}{C}\right)

    where :math:`t` is 1 at the right class and 0 elsewhere, or the probabilities given. With untrained
    weights expect about :math:`\log C`.

    Parameters
    ----------
    x : Array, shape (N, C) or (N, C, d1, ...)
        Scores, not yet normalized.
    target : Array
        Either class numbers: integers, in the shape of `x` without the axis of classes; or class
        probabilities, in the shape and dtype of `x`.
    weight : Array, shape (C,), optional
        Weight :math:`w` of each class; 1 unless given.
    ignore_index : int
        Class number that marks examples which do not count.
    reduction : {"mean", "sum", "none"}
        With class numbers the mean is weighted: it divides by the sum of the weights of the right classes
        of the examples that count. With probabilities it divides by the number of examples. An empty mean
        is NaN.
    label_smoothing : float
        Share :math:`\varepsilon` of the target that is spread evenly over the classes, from 0 to 1.

    Returns
    -------
    out : Array
        One number, or one for each example with `reduction="none"`.
    cache : CrossEntropyCache
        For `cross_entropy_backward`.

    Raises
    ------
    ValueError
        When shapes do not agree, a class number is out of range, or an option is unknown.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; label smoothing from Szegedy et al., "Rethinking the
    Inception architecture", 2016.

    Examples
    --------
    >>> import numpy as np
    >>> loss, cache = cross_entropy_forward(np.zeros((2, 10)), np.asarray([3, 7]))
    >>> float(loss), float(np.log(10))
    (2.302585..., 2.302585...)
    """
    xp = floating("cross_entropy", x=x, **given(weight=weight))
    one_library("cross_entropy", x=x, target=target)
    choice("cross_entropy", "reduction", reduction, ("mean", "sum", "none"))
    if x.ndim < 2:
        raise ValueError(f"cross_entropy: x must have shape (N, C, ...), it has {shape_of(x)}")
    classes = x.shape[1]
    if weight is not None and shape_of(weight) != (classes,):
        shapes = f"(x: {shape_of(x)}, weight: {shape_of(weight)})"
        raise ValueError(f"cross_entropy: weight must have shape ({classes},), one for each class {shapes}")
    if not 0.0 <= label_smoothing <= 1.0:
        raise ValueError(f"cross_entropy: label_smoothing must lie between 0 and 1, got {label_smoothing}")

    scores = xp.moveaxis(x, 1, -1)  # (N, d1, ..., C)
    scores = scores - xp.max(scores, axis=-1, keepdims=True)
    log_probabilities = scores - xp.log(xp.sum(xp.exp(scores), axis=-1, keepdims=True))
    if xp.isdtype(target.dtype, "real floating"):
        floating("cross_entropy", x=x, target=target)
        if shape_of(target) != shape_of(x):
            raise ValueError(_mismatch(x, target, shape_of(x), "class probabilities"))
        chosen = xp.moveaxis(target, 1, -1)
        counted = xp.ones(chosen.shape[:-1], dtype=x.dtype, device=device(x))
    else:
        chosen, counted = _one_hot(xp, x, target, ignore_index)
    wanted = (1.0 - label_smoothing) * chosen + label_smoothing / classes * counted[..., None]
    if weight is not None:
        wanted = wanted * weight
        if not xp.isdtype(target.dtype, "real floating"):
            counted = xp.sum(chosen * weight, axis=-1)
    losses: Array = -xp.sum(wanted * log_probabilities, axis=-1)
    divisor: Array | None = None
    if reduction == "mean":
        divisor = xp.sum(counted)
        losses = xp.sum(losses) / divisor
    elif reduction == "sum":
        losses = xp.sum(losses)
    return losses, CrossEntropyCache(log_probabilities, wanted, divisor, shape_of(losses))


def cross_entropy_backward(grad_out: Array, cache: CrossEntropyCache) -> Array:
    r"""Return the gradient of `cross_entropy_forward` by the scores.

    .. math:: \frac{\partial \ell_n}{\partial x_{nc}} = \operatorname{softmax}(x_n)_c \sum_j q_{nj} - q_{nc}

    Parameters
    ----------
    grad_out : Array
        Upstream gradient, in the shape of the output; 1 where the loss is the end of the road.
    cache : CrossEntropyCache
        From `cross_entropy_forward`.

    Returns
    -------
    Array, shape (N, C, ...)
        In the shape of `x`.
    """
    xp = upstream("cross_entropy_backward", grad_out, cache.shape, cache.wanted)
    grad = xp.exp(cache.log_probabilities) * xp.sum(cache.wanted, axis=-1, keepdims=True) - cache.wanted
    scale = grad_out if cache.divisor is None else grad_out / cache.divisor
    grad_x: Array = xp.moveaxis(grad * scale[..., None], -1, 1)
    return grad_x


def _one_hot(xp: ModuleType, x: Array, target: Array, ignore_index: int) -> tuple[Array, Array]:
    """Return 1 at each right class and 0 elsewhere, and 1 for each example that counts."""
    if not xp.isdtype(target.dtype, "integral"):
        raise ValueError(
            f"cross_entropy: target must hold class numbers (integers) or probabilities (floating-point), "
            f"its dtype is {target.dtype}"
        )
    classes = x.shape[1]
    wanted_shape = (x.shape[0], *shape_of(x)[2:])
    if shape_of(target) != wanted_shape:
        raise ValueError(_mismatch(x, target, wanted_shape, "class numbers"))
    kept = xp.not_equal(target, xp.asarray(ignore_index, dtype=target.dtype, device=device(target)))
    outside = xp.logical_and(kept, xp.logical_or(target < 0, target >= classes))
    if xp.any(outside):
        worst = int(target[outside][0])
        raise ValueError(
            f"cross_entropy: target holds class {worst}, x has {classes} classes (x: {shape_of(x)})"
        )
    numbers = xp.arange(classes, dtype=target.dtype, device=device(target))
    chosen = xp.logical_and(xp.equal(target[..., None], numbers), kept[..., None])
    return mask(chosen, x), mask(kept, x)


def _mismatch(x: Array, target: Array, wanted: tuple[int, ...], kind: str) -> str:
    return (
        f"cross_entropy: target must have shape {wanted} for {kind}, it has {shape_of(target)} "
        f"(x: {shape_of(x)})"
    )
