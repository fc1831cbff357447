"""PReLU: a rectifier whose negative slope is learned."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import floating, shape_of, upstream
from convnet._array import Array, mask, narrow, short_buffers, wide, zeros


@dataclass(frozen=True, slots=True)
class PreluCache:
    """The arguments of `prelu_forward`."""

    x: Array
    weight: Array


@short_buffers
def prelu_forward(x: Array, weight: Array) -> tuple[Array, PreluCache]:
    r"""Scale what is negative by a learned slope.

    .. math:: y = \max(x, 0) + a \min(x, 0)

    Parameters
    ----------
    x : Array, shape (N, C, ...)
        Inputs. With one axis only, there is one channel.
    weight : Array, shape (1,) or (C,)
        Slope :math:`a`, one for all channels or one for each.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : PreluCache
        For `prelu_backward`.

    Raises
    ------
    ValueError
        When `weight` has neither one element nor one for each channel.

    Notes
    -----
    Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", 2015.

    Plain version: `convnet.plain.prelu`.

    Examples
    --------
    >>> import numpy as np
    >>> prelu_forward(np.asarray([[-2.0, 3.0]]), np.asarray([0.25]))[0]
    array([[-0.5,  3. ]])
    """
    xp = floating("prelu", x=x, weight=weight)
    channels = x.shape[1] if x.ndim >= 2 else 1
    if x.ndim < 1 or weight.ndim != 1 or weight.shape[0] not in (1, channels):
        raise ValueError(
            f"prelu: weight must have shape (1,) or ({channels},), one slope for each channel of x "
            f"(x: {shape_of(x)}, weight: {shape_of(weight)})"
        )
    zero = zeros((), x)
    out = xp.maximum(x, zero) + _slopes(x, weight) * xp.minimum(x, zero)
    return out, PreluCache(x, weight)


@short_buffers
def prelu_backward(grad_out: Array, cache: PreluCache) -> tuple[Array, Array]:
    r"""Return the gradients of `prelu_forward`.

    .. math::

        \frac{\partial L}{\partial x} = G \cdot (1 \text{ where } x > 0, \text{ else } a), \qquad
        \frac{\partial L}{\partial a} = \sum G \min(x, 0)

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : PreluCache
        From `prelu_forward`.

    Returns
    -------
    grad_x, grad_weight : Array
        In the shapes of `x` and `weight`.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `prelu_forward`.

    Plain version: `convnet.plain.prelu_backward`.
    """
    x, weight = cache.x, cache.weight
    xp = upstream("prelu_backward", grad_out, shape_of(x), x)
    positive = mask(x > 0, x)  # 0 at NaN, as in torch
    grad_x = grad_out * (positive + _slopes(x, weight) * (1.0 - positive))
    pulled = grad_out * xp.minimum(x, zeros((), x))
    shared = weight.shape[0] == 1
    axes = tuple(axis for axis in range(x.ndim) if shared or axis != 1)
    grad_weight = narrow(xp.reshape(xp.sum(wide(pulled), axis=axes), weight.shape), weight)
    return grad_x, grad_weight


def _slopes(x: Array, weight: Array) -> Array:
    """Shape the slopes so that they line up with the channel axis of `x`."""
    lined: Array = floating("prelu", weight=weight).reshape(weight, (-1, *(1,) * (x.ndim - 2)))
    return lined
