"""Sigmoids, the S-shaped activations: the logistic function and tanh."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import floating, shape_of, upstream
from convnet._array import Array


@dataclass(frozen=True, slots=True)
class SigmoidCache:
    """The output of `sigmoid_forward`."""

    out: Array


def sigmoid_forward(x: Array) -> tuple[Array, SigmoidCache]:
    r"""Squash every element into (0, 1).

    .. math:: \sigma(x) = \frac{1}{1 + e^{-x}}

    The exponential is only ever taken of :math:`-|x|`, so nothing overflows and small values keep their
    digits.

    Parameters
    ----------
    x : Array, any shape
        Inputs.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : SigmoidCache
        For `sigmoid_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers.

    Notes
    -----
    Source: Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986.

    Plain version: `convnet.plain.sigmoid`.

    Examples
    --------
    >>> import numpy as np
    >>> sigmoid_forward(np.asarray([-1000.0, 0.0, 1000.0]))[0]
    array([0. , 0.5, 1. ])
    """
    xp = floating("sigmoid", x=x)
    small = xp.exp(-xp.abs(x))
    out = xp.where(x >= 0, 1.0, small) / (1.0 + small)
    return out, SigmoidCache(out)


def sigmoid_backward(grad_out: Array, cache: SigmoidCache) -> Array:
    r"""Return the gradient of `sigmoid_forward`.

    .. math:: \frac{\partial L}{\partial x} = G \cdot \sigma(x)\, \bigl(1 - \sigma(x)\bigr)

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : SigmoidCache
        From `sigmoid_forward`.

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
    Source: as `sigmoid_forward`.

    Plain version: `convnet.plain.sigmoid_backward`.
    """
    upstream("sigmoid_backward", grad_out, shape_of(cache.out), cache.out)
    return grad_out * (cache.out * (1.0 - cache.out))


@dataclass(frozen=True, slots=True)
class TanhCache:
    """The output of `tanh_forward`."""

    out: Array


def tanh_forward(x: Array) -> tuple[Array, TanhCache]:
    r"""Squash every element into (−1, 1).

    .. math:: \tanh x = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}

    Parameters
    ----------
    x : Array, any shape
        Inputs.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : TanhCache
        For `tanh_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers.

    Notes
    -----
    Source: LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998.

    Plain version: `convnet.plain.tanh`.

    Examples
    --------
    >>> import numpy as np
    >>> tanh_forward(np.asarray([0.0, 1000.0]))[0]
    array([0., 1.])
    """
    xp = floating("tanh", x=x)
    out = xp.tanh(x)
    return out, TanhCache(out)


def tanh_backward(grad_out: Array, cache: TanhCache) -> Array:
    r"""Return the gradient of `tanh_forward`.

    .. math:: \frac{\partial L}{\partial x} = G \cdot (1 - \tanh^2 x)

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : TanhCache
        From `tanh_forward`.

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
    Source: as `tanh_forward`.

    Plain version: `convnet.plain.tanh_backward`.
    """
    upstream("tanh_backward", grad_out, shape_of(cache.out), cache.out)
    grad_x = 1.0 - cache.out * cache.out
    grad_x *= grad_out
    return grad_x
