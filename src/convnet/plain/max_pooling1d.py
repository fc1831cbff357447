"""Max pooling of signals, forward and backward."""

from __future__ import annotations

import numpy as np


def max_pool1d(
    x: np.ndarray, kernel_size: int, stride: int
) -> np.ndarray:
    r"""Keep the largest number of each window.

    .. math:: y_{n m r} = \max_j\; x_{n,\, m,\, r s + j}

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
    >>> max_pool1d(np.array([[[1.0, 4, 2, 3]]]), 2, 2)
    array([[[4., 3.]]])
    """
    length = (x.shape[2] - kernel_size) // stride + 1
    y = np.zeros((*x.shape[:2], length))
    for r in range(length):
        window = x[:, :, r * stride : r * stride + kernel_size]
        y[:, :, r] = window.max(axis=2)
    return y


def max_pool1d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: int,
    stride: int,
) -> np.ndarray:
    r"""Return the gradient of `max_pool1d`: all of it goes to the first largest number.

    .. math:: \frac{\partial L}{\partial x_{n m l}} = \sum_{r\;:\; l \text{ won}} g_{n m r}

    Parameters
    ----------
    grad_out : array, shape (N, C, L')
        Upstream gradient :math:`g`.
    x, kernel_size, stride
        As in `max_pool1d`.

    Returns
    -------
    array, shape (N, C, L)
        In the shape of x.

    Notes
    -----
    Source: as `max_pool1d`.

    Examples
    --------
    >>> max_pool1d_backward(np.array([[[5.0, 6]]]), np.array([[[1.0, 4, 2, 3]]]), 2, 2)
    array([[[0., 5., 0., 6.]]])
    """
    n, m = np.ogrid[: x.shape[0], : x.shape[1]]
    grad_x = np.zeros(x.shape)
    for r in range(grad_out.shape[2]):
        window = x[:, :, r * stride : r * stride + kernel_size]
        winner = r * stride + window.argmax(axis=2)  # (N, C)
        grad_x[n, m, winner] += grad_out[:, :, r]
    return grad_x
