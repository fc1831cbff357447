"""Negative log-likelihood: what log-softmax lacks to be cross-entropy."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import floating, given, shape_of, upstream
from convnet._array import Array, mask, narrow, wide
from convnet._engine.class_targets import at_right_class, check_classes, class_numbers, one_hot, shares
from convnet._engine.reductions import check_reduction


@dataclass(frozen=True, slots=True)
class NllLossCache:
    """What `nll_loss_backward` needs of the forward pass."""

    x: Array
    slopes: Array
    """Minus the weight at the right class and 0 elsewhere, (N, d1, ..., C)."""
    kept: Array
    divisor: Array | None
    shape: tuple[int, ...]


def nll_loss_forward(
    x: Array,
    target: Array,
    weight: Array | None = None,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> tuple[Array, NllLossCache]:
    r"""Take the log-probability of the right class, with its sign turned.

    .. math:: \ell_n = -w_{t_n}\, x_{n t_n}

    where :math:`t_n` is the right class of example n. After `log_softmax_forward` this is
    `cross_entropy_forward`.

    Parameters
    ----------
    x : Array, shape (N, C) or (N, C, d1, ...)
        Logarithms of probabilities.
    target : Array of integers
        Class numbers, in the shape of `x` without the axis of classes.
    weight : Array, shape (C,), optional
        Weight :math:`w` of each class; 1 unless given.
    ignore_index : int
        Class number that marks examples which do not count.
    reduction : {"mean", "sum", "none"}
        The mean divides by the sum of the weights of the right classes of the examples that count. An empty
        mean is NaN.

    Returns
    -------
    out : Array
        One number, shape (). With `reduction="none"` one for each example, in the shape of `x` without the
        axis of classes.
    cache : NllLossCache
        For `nll_loss_backward`.

    Raises
    ------
    ValueError
        When shapes do not agree, a class number is out of range, or an option is unknown.

    Notes
    -----
    Source: Bishop, "Pattern recognition and machine learning", 2006, section 4.3.4.

    Plain version: `convnet.plain.nll_loss`.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.log(np.asarray([[0.9, 0.1], [0.6, 0.4]]))
    >>> nll_loss_forward(x, np.asarray([0, 1]), reduction="none")[0].round(4)
    array([0.1054, 0.9163])
    """
    name = "nll_loss"
    xp = floating(name, x=x, **given(weight=weight))
    check_reduction(name, reduction)
    check_classes(name, x, ignore_index, weight=weight)
    numbers, kept = class_numbers(name, x, target, ignore_index)
    values = wide(xp.moveaxis(x, 1, -1))  # (N, d1, ..., C)
    slopes = one_hot(numbers, kept, values)
    counted = mask(kept, values)
    if weight is not None:
        slopes = slopes * wide(weight)
        counted = xp.sum(slopes, axis=-1)
    losses: Array = -counted * at_right_class(values, numbers, kept)
    divisor: Array | None = None
    if reduction == "mean":
        divisor = xp.sum(counted)
        losses = xp.sum(losses) / divisor
    elif reduction == "sum":
        losses = xp.sum(losses)
    return narrow(losses, x), NllLossCache(x, -slopes, kept, divisor, shape_of(losses))


def nll_loss_backward(grad_out: Array, cache: NllLossCache) -> Array:
    r"""Return the gradient of `nll_loss_forward` by `x`.

    .. math::

        \frac{\partial \ell_n}{\partial x_{nc}} =
        \begin{cases} -w_c & c = t_n \\ 0 & c \ne t_n \end{cases}

    times the upstream gradient; the mean divides it as it divided the losses. Where an
    example is ignored the gradient is 0, even if all are and the mean is NaN.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient, in the shape of the output; 1 where the loss is the end of the road.
    cache : NllLossCache
        From `nll_loss_forward`.

    Returns
    -------
    Array
        In the shape of `x`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `nll_loss_forward`.

    Plain version: `convnet.plain.nll_loss_backward`.
    """
    xp = upstream("nll_loss_backward", grad_out, cache.shape, cache.x)
    scale = shares(grad_out, cache.divisor, cache.kept)
    return narrow(xp.moveaxis(cache.slopes * scale[..., None], -1, 1), cache.x)
