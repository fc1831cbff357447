"""Focal loss: cross-entropy that turns away from examples which are already right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convnet._arguments import choice, floating, given, integer, shape_of, upstream
from convnet._array import Array, mask, narrow, vector, wide
from convnet._engine.class_targets import (
    at_right_class,
    check_classes,
    class_numbers,
    log_probabilities,
    one_hot,
    shares,
)
from convnet._numbers import number


@dataclass(frozen=True, slots=True)
class FocalLossCache:
    """What `focal_loss_backward` needs: slopes by the right class's log-probability, and probabilities."""

    chosen: Array
    probabilities: Array
    slope: Array
    kept: Array
    divisor: Array | None
    shape: tuple[int, ...]


def focal_loss_forward(
    x: Array,
    target: Array,
    alpha: Array | None = None,
    gamma: float = 2.0,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> tuple[Array, FocalLossCache]:
    r"""Compare scores with the right classes, and count less what is already right.

    .. math:: \mathrm{FL}_n = -\alpha_t (1 - p_t)^\gamma \log p_t, \qquad p_t = \operatorname{softmax}(x_n)_t

    where :math:`t` is the right class of example n. With :math:`\gamma = 0` this is `cross_entropy_forward`
    with `weight=alpha`, in every reduction.

    Parameters
    ----------
    x : Array, shape (N, C) or (N, C, d1, ...)
        Scores, not yet normalized.
    target : Array of integers
        Class numbers, in the shape of `x` without the axis of classes.
    alpha : Array, shape (C,), optional
        Weight :math:`\alpha` of each class, such as `class_balanced_weights`; 1 unless given.
    gamma : float
        Focus :math:`\gamma`: how fast an example loses weight as it gets right. At least 0.
    ignore_index : int
        Class number that marks examples which do not count.
    reduction : {"mean", "sum", "none"}
        The mean divides by the sum of the weights of the right classes of the examples that count, as
        cross-entropy does. An empty mean is NaN.

    Returns
    -------
    out : Array
        One number, shape (). With `reduction="none"` one for each example, in the shape of `x` without the
        axis of classes.
    cache : FocalLossCache
        For `focal_loss_backward`.

    Raises
    ------
    ValueError
        When shapes do not agree, a class number is out of range, or an option is out of range.

    Notes
    -----
    Source: Lin et al., "Focal loss for dense object detection", 2017; Georgia Tech CS 7643, class imbalance.

    Plain version: `convnet.plain.focal_loss`.

    Examples
    --------
    >>> import numpy as np
    >>> x, target = np.log(np.asarray([[0.9, 0.1], [0.6, 0.4]])), np.asarray([0, 0])
    >>> focal_loss_forward(x, target, gamma=0.0, reduction="none")[0].round(4)
    array([0.1054, 0.5108])
    >>> focal_loss_forward(x, target, gamma=2.0, reduction="none")[0].round(4)
    array([0.0011, 0.0817])
    """
    name = "focal_loss"
    xp = floating(name, x=x, **given(alpha=alpha))
    gamma = check_options(name, gamma, reduction)
    check_classes(name, x, ignore_index, alpha=alpha)
    numbers, kept = class_numbers(name, x, target, ignore_index)
    scores = log_probabilities(xp.moveaxis(x, 1, -1), -1)  # (N, d1, ..., C)
    chosen = one_hot(numbers, kept, scores)
    right = at_right_class(scores, numbers, kept)  # log p of the right class, 0 where nothing counts
    wrong = -xp.expm1(right)  # 1 - p
    weights = mask(kept, right) if alpha is None else xp.sum(chosen * wide(alpha), axis=-1)
    focus = weights * wrong**gamma
    # Where p rounds to 1, log p / (1 - p) is 0 / 0; its limit is -1.
    sure = mask(wrong == 0.0, right)
    # Where p is 0, p log p is 0 · ∞; its limit is 0, and below -1000 exp gives 0 in any precision.
    ratio = (xp.clip(right, min=-1000.0) - sure) / (wrong + sure)
    slope = focus * (gamma * xp.exp(right) * ratio - 1.0)
    losses: Array = -focus * right
    divisor: Array | None = None
    if reduction == "mean":
        divisor = xp.sum(weights)
        losses = xp.sum(losses) / divisor
    elif reduction == "sum":
        losses = xp.sum(losses)
    cache = FocalLossCache(narrow(chosen, x), xp.exp(scores), slope, kept, divisor, shape_of(losses))
    return narrow(losses, x), cache


def focal_loss_backward(grad_out: Array, cache: FocalLossCache) -> Array:
    r"""Return the gradient of `focal_loss_forward` by the scores.

    .. math::

        \frac{\partial \mathrm{FL}_n}{\partial x_{nc}} = \alpha_t (1 - p_t)^\gamma
        \left(\frac{\gamma\, p_t \log p_t}{1 - p_t} - 1\right) \left(1_{c = t} - p_c\right)

    times the upstream gradient; the mean divides it as it divided the losses. Where an example is ignored
    the gradient is 0, even if all are and the mean is NaN.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient, in the shape of the output; 1 where the loss is the end of the road.
    cache : FocalLossCache
        From `focal_loss_forward`.

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
    Source: as `focal_loss_forward`.

    Plain version: `convnet.plain.focal_loss_backward`.
    """
    xp = upstream("focal_loss_backward", grad_out, cache.shape, cache.chosen)
    slope = cache.slope * shares(grad_out, cache.divisor, cache.kept)
    grad = slope[..., None] * (cache.chosen - cache.probabilities)
    return narrow(xp.moveaxis(grad, -1, 1), cache.chosen)


def class_balanced_weights(counts: Sequence[int], beta: float, like: Array) -> Array:
    r"""Return a weight for each class from its number of examples, for `alpha` of `focal_loss_forward`.

    .. math:: w_c = C\, \frac{u_c}{\sum_j u_j}, \qquad u_c = \frac{1 - \beta}{1 - \beta^{n_c}}

    :math:`(1 - \beta^n) / (1 - \beta)` is the "effective number" of examples: the more there are, the less
    one more of them says. :math:`\beta = 0` weighs all classes 1; near 1 the weights become inverse counts.

    Parameters
    ----------
    counts : sequence of int
        Examples :math:`n_c` of each class in the training set, at least 1.
    beta : float
        From 0 to below 1; the paper uses 0.9, 0.99, 0.999 and 0.9999.
    like : Array, any shape
        The weights get its library, dtype and device, such as those of the scores.

    Returns
    -------
    Array, shape (C,)
        Weights that sum to the number of classes.

    Raises
    ------
    ValueError
        When a class has no example or `beta` is out of range.

    Notes
    -----
    Source: Cui et al., "Class-balanced loss based on effective number of samples", 2019.

    Plain version: `convnet.plain.class_balanced_weights`.

    Examples
    --------
    >>> import numpy as np
    >>> class_balanced_weights([1000, 10], 0.999, like=np.zeros(1)).round(3)
    array([0.031, 1.969])
    """
    beta = number("class_balanced_weights", "beta", beta)
    if beta >= 1.0:
        raise ValueError(f"class_balanced_weights: beta must be at least 0 and below 1, got {beta}")
    numbers = [integer("class_balanced_weights", "counts", count, 1) for count in counts]
    raw = [(1.0 - beta) / (1.0 - beta**examples) for examples in numbers]
    return vector([len(raw) * weight / sum(raw) for weight in raw], like)


def check_options(name: str, gamma: float, reduction: str) -> float:
    """Check what both focal losses share; return gamma as a float."""
    choice(name, "reduction", reduction, ("mean", "sum", "none"))
    return number(name, "gamma", gamma)
