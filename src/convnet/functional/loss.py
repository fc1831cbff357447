"""The loss of classification: cross-entropy of a softmax."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import choice, floating, given, one_library, shape_of, upstream
from convnet._array import Array, full, mask, narrow, wide
from convnet._engine.class_targets import (
    at_right_class,
    check_classes,
    class_numbers,
    log_probabilities,
    mismatch,
    one_hot,
    shares,
)
from convnet._numbers import number


@dataclass(frozen=True, slots=True)
class CrossEntropyCache:
    """What `cross_entropy_backward` needs of the forward pass."""

    log_probabilities: Array
    """In at least 32 bits, as are the divisor and all sums."""
    wanted: Array
    kept: Array | None
    """Which examples count; None where all do."""
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
        One number, shape (). With `reduction="none"` one for each example, in the shape of `x` without the
        axis of classes.
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

    Plain version: `convnet.plain.cross_entropy`.

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
    check_classes("cross_entropy", x, ignore_index, weight=weight)
    classes = max(1, x.shape[1])
    label_smoothing = number("cross_entropy", "label_smoothing", label_smoothing, 0.0, 1.0)

    log_p = log_probabilities(xp.moveaxis(x, 1, -1), -1)  # (N, d1, ..., C)
    precise_weight = None if weight is None else wide(weight)
    kept: Array | None = None
    if xp.isdtype(target.dtype, "real floating"):
        floating("cross_entropy", x=x, target=target)
        if shape_of(target) != shape_of(x):
            raise ValueError(mismatch("cross_entropy", x, target, shape_of(x), "class probabilities"))
        wanted = (1.0 - label_smoothing) * wide(xp.moveaxis(target, 1, -1)) + label_smoothing / classes
        wanted = wanted if precise_weight is None else wanted * precise_weight
        counted = full(wanted.shape[:-1], min(1, x.shape[1]), wanted)
        losses: Array = -xp.sum(wanted * log_p, axis=-1)
    else:
        numbers, kept = class_numbers("cross_entropy", x, target, ignore_index)
        chosen, counted = one_hot(numbers, kept, log_p), mask(kept, log_p)
        wanted = (1.0 - label_smoothing) * chosen + label_smoothing / classes * counted[..., None]
        if precise_weight is not None:
            wanted = wanted * precise_weight
            counted = xp.sum(chosen * precise_weight, axis=-1)
        losses = -counted * at_right_class(log_p, numbers, kept)
        if label_smoothing:
            weighed = log_p if precise_weight is None else log_p * precise_weight
            every = xp.sum(weighed, axis=-1)
            every = xp.where(kept, every, xp.zeros_like(every))
            losses = (1.0 - label_smoothing) * losses - label_smoothing / classes * every
    divisor: Array | None = None
    if reduction == "mean":
        divisor = xp.sum(counted)
        losses = xp.sum(losses) / divisor
    elif reduction == "sum":
        losses = xp.sum(losses)
    cache = CrossEntropyCache(log_p, narrow(wanted, x), kept, divisor, shape_of(losses))
    return narrow(losses, x), cache


def cross_entropy_backward(grad_out: Array, cache: CrossEntropyCache) -> Array:
    r"""Return the gradient of `cross_entropy_forward` by the scores.

    .. math:: \frac{\partial \ell_n}{\partial x_{nc}} = \operatorname{softmax}(x_n)_c \sum_j q_{nj} - q_{nc}

    times the upstream gradient; the mean divides it as it divided the losses. Where an example is ignored
    the gradient is 0, even if all are and the mean is NaN.

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

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `cross_entropy_forward`.

    Plain version: `convnet.plain.cross_entropy_backward`.
    """
    xp = upstream("cross_entropy_backward", grad_out, cache.shape, cache.wanted)
    wanted = wide(cache.wanted)
    grad = xp.exp(cache.log_probabilities) * xp.sum(wanted, axis=-1, keepdims=True) - wanted
    scale = shares(grad_out, cache.divisor, cache.kept)
    return narrow(xp.moveaxis(grad * scale[..., None], -1, 1), cache.wanted)
