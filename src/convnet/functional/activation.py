"""Activations: ReLU and softmax."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import axis, floating, shape_of, upstream
from convnet._array import Array, mask, narrow, wide, zeros


@dataclass(frozen=True, slots=True)
class ReluCache:
    """The output of `relu_forward`."""

    out: Array


def relu_forward(x: Array) -> tuple[Array, ReluCache]:
    r"""Keep what is positive.

    .. math:: y = \max(x, 0)

    Parameters
    ----------
    x : Array, any shape
        Inputs.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : ReluCache
        For `relu_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers.

    Notes
    -----
    Source: Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.

    Plain version: `convnet.plain.relu`.

    Examples
    --------
    >>> import numpy as np
    >>> relu_forward(np.asarray([-2.0, 0.0, 3.0]))[0]
    array([0., 0., 3.])
    """
    xp = floating("relu", x=x)
    out = xp.maximum(x, zeros((), x))
    return out, ReluCache(out)


def relu_backward(grad_out: Array, cache: ReluCache) -> Array:
    r"""Return the gradient of `relu_forward`: it passes where the input is positive.

    .. math:: \frac{\partial L}{\partial x} = \begin{cases} G & x > 0 \\ 0 & x \le 0 \end{cases}

    It also passes where the input is NaN, as in torch, so that the error shows in what comes before, too.
    The gradient is multiplied by 1 or 0, which is many times faster than choosing. So where `grad_out` is
    infinite or NaN, and `x` is not above 0, the gradient is NaN; torch gives 0.

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : ReluCache
        From `relu_forward`.

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
    Source: as `relu_forward`.

    Plain version: `convnet.plain.relu_backward`.
    """
    out = cache.out
    xp = upstream("relu_backward", grad_out, shape_of(out), out)
    return grad_out * mask(xp.not_equal(out, 0.0), out)


@dataclass(frozen=True, slots=True)
class SoftmaxCache:
    """The output of `softmax_forward` and its axis."""

    out: Array
    dim: int


def softmax_forward(x: Array, dim: int) -> tuple[Array, SoftmaxCache]:
    r"""Turn scores along one axis into probabilities.

    .. math:: p_i = \frac{e^{x_i - m}}{\sum_j e^{x_j - m}}, \qquad m = \max_j x_j

    Taking the maximum away changes nothing but the size of the exponentials, which then cannot overflow.

    Parameters
    ----------
    x : Array, any shape with at least one axis
        Scores.
    dim : int
        Axis along which the outputs sum to 1.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : SoftmaxCache
        For `softmax_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers or has no axis `dim`.

    Notes
    -----
    Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.

    Plain version: `convnet.plain.softmax`.

    Examples
    --------
    >>> import numpy as np
    >>> softmax_forward(np.asarray([1000.0, 1000.0]), dim=0)[0]
    array([0.5, 0.5])
    """
    xp = floating("softmax", x=x)
    dim = axis("softmax", "dim", dim, x.ndim)
    if x.shape[dim] == 0:  # there is no maximum to take away
        return xp.exp(x), SoftmaxCache(x, dim)
    raised = xp.exp(wide(x) - xp.max(wide(x), axis=dim, keepdims=True))
    out = narrow(raised / xp.sum(raised, axis=dim, keepdims=True), x)
    return out, SoftmaxCache(out, dim)


def softmax_backward(grad_out: Array, cache: SoftmaxCache) -> Array:
    r"""Return the gradient of `softmax_forward`.

    .. math:: \frac{\partial L}{\partial x_i} = p_i \Bigl(G_i - \sum_j G_j\, p_j\Bigr)

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : SoftmaxCache
        From `softmax_forward`.

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
    Source: as `softmax_forward`.

    Plain version: `convnet.plain.softmax_backward`.
    """
    xp = upstream("softmax_backward", grad_out, shape_of(cache.out), cache.out)
    grad, out = wide(grad_out), wide(cache.out)
    mean: Array = xp.sum(grad * out, axis=cache.dim, keepdims=True)
    return narrow(out * (grad - mean), cache.out)
