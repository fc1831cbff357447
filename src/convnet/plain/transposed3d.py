"""Transposed convolution of volumes: the backward pass of `conv3d` by its input, used as a layer."""

from __future__ import annotations

import numpy as np

from convnet.plain.volumetric import conv3d, conv3d_backward


def conv_transpose3d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
) -> np.ndarray:
    r"""Paint each number's multiple of the kernel into a larger volume, and add up where they overlap.

    .. math:: y_{n,\, f,\, q s + h - p,\, r s + i - p,\, c s + j - p} \mathrel{+}= w_{m f h i j}\; x_{n m q r c}

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, D, H, W), (C, F, k_d, k_h, k_w), (F,)
        Volumes, kernels (input channels first), and one number for each output channel.
    stride, padding, output_padding : int
        As in `conv_transpose2d`, along all three axes.

    Returns
    -------
    array, shape (N, F, D', H', W')
        Maps, with D' = (D − 1)s + k_d − 2p + output_padding, and H' and W' likewise.

    Notes
    -----
    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> conv_transpose3d(np.array([[[[[1.0, 2]]]]]), np.ones((1, 1, 1, 1, 3)), stride=2)
    array([[[[[1., 1., 3., 2., 2.]]]]])
    """
    _, filters, *kernel = weight.shape
    more = np.array(kernel) + output_padding - 2 * padding
    sizes = (np.array(x.shape[2:]) - 1) * stride + more
    blank = np.zeros((len(x), filters, *sizes))
    out, _, _ = conv3d_backward(x, blank, weight, stride, padding)
    return out + np.reshape(bias, (-1, 1, 1, 1))


def conv_transpose3d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `conv_transpose3d`: by x, the transpose of the transpose is `conv3d` itself.

    .. math:: \frac{\partial L}{\partial x_{n m q r c}} = \sum_{f, h, i, j} w_{m f h i j}\, g_{n,\, f,\, q s + h - p,\, r s + i - p,\, c s + j - p}

    Parameters
    ----------
    grad_out : array, shape (N, F, D', H', W')
        Upstream gradient :math:`g`.
    x, weight, stride, padding
        As in `conv_transpose3d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `conv_transpose3d`.

    Examples
    --------
    >>> x, weight = np.array([[[[[1.0, 2]]]]]), np.ones((1, 1, 1, 1, 3))
    >>> conv_transpose3d_backward(np.array([[[[[1.0, 1, 1, 0, 4]]]]]), x, weight, stride=2)[0]
    array([[[[[3., 5.]]]]])
    """
    grad_x = conv3d(grad_out, weight, 0.0, stride, padding)
    _, grad_weight, _ = conv3d_backward(
        x, grad_out, weight, stride, padding
    )
    return grad_x, grad_weight, grad_out.sum(axis=(0, 2, 3, 4))
