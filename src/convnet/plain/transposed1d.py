"""Transposed convolution of signals: the backward pass of `conv1d` by its input, used as a layer."""

from __future__ import annotations

import numpy as np

from convnet.plain.convolution1d import conv1d, conv1d_backward


def conv_transpose1d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
) -> np.ndarray:
    r"""Paint each number's multiple of the kernel onto a longer signal, and add up where they overlap.

    .. math:: y_{n,\, f,\, r s + j - p} \mathrel{+}= w_{m f j}\; x_{n m r} \quad\text{for all } m, j, r

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, L), (C, F, k), (F,)
        Signals, kernels (input channels first), and one number for each output channel.
    stride, padding, output_padding : int
        Step between two pictures of the kernel; what is cut off at each end; what is added behind.

    Returns
    -------
    array, shape (N, F, L')
        Maps, with L' = (L − 1)s + k − 2p + output_padding.

    Notes
    -----
    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> conv_transpose1d(np.array([[[1.0, 2]]]), np.ones((1, 1, 3)), stride=2)
    array([[[1., 1., 3., 2., 2.]]])
    """
    _, filters, k = weight.shape
    more = output_padding - 2 * padding
    length = (x.shape[2] - 1) * stride + k + more
    blank = np.zeros((len(x), filters, length))
    out, _, _ = conv1d_backward(x, blank, weight, stride, padding)
    return out + np.reshape(bias, (-1, 1))


def conv_transpose1d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `conv_transpose1d`: by x, the transpose of the transpose is `conv1d` itself.

    .. math:: \frac{\partial L}{\partial x_{n m r}} = \sum_{f, j} w_{m f j}\, g_{n,\, f,\, r s + j - p}, \qquad
        \frac{\partial L}{\partial w_{m f j}} = \sum_{n, r} x_{n m r}\, g_{n,\, f,\, r s + j - p}

    Parameters
    ----------
    grad_out : array, shape (N, F, L')
        Upstream gradient :math:`g`.
    x, weight, stride, padding
        As in `conv_transpose1d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `conv_transpose1d`.

    Examples
    --------
    >>> x, weight = np.array([[[1.0, 2]]]), np.ones((1, 1, 3))
    >>> conv_transpose1d_backward(np.array([[[1.0, 1, 1, 0, 4]]]), x, weight, stride=2)[0]
    array([[[3., 5.]]])
    """
    grad_x = conv1d(grad_out, weight, 0.0, stride, padding)
    _, grad_weight, _ = conv1d_backward(
        x, grad_out, weight, stride, padding
    )
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2))
