"""Schedules that only fall: in steps, by a constant factor, along a power."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from convnet._arguments import integer, sequence
from convnet._numbers import number
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import Schedule


class StepLR(Schedule):
    r"""Multiply the rate by `gamma` every `step_size` steps.

    .. math:: α_t = α_0\, γ^{\lfloor t / s \rfloor}

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
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

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        return float(self.base_lrs[group] * self.gamma ** (step // self.step_size))


class MultiStepLR(Schedule):
    r"""Multiply the rate by `gamma` at each milestone.

    .. math:: α_t = α_0\, γ^{\lvert \{m : m \le t\} \rvert}

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
    milestones : sequence of int
        Steps :math:`m` at which the rate falls.
    gamma : float
        Factor :math:`γ`.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016, section 4.2; names
    of `torch.optim.lr_scheduler.MultiStepLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = MultiStepLR(optimizer, milestones=[2, 5], gamma=0.5)
    >>> [schedule.rate(step) for step in range(7)]
    [1.0, 1.0, 0.5, 0.5, 0.5, 0.25, 0.25]
    """

    def __init__(self, optimizer: Optimizer, milestones: Sequence[int], gamma: float = 0.1) -> None:
        super().__init__(optimizer)
        given = sequence(self.name, "milestones", milestones, "whole numbers")
        self.milestones = sorted(integer(self.name, "milestones", milestone, 0) for milestone in given)
        self.gamma = number(self.name, "gamma", gamma)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        return float(self.base_lrs[group] * self.gamma ** bisect_right(self.milestones, step))


class ExponentialLR(Schedule):
    r"""Multiply the rate by `gamma` every step.

    .. math:: α_t = α_0\, γ^t

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
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

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        return float(self.base_lrs[group] * self.gamma**step)


class PolynomialLR(Schedule):
    r"""Let the rate fall to zero along a power.

    .. math:: α_t = α_0 \left(1 - \frac{\min(t, T)}{T}\right)^p

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
    total_iters : int
        Steps :math:`T` down to zero.
    power : float
        Power :math:`p`; 1 is a straight line.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: Chen et al., "DeepLab: semantic image segmentation with deep convolutional nets, atrous
    convolution, and fully connected CRFs", 2017; names of `torch.optim.lr_scheduler.PolynomialLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = PolynomialLR(optimizer, total_iters=4, power=2.0)
    >>> [schedule.rate(step) for step in range(6)]
    [1.0, 0.5625, 0.25, 0.0625, 0.0, 0.0]
    """

    def __init__(self, optimizer: Optimizer, total_iters: int = 5, power: float = 1.0) -> None:
        super().__init__(optimizer)
        self.total_iters = integer(self.name, "total_iters", total_iters, 1)
        self.power = number(self.name, "power", power)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        left = 1.0 - min(step, self.total_iters) / self.total_iters
        return float(self.base_lrs[group] * left**self.power)
