"""Batch normalization: each channel of a batch gets mean 0 and variance 1."""

from __future__ import annotations

import numpy as np


def batch_norm(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    r"""Normalize each channel by its mean and variance in this batch, as in training; then scale and shift it.

    .. math:: y = \gamma_m \hat x + \beta_m, \qquad \hat x = \frac{x - \mu_m}{\sqrt{\sigma_m^2 + \varepsilon}}

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, H, W), (C,), (C,)
        Maps, scales :math:`\gamma` and shifts :math:`\beta`.
    eps : float
        Keeps the root away from zero.

    Returns
    -------
    array, shape (N, C, H, W)
        Maps.

    Notes
    -----
    Source: Ioffe and Szegedy, "Batch normalization", 2015.

    Examples
    --------
    >>> x = np.array([[[[1.0, 3]]], [[[5, 7]]]])
    >>> batch_norm(x, np.ones(1), np.zeros(1), eps=0.0).ravel().round(3)
    array([-1.342, -0.447,  0.447,  1.342])
    """
    mean = x.mean(axis=(0, 2, 3), keepdims=True)  # (1, C, 1, 1)
    var = x.var(axis=(0, 2, 3), keepdims=True)
    normalized = (x - mean) / np.sqrt(var + eps)
    return weight[:, None, None] * normalized + bias[:, None, None]


def batch_norm_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `batch_norm`: mean and variance depend on every x of the channel, too.

    .. math:: \frac{\partial L}{\partial x} = \frac{h - \overline{h} - \hat x\, \overline{h \hat x}}{\sqrt{\sigma^2 + \varepsilon}},
        \quad h = \gamma g, \qquad \frac{\partial L}{\partial \gamma} = \sum g \hat x, \qquad \frac{\partial L}{\partial \beta} = \sum g

    Parameters
    ----------
    grad_out : array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    x, weight, eps
        As in `batch_norm`. Means and sums run over each channel.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `batch_norm`.

    Examples
    --------
    >>> x = np.array([[[[1.0, 3]]], [[[5, 7]]]])
    >>> grad_x, _, grad_bias = batch_norm_backward(x * 0 + 1, x, np.ones(1))
    >>> grad_x.ravel(), grad_bias
    (array([0., 0., 0., 0.]), array([4.]))
    """
    axes = (0, 2, 3)
    mean = x.mean(axis=axes, keepdims=True)  # (1, C, 1, 1)
    std = np.sqrt(x.var(axis=axes, keepdims=True) + eps)
    normalized = (x - mean) / std
    h = weight[:, None, None] * grad_out
    through_mean = h.mean(axis=axes, keepdims=True)
    through_var = (h * normalized).mean(axis=axes, keepdims=True)
    grad_x = (h - through_mean - normalized * through_var) / std
    grad_weight = (grad_out * normalized).sum(axis=axes)
    return grad_x, grad_weight, grad_out.sum(axis=axes)
