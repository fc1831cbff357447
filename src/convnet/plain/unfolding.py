"""Unfolding (im2col): the pixels under each window as one column, and the way back."""

from __future__ import annotations

import numpy as np


def unfold(
    x: np.ndarray,
    kernel_size: tuple[int, int],
    padding: int = 0,
    stride: int = 1,
) -> np.ndarray:
    r"""Lay the window of each output pixel out as a column; `conv2d` is then one matrix product.

    .. math:: u_{n,\, (m i j),\, (r c)} = x_{n,\, m,\, r s + i - p,\, c s + j - p}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Images.
    kernel_size : pair of int
        Height and width of the window.
    padding, stride : int
        As in `conv2d`; their order is torch's.

    Returns
    -------
    array, shape (N, C · k_h · k_w, H' · W')
        One column for each output pixel.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture (vectorization).

    Examples
    --------
    >>> unfold(np.array([[[[1.0, 2, 3], [4, 5, 6]]]]), (2, 2))
    array([[[1., 2.],
            [2., 3.],
            [4., 5.],
            [5., 6.]]])
    """
    p, (k_h, k_w) = padding, kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    columns = []
    for top in range(0, x.shape[2] - k_h + 1, stride):
        for left in range(0, x.shape[3] - k_w + 1, stride):
            window = x[:, :, top : top + k_h, left : left + k_w]
            columns.append(window.reshape(len(x), -1))
    return np.stack(columns, axis=2)


def unfold_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    kernel_size: tuple[int, int],
    padding: int = 0,
    stride: int = 1,
) -> np.ndarray:
    r"""Return the gradient of `unfold` (folding, col2im): each column is added back where it was read.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} =
        \sum_{\substack{r s + i - p = u \\ c s + j - p = v}} g_{n,\, (m i j),\, (r c)}

    Parameters
    ----------
    grad_out : array, shape (N, C · k_h · k_w, H' · W')
        Upstream gradient :math:`g`.
    x, kernel_size, padding, stride
        As in `unfold`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: as `unfold`.

    Examples
    --------
    >>> unfold_backward(np.ones((1, 2, 2)), np.zeros((1, 1, 1, 3)), (1, 2))
    array([[[[1., 2., 1.]]]])
    """
    p, (k_h, k_w) = padding, kernel_size
    batch, channels, height, width = x.shape
    grad_x = np.zeros(
        (batch, channels, height + 2 * p, width + 2 * p)
    )
    number = 0
    for top in range(0, height + 2 * p - k_h + 1, stride):
        for left in range(0, width + 2 * p - k_w + 1, stride):
            window = grad_x[
                :, :, top : top + k_h, left : left + k_w
            ]
            window += grad_out[:, :, number].reshape(window.shape)
            number += 1
    return grad_x[:, :, p : p + height, p : p + width]
