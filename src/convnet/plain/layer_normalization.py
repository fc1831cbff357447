"""Layer normalization: each example gets mean 0 and variance 1 over its own numbers."""

from __future__ import annotations

import numpy as np


def layer_norm(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    r"""Normalize over the last axes, those that weight has; then scale and shift each number.

    .. math:: y = \gamma \hat x + \beta, \qquad \hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}

    Parameters
    ----------
    x, weight, bias : arrays, shapes (..., D), (D), (D)
        Examples, scales :math:`\gamma` and shifts :math:`\beta`; D stands for the last axes.
    eps : float
        Keeps the root away from zero.

    Returns
    -------
    array, shape (..., D)
        In the shape of x.

    Notes
    -----
    Source: Ba, Kiros and Hinton, "Layer normalization", 2016.

    Examples
    --------
    >>> layer_norm(np.array([[1.0, 3], [10, 50]]), np.ones(2), np.zeros(2), eps=0.0)
    array([[-1.,  1.],
           [-1.,  1.]])
    """
    axes = tuple(range(-weight.ndim, 0))  # the last ones
    mean = x.mean(axis=axes, keepdims=True)
    std = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    return weight * (x - mean) / std + bias


def layer_norm_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `layer_norm`.

    .. math:: \frac{\partial L}{\partial x} = \frac{h - \overline{h} - \hat x\, \overline{h \hat x}}{\sqrt{\sigma^2 + \varepsilon}},
        \quad h = \gamma g, \qquad \frac{\partial L}{\partial \gamma} = \sum g \hat x, \qquad \frac{\partial L}{\partial \beta} = \sum g

    Parameters
    ----------
    grad_out : array, shape (..., D)
        Upstream gradient :math:`g`.
    x, weight, eps
        As in `layer_norm`. Means run over one example, sums over the examples.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `layer_norm`.

    Examples
    --------
    >>> layer_norm_backward(np.array([[5.0, 5]]), np.array([[1.0, 3]]), np.ones(2), eps=0.0)
    (array([[0., 0.]]), array([-5.,  5.]), array([5., 5.]))
    """
    axes = tuple(range(-weight.ndim, 0))  # the last ones
    examples = tuple(range(x.ndim - weight.ndim))  # all others
    mean = x.mean(axis=axes, keepdims=True)
    std = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    normalized = (x - mean) / std
    h = weight * grad_out
    through_mean = h.mean(axis=axes, keepdims=True)
    through_var = (h * normalized).mean(axis=axes, keepdims=True)
    grad_x = (h - through_mean - normalized * through_var) / std
    grad_weight = (grad_out * normalized).sum(axis=examples)
    return grad_x, grad_weight, grad_out.sum(axis=examples)
