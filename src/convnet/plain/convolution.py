"""The convolution layer, forward and backward: one window at a time."""

from __future__ import annotations

import numpy as np


def conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    r"""Slide F kernels over N images: each window gives one number for each kernel.

    .. math:: y_{n f r c} = b_f + \sum_{m, i, j} w_{f m i j}\; x_{n,\, m,\, r s + i - p,\, c s + j - p}

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, H, W), (F, C, k_h, k_w), (F,)
        Images, kernels, and one number for each kernel.
    stride, padding : int
        Step :math:`s` between windows, and rows and columns of zeros :math:`p` added at each side.

    Returns
    -------
    array, shape (N, F, H', W')
        Maps, with H' = ⌊(H + 2p − k_h) / s⌋ + 1 rows, and columns likewise.

    Notes
    -----
    Source: Georgia Tech CS 7643, convolution lecture.

    Examples
    --------
    >>> x = np.array([[[[200.0, 150, 150], [100, 50, 100], [25, 25, 10]]]])
    >>> conv2d(x, np.array([[[[1, 0, -1], [2, 0, -2], [1, 0, -1]]]]))
    array([[[[65.]]]])
    """
    p, (k_h, k_w) = padding, weight.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    rows = (x.shape[2] - k_h) // stride + 1
    columns = (x.shape[3] - k_w) // stride + 1
    y = np.zeros((len(x), len(weight), rows, columns))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride, c * stride
            window = x[:, :, top : top + k_h, left : left + k_w]
            y[:, :, r, c] = np.einsum(
                "nmij,fmij->nf", window, weight
            )
    return y + np.reshape(bias, (-1, 1, 1))


def conv2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `conv2d`: each output hands its gradient to the numbers it was made from.

    .. math::

        \frac{\partial L}{\partial w_{f m i j}} = \sum_{n, r, c} g_{n f r c}\; x_{n,\, m,\, r s + i - p,\, c s + j - p},
        \qquad \frac{\partial L}{\partial b_f} = \sum_{n, r, c} g_{n f r c}

    and :math:`g_{n f r c}\, w_{f m i j}` is added to the gradient of the pixel :math:`x_{n,\, m,\, r s + i - p,\, c s + j - p}`.

    Parameters
    ----------
    grad_out : array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    x, weight, stride, padding
        As in `conv2d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: Georgia Tech CS 7643, lecture on the backward pass of convolution.

    Examples
    --------
    >>> x, weight = np.array([[[[1.0, 2, 3]]]]), np.array([[[[10.0, 20]]]])
    >>> conv2d_backward(np.ones((1, 1, 1, 2)), x, weight)
    (array([[[[10., 30., 20.]]]]), array([[[[3., 5.]]]]), array([2.]))
    """
    p, (height, width) = padding, x.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x, grad_weight = np.zeros(x.shape), np.zeros(weight.shape)
    for r in range(grad_out.shape[2]):
        for c in range(grad_out.shape[3]):
            top, left = r * stride, c * stride
            rows = slice(top, top + weight.shape[2])
            columns = slice(left, left + weight.shape[3])
            window = x[:, :, rows, columns]  # (N, C, k_h, k_w)
            g = grad_out[:, :, r, c]  # (N, F)
            grad_weight += np.einsum("nf,nmij->fmij", g, window)
            share = np.einsum("nf,fmij->nmij", g, weight)
            grad_x[:, :, rows, columns] += share
    grad_x = grad_x[:, :, p : p + height, p : p + width]
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3))
