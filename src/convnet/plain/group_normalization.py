"""Group normalization: groups of channels of each example get mean 0 and variance 1."""

from __future__ import annotations

import numpy as np


def group_norm(
    x: np.ndarray,
    num_groups: int,
    weight: np.ndarray,
    bias: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    r"""Normalize each group of channels of each example; then scale and shift each channel.

    .. math:: y = \gamma_m \hat x + \beta_m, \qquad \hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \varepsilon}}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    num_groups : int
        Groups of channels.
    weight, bias : arrays, shapes (C,), (C,)
        Scales :math:`\gamma` and shifts :math:`\beta`.
    eps : float
        Keeps the root away from zero.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: Wu and He, "Group normalization", 2018.

    Examples
    --------
    >>> group_norm(np.array([[[[1.0]], [[3.0]]]]), 1, np.ones(2), np.zeros(2), eps=0.0).ravel()
    array([-1.,  1.])
    """
    shape = (len(x), num_groups, -1)
    groups = x.reshape(shape)  # (N, groups, numbers)
    mean = groups.mean(axis=2, keepdims=True)
    std = np.sqrt(groups.var(axis=2, keepdims=True) + eps)
    normalized = ((groups - mean) / std).reshape(x.shape)
    return weight[:, None, None] * normalized + bias[:, None, None]


def group_norm_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    num_groups: int,
    weight: np.ndarray,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `group_norm`.

    .. math:: \frac{\partial L}{\partial x} = \frac{h - \overline{h} - \hat x\, \overline{h \hat x}}{\sqrt{\sigma^2 + \varepsilon}},
        \quad h = \gamma g, \qquad \frac{\partial L}{\partial \gamma} = \sum g \hat x, \qquad \frac{\partial L}{\partial \beta} = \sum g

    Parameters
    ----------
    grad_out : array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    x, num_groups, weight, eps
        As in `group_norm`. Means run over one group, sums over a channel.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `group_norm`.

    Examples
    --------
    >>> x = np.array([[[[1.0]], [[3.0]]]])
    >>> group_norm_backward(np.ones(x.shape), x, 1, np.ones(2))[0].ravel()
    array([0., 0.])
    """
    shape = (len(x), num_groups, -1)
    groups = x.reshape(shape)  # (N, groups, numbers)
    mean = groups.mean(axis=2, keepdims=True)
    std = np.sqrt(groups.var(axis=2, keepdims=True) + eps)
    normalized = (groups - mean) / std
    h = (weight[:, None, None] * grad_out).reshape(shape)
    through_mean = h.mean(axis=2, keepdims=True)
    through_var = (h * normalized).mean(axis=2, keepdims=True)
    grad_x = (h - through_mean - normalized * through_var) / std
    by_scale = grad_out * normalized.reshape(x.shape)
    grad_weight = by_scale.sum(axis=(0, 2, 3))
    grad_bias = grad_out.sum(axis=(0, 2, 3))
    return grad_x.reshape(x.shape), grad_weight, grad_bias
