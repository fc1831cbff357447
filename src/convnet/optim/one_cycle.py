"""The one-cycle schedule: warm up, then anneal to almost nothing."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi

from convnet._arguments import choice, integer
from convnet._numbers import number
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import MomentumSchedule


class OneCycleLR(MomentumSchedule):
    r"""Warm the rate up from a small value to a large one, then anneal it far below its start.

    The rate goes from `max_lr / div_factor` up to `max_lr` in the first share `pct_start` of the steps, and
    down to `max_lr / (div_factor · final_div_factor)` in the rest. With `three_phase` it comes back to its
    start as fast as it went up, and falls to the lowest rate after that. Between two marks it follows

    .. math::

        α = a + (b - a)\, \frac{1 - \cos π τ}{2} \quad\text{("cos")}, \qquad
        α = a + (b - a)\, τ \quad\text{("linear")}

    with :math:`τ` from 0 to 1. The momentum goes the other way.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are replaced.
    max_lr : float or sequence of float
        The highest rate, or one for each parameter group.
    total_steps : int
        Steps of the whole cycle; the last one counts `total_steps - 1`. One step more is let
        pass, for a loop that counts on after its last batch.
    pct_start : float
        Share of the steps that warm up, from 0 to 1.
    anneal_strategy : {"cos", "linear"}
        Shape of the way between two marks.
    cycle_momentum : bool
        Let the momentum go from `max_momentum` to `base_momentum` and back, against the rate.
    base_momentum, max_momentum : float
        Its bounds.
    div_factor, final_div_factor : float
        How far below `max_lr` the rate starts, and how far below its start it ends.
    three_phase : bool
        Come back to the start before the last fall.

    Raises
    ------
    ValueError
        When an argument is out of range, the optimizer has no momentum to cycle, or a step beyond the
        cycle is asked for.

    Notes
    -----
    Source: Smith and Topin, "Super-convergence: very fast training of neural networks using large learning
    rates", 2018; names and defaults of `torch.optim.lr_scheduler.OneCycleLR`, without its `epochs` and
    `steps_per_epoch`: multiply them.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = OneCycleLR(
    ...     optimizer, 1.0, 7, 3 / 7, anneal_strategy="linear", div_factor=10, cycle_momentum=False
    ... )
    >>> [round(schedule.rate(step), 3) for step in range(7)]
    [0.1, 0.55, 1.0, 0.75, 0.5, 0.25, 0.0]
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | Sequence[float],
        total_steps: int,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: float = 0.85,
        max_momentum: float = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
    ) -> None:
        super().__init__(optimizer, cycle_momentum)
        self.total_steps = integer(self.name, "total_steps", total_steps, 1)
        self.anneal_strategy = choice(self.name, "anneal_strategy", anneal_strategy, ("cos", "linear"))
        self.max_lrs = self._for_each_group("max_lr", max_lr)
        div_factor = number(self.name, "div_factor", div_factor, 1.0)
        first = 1.0 / div_factor
        lowest = first / number(self.name, "final_div_factor", final_div_factor)
        low = number(self.name, "base_momentum", base_momentum)
        high = number(self.name, "max_momentum", max_momentum)
        share = number(self.name, "pct_start", pct_start, 0.0, 1.0) * self.total_steps
        last = float(self.total_steps - 1)
        self.base_lrs = [highest * first for highest in self.max_lrs]
        for group, base in zip(optimizer.param_groups, self.base_lrs, strict=True):
            group["initial_lr"] = base
        # (end of the phase, share of the highest rate there, momentum there)
        self.marks = [(0.0, first, high), (share - 1, 1.0, low), (last, lowest, high)]
        if three_phase:
            self.marks[2:] = [(2 * share - 2, first, high), (last, lowest, high)]
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        return self.max_lrs[group] * self._between(step, 1)

    def momentum(self, step: int) -> float:
        """Return the momentum of a step, counted from 0."""
        return self._between(step, 2)

    def _between(self, step: int, column: int) -> float:
        if step > self.total_steps:
            raise ValueError(f"{self.name}: step {step} lies beyond the cycle of {self.total_steps} steps")
        phases = list(zip(self.marks, self.marks[1:], strict=False))
        before, after = next((pair for pair in phases if step <= pair[1][0]), phases[-1])
        share = (step - before[0]) / (after[0] - before[0]) if after[0] != before[0] else 0.0
        if self.anneal_strategy == "cos":
            share = (1.0 - cos(pi * share)) / 2.0
        return before[column] + (after[column] - before[column]) * share
