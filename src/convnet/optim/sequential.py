"""Schedules one after another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from convnet._arguments import integer, sequence
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import Schedule


class SequentialLR(Schedule):
    r"""Follow one schedule up to a milestone, and the next one from there on.

    .. math:: α_t = α^{(i)}_{t - m_i} \quad\text{for } m_i \le t < m_{i + 1}, \quad m_0 = 0

    Each schedule counts its steps from 0. All start from the same rate: the one that the optimizer had before
    any of them was made.

    Parameters
    ----------
    optimizer : Optimizer
        The optimizer of all of them.
    schedulers : sequence of Schedule
        The schedules in their order (torch's name).
    milestones : sequence of int
        Steps :math:`m_1 < m_2 < …` at which the next one takes over: one less than there are schedules.

    Raises
    ------
    ValueError
        When there are no schedules, one belongs to another optimizer or needs a metric, or the milestones are
        not as many or do not grow.

    Notes
    -----
    Source: Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017 (warm-up, then
    steps); names of `torch.optim.lr_scheduler.SequentialLR`.

    Examples
    --------
    A warm-up of two steps, then half a cosine:

    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD, CosineAnnealingLR, LinearLR
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> parts = [LinearLR(optimizer, 0.5, total_iters=2), CosineAnnealingLR(optimizer, T_max=4)]
    >>> schedule = SequentialLR(optimizer, parts, milestones=[2])
    >>> [round(schedule.rate(step), 3) for step in range(7)]
    [0.5, 0.75, 1.0, 0.854, 0.5, 0.146, 0.0]
    """

    def __init__(
        self, optimizer: Optimizer, schedulers: Sequence[Schedule], milestones: Sequence[int]
    ) -> None:
        super().__init__(optimizer)
        self.schedulers = list(sequence(self.name, "schedulers", schedulers, "schedules"))
        given = sequence(self.name, "milestones", milestones, "whole numbers")
        self.milestones = [integer(self.name, "milestones", milestone, 0) for milestone in given]
        for place, part in enumerate(self.schedulers):
            if not isinstance(part, Schedule):
                raise ValueError(
                    f"{self.name}: schedulers must be schedules that need no metric, "
                    f"number {place} is a {type(part).__name__}"
                )
            if part.optimizer is not optimizer:
                raise ValueError(
                    f"{self.name}: schedulers must be of one optimizer, number {place} has another"
                )
        if len(self.milestones) != len(self.schedulers) - 1:
            raise ValueError(
                f"{self.name}: milestones must be one less than schedulers, "
                f"got {len(self.milestones)} for {len(self.schedulers)}"
            )
        if self.milestones != sorted(set(self.milestones)):
            raise ValueError(f"{self.name}: milestones must grow, got {self.milestones}")
        self._apply()

    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""
        part, since = self._part(step)
        return part.rate(since, group)

    def state_dict(self) -> dict[str, Any]:
        """Return what is needed to go on from here."""
        return {**super().state_dict(), "schedulers": [part.state_dict() for part in self.schedulers]}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state which `state_dict` returned.

        Raises
        ------
        ValueError
            When it is for another number of schedules or of parameter groups.
        """
        if len(state["schedulers"]) != len(self.schedulers):
            raise ValueError(
                f"{self.name}: the state is for {len(state['schedulers'])} schedules, "
                f"there are {len(self.schedulers)}"
            )
        for part, kept in zip(self.schedulers, state["schedulers"], strict=True):
            part.load_state_dict(kept)
        super().load_state_dict(state)

    def _apply(self) -> None:
        """Let the schedule whose turn it is set the rates, and the momentum where it does that too."""
        part, since = self._part(self.count)
        part.count = since
        part._apply()

    def _part(self, step: int) -> tuple[Schedule, int]:
        """Return the schedule of a step, and the steps since its turn began."""
        place = bisect_right(self.milestones, step)
        return self.schedulers[place], step - (self.milestones[place - 1] if place else 0)
