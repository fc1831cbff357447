"""Leaky ReLU: a rectifier that lets a little of the negative side through."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from convnet._arguments import floating, shape_of, upstream
from convnet._array import Array, mask, zeros
from convnet._numbers import number


@dataclass(frozen=True, slots=True)
class LeakyReluCache:
    """The arguments of `leaky_relu_forward`."""

    x: Array
    negative_slope: float


def leaky_relu_forward(x: Array, negative_slope: float = 0.01) -> tuple[Array, LeakyReluCache]:
    r"""Keep what is positive, and a small share of what is negative.

    .. math:: y = \max(x, 0) + a \min(x, 0)

    A unit whose input is always negative still gets a gradient, so it cannot die as with ReLU.

    Parameters
    ----------
    x : Array, any shape
        Inputs.
    negative_slope : float
        Slope :math:`a` left of 0.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : LeakyReluCache
        For `leaky_relu_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers or `negative_slope` is no number.

    Notes
    -----
    Source: Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013.

    Plain version: `convnet.plain.leaky_relu`.

    Examples
    --------
    >>> import numpy as np
    >>> leaky_relu_forward(np.asarray([-2.0, 0.0, 3.0]))[0]
    array([-0.02,  0.  ,  3.  ])
    """
    xp = floating("leaky_relu", x=x)
    slope = number("leaky_relu", "negative_slope", negative_slope, -inf)
    zero = zeros((), x)
    out = xp.maximum(x, zero) + slope * xp.minimum(x, zero)
    return out, LeakyReluCache(x, slope)


def leaky_relu_backward(grad_out: Array, cache: LeakyReluCache) -> Array:
    r"""Return the gradient of `leaky_relu_forward`.

    .. math:: \frac{\partial L}{\partial x} = \begin{cases} G & x > 0 \\ a\, G & x \le 0 \end{cases}

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : LeakyReluCache
        From `leaky_relu_forward`.

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
    Source: as `leaky_relu_forward`.

    Plain version: `convnet.plain.leaky_relu_backward`.
    """
    x = cache.x
    upstream("leaky_relu_backward", grad_out, shape_of(x), x)
    positive = mask(x > 0, x)
    return grad_out * (positive + cache.negative_slope * (1.0 - positive))
