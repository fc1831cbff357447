"""Max-unpooling: put what won back to where it stood."""

from __future__ import annotations

import numpy as np


def max_pool2d_indices(
    x: np.ndarray, kernel_size: int, stride: int
) -> np.ndarray:
    r"""Tell which pixel won each window of `max_pool2d`.

    .. math:: u W + v \quad\text{for the pixel } (u, v) \text{ that won}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    kernel_size, stride : int
        As in `max_pool2d`.

    Returns
    -------
    array of integers, shape (N, C, H', W')
        Numbers of pixels, counted row by row.

    Notes
    -----
    Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014.

    Examples
    --------
    >>> max_pool2d_indices(np.array([[[[1.0, 5, 2], [0, 3, 4]]]]), 2, 1)
    array([[[[1, 1]]]])
    """
    k, (batch, channels, height, width) = kernel_size, x.shape
    rows, columns = (
        (height - k) // stride + 1,
        (width - k) // stride + 1,
    )
    indices = np.zeros((batch, channels, rows, columns), int)
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            window = x[:, :, top : top + k, left : left + k]
            window = window.reshape(batch, channels, k * k)
            i, j = np.divmod(window.argmax(axis=2), k)  # (N, C)
            indices[:, :, r, c] = (top + i) * width + left + j
    return indices


def max_unpool2d(
    x: np.ndarray, indices: np.ndarray, output_size: tuple[int, int]
) -> np.ndarray:
    r"""Put each number at its place in a larger map of zeros.

    .. math:: y_{n m u v} = x_{n m r c} \quad\text{for } u W + v = \text{indices}_{n m r c}, \text{ else } 0

    Parameters
    ----------
    x : array, shape (N, C, H', W')
        Maps, such as those of `max_pool2d`.
    indices : array of integers, shape of x
        From `max_pool2d_indices`.
    output_size : pair of int
        Height H and width W of the larger maps.

    Returns
    -------
    array, shape (N, C, H, W)
        Maps.

    Notes
    -----
    Source: Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014.

    Examples
    --------
    >>> max_unpool2d(np.array([[[[7.0]]]]), np.array([[[[2]]]]), (2, 2))
    array([[[[0., 0.],
             [7., 0.]]]])
    """
    batch, channels = x.shape[:2]
    y = np.zeros((batch, channels, output_size[0] * output_size[1]))
    for n, m, r, c in np.ndindex(*x.shape):
        y[n, m, indices[n, m, r, c]] = x[n, m, r, c]
    return y.reshape(batch, channels, *output_size)


def max_unpool2d_backward(
    grad_out: np.ndarray, indices: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `max_unpool2d`: read from the same places.

    .. math:: \frac{\partial L}{\partial x_{n m r c}} = g_{n m u v}, \qquad u W + v = \text{indices}_{n m r c}

    Parameters
    ----------
    grad_out : array, shape (N, C, H, W)
        Upstream gradient :math:`g`.
    indices : array of integers, shape (N, C, H', W')
        As in `max_unpool2d`.

    Returns
    -------
    array, shape (N, C, H', W')
        In the shape of x.

    Notes
    -----
    Source: as `max_unpool2d`.

    Examples
    --------
    >>> max_unpool2d_backward(np.array([[[[1.0, 2], [3, 4]]]]), np.array([[[[2]]]]))
    array([[[[3.]]]])
    """
    batch, channels = indices.shape[:2]
    pixels = grad_out.reshape(batch, channels, -1)
    grad_x = np.zeros(indices.shape)
    for n, m, r, c in np.ndindex(*indices.shape):
        grad_x[n, m, r, c] = pixels[n, m, indices[n, m, r, c]]
    return grad_x
