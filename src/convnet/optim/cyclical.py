"""Cyclical learning rates: up and down along triangles."""

from __future__ import annotations

from collections.abc import Sequence

from convnet._arguments import choice
from convnet._numbers import number
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import MomentumSchedule, for_each_group


class CyclicLR(MomentumSchedule):
    r"""Let the rate go up and down between two bounds.

    .. math:: α_t = α_{base} + (α_{max} - α_{base})\, h_t\, k_t

    where :math:`h_t` rises from 0 to 1 in `step_size_up` steps and falls back in `step_size_down`. The
    height :math:`k_t` is 1 ("triangular"), :math:`2^{-c}` in cycle :math:`c = 0, 1, …` ("triangular2"), or
    :math:`γ^t` ("exp_range").

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are replaced by `base_lr`.
    base_lr, max_lr : float or sequence of float
        The bounds, or one for each parameter group.
    step_size_up : int
        Steps from the lower bound to the upper.
    step_size_down : int, optional
        Steps back; `step_size_up` unless given.
    mode : {"triangular", "triangular2", "exp_range"}
        What becomes of the height.
    gamma : float
        Factor :math:`γ` of "exp_range".
    cycle_momentum : bool
        Let the momentum go from `max_momentum` down and up again, against the rate.
    base_momentum, max_momentum : float
        Its bounds.

    Raises
    ------
    ValueError
        When an argument is out of range, or the optimizer has no momentum to cycle.

    Notes
    -----
    Source: Georgia Tech CS 7643, optimization lecture; Smith, "Cyclical learning rates for training neural
    networks", 2017; names and defaults of `torch.optim.lr_scheduler.CyclicLR`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = CyclicLR(optimizer, 0.0, 1.0, step_size_up=2, cycle_momentum=False)
    >>> [schedule.rate(step) for step in range(6)]
    [0.0, 0.5, 1.0, 0.5, 0.0, 0.5]
    """

    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: float | Sequence[float],
        max_lr: float | Sequence[float],
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: str = "triangular",
        gamma: float = 1.0,
        cycle_momentum: bool = True,
        base_momentum: float = 0.8,
        max_momentum: float = 0.9,
    ) -> None:
        base_lrs = for_each_group(self.name, optimizer, "base_lr", base_lr)
        for group, base in zip(optimizer.param_groups, base_lrs, strict=True):
            group["lr"] = base
        super().__init__(optimizer, cycle_momentum)
        self.base_lrs = base_lrs
        self.max_lrs = self._for_each_group("max_lr", max_lr)
        self.up = number(self.name, "step_size_up", step_size_up, 1.0)
        self.down = (
            self.up if step_size_down is None else number(self.name, "step_size_down", step_size_down, 1.0)
        )
        self.mode = choice(self.name, "mode", mode, ("triangular", "triangular2", "exp_range"))
        self.gamma = number(self.name, "gamma", gamma)
        self.base_momentum = number(self.name, "base_momentum", base_momentum)
        self.max_momentum = number(self.name, "max_momentum", max_momentum)
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        base = self.base_lrs[group]
        return base + (self.max_lrs[group] - base) * self._height(step)

    def momentum(self, step: int) -> float:
        """Return the momentum of a step, counted from 0."""
        return self.max_momentum - (self.max_momentum - self.base_momentum) * self._height(step)

    def _height(self, step: int) -> float:
        cycle, position = divmod(step, self.up + self.down)
        rising = position <= self.up
        height = position / self.up if rising else (self.up + self.down - position) / self.down
        if self.mode == "triangular2":
            return height / float(2**cycle)
        return height * float(self.gamma**step) if self.mode == "exp_range" else height
