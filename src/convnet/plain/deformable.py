"""Deformable convolution: each tap of each window looks where an offset sends it."""

from __future__ import annotations

import numpy as np

from convnet.plain.deformable_samples import (
    sample_at,
    sample_at_backward,
    tap_positions,
)


def deform_conv2d(
    x: np.ndarray,
    offset: np.ndarray,
    weight: np.ndarray,
    mask: np.ndarray,
    bias: np.ndarray | float = 0.0,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    r"""Convolve with a kernel whose taps are moved, and in version 2 weighted, anew for every output pixel.

    .. math:: y_{n f r c} = b_f + \sum_{m, i, j} w_{f m i j}\; a_{n i j r c}\; x_{n m}(u_{n i j r c},\, v_{n i j r c})

    Parameters
    ----------
    x, offset, weight, bias : arrays, shapes (N, C, H, W), (N, 2 · k_h · k_w, H', W'), (F, C, k_h, k_w), (F,)
        Maps, offsets as in `tap_positions`, kernels, biases.
    mask : array, shape (N, k_h · k_w, H', W')
        Factors :math:`a` of version 2; version 1 is a mask of ones.
    stride, padding : int
        As in `conv2d`.

    Returns
    -------
    array, shape (N, F, H', W')
        Maps.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2", 2019.

    Examples
    --------
    >>> x, offset = np.array([[[[2.0, 4, 8]]]]), np.zeros((1, 2, 1, 3))
    >>> offset[:, 1] = 0.5  # half a pixel to the right
    >>> deform_conv2d(x, offset, np.ones((1, 1, 1, 1)), np.ones((1, 1, 1, 3)))
    array([[[[3., 6., 4.]]]])
    """
    at = tap_positions(offset, weight.shape[2:], stride, padding)
    z = sample_at(x, at)  # (N, C, k_h, k_w, H', W')
    a = mask.reshape(len(x), *z.shape[2:])  # (N, k_h, k_w, H', W')
    y = np.einsum("fmij,nijrc,nmijrc->nfrc", weight, a, z)
    return y + np.reshape(bias, (-1, 1, 1))


def deform_conv2d_backward(
    grad_out: np.ndarray,
    x: np.ndarray,
    offset: np.ndarray,
    weight: np.ndarray,
    mask: np.ndarray,
    stride: int = 1,
    padding: int = 0,
) -> tuple[
    np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray
]:
    r"""Return the gradients of `deform_conv2d`: a sample hands its gradient to its pixels, its place and its factor.

    .. math:: \frac{\partial L}{\partial z} = a\, w^\top g, \qquad \frac{\partial L}{\partial a} = g^\top w\, z, \qquad
        \frac{\partial L}{\partial w} = \sum a\, g\, z^\top, \qquad z = x(u, v)

    Parameters
    ----------
    grad_out : array, shape (N, F, H', W')
        Upstream gradient :math:`g`.
    x, offset, weight, mask, stride, padding
        As in `deform_conv2d`.

    Returns
    -------
    grad_x, grad_offset, grad_weight, grad_mask, grad_bias : arrays
        In the shapes of the arguments.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2", 2019.

    Examples
    --------
    >>> x, offset = np.array([[[[2.0, 4, 8]]]]), np.full((1, 2, 1, 1), 0.5)
    >>> one = np.ones((1, 1, 1, 1))
    >>> deform_conv2d_backward(one, x, offset, one, one)[0]
    array([[[[0.25, 0.25, 0.  ]]]])
    """
    at = tap_positions(offset, weight.shape[2:], stride, padding)
    z = sample_at(x, at)  # (N, C, k_h, k_w, H', W')
    a = mask.reshape(len(x), *z.shape[2:])  # (N, k_h, k_w, H', W')
    g, w = grad_out, weight
    grad_z = np.einsum("nfrc,fmij,nijrc->nmijrc", g, w, a)
    grad_x, grad_at = sample_at_backward(grad_z, x, at)
    grad_offset = grad_at.reshape(offset.shape)
    grad_w = np.einsum("nfrc,nijrc,nmijrc->fmij", g, a, z)
    grad_mask = np.einsum("nfrc,fmij,nmijrc->nijrc", g, w, z)
    grad_mask = grad_mask.reshape(mask.shape)
    grad_bias = g.sum(axis=(0, 2, 3))
    return grad_x, grad_offset, grad_w, grad_mask, grad_bias
