"""Resizing images: each output pixel mixes input pixels, along the rows and along the columns."""

from __future__ import annotations

import numpy as np


def nearest_matrix(size: int, outputs: int) -> np.ndarray:
    r"""Tell which pixel each output of an axis copies.

    .. math:: a_{r u} = 1 \text{ for } u = \lfloor r L / L' \rfloor, \text{ else } 0

    Parameters
    ----------
    size, outputs : int
        Length :math:`L` of the axis before and :math:`L'` after.

    Returns
    -------
    array, shape (outputs, size)
        One row of shares for each output; each row sums to 1.

    Notes
    -----
    Source: CUHK ELEG5491, bilinear interpolation.

    Examples
    --------
    >>> nearest_matrix(2, 4).astype(int).tolist()
    [[1, 0], [1, 0], [0, 1], [0, 1]]
    """
    out = np.zeros((outputs, size))
    for r in range(outputs):
        out[r, r * size // outputs] = 1.0
    return out


def bilinear_matrix(
    size: int, outputs: int, align_corners: bool = False
) -> np.ndarray:
    r"""Tell how each output of an axis mixes the two pixels that it lies between.

    .. math:: a_{r u} = 1 - |u - t_r|, \qquad t_r = \bigl(r + \tfrac12\bigr) \tfrac{L}{L'} - \tfrac12
        \quad\text{or}\quad t_r = r\, \tfrac{L - 1}{L' - 1} \quad\text{(align\_corners)}

    Parameters
    ----------
    size, outputs : int
        Length :math:`L` of the axis before and :math:`L'` after.
    align_corners : bool
        Whether the centres of the corner pixels stay where they are, instead of the image's outer edges.

    Returns
    -------
    array, shape (outputs, size)
        One row of shares for each output; each row sums to 1.

    Notes
    -----
    Source: CUHK ELEG5491, bilinear interpolation.

    Examples
    --------
    >>> bilinear_matrix(2, 4)
    array([[1.  , 0.  ],
           [0.75, 0.25],
           [0.25, 0.75],
           [0.  , 1.  ]])
    """
    places = (np.arange(outputs) + 0.5) * size / outputs - 0.5
    if align_corners:
        places = np.linspace(0, size - 1, outputs)
    places = np.clip(places, 0, size - 1)  # outside is the edge
    distance = np.abs(places[:, None] - np.arange(size))
    return np.maximum(1 - distance, 0)  # (outputs, size)


def interpolate(
    x: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    r"""Resize images by one matrix for the rows and one for the columns.

    .. math:: y_{n m r c} = \sum_{u, v} a_{r u}\, b_{c v}\, x_{n m u v}

    Parameters
    ----------
    x, rows, columns : arrays, shapes (N, C, H, W), (H', H), (W', W)
        Images, and shares :math:`a` and :math:`b` from `nearest_matrix` or `bilinear_matrix`.

    Returns
    -------
    array, shape (N, C, H', W')
        Images.

    Notes
    -----
    Source: CUHK ELEG5491, bilinear interpolation.

    Examples
    --------
    >>> interpolate(np.array([[[[0.0, 4]]]]), np.eye(1), bilinear_matrix(2, 4))
    array([[[[0., 1., 3., 4.]]]])
    """
    return rows @ x @ columns.T


def interpolate_backward(
    grad_out: np.ndarray, rows: np.ndarray, columns: np.ndarray
) -> np.ndarray:
    r"""Return the gradient of `interpolate`: each pixel gets back the shares it gave.

    .. math:: \frac{\partial L}{\partial x_{n m u v}} = \sum_{r, c} a_{r u}\, b_{c v}\, g_{n m r c}

    Parameters
    ----------
    grad_out : array, shape (N, C, H', W')
        Upstream gradient :math:`g`.
    rows, columns : arrays, shapes (H', H), (W', W)
        As in `interpolate`.

    Returns
    -------
    array, shape (N, C, H, W)
        In the shape of x.

    Notes
    -----
    Source: CUHK ELEG5491, bilinear interpolation.

    Examples
    --------
    >>> interpolate_backward(np.ones((1, 1, 1, 4)), np.eye(1), bilinear_matrix(2, 4))
    array([[[[2., 2.]]]])
    """
    return rows.T @ grad_out @ columns
