"""Depthwise separable convolution: look around in each channel, then mix the channels."""

from __future__ import annotations

import numpy as np

from convnet.plain.convolution import conv2d, conv2d_backward
from convnet.plain.grouped import (
    grouped_conv2d,
    grouped_conv2d_backward,
)


def separable_conv2d(
    x: np.ndarray,
    depthwise: np.ndarray,
    pointwise: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    r"""Convolve each channel by itself, then add up the channels, pixel by pixel.

    .. math:: h_{n m r c} = \sum_{i, j} d_{m i j}\; x_{n,\, m,\, r s + i - p,\, c s + j - p}, \qquad
        y_{n f r c} = b_f + \sum_m w_{f m}\, h_{n m r c}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Maps.
    depthwise, pointwise, bias : arrays, shapes (C · multiplier, 1, k_h, k_w), (F, C · multiplier, 1, 1), (F,)
        Kernels for each channel, how the channels mix, and one number for each output channel.
    stride, padding : int
        Of the first step, as in `conv2d`.

    Returns
    -------
    array, shape (N, F, H', W')
        Maps.

    Notes
    -----
    Source: Howard et al., "MobileNets", 2017.

    Examples
    --------
    >>> x = np.array([[[[1.0, 2, 3]], [[1, 1, 1]]]])
    >>> separable_conv2d(x, np.ones((2, 1, 1, 2)), np.array([[[[1.0]], [[-1.0]]]]))
    array([[[[1., 3.]]]])
    """
    groups = x.shape[1]
    maps = grouped_conv2d(
        x, depthwise, 0.0, stride, padding, groups
    )
    return conv2d(maps, pointwise, bias)


def separable_conv2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    depthwise: np.ndarray,
    pointwise: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `separable_conv2d`: back through the mixing, then through each channel.

    .. math:: \frac{\partial L}{\partial h_{n m r c}} = \sum_f w_{f m}\, g_{n f r c}

    Parameters
    ----------
    grad_out : array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    x, depthwise, pointwise, stride, padding
        As in `separable_conv2d`.

    Returns
    -------
    grad_x, grad_depthwise, grad_pointwise, grad_bias : arrays
        In the shapes of the arguments.

    Notes
    -----
    Source: as `separable_conv2d`.

    Examples
    --------
    >>> x, mix = np.ones((1, 2, 1, 3)), np.array([[[[1.0]], [[-1.0]]]])
    >>> separable_conv2d_backward(np.ones((1, 1, 1, 2)), x, np.ones((2, 1, 1, 2)), mix)[2]
    array([[[[4.]],
    <BLANKLINE>
            [[4.]]]])
    """
    groups = x.shape[1]
    maps = grouped_conv2d(
        x, depthwise, 0.0, stride, padding, groups
    )
    grad_maps, grad_pointwise, grad_bias = conv2d_backward(
        grad_out, maps, pointwise
    )
    grad_x, grad_depthwise, _ = grouped_conv2d_backward(
        grad_maps, x, depthwise, stride, padding, groups
    )
    return grad_x, grad_depthwise, grad_pointwise, grad_bias
