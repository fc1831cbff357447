"""Binary cross-entropy of scores: each element is a yes-or-no question of its own."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import floating, given, shape_of, upstream
from convnet._array import Array, namespace, narrow, wide, zeros
from convnet._engine.reductions import check_reduction, reduced, share

NAME = "binary_cross_entropy_with_logits"


@dataclass(frozen=True, slots=True)
class BinaryCrossEntropyCache:
    """The gradient by `x` up to the upstream gradient, and how the losses were reduced."""

    x: Array
    slope: Array
    reduction: str
    shape: tuple[int, ...]


def binary_cross_entropy_with_logits_forward(
    x: Array,
    target: Array,
    weight: Array | None = None,
    reduction: str = "mean",
    pos_weight: Array | None = None,
) -> tuple[Array, BinaryCrossEntropyCache]:
    r"""Compare scores with the right answers to yes-or-no questions, such as "is there a cat in it?".

    .. math:: \ell_i = -w_i \bigl(p_i\, t_i \log \sigma(x_i) + (1 - t_i) \log (1 - \sigma(x_i))\bigr)

    The sigmoid is inside, where its logarithm cannot be that of 0.

    Parameters
    ----------
    x : Array, any shape
        Scores before the sigmoid.
    target : Array
        Probabilities :math:`t` of "yes", in the shape and dtype of `x`: 0 and 1, or between.
    weight : Array, optional
        Weight :math:`w` of each element, in a shape that spreads to that of `x`; 1 unless given.
    reduction : {"mean", "sum", "none"}
        The mean divides by the number of elements. A mean of no elements is NaN.
    pos_weight : Array, optional
        Weight :math:`p` of the answer "yes", in a shape that spreads to that of `x`, such as one for each
        class; 1 unless given. Above 1 it makes up for "yes" being rare.

    Returns
    -------
    out : Array
        One number, shape (). With `reduction="none"` in the shape of `x`.
    cache : BinaryCrossEntropyCache
        For `binary_cross_entropy_with_logits_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, or the reduction is unknown.

    Notes
    -----
    Source: Bishop, "Pattern recognition and machine learning", 2006, section 4.3.2. Names and order are those
    of `torch.nn.functional.binary_cross_entropy_with_logits`.

    Plain version: `convnet.plain.binary_cross_entropy_with_logits`.

    Examples
    --------
    >>> import numpy as np
    >>> x, target = np.asarray([0.0, 1000.0]), np.asarray([1.0, 1.0])
    >>> binary_cross_entropy_with_logits_forward(x, target, reduction="none")[0].round(4)
    array([0.6931, 0.    ])
    """
    floating(NAME, x=x, target=target, **given(weight=weight, pos_weight=pos_weight))
    check_reduction(NAME, reduction)
    if shape_of(target) != shape_of(x):
        raise ValueError(
            f"{NAME}: target must have the shape of x (x: {shape_of(x)}, target: {shape_of(target)})"
        )
    for name, values in given(weight=weight, pos_weight=pos_weight).items():
        _check_spreads(name, values, x)
    scores, yes = wide(x), wide(target)
    pull = yes if pos_weight is None else yes * wide(pos_weight)
    # log σ(x) = min(x, 0) - log(1 + exp(-|x|)), and log(1 - σ(x)) is the same of -x.
    xp, zero = namespace(scores), zeros((), scores)
    small = xp.exp(-xp.abs(scores))
    rest = xp.log1p(small)
    losses = (1.0 - yes) * (xp.maximum(scores, zero) + rest) + pull * (rest - xp.minimum(scores, zero))
    sigmoid = xp.where(scores >= 0.0, 1.0, small) / (1.0 + small)
    slope = (1.0 - yes) * sigmoid - pull * (1.0 - sigmoid)
    if weight is not None:
        losses, slope = losses * wide(weight), slope * wide(weight)
    losses = reduced(losses, reduction)
    return narrow(losses, x), BinaryCrossEntropyCache(x, slope, reduction, shape_of(losses))


def binary_cross_entropy_with_logits_backward(grad_out: Array, cache: BinaryCrossEntropyCache) -> Array:
    r"""Return the gradient of `binary_cross_entropy_with_logits_forward` by `x`.

    .. math::

        \frac{\partial \ell_i}{\partial x_i} =
        w_i \bigl((1 - t_i)\, \sigma(x_i) - p_i\, t_i\, (1 - \sigma(x_i))\bigr)

    times the upstream gradient; the mean divides it as it divided the losses.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient, in the shape of the output; 1 where the loss is the end of the road.
    cache : BinaryCrossEntropyCache
        From `binary_cross_entropy_with_logits_forward`.

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
    Source: as `binary_cross_entropy_with_logits_forward`.

    Plain version: `convnet.plain.binary_cross_entropy_with_logits_backward`.
    """
    upstream(f"{NAME}_backward", grad_out, cache.shape, cache.x)
    return narrow(cache.slope * share(grad_out, shape_of(cache.x), cache.reduction), cache.x)


def _check_spreads(name: str, values: Array, x: Array) -> None:
    """Check that the shape of the weights spreads to that of `x`."""
    shape, wanted = shape_of(values), shape_of(x)
    matching = zip(reversed(shape), reversed(wanted), strict=False)
    if len(shape) > len(wanted) or any(size not in (1, full) for size, full in matching):
        raise ValueError(f"{NAME}: {name} must spread to the shape of x ({name}: {shape}, x: {wanted})")
