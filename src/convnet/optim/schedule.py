"""What all schedules share: a count of steps, and an optimizer whose learning rate follows it."""

from __future__ import annotations

from abc import ABC, abstractmethod

from convnet.optim.optimizer import Optimizer


class Schedule(ABC):
    """Set an optimizer's learning rate from the number of steps so far.

    Each schedule is a formula, `rate(step)`, which can be plotted without an optimizer's help. The rate of
    step 0 is set at once; `step` then counts on. Whether a step is a batch or an epoch is up to the caller.

    Parameters
    ----------
    optimizer : Optimizer
        Its `lr` when the schedule is made is the base rate, unless the schedule brings its own.
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        self.base_lr = optimizer.lr
        self.count = 0

    @property
    def name(self) -> str:
        """The schedule's name, which opens its messages."""
        return type(self).__name__

    @abstractmethod
    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""

    def step(self) -> None:
        """Count one step on and set the optimizer's rate."""
        self.count += 1
        self._apply()

    def _apply(self) -> None:
        self.optimizer.lr = self.rate(self.count)

    def state_dict(self) -> dict[str, float]:
        """Return what is needed to go on from here."""
        return {"base_lr": self.base_lr, "count": self.count}

    def load_state_dict(self, state: dict[str, float]) -> None:
        """Go on from a state which `state_dict` returned."""
        self.base_lr = float(state["base_lr"])
        self.count = int(state["count"])
        self._apply()


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
            self.optimizer.momentum = self.momentum(self.count)  # type: ignore[attr-defined]
