"""Schedules that begin with a small rate: a straight line up, and a step."""

from __future__ import annotations

from convnet._arguments import integer
from convnet._numbers import number
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import Schedule


class LinearLR(Schedule):
    r"""Let the rate go along a straight line from one factor to another: a warm-up.

    .. math:: α_t = α_0 \left(a + (b - a)\, \frac{\min(t, T)}{T}\right)

    Adaptive optimizers and large batches want small steps until their averages mean something. Put another
    schedule behind this one with `SequentialLR`.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
    start_factor, end_factor : float
        Factors :math:`a` at the start and :math:`b` at the end, from 0 to 1.
    total_iters : int
        Steps :math:`T` of the way.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017; names of
    `torch.optim.lr_scheduler.LinearLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = LinearLR(optimizer, start_factor=0.25, total_iters=3)
    >>> [schedule.rate(step) for step in range(5)]
    [0.25, 0.5, 0.75, 1.0, 1.0]
    """

    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: float = 1.0 / 3.0,
        end_factor: float = 1.0,
        total_iters: int = 5,
    ) -> None:
        super().__init__(optimizer)
        self.start_factor = number(self.name, "start_factor", start_factor, 0.0, 1.0)
        if self.start_factor == 0.0:
            raise ValueError(
                f"{self.name}: start_factor must be above 0: with a rate of 0 nothing is learned"
            )
        self.end_factor = number(self.name, "end_factor", end_factor, 0.0, 1.0)
        self.total_iters = integer(self.name, "total_iters", total_iters, 1)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        done = min(step, self.total_iters) / self.total_iters
        return self.base_lrs[group] * (self.start_factor + (self.end_factor - self.start_factor) * done)


class ConstantLR(Schedule):
    r"""Multiply the rate by a factor for some steps, and by 1 after them.

    .. math:: α_t = α_0\, a \;\text{ for } t < T, \qquad α_t = α_0 \;\text{ from then on}

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are :math:`α_0`.
    factor : float
        Factor :math:`a`, from 0 to 1.
    total_iters : int
        Steps :math:`T` with the factor.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016, section 4.2 (the
    warm-up of the network with 110 layers); names of `torch.optim.lr_scheduler.ConstantLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = ConstantLR(optimizer, factor=0.1, total_iters=2)
    >>> [schedule.rate(step) for step in range(4)]
    [0.1, 0.1, 1.0, 1.0]
    """

    def __init__(self, optimizer: Optimizer, factor: float = 1.0 / 3.0, total_iters: int = 5) -> None:
        super().__init__(optimizer)
        self.factor = number(self.name, "factor", factor, 0.0, 1.0)
        self.total_iters = integer(self.name, "total_iters", total_iters, 0)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        return self.base_lrs[group] * (self.factor if step < self.total_iters else 1.0)
