"""Average pooling: the mean of each window, forward and backward."""

from __future__ import annotations

import numpy as np


def avg_pool2d(
    x: np.ndarray, kernel_size: int, stride: int
) -> np.ndarray:
    r"""Take the mean of each window.

    .. math:: y_{n m r c} = \frac{1}{k^2} \sum_{i, j}\; x_{n,\, m,\, r s + i,\, c s + j}

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
    >>> avg_pool2d(x, 3, 3)
    array([[[[90.]]]])
    """
    k = kernel_size
    rows = (x.shape[2] - k) // stride + 1
    columns = (x.shape[3] - k) // stride + 1
    y = np.zeros((*x.shape[:2], rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            window = x[:, :, top : top + k, left : left + k]
            y[:, :, r, c] = window.mean(axis=(2, 3))
    return y


def avg_pool2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: int,
    stride: int,
) -> np.ndarray:
    r"""Return the gradient of `avg_pool2d`: each number of a window gets an equal share.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c\;:\; (u, v) \text{ in the window}} \frac{g_{n m r c}}{k^2}

    Parameters
    ----------
    grad_out : array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    x, kernel_size, stride
        As in `avg_pool2d`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `avg_pool2d`.

    Examples
    --------
    >>> avg_pool2d_backward(np.array([[[[4.0, 8]]]]), np.zeros((1, 1, 2, 3)), 2, 1)
    array([[[[1., 3., 2.],
             [1., 3., 2.]]]])
    """
    k, grad_x = kernel_size, np.zeros(x.shape)
    for r in range(grad_out.shape[2]):
        for c in range(grad_out.shape[3]):
            top, left = r * stride, c * stride
            window = grad_x[:, :, top : top + k, left : left + k]
            window += grad_out[:, :, r : r + 1, c : c + 1] / k**2
    return grad_x
