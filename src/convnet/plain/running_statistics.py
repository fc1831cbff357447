"""Batch normalization in evaluation: by statistics that training kept, not by this batch."""

from __future__ import annotations

import numpy as np


def update_running(
    running_mean: np.ndarray,
    running_var: np.ndarray,
    x: np.ndarray,
    momentum: float = 0.1,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Move the running statistics a step towards those of this batch.

    .. math:: r \leftarrow (1 - m)\, r + m\, s

    Parameters
    ----------
    running_mean, running_var, x : arrays, shapes (C,), (C,), (N, C, H, W)
        Running statistics :math:`r`, and the batch, whose statistics are :math:`s`.
    momentum : float
        Share :math:`m` of this batch.

    Returns
    -------
    running_mean, running_var : arrays, shape (C,)
        The new ones; the variance takes the unbiased estimate, as in torch.

    Notes
    -----
    Source: Ioffe and Szegedy, "Batch normalization", 2015.

    Examples
    --------
    >>> x = np.array([[[[1.0, 3]]], [[[5, 7]]]])
    >>> mean, var = update_running(np.zeros(1), np.ones(1), x)
    >>> mean, var.round(3)
    (array([0.4]), array([1.567]))
    """
    mean = x.mean(axis=(0, 2, 3))
    var = x.var(axis=(0, 2, 3), ddof=1)
    new_mean = (1 - momentum) * running_mean + momentum * mean
    new_var = (1 - momentum) * running_var + momentum * var
    return new_mean, new_var


def batch_norm_eval(
    x: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    r"""Normalize by running statistics: an image does not depend on its neighbours in the batch.

    .. math:: y = \gamma_m \frac{x - r_m}{\sqrt{v_m + \varepsilon}} + \beta_m

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    running_mean, running_var, weight, bias : arrays, shape (C,)
        Statistics :math:`r`, :math:`v`, scales and shifts.
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
    >>> one = np.ones(1)
    >>> batch_norm_eval(np.array([[[[5.0]]]]), one, 4 * one, one, one, eps=0.0)
    array([[[[3.]]]])
    """
    std = np.sqrt(running_var + eps)[:, None, None]  # (C, 1, 1)
    normalized = (x - running_mean[:, None, None]) / std
    return weight[:, None, None] * normalized + bias[:, None, None]


def batch_norm_eval_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    weight: np.ndarray,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `batch_norm_eval`: the statistics are constants, so each x has its own.

    .. math:: \frac{\partial L}{\partial x} = \frac{\gamma g}{\sqrt{v + \varepsilon}}, \qquad
        \frac{\partial L}{\partial \gamma} = \sum g \hat x, \qquad \frac{\partial L}{\partial \beta} = \sum g

    Parameters
    ----------
    grad_out : array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    x, running_mean, running_var, weight, eps
        As in `batch_norm_eval`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: Ioffe and Szegedy, "Batch normalization", 2015.

    Examples
    --------
    >>> one, x = np.ones(1), np.array([[[[5.0]]]])
    >>> batch_norm_eval_backward(x, x, one, 4 * one, one, eps=0.0)
    (array([[[[2.5]]]]), array([10.]), array([5.]))
    """
    std = np.sqrt(running_var + eps)[:, None, None]  # (C, 1, 1)
    normalized = (x - running_mean[:, None, None]) / std
    grad_x = weight[:, None, None] * grad_out / std
    grad_weight = (grad_out * normalized).sum(axis=(0, 2, 3))
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3))
