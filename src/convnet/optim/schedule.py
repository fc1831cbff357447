"""What all schedules share: a count of steps, and an optimizer whose learning rates follow it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from convnet._numbers import number
from convnet.optim.optimizer import Optimizer


class Schedule(ABC):
    """Set an optimizer's learning rates from the number of steps so far.

    Each schedule is a formula, `rate(step)`, which can be plotted without an optimizer's help. The rate of
    step 0 is set at once; `step` then counts on. Whether a step is a batch or an epoch is up to the caller.

    Each parameter group has a rate of its own. A schedule starts from what it was when the first schedule was
    made for the optimizer, which the group keeps as "initial_lr", as in torch: several can then be made, one
    after another, of which each moves the rate at once.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are the base rates, unless the schedule brings its own.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        for group in optimizer.param_groups:
            group.setdefault("initial_lr", group["lr"])
        self.base_lrs: list[float] = [group["initial_lr"] for group in optimizer.param_groups]
        self.count = 0

    @property
    def name(self) -> str:
        """The schedule's name, which opens its messages."""
        return type(self).__name__

    @abstractmethod
    def rate(self, step: int, group: int = 0) -> float:
        """Return the learning rate of a step, counted from 0, for a parameter group."""

    def step(self) -> None:
        """Count one step on and set the optimizer's rates.

        Raises
        ------
        ValueError
            When the optimizer has other groups than it had when the schedule was made.
        """
        self.count += 1
        self._apply()

    def get_last_lr(self) -> list[float]:
        """Return the rate of each parameter group, as it is now."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def _apply(self) -> None:
        groups = self.optimizer.param_groups
        if len(groups) != len(self.base_lrs):
            raise ValueError(
                f"{self.name}: the optimizer must keep its {len(self.base_lrs)} parameter groups, "
                f"it has {len(groups)} now: make the schedule anew"
            )
        for place, group in enumerate(groups):
            group["lr"] = self.rate(self.count, place)

    def state_dict(self) -> dict[str, Any]:
        """Return what is needed to go on from here."""
        return {"base_lrs": list(self.base_lrs), "count": self.count}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state which `state_dict` returned.

        Raises
        ------
        ValueError
            When it is for another number of parameter groups.
        """
        self.base_lrs = self._for_each_group("base_lrs", state["base_lrs"])
        self.count = int(state["count"])
        self._apply()

    def _for_each_group(self, name: str, value: float | Sequence[float], low: float = 0.0) -> list[float]:
        """Return one number for each parameter group, each at least `low`."""
        return for_each_group(self.name, self.optimizer, name, value, low)


class MomentumSchedule(Schedule):
    """A schedule that may move the momentum against the rate.

    Smith's observation: where the rate is high, less momentum is wanted.
    """

    def __init__(self, optimizer: Optimizer, cycle_momentum: bool) -> None:
        super().__init__(optimizer)
        if cycle_momentum and not getattr(optimizer, "momentum", 0.0):
            raise ValueError(
                f"{self.name}: cycle_momentum wants an optimizer with momentum, "
                f"{optimizer.name} has none; pass cycle_momentum=False"
            )
        self.cycle_momentum = cycle_momentum

    @abstractmethod
    def momentum(self, step: int) -> float:
        """Return the momentum of a step, counted from 0."""

    def _apply(self) -> None:
        super()._apply()
        if self.cycle_momentum:
            momentum = self.momentum(self.count)
            for group in self.optimizer.param_groups:
                if "betas" in group:
                    group["betas"] = (momentum, group["betas"][1])
                else:
                    group["momentum"] = momentum


def for_each_group(
    owner: str, optimizer: Optimizer, name: str, value: float | Sequence[float], low: float = 0.0
) -> list[float]:
    """Return one number for each parameter group: the same for all, or as many as there are groups."""
    groups = len(optimizer.param_groups)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return [number(owner, name, value, low)] * groups
    if len(value) != groups:
        raise ValueError(
            f"{owner}: {name} must be a number, or one for each of {groups} parameter groups, got {value!r}"
        )
    return [number(owner, f"{name}[{place}]", item, low) for place, item in enumerate(value)]
