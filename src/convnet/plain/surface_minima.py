"""Loss surfaces with several minima: four equal ones, and four of which one is the lowest."""

from __future__ import annotations

import numpy as np


def himmelblau(w: np.ndarray) -> np.ndarray:
    r"""Compute Himmelblau's function, with four minima of equal depth.

    .. math:: L(w) = (w_1^2 + w_2 - 11)^2 + (w_1 + w_2^2 - 7)^2

    The minima are 0, at (3, 2), (−2.805118, 3.131313), (−3.779310, −3.283186) and (3.584428, −1.848127).

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
    Source: Himmelblau, "Applied nonlinear programming", 1972.

    Examples
    --------
    >>> himmelblau(np.array([[3.0, 2], [0, 0], [1, 1]]))
    array([  0., 170., 106.])
    """
    x, y = w[..., 0], w[..., 1]
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def himmelblau_backward(w: np.ndarray) -> np.ndarray:
    r"""Return the gradient of `himmelblau`.

    .. math:: \nabla L = (4 w_1 r + 2 s,\; 2 r + 4 w_2 s), \qquad r = w_1^2 + w_2 - 11, \quad s = w_1 + w_2^2 - 7

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
    Source: as `himmelblau`.

    Examples
    --------
    >>> himmelblau_backward(np.array([1.0, 1]))
    array([-46., -38.])
    """
    x, y = w[..., 0], w[..., 1]
    r, s = x**2 + y - 11, x + y**2 - 7
    return np.stack([4 * x * r + 2 * s, 2 * r + 4 * y * s], -1)


def styblinski_tang(w: np.ndarray) -> np.ndarray:
    r"""Compute the function of Styblinski and Tang, with one lowest minimum among local ones.

    .. math:: L(w) = \frac12 \sum_i \bigl(w_i^4 - 16 w_i^2 + 5 w_i\bigr)

    Each number has two valleys of its own, at −2.903534 and 2.746803. With two numbers there are four minima:
    the lowest is −78.332331, at (−2.903534, −2.903534); the others are −64.195613, twice, and −50.058894.

    Parameters
    ----------
    w : array, shape (..., 2)
        Points; as many numbers as you like in the place of 2.

    Returns
    -------
    array, shape (...)
        The loss at each point.

    Notes
    -----
    Source: Styblinski and Tang, "Experiments in nonconvex optimization: stochastic approximation with function
    smoothing and simulated annealing", 1990.

    Examples
    --------
    >>> styblinski_tang(np.array([[0.0, 0], [1, 1], [-2.903534, -2.903534]])).round(6)
    array([  0.      , -10.      , -78.332331])
    """
    square = w**2
    losses = square**2 - 16 * square + 5 * w
    return 0.5 * losses.sum(axis=-1)


def styblinski_tang_backward(w: np.ndarray) -> np.ndarray:
    r"""Return the gradient of `styblinski_tang`.

    .. math:: \frac{\partial L}{\partial w_i} = 2 w_i^3 - 16 w_i + \tfrac52

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
    Source: as `styblinski_tang`.

    Examples
    --------
    >>> styblinski_tang_backward(np.array([1.0, -1]))
    array([-11.5,  16.5])
    """
    return w * (2 * w**2 - 16) + 2.5
