"""Mean squared error, the loss of regression."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import floating, shape_of, upstream
from convnet._array import Array, narrow, wide
from convnet._engine.reductions import check_reduction, reduced, share


@dataclass(frozen=True, slots=True)
class MseLossCache:
    """What `mse_loss_backward` needs of the forward pass."""

    x: Array
    difference: Array
    reduction: str
    shape: tuple[int, ...]


def mse_loss_forward(x: Array, target: Array, reduction: str = "mean") -> tuple[Array, MseLossCache]:
    r"""Take the squares of what `x` and `target` differ by.

    .. math:: \ell_i = (x_i - t_i)^2

    Parameters
    ----------
    x : Array, any shape
        Predictions.
    target : Array
        Right values, in the shape of `x`.
    reduction : {"mean", "sum", "none"}
        The mean divides by the number of elements, not of examples. A mean of no elements is NaN.

    Returns
    -------
    out : Array
        One number, shape (). With `reduction="none"` in the shape of `x`.
    cache : MseLossCache
        For `mse_loss_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree, or the reduction is unknown.

    Notes
    -----
    Source: Bishop, "Pattern recognition and machine learning", 2006, section 1.1.

    Plain version: `convnet.plain.mse_loss`.

    Examples
    --------
    >>> import numpy as np
    >>> float(mse_loss_forward(np.asarray([1.0, 5.0]), np.asarray([1.0, 2.0]))[0])
    4.5
    """
    floating("mse_loss", x=x, target=target)
    check_reduction("mse_loss", reduction)
    if shape_of(x) != shape_of(target):
        raise ValueError(
            f"mse_loss: target must have the shape of x (x: {shape_of(x)}, target: {shape_of(target)})"
        )
    difference = wide(x) - wide(target)
    losses = reduced(difference * difference, reduction)
    return narrow(losses, x), MseLossCache(x, difference, reduction, shape_of(losses))


def mse_loss_backward(grad_out: Array, cache: MseLossCache) -> Array:
    r"""Return the gradient of `mse_loss_forward` by `x`.

    .. math:: \frac{\partial \ell_i}{\partial x_i} = 2\, (x_i - t_i)

    times the upstream gradient; the mean divides it as it divided the losses.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient, in the shape of the output; 1 where the loss is the end of the road.
    cache : MseLossCache
        From `mse_loss_forward`.

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
    Source: as `mse_loss_forward`.

    Plain version: `convnet.plain.mse_loss_backward`.
    """
    upstream("mse_loss_backward", grad_out, cache.shape, cache.x)
    scale = share(grad_out, shape_of(cache.x), cache.reduction)
    return narrow(2.0 * cache.difference * scale, cache.x)
