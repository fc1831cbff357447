"""Loss surfaces with a long valley: steep walls, and a floor on which little points to the minimum."""

from __future__ import annotations

import numpy as np


def rosenbrock(w: np.ndarray) -> np.ndarray:
    r"""Compute Rosenbrock's function, a valley that bends like a parabola.

    .. math:: L(w) = (1 - w_1)^2 + 100\, (w_2 - w_1^2)^2

    The minimum is 0, at (1, 1). The usual start is (−1.2, 1), where the loss is 24.2.

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
    Source: Rosenbrock, "An automatic method for finding the greatest or least value of a function", 1960.

    Examples
    --------
    >>> rosenbrock(np.array([[1.0, 1], [0, 0], [0, 1]]))
    array([  0.,   1., 101.])
    """
    x, y = w[..., 0], w[..., 1]
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def rosenbrock_backward(w: np.ndarray) -> np.ndarray:
    r"""Return the gradient of `rosenbrock`.

    .. math:: \nabla L = \bigl(-2 (1 - w_1) - 400\, w_1 (w_2 - w_1^2),\; 200\, (w_2 - w_1^2)\bigr)

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
    Source: as `rosenbrock`.

    Examples
    --------
    >>> rosenbrock_backward(np.array([1.0, 2]))
    array([-400.,  200.])
    """
    x, y = w[..., 0], w[..., 1]
    off = y - x**2  # how far off the floor of the valley
    grad_x = -2 * (1 - x) - 400 * x * off
    return np.stack([grad_x, 200 * off], axis=-1)


def beale(w: np.ndarray) -> np.ndarray:
    r"""Compute Beale's function, with a curved valley and steep corners.

    .. math:: L(w) = (1.5 - w_1 + w_1 w_2)^2 + (2.25 - w_1 + w_1 w_2^2)^2 + (2.625 - w_1 + w_1 w_2^3)^2

    The minimum is 0, at (3, 0.5). It is looked for in −4.5 … 4.5.

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
    Source: Beale, "On an iterative method for finding a local minimum of a function of more than one
    variable", Princeton, technical report 25, 1958.

    Examples
    --------
    >>> beale(np.array([[3.0, 0.5], [0, 0], [1, 1]]))
    array([ 0.      , 14.203125, 14.203125])
    """
    x, y = w[..., 0], w[..., 1]
    first, second = 1.5 - x + x * y, 2.25 - x + x * y * y
    third = 2.625 - x + x * y * y * y
    return first**2 + second**2 + third**2


def beale_backward(w: np.ndarray) -> np.ndarray:
    r"""Return the gradient of `beale`; r₁, r₂ and r₃ are what is squared there.

    .. math:: \nabla L = 2 \sum_{n=1}^{3} r_n \bigl(w_2^n - 1,\; n\, w_1 w_2^{n-1}\bigr)

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
    Source: as `beale`.

    Examples
    --------
    >>> beale_backward(np.array([1.0, 1]))
    array([ 0.  , 27.75])
    """
    x, y = w[..., 0], w[..., 1]
    first, second = 1.5 - x + x * y, 2.25 - x + x * y * y
    third = 2.625 - x + x * y * y * y
    grad_x = first * (y - 1) + second * (y * y - 1)
    grad_x = grad_x + third * (y * y * y - 1)
    grad_y = x * (first + 2 * second * y + 3 * third * y * y)
    return np.stack([2 * grad_x, 2 * grad_y], axis=-1)
