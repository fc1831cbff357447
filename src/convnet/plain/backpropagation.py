"""Backpropagation for one example, index by index: the sums as they are written on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def delta_before(
    delta: np.ndarray, weight: np.ndarray, slopes: np.ndarray
) -> np.ndarray:
    r"""Go back by one layer: from the derivatives by its pre-activations to those of the layer before.

    .. math:: \delta_k^{(\ell)} = \sigma'(a_k^{(\ell)}) \sum_q \delta_q^{(\ell + 1)} w_{q k}^{(\ell + 1)}

    Parameters
    ----------
    delta : array, shape (U,)
        Derivatives of the loss by the U pre-activations of a layer.
    weight : array, shape (U, 1 + K)
        The layer's weights, biases first. Nothing goes back to the 1 that a bias belongs to.
    slopes : array, shape (K,)
        Slopes :math:`\sigma'(a_k)` of the activation in the layer before.

    Returns
    -------
    array, shape (K,)
        Derivatives of the loss by the pre-activations of the layer before.

    Notes
    -----
    Source: Michigan, neural networks overview.

    Examples
    --------
    >>> delta_before(np.array([1.0, -3]), np.array([[1.0, 1, -2], [-4, 1, -1]]), np.array([1.0, 1]))
    array([-2.,  1.])
    """
    before = np.zeros(len(slopes))
    for k in range(len(before)):
        for q in range(len(delta)):
            before[k] += delta[q] * weight[q, 1 + k]
        before[k] *= slopes[k]
    return before


def weight_gradient(delta: np.ndarray, z: np.ndarray) -> np.ndarray:
    r"""Return the derivative of the loss by each weight of a layer.

    .. math:: \frac{\partial L}{\partial w_{k h}^{(\ell)}} = \delta_k^{(\ell)} z_h^{(\ell - 1)}

    Parameters
    ----------
    delta : array, shape (K,)
        Derivatives of the loss by the layer's pre-activations.
    z : array, shape (1 + D,)
        What the layer reads, after the 1 of the biases.

    Returns
    -------
    array, shape (K, 1 + D)
        In the shape of the layer's weights.

    Notes
    -----
    Source: Michigan, neural networks overview.

    Examples
    --------
    >>> weight_gradient(np.array([-2.0, 1]), np.array([1.0, 0, 5]))
    array([[ -2.,  -0., -10.],
           [  1.,   0.,   5.]])
    """
    grad = np.zeros((len(delta), len(z)))
    for k in range(len(delta)):
        for h in range(len(z)):
            grad[k, h] = delta[k] * z[h]
    return grad


def mlp_backward_by_index(
    grad_out: np.ndarray,
    x: np.ndarray,
    weights: Sequence[np.ndarray],
    activation: Callable[[np.ndarray], np.ndarray],
    activation_backward: Callable[..., np.ndarray],
) -> list[np.ndarray]:
    r"""Return the gradients of `mlp` by its weights, for one example: `mlp_backward` without products of matrices.

    .. math:: \delta^{(\text{last})} = g, \qquad
        \delta_k^{(\ell)} = \sigma'(a_k^{(\ell)}) \sum_q \delta_q^{(\ell + 1)} w_{q k}^{(\ell + 1)}, \qquad
        \frac{\partial L}{\partial w_{k h}^{(\ell)}} = \delta_k^{(\ell)} z_h^{(\ell - 1)}

    Parameters
    ----------
    grad_out : array, shape (units of the last layer,)
        Upstream gradient :math:`g`.
    x : array, shape (M,)
        One example.
    weights, activation, activation_backward
        As in `mlp_backward`.

    Returns
    -------
    list of arrays
        In the shapes of the weights.

    Notes
    -----
    Source: Michigan, neural networks overview.

    Examples
    --------
    >>> weights = [np.array([[0.0, 2]]), np.array([[1.0, 3]])]
    >>> mlp_backward_by_index(np.ones(1), np.array([5.0]), weights, np.copy, lambda g, a: g)
    [array([[ 3., 15.]]), array([[ 1., 10.]])]
    """
    z, slopes = [np.array([1.0, *x])], []
    for weight in weights[:-1]:
        a = weight @ z[-1]
        slopes.append(activation_backward(np.ones(len(a)), a))
        z.append(np.array([1.0, *activation(a)]))
    delta, grads = grad_out, [weight_gradient(grad_out, z.pop())]
    for weight in weights[:0:-1]:
        delta = delta_before(delta, weight, slopes.pop())
        grads.insert(0, weight_gradient(delta, z.pop()))
    return grads
