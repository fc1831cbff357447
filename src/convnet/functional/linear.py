"""The fully connected layer."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from convnet._arguments import floating, given, layout, shape_of, upstream
from convnet._array import Array, narrow, wide


@dataclass(frozen=True, slots=True)
class LinearCache:
    """What `linear_backward` needs of the forward pass."""

    x: Array
    weight: Array
    has_bias: bool


def linear_forward(x: Array, weight: Array, bias: Array | None = None) -> tuple[Array, LinearCache]:
    r"""Apply a fully connected layer to the last axis.

    .. math:: y = x W^\top + b

    Parameters
    ----------
    x : Array, shape (..., M)
        Inputs; any number of leading axes.
    weight : Array, shape (N, M)
        One row for each output.
    bias : Array, shape (N,), optional
        One number for each output.

    Returns
    -------
    out : Array, shape (..., N)
        Outputs.
    cache : LinearCache
        For `linear_backward`.

    Raises
    ------
    ValueError
        When shapes, dtypes or libraries do not agree.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture, which counts its M · N + N parameters.

    Plain version: `convnet.plain.linear`.

    Examples
    --------
    >>> import numpy as np
    >>> out, cache = linear_forward(np.asarray([[1.0, 2.0]]), np.asarray([[3.0, 4.0], [5.0, 6.0]]))
    >>> out
    array([[11., 17.]])
    """
    xp = floating("linear", x=x, weight=weight, **given(bias=bias))
    layout("linear", "weight", weight, "N, M")
    shapes = f"(x: {shape_of(x)}, weight: {shape_of(weight)})"
    if x.ndim < 1:
        raise ValueError(f"linear: x must have at least one dimension (..., M) {shapes}")
    if x.shape[-1] != weight.shape[1]:
        raise ValueError(
            f"linear: weight expects {weight.shape[1]} input features, x has {x.shape[-1]} {shapes}"
        )
    if bias is not None and shape_of(bias) != (weight.shape[0],):
        raise ValueError(
            f"linear: bias must have shape ({weight.shape[0]},), it has {shape_of(bias)} {shapes}"
        )
    out: Array = xp.matmul(x, xp.matrix_transpose(weight))
    if bias is not None:
        out = out + bias
    return out, LinearCache(x, weight, bias is not None)


def linear_backward(grad_out: Array, cache: LinearCache) -> tuple[Array, Array, Array | None]:
    r"""Return the gradients of `linear_forward`.

    .. math::

        \frac{\partial L}{\partial x} = G W, \qquad
        \frac{\partial L}{\partial W} = G^\top x, \qquad
        \frac{\partial L}{\partial b} = \textstyle\sum G

    Parameters
    ----------
    grad_out : Array, shape (..., N)
        Upstream gradient :math:`G`.
    cache : LinearCache
        From `linear_forward`.

    Returns
    -------
    grad_x, grad_weight : Array
        In the shapes of `x` and `weight`.
    grad_bias : Array or None
        In the shape of `bias`; None where there was none.

    Raises
    ------
    ValueError
        When `grad_out` does not have the shape of the output.

    Notes
    -----
    Source: as `linear_forward`.

    Plain version: `convnet.plain.linear_backward`.
    """
    features, inputs = shape_of(cache.weight)
    leading = shape_of(cache.x)[:-1]
    xp = upstream("linear_backward", grad_out, (*leading, features), cache.x)
    grad_rows = xp.reshape(grad_out, (prod(leading), features))
    rows = xp.reshape(cache.x, (prod(leading), inputs))
    grad_x = xp.matmul(grad_out, cache.weight)
    grad_weight = xp.matmul(xp.matrix_transpose(grad_rows), rows)
    grad_bias = narrow(xp.sum(wide(grad_rows), axis=0), grad_out) if cache.has_bias else None
    return grad_x, grad_weight, grad_bias
