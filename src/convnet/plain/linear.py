"""The fully connected layer, forward and backward."""

from __future__ import annotations

import numpy as np


def linear(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
) -> np.ndarray:
    r"""Give each output a weighted sum of all inputs, and its bias.

    .. math:: y = x W^\top + b

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, M), (F, M), (F,)
        Examples, one row of weights for each output, and one bias for each.

    Returns
    -------
    array, shape (N, F)
        Outputs.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture, which counts its MF + F parameters.

    Examples
    --------
    >>> linear(np.array([[1.0, 2]]), np.array([[3, 4], [5, 6]]))
    array([[11., 17.]])
    """
    return x @ weight.T + bias


def linear_backward(
    grad_out: np.ndarray, x: np.ndarray, weight: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `linear`.

    .. math:: \frac{\partial L}{\partial x} = g\, W, \qquad \frac{\partial L}{\partial W} = g^\top x, \qquad
        \frac{\partial L}{\partial b_f} = \sum_n g_{n f}

    Parameters
    ----------
    grad_out : array, shape (N, F)
        Upstream gradient :math:`g`.
    x, weight : arrays, shapes (N, M), (F, M)
        As in `linear`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `linear`.

    Examples
    --------
    >>> linear_backward(np.array([[1.0, 10]]), np.array([[1.0, 2]]), np.array([[3.0, 4], [5, 6]]))
    (array([[53., 64.]]), array([[ 1.,  2.],
           [10., 20.]]), array([ 1., 10.]))
    """
    grad_x = grad_out @ weight
    grad_weight = grad_out.T @ x
    return grad_x, grad_weight, grad_out.sum(axis=0)
