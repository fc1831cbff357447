"""Average pooling of signals, forward and backward."""

from __future__ import annotations

import numpy as np


def avg_pool1d(
    x: np.ndarray, kernel_size: int, stride: int
) -> np.ndarray:
    r"""Take the mean of each window.

    .. math:: y_{n m r} = \frac1k \sum_j\; x_{n,\, m,\, r s + j}

    Parameters
    ----------
    x : array, shape (N, C, L)
        Signals.
    kernel_size, stride : int
        Length :math:`k` of the window, and step :math:`s` between windows.

    Returns
    -------
    array, shape (N, C, L')
        Signals, with L' = ⌊(L − k) / s⌋ + 1.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture.

    Examples
    --------
    >>> avg_pool1d(np.array([[[1.0, 4, 2, 3]]]), 2, 2)
    array([[[2.5, 2.5]]])
    """
    length = (x.shape[2] - kernel_size) // stride + 1
    y = np.zeros((*x.shape[:2], length))
    for r in range(length):
        window = x[:, :, r * stride : r * stride + kernel_size]
        y[:, :, r] = window.mean(axis=2)
    return y


def avg_pool1d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: int,
    stride: int,
) -> np.ndarray:
    r"""Return the gradient of `avg_pool1d`: equal shares.

    .. math:: \frac{\partial L}{\partial x_{n m l}} = \sum_{r\;:\; l \text{ in the window}} \frac{g_{n m r}}{k}

    Parameters
    ----------
    grad_out : array, shape (N, C, L')
        Upstream gradient :math:`g`.
    x, kernel_size, stride
        As in `avg_pool1d`.

    Returns
    -------
    array, shape (N, C, L)
        In the shape of x.

    Notes
    -----
    Source: as `avg_pool1d`.

    Examples
    --------
    >>> avg_pool1d_backward(np.array([[[2.0, 4]]]), np.zeros((1, 1, 3)), 2, 1)
    array([[[1., 3., 2.]]])
    """
    grad_x = np.zeros(x.shape)
    for r in range(grad_out.shape[2]):
        share = grad_out[:, :, r : r + 1] / kernel_size
        grad_x[:, :, r * stride : r * stride + kernel_size] += share
    return grad_x
