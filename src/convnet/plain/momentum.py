"""A step with momentum, in the three ways in which it is written."""

from __future__ import annotations

import numpy as np


def momentum_step(
    w: np.ndarray,
    grad: np.ndarray,
    v: np.ndarray | float,
    lr: float,
    beta: float = 0.9,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Add the gradient to a fading sum of those before, and step against the sum.

    .. math:: v_t = \beta v_{t - 1} + g_t, \qquad w_t = w_{t - 1} - \eta v_t

    Parameters
    ----------
    w, grad : arrays, of one shape
        Weights, and the gradient :math:`g` of the loss there.
    v : array of the same shape, or 0
        Velocity after the step before; 0 at the start.
    lr : float
        Learning rate :math:`\eta`.
    beta : float
        Share :math:`\beta` of the velocity that is kept, 0 ≤ β < 1. With 0 it is gradient descent.

    Returns
    -------
    w, v : arrays, in the shape of w
        New weights and velocity; the old ones stay as they are.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture, first formulation; the step of `torch.optim.SGD`.

    Examples
    --------
    >>> w, v = momentum_step(np.array([1.0]), np.array([2.0]), 0.0, lr=0.1)
    >>> momentum_step(w, np.array([2.0]), v, lr=0.1)
    (array([0.42]), array([3.8]))
    """
    v = beta * v + grad
    return w - lr * v, v


def averaged_momentum_step(
    w: np.ndarray,
    grad: np.ndarray,
    v: np.ndarray | float,
    lr: float,
    beta: float = 0.9,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Step against an exponential moving average of the gradients.

    .. math:: v_t = \beta v_{t - 1} + (1 - \beta)\, g_t, \qquad w_t = w_{t - 1} - \eta v_t

    Parameters
    ----------
    w, grad, v, lr, beta
        As in `momentum_step`. The rate :math:`\eta / (1 - \beta)` here walks the path of :math:`\eta` there.

    Returns
    -------
    w, v : arrays, in the shape of w
        New weights and velocity; the old ones stay as they are.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture, which names this average and prints the sum.

    Examples
    --------
    >>> averaged_momentum_step(np.array([1.0]), np.array([2.0]), 0.0, lr=1.0, beta=0.75)
    (array([0.5]), array([0.5]))
    """
    v = beta * v + (1 - beta) * grad
    return w - lr * v, v


def velocity_momentum_step(
    w: np.ndarray,
    grad: np.ndarray,
    v: np.ndarray | float,
    lr: float,
    beta: float = 0.9,
) -> tuple[np.ndarray, np.ndarray]:
    r"""Go the last step again, a little shorter, and correct it by the gradient: the velocity is the step.

    .. math:: v_t = \beta v_{t - 1} - \eta g_t, \qquad w_t = w_{t - 1} + v_t

    Parameters
    ----------
    w, grad, v, lr, beta
        As in `momentum_step`, whose path this is as long as the rate stays. A rate that changes reaches the new
        gradient only; `momentum_step` applies it to all of the velocity.

    Returns
    -------
    w, v : arrays, in the shape of w
        New weights and velocity; the old ones stay as they are.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture, "equivalent formulation".

    Examples
    --------
    >>> velocity_momentum_step(np.array([1.0]), np.array([2.0]), 0.0, lr=0.1)
    (array([0.8]), array([-0.2]))
    """
    v = beta * v - lr * grad
    return w + v, v
