"""Rotation of images by any angle, read between pixels."""

from __future__ import annotations

import numpy as np


def turned(
    height: int, width: int, degrees: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    r"""Tell where each pixel of a turned image comes from.

    .. math:: (u, v) \mapsto (u \cos\varphi + v \sin\varphi,\; v \cos\varphi - u \sin\varphi)

    with rows :math:`u` and columns :math:`v` counted from the middle, and the angle :math:`\varphi`.

    Parameters
    ----------
    height, width : int
        Pixels of an image.
    degrees : array, shape (N,)
        Angle of each image, counterclockwise.

    Returns
    -------
    rows, columns : arrays, shape (N, H, W)
        Points in the image before, between its pixels as a rule.

    Notes
    -----
    Source: Simard et al., "Best practices for convolutional neural networks applied to visual document analysis", 2003.

    Examples
    --------
    >>> rows, columns = turned(1, 3, np.array([90.0]))
    >>> rows.ravel().round(9) + 0.0, columns.ravel().round(9)
    (array([-1.,  0.,  1.]), array([1., 1., 1.]))
    """
    u = np.arange(height)[:, None] - (height - 1) / 2
    v = np.arange(width) - (width - 1) / 2
    angle = np.pi / 180 * degrees[:, None, None]
    rows = u * np.cos(angle) + v * np.sin(angle)
    columns = v * np.cos(angle) - u * np.sin(angle)
    return rows + (height - 1) / 2, columns + (width - 1) / 2


def rotate(x: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    r"""Turn each image around its middle, counterclockwise.

    .. math:: y_{n m}(u, v) = x_{n m}(u \cos\varphi + v \sin\varphi,\; v \cos\varphi - u \sin\varphi)

    with rows :math:`u` and columns :math:`v` counted from the middle. Between pixels the four around the
    point are mixed, as in `bilinear_sample`.

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Images.
    degrees : array, shape (N,)
        Angle :math:`\varphi` of each image.

    Returns
    -------
    array, shape (N, C, H, W)
        Images; zeros come in from outside.

    Notes
    -----
    Source: Simard et al., "Best practices for convolutional neural networks applied to visual document analysis", 2003.

    Examples
    --------
    >>> rotate(np.array([[[[1.0, 2], [3, 4]]]]), np.array([90.0])).round(9)[0, 0]
    array([[2., 4.],
           [1., 3.]])
    """
    count, _, height, width = x.shape
    rows, columns = turned(height, width, degrees)
    wide = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    image = np.arange(count)[:, None, None]
    out = np.zeros(x.shape)
    for near in ((0, 0), (0, 1), (1, 0), (1, 1)):
        r = np.floor(rows).astype(int) + near[0]
        c = np.floor(columns).astype(int) + near[1]
        share = (1 - abs(rows - r)) * (1 - abs(columns - c))
        r = np.clip(r, -1, height) + 1
        c = np.clip(c, -1, width) + 1
        read = np.moveaxis(wide[image, :, r, c], 3, 1)
        out += share[:, None] * read
    return out
