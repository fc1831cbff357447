"""Average pooling of volumes, forward and backward."""

from __future__ import annotations

import numpy as np


def avg_pool3d(
    x: np.ndarray, kernel_size: int, stride: int
) -> np.ndarray:
    r"""Take the mean of each window.

    .. math:: y_{n m q r c} = \frac{1}{k^3} \sum_{h, i, j}\; x_{n,\, m,\, q s + h,\, r s + i,\, c s + j}

    Parameters
    ----------
    x : array, shape (N, C, D, H, W)
        Volumes.
    kernel_size, stride : int
        Edge :math:`k` of the window, and step :math:`s` between windows.

    Returns
    -------
    array, shape (N, C, D', H', W')
        Volumes, with D' = ⌊(D − k) / s⌋ + 1, and H' and W' likewise.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture.

    Examples
    --------
    >>> avg_pool3d(np.arange(8.0).reshape(1, 1, 2, 2, 2), 2, 2)
    array([[[[[3.5]]]]])
    """
    k, sizes = (
        kernel_size,
        (np.array(x.shape[2:]) - kernel_size) // stride + 1,
    )
    y = np.zeros((*x.shape[:2], *sizes))
    for place in np.ndindex(*sizes):
        here = [slice(a * stride, a * stride + k) for a in place]
        y[:, :, *place] = x[:, :, *here].mean(axis=(2, 3, 4))
    return y


def avg_pool3d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: int,
    stride: int,
) -> np.ndarray:
    r"""Return the gradient of `avg_pool3d`: equal shares.

    .. math:: \frac{\partial L}{\partial x_{n m u}} = \sum_{(q, r, c)\;:\; u \text{ in the window}} \frac{g_{n m q r c}}{k^3}

    Parameters
    ----------
    grad_out : array, shape (N, C, D', H', W')
        Upstream gradient :math:`g`.
    x, kernel_size, stride
        As in `avg_pool3d`.

    Returns
    -------
    array, shape (N, C, D, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `avg_pool3d`.

    Examples
    --------
    >>> avg_pool3d_backward(np.full((1, 1, 1, 1, 1), 8.0), np.zeros((1, 1, 2, 2, 2)), 2, 2).ravel()
    array([1., 1., 1., 1., 1., 1., 1., 1.])
    """
    k, grad_x = kernel_size, np.zeros(x.shape)
    for place in np.ndindex(*grad_out.shape[2:]):
        here = [slice(a * stride, a * stride + k) for a in place]
        share = grad_out[:, :, *place] / k**3  # (N, C)
        grad_x[:, :, *here] += share[:, :, None, None, None]
    return grad_x
