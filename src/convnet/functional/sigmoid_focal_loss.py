"""Focal loss on yes-or-no questions."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import floating, one_library, shape_of, upstream
from convnet._array import Array, mask, namespace, narrow, wide, zeros
from convnet._engine.reductions import reduced, share
from convnet._numbers import number
from convnet.functional.focal_loss import check_options

NAME = "sigmoid_focal_loss"


@dataclass(frozen=True, slots=True)
class SigmoidFocalLossCache:
    """The gradient by `x` up to the upstream gradient, and the output's shape.

    The slope has at least 32 bits; `x` says how many the gradient has.
    """

    x: Array
    slope: Array
    reduction: str
    shape: tuple[int, ...]


def sigmoid_focal_loss_forward(
    x: Array, target: Array, alpha: float | None = 0.25, gamma: float = 2.0, reduction: str = "none"
) -> tuple[Array, SigmoidFocalLossCache]:
    r"""Compare binary scores with labels; each label is a yes-or-no question of its own.

    .. math::

        \mathrm{FL} = -\alpha_t (1 - p_t)^\gamma \log p_t, \qquad
        p_t = \begin{cases} \sigma(x) & t = 1 \\ 1 - \sigma(x) & t = 0 \end{cases}

    With :math:`\gamma = 0` and no :math:`\alpha` this is binary cross-entropy.

    Parameters
    ----------
    x : Array, any shape
        Scores before the sigmoid.
    target : Array
        Labels 0 and 1 in the shape of `x`: integers, booleans, or floating-point in the dtype of `x`.
    alpha : float or None
        Weight :math:`\alpha` of label 1, from 0 to 1; label 0 weighs :math:`1 - \alpha`. None weighs both 1.
    gamma : float
        Focus :math:`\gamma`: how fast an example loses weight as it gets right. At least 0.
    reduction : {"none", "mean", "sum"}
        The mean divides by the number of elements. Detectors sum, and divide by the number of positives.

    Returns
    -------
    out : Array
        In the shape of `x`; with `reduction` "mean" or "sum" one number, shape ().
    cache : SigmoidFocalLossCache
        For `sigmoid_focal_loss_backward`.

    Raises
    ------
    ValueError
        When shapes do not agree, a label is neither 0 nor 1, or an option is out of range.

    Notes
    -----
    Source: Lin et al., "Focal loss for dense object detection", 2017; Georgia Tech CS 7643, class imbalance.
    Names and defaults are those of `torchvision.ops.sigmoid_focal_loss`.

    Plain version: `convnet.plain.sigmoid_focal_loss`.

    Examples
    --------
    An example that is right with probability 0.9 counts a hundred times less than in cross-entropy:

    >>> import numpy as np
    >>> x, target = np.asarray([np.log(9.0)]), np.asarray([1])
    >>> focal, _ = sigmoid_focal_loss_forward(x, target, alpha=None, gamma=2.0)
    >>> entropy, _ = sigmoid_focal_loss_forward(x, target, alpha=None, gamma=0.0)
    >>> float((entropy / focal)[0].round(6))
    100.0
    """
    xp = floating(NAME, x=x)
    gamma = check_options(NAME, gamma, reduction)
    alpha = None if alpha is None else number(NAME, "alpha", alpha, 0.0, 1.0)
    label = wide(_labels(x, target))

    toward = wide(x) * (2.0 * label - 1.0)  # the score of the right answer
    log_right, log_wrong = _log_sigmoid(toward), _log_sigmoid(-toward)
    focus = xp.exp(gamma * log_wrong)
    if alpha is not None:
        focus = focus * (alpha * label + (1.0 - alpha) * (1.0 - label))
    losses: Array = -focus * log_right
    slope = focus * (gamma * xp.exp(log_right) * log_right - xp.exp(log_wrong)) * (2.0 * label - 1.0)
    losses = reduced(losses, reduction)
    return narrow(losses, x), SigmoidFocalLossCache(x, slope, reduction, shape_of(losses))


def sigmoid_focal_loss_backward(grad_out: Array, cache: SigmoidFocalLossCache) -> Array:
    r"""Return the gradient of `sigmoid_focal_loss_forward` by the scores.

    .. math::

        \frac{\partial \mathrm{FL}}{\partial x} = \pm \alpha_t (1 - p_t)^\gamma
        \left(\gamma\, p_t \log p_t - (1 - p_t)\right), \qquad + \text{ for } t = 1, \; - \text{ for } t = 0

    times the upstream gradient; the mean divides it by the number of elements.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient, in the shape of the output; 1 where the loss is the end of the road.
    cache : SigmoidFocalLossCache
        From `sigmoid_focal_loss_forward`.

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
    Source: as `sigmoid_focal_loss_forward`.

    Plain version: `convnet.plain.sigmoid_focal_loss_backward`.
    """
    upstream("sigmoid_focal_loss_backward", grad_out, cache.shape, cache.x)
    return narrow(cache.slope * share(grad_out, shape_of(cache.x), cache.reduction), cache.x)


def _labels(x: Array, target: Array) -> Array:
    """Check the labels and return them as 0 and 1 in the dtype of `x`."""
    xp = one_library(NAME, x=x, target=target)
    if shape_of(target) != shape_of(x):
        raise ValueError(
            f"{NAME}: target must have the shape of x, it has {shape_of(target)} (x: {shape_of(x)})"
        )
    if xp.isdtype(target.dtype, "real floating"):
        floating(NAME, x=x, target=target)
    label = mask(target, x)
    if xp.any(xp.not_equal(label * label, label)):
        raise ValueError(f"{NAME}: target must hold labels 0 and 1 only")
    return label


def _log_sigmoid(x: Array) -> Array:
    """Return log σ(x) = min(x, 0) − log(1 + exp(−|x|)), whose exponential cannot overflow."""
    xp = namespace(x)
    out: Array = xp.minimum(x, zeros((), x)) - xp.log1p(xp.exp(-xp.abs(x)))
    return out
