"""SiLU, also called swish: each input times its own sigmoid."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import floating, shape_of, upstream
from convnet._array import Array
from convnet.functional.sigmoid import sigmoid_forward


@dataclass(frozen=True, slots=True)
class SiluCache:
    """The input of `silu_forward` and its sigmoid."""

    x: Array
    gate: Array


def silu_forward(x: Array) -> tuple[Array, SiluCache]:
    r"""Let each input through as far as its sigmoid says.

    .. math:: y = x\, \sigma(x) = \frac{x}{1 + e^{-x}}

    It is smooth where ReLU has its corner, and a little below 0 left of it.

    Parameters
    ----------
    x : Array, any shape
        Inputs.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : SiluCache
        For `silu_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers.

    Notes
    -----
    Source: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units for neural network function approximation
    in reinforcement learning", 2018; Ramachandran, Zoph and Le, "Searching for activation functions", 2017.

    Plain version: `convnet.plain.silu`.

    Examples
    --------
    >>> import numpy as np
    >>> silu_forward(np.asarray([-10.0, 0.0, 10.0]))[0].round(4)
    array([-5.0000e-04,  0.0000e+00,  9.9995e+00])
    """
    floating("silu", x=x)
    gate, _ = sigmoid_forward(x)
    return x * gate, SiluCache(x, gate)


def silu_backward(grad_out: Array, cache: SiluCache) -> Array:
    r"""Return the gradient of `silu_forward`.

    .. math:: \frac{\partial L}{\partial x} = G\, \sigma(x)\, \bigl(1 + x\, (1 - \sigma(x))\bigr)

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : SiluCache
        From `silu_forward`.

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
    Source: as `silu_forward`.

    Plain version: `convnet.plain.silu_backward`.
    """
    x, gate = cache.x, cache.gate
    upstream("silu_backward", grad_out, shape_of(x), x)
    return grad_out * (gate * (1.0 + x * (1.0 - gate)))
