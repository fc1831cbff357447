"""A step of Nesterov's momentum: look ahead, then take the gradient; and the same, stored ahead."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def nesterov_step(
    w: np.ndarray,
    gradient: Callable[[np.ndarray], np.ndarray],
    v: np.ndarray | float,
    lr: float,
    beta: float = 0.9,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Take the gradient where the velocity will lead, and correct the velocity by it.

    .. math:: \hat w = w_{t - 1} + \beta v_{t - 1}, \qquad v_t = \beta v_{t - 1} - \eta\, g(\hat w), \qquad
        w_t = w_{t - 1} + v_t

    Parameters
    ----------
    w : array, of any shape
        Weights.
    gradient : function
        Returns the gradient :math:`g` of the loss at any weights.
    v : array of the same shape, or 0
        Velocity after the step before, which is that step itself; 0 at the start.
    lr : float
        Learning rate :math:`\eta`.
    beta : float
        Share :math:`\beta` of the velocity that is kept, 0 ≤ β < 1.

    Returns
    -------
    w, v : arrays, in the shape of w
        New weights and velocity; the old ones stay as they are.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture, with the sign of its "equivalent formulation"; Sutskever
    et al., "On the importance of initialization and momentum in deep learning", 2013.

    Examples
    --------
    >>> w, v = nesterov_step(np.array([1.0]), lambda w: 2 * w, 0.0, lr=0.1)
    >>> nesterov_step(w, lambda w: 2 * w, v, lr=0.1)[0].round(3)
    array([0.496])
    """
    ahead = w + beta * v
    v = beta * v - lr * gradient(ahead)
    return w + v, v


def nesterov_ahead_step(
    w: np.ndarray,
    grad: np.ndarray,
    v: np.ndarray | float,
    lr: float,
    beta: float = 0.9,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Take `nesterov_step` from one point ahead to the next, so that the gradient is taken at the weights.

    .. math:: v_t = \beta v_{t - 1} + g_t, \qquad w_t = w_{t - 1} - \eta\, (g_t + \beta v_t)

    Parameters
    ----------
    w, grad, v, lr, beta
        As in `momentum_step`. The weights are the :math:`\hat w` of `nesterov_step`, whose own :math:`w` is
        :math:`\hat w + \eta \beta v` as long as the rate stays.

    Returns
    -------
    w, v : arrays, in the shape of w
        New weights and velocity; the old ones stay as they are.

    Notes
    -----
    Source: the step of `torch.optim.SGD` with ``nesterov=True``.

    Examples
    --------
    >>> nesterov_ahead_step(np.array([1.0]), np.array([2.0]), 0.0, lr=0.1)
    (array([0.62]), array([2.]))
    """
    v = beta * v + grad
    return w - lr * (grad + beta * v), v
