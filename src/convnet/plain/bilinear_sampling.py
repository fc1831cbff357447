"""Bilinear sampling: read an image between its pixels, forward and backward."""

from __future__ import annotations

import math

import numpy as np


def bilinear_sample(
    image: np.ndarray, u: float, v: float
) -> np.ndarray:
    r"""Mix the four pixels around a point; the nearer a pixel, the larger its share.

    .. math:: x(u, v) = \sum_{r, c} \max(0,\, 1 - |u - r|)\, \max(0,\, 1 - |v - c|)\; x_{r c}

    Parameters
    ----------
    image : array, shape (C, H, W)
        One image.
    u, v : float
        Row and column of the point.

    Returns
    -------
    array, shape (C,)
        The numbers at the point; pixels outside count as zeros.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2", 2019.

    Examples
    --------
    >>> bilinear_sample(np.array([[[2.0, 4], [6, 8]]]), 0.5, 0.25)
    array([4.5])
    """
    value, top, left = (
        np.zeros(len(image)),
        math.floor(u),
        math.floor(v),
    )
    for r in (top, top + 1):
        for c in (left, left + 1):
            if 0 <= r < image.shape[1] and 0 <= c < image.shape[2]:
                share = (1 - abs(u - r)) * (1 - abs(v - c))
                value += share * image[:, r, c]
    return value


def bilinear_sample_backward(
    grad_out: np.ndarray, image: np.ndarray, u: float, v: float
) -> tuple[np.ndarray, float, float]:
    r"""Return the gradients of `bilinear_sample`: by the pixels, and by the point, which moves on a slope.

    .. math:: \frac{\partial L}{\partial u} = \sum_{r, c} \pm (1 - |v - c|)\, x_{r c}\, g, \qquad + \text{ for the lower two pixels}

    Parameters
    ----------
    grad_out : array, shape (C,)
        Upstream gradient :math:`g`.
    image : array, shape (C, H, W)
        One image.
    u, v : float
        Row and column of the point.

    Returns
    -------
    grad_image, grad_u, grad_v : array of shape (C, H, W), float, float
        In the shapes of the arguments.

    Notes
    -----
    Source: Dai et al., "Deformable convolutional networks", 2017; Zhu et al., "Deformable ConvNets v2", 2019.

    Examples
    --------
    >>> bilinear_sample_backward(np.ones(1), np.array([[[2.0, 4], [6, 8]]]), 0.5, 0.25)[1:]
    (4.0, 2.0)
    """
    grad_image, grad_u, grad_v = np.zeros(image.shape), 0.0, 0.0
    top, left = math.floor(u), math.floor(v)
    for r in (top, top + 1):
        for c in (left, left + 1):
            if 0 <= r < image.shape[1] and 0 <= c < image.shape[2]:
                by_row, by_column = 1 - abs(u - r), 1 - abs(v - c)
                grad_image[:, r, c] += by_row * by_column * grad_out
                pull = float(grad_out @ image[:, r, c])
                grad_u += pull * by_column * (1 if r > top else -1)
                grad_v += pull * by_row * (1 if c > left else -1)
    return grad_image, grad_u, grad_v
