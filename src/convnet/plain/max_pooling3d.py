"""Max pooling of volumes, forward and backward."""

from __future__ import annotations

import numpy as np


def max_pool3d(
    x: np.ndarray, kernel_size: int, stride: int
) -> np.ndarray:
    r"""Keep the largest number of each window.

    .. math:: y_{n m q r c} = \max_{h, i, j}\; x_{n,\, m,\, q s + h,\, r s + i,\, c s + j}

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
    >>> max_pool3d(np.arange(8.0).reshape(1, 1, 2, 2, 2), 2, 2)
    array([[[[[7.]]]]])
    """
    k, sizes = (
        kernel_size,
        (np.array(x.shape[2:]) - kernel_size) // stride + 1,
    )
    y = np.zeros((*x.shape[:2], *sizes))
    for place in np.ndindex(*sizes):
        here = [slice(a * stride, a * stride + k) for a in place]
        y[:, :, *place] = x[:, :, *here].max(axis=(2, 3, 4))
    return y


def max_pool3d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: int,
    stride: int,
) -> np.ndarray:
    r"""Return the gradient of `max_pool3d`: all of it goes to the first largest number.

    .. math:: \frac{\partial L}{\partial x_{n m u}} = \sum_{(q, r, c)\;:\; u \text{ won}} g_{n m q r c}

    Parameters
    ----------
    grad_out : array, shape (N, C, D', H', W')
        Upstream gradient :math:`g`.
    x, kernel_size, stride
        As in `max_pool3d`.

    Returns
    -------
    array, shape (N, C, D, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `max_pool3d`.

    Examples
    --------
    >>> max_pool3d_backward(np.full((1, 1, 1, 1, 1), 5.0), np.arange(8.0).reshape(1, 1, 2, 2, 2), 2, 2).ravel()
    array([0., 0., 0., 0., 0., 0., 0., 5.])
    """
    k, (batch, channels) = kernel_size, x.shape[:2]
    n, m = np.ogrid[:batch, :channels]
    grad_x = np.zeros(x.shape)
    for place in np.ndindex(*grad_out.shape[2:]):
        here = [slice(a * stride, a * stride + k) for a in place]
        window = x[:, :, *here].reshape(batch, channels, k**3)
        h, i, j = np.unravel_index(window.argmax(axis=2), (k, k, k))
        q, r, c = np.array(place) * stride
        grad_x[n, m, q + h, r + i, c + j] += grad_out[:, :, *place]
    return grad_x
