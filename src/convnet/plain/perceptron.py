"""The multilayer perceptron, forward and backward, with the biases inside the weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def prepend_one(z: np.ndarray) -> np.ndarray:
    r"""Put a 1 before each row, so that a weight of its own can stand for the bias.

    .. math:: (z_1, \dots, z_M) \mapsto (1, z_1, \dots, z_M)

    Parameters
    ----------
    z : array, shape (N, M)
        Rows of numbers.

    Returns
    -------
    array, shape (N, 1 + M)
        The same rows, each after a 1.

    Notes
    -----
    Source: Michigan, neural networks overview.

    Examples
    --------
    >>> prepend_one(np.array([[2.0, 5], [3, 4]]))
    array([[1., 2., 5.],
           [1., 3., 4.]])
    """
    return np.concatenate([np.ones((len(z), 1)), z], axis=1)


def mlp(
    x: np.ndarray,
    weights: Sequence[np.ndarray],
    activation: Callable[[np.ndarray], np.ndarray],
) -> np.ndarray:
    r"""Compute what a multilayer perceptron puts out.

    .. math:: z^{(0)} = x, \qquad a^{(\ell)} = W^{(\ell)} (1, z^{(\ell - 1)}), \qquad
        z^{(\ell)} = \sigma(a^{(\ell)}), \qquad f(x) = a^{(L)}

    Parameters
    ----------
    x : array, shape (N, M)
        Examples, one in each row.
    weights : sequence of arrays
        Of each layer a matrix with one row for each unit: its bias, then its weights.
    activation : function
        What follows every layer but the last, applied to each number.

    Returns
    -------
    array, shape (N, units of the last layer)
        Outputs.

    Notes
    -----
    Source: Michigan, neural networks overview.

    Examples
    --------
    >>> first, second = np.array([[-1.0, 1, 1], [0, 1, -1]]), np.array([[1.0, 2, 3]])
    >>> mlp(np.array([[2.0, 5]]), [first, second], lambda a: np.maximum(a, 0))
    array([[13.]])
    """
    z = x
    for weight in weights[:-1]:
        a = prepend_one(z) @ weight.T
        z = activation(a)
    return prepend_one(z) @ weights[-1].T


def mlp_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weights: Sequence[np.ndarray],
    activation: Callable[[np.ndarray], np.ndarray],
    activation_backward: Callable[..., np.ndarray],
) -> tuple[np.ndarray, ...]:
    r"""Return the gradients of `mlp`, which are found from the last layer to the first.

    .. math:: \delta^{(\text{last})} = g, \qquad
        \delta_k^{(\ell)} = \sigma'(a_k^{(\ell)}) \sum_q \delta_q^{(\ell + 1)} w_{q k}^{(\ell + 1)}, \qquad
        \frac{\partial L}{\partial w_{k h}^{(\ell)}} = \delta_k^{(\ell)} z_h^{(\ell - 1)}

    Parameters
    ----------
    grad_out : array, shape (N, units of the last layer)
        Upstream gradient :math:`g`.
    x, weights, activation
        As in `mlp`.
    activation_backward : function
        Takes an upstream gradient and the input of the activation, such as `relu_backward`.

    Returns
    -------
    grad_x, *grad_weights : arrays
        In the shapes of x and of each matrix of weights.

    Notes
    -----
    Source: Michigan, neural networks overview.

    Examples
    --------
    >>> weights = [np.array([[0.0, 2]]), np.array([[1.0, 3]])]
    >>> mlp_backward(np.ones((1, 1)), np.array([[5.0]]), weights, np.copy, lambda g, a: g)
    (array([[6.]]), array([[ 3., 15.]]), array([[ 1., 10.]]))
    """
    read, sums = [prepend_one(x)], []
    for weight in weights[:-1]:
        sums.append(read[-1] @ weight.T)
        read.append(prepend_one(activation(sums[-1])))
    delta, grads = grad_out, []
    for weight, z in zip(weights[::-1], read[::-1]):
        grads.append(delta.T @ z)
        delta = (delta @ weight)[:, 1:]  # a 1 has no gradient
        if sums:
            delta = activation_backward(delta, sums.pop())
    return delta, *grads[::-1]
