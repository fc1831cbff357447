"""Augmentation: changes of pictures that are to leave their labels as they are."""

from __future__ import annotations

import numpy as np


def flip(x: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    r"""Mirror some images left to right.

    .. math:: y_{n m u v} = x_{n,\, m,\, u,\, W - 1 - v} \text{ where chosen}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Images.
    chosen : array of bool, shape (N,)
        Which images.

    Returns
    -------
    array, shape (N, C, H, W)
        Images.

    Notes
    -----
    Source: Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", 2012.

    Examples
    --------
    >>> flip(np.array([[[[1, 2, 3]]], [[[4, 5, 6]]]]), np.array([True, False])).reshape(2, 3)
    array([[3, 2, 1],
           [4, 5, 6]])
    """
    picked = chosen[:, None, None, None]
    return np.where(picked, x[..., ::-1], x)


def shift(
    x: np.ndarray, down: np.ndarray, right: np.ndarray
) -> np.ndarray:
    r"""Move each image by whole pixels: a crop of the image with a border of zeros.

    .. math:: y_{n m u v} = x_{n,\, m,\, u - \text{down}_n,\, v - \text{right}_n}

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Images.
    down, right : arrays of int, shape (N,)
        How far; negative numbers move up and to the left.

    Returns
    -------
    array, shape (N, C, H, W)
        Images; zeros come in from outside.

    Notes
    -----
    Source: Simard et al., "Best practices for convolutional neural networks applied to visual document analysis", 2003.

    Examples
    --------
    >>> shift(np.array([[[[1, 2, 3]]]]), np.array([0]), np.array([-1])).ravel()
    array([2, 3, 0])
    """
    height, width = x.shape[2:]
    most = int(max(abs(down).max(), abs(right).max()))
    wide = np.pad(x, ((0, 0), (0, 0), (most, most), (most, most)))
    top, left = most - down, most - right
    return np.stack(
        [
            image[:, r : r + height, c : c + width]
            for image, r, c in zip(wide, top, left)
        ]
    )


def brighten(x: np.ndarray, factor: np.ndarray) -> np.ndarray:
    r"""Make each image brighter or darker.

    .. math:: y_n = \min(1,\, \text{factor}_n\, x_n)

    Parameters
    ----------
    x : array, shape (N, C, H, W)
        Images with values from 0 to 1.
    factor : array, shape (N,)
        More than 1 for brighter, less for darker.

    Returns
    -------
    array, shape (N, C, H, W)
        Images with values from 0 to 1.

    Notes
    -----
    Source: Howard, "Some improvements on deep convolutional neural network based image classification", 2013.

    Examples
    --------
    >>> brighten(np.array([[[[0.2, 0.5, 0.8]]]]), np.array([1.5])).ravel().round(2)
    array([0.3 , 0.75, 1.  ])
    """
    return np.minimum(factor[:, None, None, None] * x, 1)
