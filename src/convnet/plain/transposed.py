"""Transposed convolution: the backward pass of `conv2d` by its input, used as a layer."""

from __future__ import annotations

import numpy as np

from convnet.plain.convolution import conv2d, conv2d_backward


def conv_transpose2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
) -> np.ndarray:
    r"""Paint each pixel's multiple of the kernel onto a larger image, and add up where they overlap.

    .. math:: y_{n,\, f,\, r s + i - p,\, c s + j - p} \mathrel{+}= w_{m f i j}\; x_{n m r c}
        \quad\text{for all } m, i, j, r, c

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, H, W), (C, F, k_h, k_w), (F,)
        Maps, kernels (input channels first), and one number for each output channel.
    stride, padding, output_padding : int
        Step between two pictures of the kernel; what is cut off at each side; what is added at the end.

    Returns
    -------
    array, shape (N, F, H', W')
        Maps, with H' = (H − 1)s + k_h − 2p + output_padding rows, and columns likewise.

    Notes
    -----
    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> conv_transpose2d(np.array([[[[1.0, 2]]]]), np.ones((1, 1, 1, 3)), stride=2)
    array([[[[1., 1., 3., 2., 2.]]]])
    """
    _, filters, k_h, k_w = weight.shape
    more = output_padding - 2 * padding
    height = (x.shape[2] - 1) * stride + k_h + more
    width = (x.shape[3] - 1) * stride + k_w + more
    blank = np.zeros((len(x), filters, height, width))
    out, _, _ = conv2d_backward(x, blank, weight, stride, padding)
    return out + np.reshape(bias, (-1, 1, 1))


def conv_transpose2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `conv_transpose2d`: by x, the transpose of the transpose is `conv2d` itself.

    .. math:: \frac{\partial L}{\partial x_{n m r c}} = \sum_{f, i, j} w_{m f i j}\,
        g_{n,\, f,\, r s + i - p,\, c s + j - p}, \qquad
        \frac{\partial L}{\partial w_{m f i j}} = \sum_{n, r, c} x_{n m r c}\, g_{n,\, f,\, r s + i - p,\, c s + j - p}

    Parameters
    ----------
    grad_out : array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    x, weight, stride, padding
        As in `conv_transpose2d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `conv_transpose2d`.

    Examples
    --------
    >>> x, weight = np.array([[[[1.0, 2]]]]), np.ones((1, 1, 1, 3))
    >>> conv_transpose2d_backward(np.array([[[[1.0, 1, 1, 0, 4]]]]), x, weight, stride=2)[0]
    array([[[[3., 5.]]]])
    """
    grad_x = conv2d(grad_out, weight, 0.0, stride, padding)
    _, grad_weight, _ = conv2d_backward(
        x, grad_out, weight, stride, padding
    )
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3))
