"""Max pooling: the largest number of each window, forward and backward."""

from __future__ import annotations

import numpy as np


def max_pool2d(
    x: np.ndarray, kernel_size: int, stride: int
) -> np.ndarray:
    r"""Keep the largest number of each window.

    .. math:: y_{n m r c} = \max_{i, j}\; x_{n,\, m,\, r s + i,\, c s + j}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    kernel_size, stride : int
        Height and width :math:`k` of the window, and step :math:`s` between windows.

    Returns
    -------
    array, shape (N, C, H', W')
        Maps, with H' = ⌊(H − k) / s⌋ + 1 rows, and columns likewise.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture.

    Examples
    --------
    >>> x = np.array([[[[200.0, 150, 150], [100, 50, 100], [25, 25, 10]]]])
    >>> max_pool2d(x, 2, 1)
    array([[[[200., 150.],
             [100., 100.]]]])
    """
    k = kernel_size
    rows = (x.shape[2] - k) // stride + 1
    columns = (x.shape[3] - k) // stride + 1
    y = np.zeros((*x.shape[:2], rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            window = x[:, :, top : top + k, left : left + k]
            y[:, :, r, c] = window.max(axis=(2, 3))
    return y


def max_pool2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: int,
    stride: int,
) -> np.ndarray:
    r"""Return the gradient of `max_pool2d`: all of it goes to the number that won, the first among equals.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c\;:\; (u, v) \text{ won}} g_{n m r c}

    Parameters
    ----------
    grad_out : array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    x, kernel_size, stride
        As in `max_pool2d`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `max_pool2d`.

    Examples
    --------
    >>> x = np.array([[[[1.0, 5, 2], [0, 3, 4]]]])
    >>> max_pool2d_backward(np.array([[[[10.0, 20]]]]), x, 2, 1)
    array([[[[ 0., 30.,  0.],
             [ 0.,  0.,  0.]]]])
    """
    k, (batch, channels) = kernel_size, x.shape[:2]
    n, m = np.ogrid[:batch, :channels]  # all images, all channels
    grad_x = np.zeros(x.shape)
    for r in range(grad_out.shape[2]):
        for c in range(grad_out.shape[3]):
            top, left = r * stride, c * stride
            window = x[:, :, top : top + k, left : left + k]
            window = window.reshape(batch, channels, k * k)
            i, j = np.divmod(window.argmax(axis=2), k)  # (N, C)
            grad_x[n, m, top + i, left + j] += grad_out[:, :, r, c]
    return grad_x
