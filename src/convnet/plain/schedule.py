"""Learning-rate schedules: the rate of a step, from the step's number alone."""

from __future__ import annotations

import numpy as np


def step_rate(
    t: int, lr: float, step_size: int, gamma: float = 0.1
) -> float:
    r"""Multiply the rate by a factor every so many steps.

    .. math:: \eta_t = \eta_0\, \gamma^{\lfloor t / s \rfloor}

    Parameters
    ----------
    t : int
        Number of the step, counted from 0.
    lr : float
        First rate :math:`\eta_0`.
    step_size : int
        Steps :math:`s` from one fall to the next.
    gamma : float
        Factor :math:`\gamma`.

    Returns
    -------
    float
        The rate.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture.

    Examples
    --------
    >>> [step_rate(t, 1.0, 2, 0.5) for t in range(6)]
    [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]
    """
    return lr * gamma ** (t // step_size)


def exponential_rate(t: int, lr: float, gamma: float) -> float:
    r"""Multiply the rate by a factor at every step.

    .. math:: \eta_t = \eta_0\, \gamma^t

    Parameters
    ----------
    t, lr, gamma
        As in `step_rate`.

    Returns
    -------
    float
        The rate.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture.

    Examples
    --------
    >>> [exponential_rate(t, 8.0, 0.5) for t in range(4)]
    [8.0, 4.0, 2.0, 1.0]
    """
    return lr * gamma**t


def cosine_rate(
    t: float, lr: float, steps: float, lowest: float = 0.0
) -> float:
    r"""Let the rate fall along half a cosine: slowly, fast, slowly.

    .. math:: \eta_t = \eta_{min} + (\eta_0 - \eta_{min}) \frac{1 + \cos(\pi t / T)}{2}

    Parameters
    ----------
    t, lr
        As in `step_rate`.
    steps : int
        Steps :math:`T` of the fall.
    lowest : float
        Rate :math:`\eta_{min}` at its end.

    Returns
    -------
    float
        The rate.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Loshchilov and Hutter, "SGDR", 2017.

    Examples
    --------
    >>> [round(float(cosine_rate(t, 1.0, 4)), 3) for t in range(5)]
    [1.0, 0.854, 0.5, 0.146, 0.0]
    """
    fall = (1 + np.cos(np.pi * t / steps)) / 2
    return lowest + (lr - lowest) * fall
