"""Cutout: augmentation that covers a square of each image."""

from __future__ import annotations

import numpy as np


def cutout(
    x: np.ndarray, row: np.ndarray, column: np.ndarray, size: int
) -> np.ndarray:
    r"""Cover a square of each image with zeros.

    .. math:: y_{n m u v} = 0 \text{ where } r_n \le u < r_n + \text{size},\; c_n \le v < c_n + \text{size}

    and :math:`x_{n m u v}` elsewhere; :math:`r_n` and :math:`c_n` are the row and the column.

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Images.
    row, column : arrays of int, shape (N,)
        The square's corner at the top left; what lies beyond the border covers nothing.
    size : int
        Side of the square.

    Returns
    -------
    array, shape (N, C, H, W)
        Images.

    Notes
    -----
    Source: DeVries and Taylor, "Improved regularization of convolutional neural networks with cutout", 2017.

    Examples
    --------
    >>> cutout(np.ones((1, 1, 1, 5)), np.array([0]), np.array([1]), 2).ravel()
    array([1., 0., 0., 1., 1.])
    """
    out = x.copy()
    for image, r, c in zip(out, row, column):
        image[:, r : r + size, c : c + size] = 0
    return out
