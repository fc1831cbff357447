"""GELU: each input times the share of a normal distribution that lies below it."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt

from convnet._arguments import choice, floating, shape_of, upstream
from convnet._array import Array, namespace, narrow, wide
from convnet._engine.error_function import erf

CUBIC = 0.044715
"""The coefficient with which the formula by tanh comes nearest."""


@dataclass(frozen=True, slots=True)
class GeluCache:
    """The input of `gelu_forward` and how it was computed."""

    x: Array
    approximate: str


def gelu_forward(x: Array, approximate: str = "none") -> tuple[Array, GeluCache]:
    r"""Let each input through as far as it lies above the numbers of a normal distribution.

    .. math:: y = x\, \Phi(x), \qquad
        \Phi(x) = \tfrac12 \left(1 + \operatorname{erf}\frac{x}{\sqrt 2}\right) \quad\text{or}\quad
        \Phi(x) \approx \tfrac12 \left(1 + \tanh\left(\sqrt{\tfrac{2}{\pi}}\,
        (x + 0.044715\, x^3)\right)\right)

    Transformers and newer convolutional networks use it in the place of ReLU.

    Parameters
    ----------
    x : Array, any shape
        Inputs.
    approximate : {"none", "tanh"}
        Whether to take the formula by tanh, which is as good to three digits.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : GeluCache
        For `gelu_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers or `approximate` is unknown.

    Notes
    -----
    Source: Hendrycks and Gimpel, "Gaussian error linear units", 2016.

    Plain version: `convnet.plain.gelu`.

    Examples
    --------
    >>> import numpy as np
    >>> gelu_forward(np.asarray([-1.0, 0.0, 1.0]))[0].round(4)
    array([-0.1587,  0.    ,  0.8413])
    """
    floating("gelu", x=x)
    choice("gelu", "approximate", approximate, ("none", "tanh"))
    out = narrow(wide(x) * _share(wide(x), approximate), x)
    return out, GeluCache(x, approximate)


def gelu_backward(grad_out: Array, cache: GeluCache) -> Array:
    r"""Return the gradient of `gelu_forward`.

    .. math:: \frac{\partial L}{\partial x} = G\, \bigl(\Phi(x) + x\, \Phi'(x)\bigr), \qquad
        \Phi'(x) = \frac{1}{\sqrt{2 \pi}}\, e^{-x^2 / 2}

    or the slope of the formula by tanh.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : GeluCache
        From `gelu_forward`.

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
    Source: as `gelu_forward`.

    Plain version: `convnet.plain.gelu_backward`.
    """
    xp = upstream("gelu_backward", grad_out, shape_of(cache.x), cache.x)
    x = wide(cache.x)
    share = _share(x, cache.approximate)
    if cache.approximate == "tanh":
        slope = 2.0 * share * (1.0 - share) * sqrt(2.0 / pi) * (1.0 + 3.0 * CUBIC * x * x)
    else:
        slope = xp.exp(-0.5 * x * x) / sqrt(2.0 * pi)
    return narrow(wide(grad_out) * (share + x * slope), cache.x)


def _share(x: Array, approximate: str) -> Array:
    """Return the share of the normal distribution below each number."""
    if approximate == "none":
        return 0.5 * (1.0 + erf(x / sqrt(2.0)))
    share: Array = 0.5 * (1.0 + namespace(x).tanh(sqrt(2.0 / pi) * (x + CUBIC * x * x * x)))
    return share
