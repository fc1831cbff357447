"""Schedules that fall along half a cosine, once or again and again."""

from __future__ import annotations

from math import cos, pi

from convnet._arguments import integer
from convnet._numbers import number
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import Schedule


class CosineAnnealingLR(Schedule):
    r"""Let the rate fall along half a cosine: slowly, fast, slowly.

    .. math:: α_t = α_{min} + \frac{α_0 - α_{min}}{2} \left(1 + \cos \frac{π t}{T}\right)

    After :math:`T` steps the cosine comes up again.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
    T_max : int
        Steps :math:`T` down to the lowest rate (torch's name).
    eta_min : float
        Lowest rate :math:`α_{min}` (torch's name).

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Loshchilov and Hutter, "SGDR: stochastic gradient
    descent with warm restarts", 2017; names of `torch.optim.lr_scheduler.CosineAnnealingLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = CosineAnnealingLR(optimizer, T_max=4)
    >>> [round(schedule.rate(step), 3) for step in range(5)]
    [1.0, 0.854, 0.5, 0.146, 0.0]
    """

    def __init__(self, optimizer: Optimizer, T_max: int, eta_min: float = 0.0) -> None:  # noqa: N803
        super().__init__(optimizer)
        self.period = integer(self.name, "T_max", T_max, 1)
        self.eta_min = number(self.name, "eta_min", eta_min)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        fall = (1.0 + cos(pi * step / self.period)) / 2.0
        return self.eta_min + (self.base_lrs[group] - self.eta_min) * fall


class CosineAnnealingWarmRestarts(Schedule):
    r"""Let the rate fall along half a cosine, jump back to its start, and fall again.

    .. math:: α_t = α_{min} + \frac{α_0 - α_{min}}{2} \left(1 + \cos \frac{π t_{cur}}{T_i}\right)

    where :math:`t_{cur}` counts the steps since the last restart, and each period :math:`T_i` is `T_mult`
    times as long as the one before.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
    T_0 : int
        Steps of the first period (torch's name).
    T_mult : int
        Factor from one period to the next (torch's name).
    eta_min : float
        Lowest rate :math:`α_{min}` (torch's name).

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017; names of
    `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = CosineAnnealingWarmRestarts(optimizer, T_0=2, T_mult=2)
    >>> [round(schedule.rate(step), 3) for step in range(8)]
    [1.0, 0.5, 1.0, 0.854, 0.5, 0.146, 1.0, 0.962]
    """

    def __init__(self, optimizer: Optimizer, T_0: int, T_mult: int = 1, eta_min: float = 0.0) -> None:  # noqa: N803
        super().__init__(optimizer)
        self.first_period = integer(self.name, "T_0", T_0, 1)
        self.factor = integer(self.name, "T_mult", T_mult, 1)
        self.eta_min = number(self.name, "eta_min", eta_min)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        period = self.first_period
        if self.factor == 1:
            step %= period
        while step >= period:
            step, period = step - period, period * self.factor
        fall = (1.0 + cos(pi * step / period)) / 2.0
        return self.eta_min + (self.base_lrs[group] - self.eta_min) * fall
