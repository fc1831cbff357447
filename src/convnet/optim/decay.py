"""Schedules that only fall: in steps, and by a constant factor."""

from __future__ import annotations

from convnet._arguments import integer
from convnet._numbers import number
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import Schedule


class StepLR(Schedule):
    r"""Multiply the rate by `gamma` every `step_size` steps.

    .. math:: α_t = α_0\, γ^{\lfloor t / s \rfloor}

    Parameters
    ----------
    optimizer : Optimizer
        Its `lr` is :math:`α_0`.
    step_size : int
        Steps :math:`s` between two falls.
    gamma : float
        Factor :math:`γ`.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; names of `torch.optim.lr_scheduler.StepLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = StepLR(optimizer, step_size=2, gamma=0.5)
    >>> [schedule.rate(step) for step in range(6)]
    [1.0, 1.0, 0.5, 0.5, 0.25, 0.25]
    """

    def __init__(self, optimizer: Optimizer, step_size: int, gamma: float = 0.1) -> None:
        super().__init__(optimizer)
        self.step_size = integer(self.name, "step_size", step_size, 1)
        self.gamma = number(self.name, "gamma", gamma)
        self._apply()

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        return float(self.base_lr * self.gamma ** (step // self.step_size))


class ExponentialLR(Schedule):
    r"""Multiply the rate by `gamma` every step.

    .. math:: α_t = α_0\, γ^t

    Parameters
    ----------
    optimizer : Optimizer
        Its `lr` is :math:`α_0`.
    gamma : float
        Factor :math:`γ`.

    Raises
    ------
    ValueError
        When `gamma` is out of range.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; names of `torch.optim.lr_scheduler.ExponentialLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=8.0)
    >>> schedule = ExponentialLR(optimizer, gamma=0.5)
    >>> schedule.step(); schedule.step(); optimizer.lr
    2.0
    """

    def __init__(self, optimizer: Optimizer, gamma: float) -> None:
        super().__init__(optimizer)
        self.gamma = number(self.name, "gamma", gamma)
        self._apply()

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        return float(self.base_lr * self.gamma**step)
