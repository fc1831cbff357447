"""Loss surfaces with places where the gradient all but vanishes: a saddle, and a plateau."""

from __future__ import annotations

import numpy as np


def saddle(w: np.ndarray) -> np.ndarray:
    r"""Compute a loss with a saddle between two minima.

    .. math:: L(w) = \tfrac12 w_1^2 + \tfrac14 (w_2^2 - 1)^2

    The saddle is at (0, 0), with the loss ¼ and the curvatures 1 and −1. The minima are 0, at (0, 1) and
    (0, −1). Gradient descent from any point with :math:`w_2 = 0` ends in the saddle.

    Parameters
    ----------
    w : array, shape (..., 2)
        Points.

    Returns
    -------
    array, shape (...)
        The loss at each point.

    Notes
    -----
    Source: Nesterov, "Introductory lectures on convex optimization", 2004, section 1.2; ¼ is added here, so
    that the minimum is 0.

    Examples
    --------
    >>> saddle(np.array([[0.0, 0], [0, 1], [2, 0]]))
    array([0.25, 0.  , 2.25])
    """
    x, y = w[..., 0], w[..., 1]
    return 0.5 * x**2 + 0.25 * (y**2 - 1) ** 2


def saddle_backward(w: np.ndarray) -> np.ndarray:
    r"""Return the gradient of `saddle`.

    .. math:: \nabla L = \bigl(w_1,\; w_2 (w_2^2 - 1)\bigr)

    Parameters
    ----------
    w : array, shape (..., 2)
        Points.

    Returns
    -------
    array, shape (..., 2)
        The gradient at each point.

    Notes
    -----
    Source: as `saddle`.

    Examples
    --------
    >>> saddle_backward(np.array([[2.0, 2], [0, 2]]))
    array([[2., 6.],
           [0., 6.]])
    """
    x, y = w[..., 0], w[..., 1]
    return np.stack([x, y * (y**2 - 1)], axis=-1)


def plateau(w: np.ndarray) -> np.ndarray:
    r"""Compute a loss that is almost flat, except around its minimum.

    .. math:: L(w) = \frac{\lVert w \rVert^2}{1 + \lVert w \rVert^2}

    The minimum is 0, at (0, 0); far away the loss is just below 1, and the gradient falls with the third
    power of the distance.

    Parameters
    ----------
    w : array, shape (..., 2)
        Points.

    Returns
    -------
    array, shape (...)
        The loss at each point.

    Notes
    -----
    Source: Geman and McClure, "Bayesian image analysis: an application to single photon emission
    tomography", 1985, whose robust loss this is.

    Examples
    --------
    >>> plateau(np.array([[0.0, 0], [1, 0], [0, 7]]))
    array([0.  , 0.5 , 0.98])
    """
    square = (w**2).sum(axis=-1)
    return square / (1 + square)


def plateau_backward(w: np.ndarray) -> np.ndarray:
    r"""Return the gradient of `plateau`.

    .. math:: \nabla L = \frac{2 w}{(1 + \lVert w \rVert^2)^2}

    Parameters
    ----------
    w : array, shape (..., 2)
        Points.

    Returns
    -------
    array, shape (..., 2)
        The gradient at each point.

    Notes
    -----
    Source: as `plateau`.

    Examples
    --------
    >>> plateau_backward(np.array([[1.0, 0], [0, 7]]))
    array([[0.5   , 0.    ],
           [0.    , 0.0056]])
    """
    square = (w**2).sum(axis=-1, keepdims=True)
    return 2 * w / (1 + square) ** 2
