"""Grouped convolution: groups of channels that do not see each other."""

from __future__ import annotations

import numpy as np

from convnet.plain.convolution import conv2d, conv2d_backward


def grouped_conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
) -> np.ndarray:
    r"""Give each group of channels a convolution of its own, and put the maps side by side.

    .. math:: y = \bigl[\, x^{(1)} \star w^{(1)},\; \dots,\; x^{(g)} \star w^{(g)} \,\bigr] + b

    Parameters
    ----------
    x, weight, bias : arrays, shapes (N, C, H, W), (F, C / g, k_h, k_w), (F,)
        As in `conv2d`; with g = C the convolution is depthwise: each channel has kernels of its own.
    stride, padding : int
        As in `conv2d`.
    groups : int
        Number of groups :math:`g`.

    Returns
    -------
    array, shape (N, F, H', W')
        Maps.

    Notes
    -----
    Source: Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012.

    Examples
    --------
    >>> x = np.array([[[[1.0, 2]], [[10, 20]]]])
    >>> grouped_conv2d(x, np.array([[[[1]]], [[[-1]]]]), groups=2)
    array([[[[  1.,   2.]],
    <BLANKLINE>
            [[-10., -20.]]]])
    """
    parts = np.split(x, groups, axis=1)
    kernels = np.split(weight, groups)
    maps = [
        conv2d(part, own, 0.0, stride, padding)
        for part, own in zip(parts, kernels)
    ]
    out = np.concatenate(maps, axis=1)
    return out + np.reshape(bias, (-1, 1, 1))


def grouped_conv2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    r"""Return the gradients of `grouped_conv2d`: those of each group, put side by side.

    .. math:: \frac{\partial L}{\partial w} = \Bigl[\, \frac{\partial L}{\partial w^{(1)}},\; \dots,\;
        \frac{\partial L}{\partial w^{(g)}} \,\Bigr], \qquad \text{and likewise by } x \text{ and } b

    Parameters
    ----------
    grad_out : array, shape (N, F, H', W')
        Upstream gradient.
    x, weight, stride, padding, groups
        As in `grouped_conv2d`.

    Returns
    -------
    grad_x, grad_weight, grad_bias : arrays
        In the shapes of x, weight and bias.

    Notes
    -----
    Source: as `grouped_conv2d`.

    Examples
    --------
    >>> x, weight = np.ones((1, 2, 1, 3)), np.ones((2, 1, 1, 3))
    >>> g = np.array([[[[1.0]], [[5.0]]]])
    >>> grouped_conv2d_backward(g, x, weight, groups=2)[0]
    array([[[[1., 1., 1.]],
    <BLANKLINE>
            [[5., 5., 5.]]]])
    """
    grads = np.split(grad_out, groups, axis=1)
    parts = np.split(x, groups, axis=1)
    kernels = np.split(weight, groups)
    found = [
        conv2d_backward(g, part, own, stride, padding)
        for g, part, own in zip(grads, parts, kernels)
    ]
    grad_x = np.concatenate([each[0] for each in found], axis=1)
    grad_weight = np.concatenate([each[1] for each in found])
    grad_bias = np.concatenate([each[2] for each in found])
    return grad_x, grad_weight, grad_bias
