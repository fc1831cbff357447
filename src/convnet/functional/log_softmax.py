"""Logarithms of softmax probabilities, without the detour over probabilities that round to 0."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import axis, floating, shape_of, upstream
from convnet._array import Array, narrow, wide
from convnet._engine.class_targets import log_probabilities


@dataclass(frozen=True, slots=True)
class LogSoftmaxCache:
    """The output of `log_softmax_forward` and its axis."""

    out: Array
    dim: int


def log_softmax_forward(x: Array, dim: int) -> tuple[Array, LogSoftmaxCache]:
    r"""Turn scores along one axis into logarithms of probabilities.

    .. math:: y_i = x_i - m - \log \sum_j e^{x_j - m}, \qquad m = \max_j x_j

    The logarithm of a softmax would be :math:`-\infty` where a probability rounds to 0.

    Parameters
    ----------
    x : Array, any shape with at least one axis
        Scores.
    dim : int
        Axis along which the probabilities sum to 1.

    Returns
    -------
    out : Array
        In the shape of `x`.
    cache : LogSoftmaxCache
        For `log_softmax_backward`.

    Raises
    ------
    ValueError
        When `x` holds no floating-point numbers or has no axis `dim`.

    Notes
    -----
    Source: Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990;
    Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and softmax functions", 2021.

    Plain version: `convnet.plain.log_softmax`.

    Examples
    --------
    >>> import numpy as np
    >>> log_softmax_forward(np.asarray([1000.0, 0.0]), dim=0)[0]
    array([    0., -1000.])
    """
    floating("log_softmax", x=x)
    dim = axis("log_softmax", "dim", dim, x.ndim)
    out = narrow(log_probabilities(x, dim), x)
    return out, LogSoftmaxCache(out, dim)


def log_softmax_backward(grad_out: Array, cache: LogSoftmaxCache) -> Array:
    r"""Return the gradient of `log_softmax_forward`.

    .. math:: \frac{\partial L}{\partial x_i} = G_i - e^{y_i} \sum_j G_j

    Parameters
    ----------
    grad_out : Array
        Upstream gradient :math:`G`, in the shape of the output.
    cache : LogSoftmaxCache
        From `log_softmax_forward`.

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
    Source: as `log_softmax_forward`.

    Plain version: `convnet.plain.log_softmax_backward`.
    """
    out = cache.out
    xp = upstream("log_softmax_backward", grad_out, shape_of(out), out)
    grad = wide(grad_out)
    total: Array = xp.sum(grad, axis=cache.dim, keepdims=True)
    return narrow(grad - xp.exp(wide(out)) * total, out)
