"""Checking a gradient: finite differences by every number, and how far two gradients lie apart."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def numerical_gradient(
    f: Callable[[np.ndarray], float],
    x: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    r"""Take the gradient of a function by central differences, one number after the other.

    .. math:: \frac{\partial f}{\partial x_k} \approx \frac{f(x + \epsilon e_k) - f(x - \epsilon e_k)}{2 \epsilon}

    Parameters
    ----------
    f : function
        Takes an array in the shape of x and returns one number.
    x : array, any shape
        Where to take the gradient.
    eps : float
        Step :math:`\epsilon`.

    Returns
    -------
    array
        In the shape of x.

    Notes
    -----
    Source: the gradient check of CS231n's assignments.

    Examples
    --------
    >>> numerical_gradient(lambda x: x[0] * x[1], np.array([3.0, 5.0])).round(6)
    array([5., 3.])
    """
    grad = np.zeros(x.shape)
    for place in np.ndindex(*x.shape):
        step = np.zeros(x.shape)
        step[place] = eps
        grad[place] = (f(x + step) - f(x - step)) / (2 * eps)
    return grad


def relative_error(a: np.ndarray, b: np.ndarray) -> float:
    r"""Say how far two gradients lie apart, from 0 for the same to 1 for opposite ones.

    .. math:: \frac{\lVert a - b \rVert}{\lVert a \rVert + \lVert b \rVert}

    Parameters
    ----------
    a, b : arrays, of one shape, not both zero
        The two gradients.

    Returns
    -------
    float
        A number from 0 to 1, the same whatever unit the gradients have.

    Notes
    -----
    Source: CS231n's notes on gradient checks.

    Examples
    --------
    >>> relative_error(np.array([3.0, 4]), np.array([3.0, -4]))
    0.8
    """
    apart = np.linalg.norm(a - b)
    return float(apart / (np.linalg.norm(a) + np.linalg.norm(b)))
