"""The schedule that watches: it lowers the rate when nothing gets better any more."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any, SupportsFloat

from convnet._arguments import choice, integer
from convnet._numbers import number
from convnet.optim.optimizer import Optimizer
from convnet.optim.schedule import for_each_group


class ReduceLROnPlateau:
    r"""Multiply the rate by `factor` after `patience` steps in a row without a new best.

    .. math:: α \leftarrow \max(α\, γ, α_{min})

    It is no formula of the step, so there is no `rate(step)`: each step is told the metric, usually the
    validation loss. `Trainer` tells it the loss that early stopping watches.

    Parameters
    ----------
    optimizer : Optimizer
        Its rates are lowered.
    mode : {"min", "max"}
        Whether the metric is to become small, or large.
    factor : float
        Factor :math:`γ`, below 1.
    patience : int
        Steps without a new best that are let pass; the rate falls at the next one.
    threshold : float
        By how much a metric must be better to be a new best.
    threshold_mode : {"rel", "abs"}
        Whether `threshold` is a share of the best, or a difference.
    cooldown : int
        Steps after a fall in which none is counted.
    min_lr : float or sequence of float
        Lowest rate :math:`α_{min}`, or one for each parameter group.
    eps : float
        A smaller change of the rate is not made.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Source: names, defaults and rules of `torch.optim.lr_scheduler.ReduceLROnPlateau`.

    Examples
    --------
    >>> import numpy as np
    >>> from types import SimpleNamespace
    >>> from convnet.optim import SGD
    >>> optimizer = SGD([SimpleNamespace(data=np.zeros(1), grad=None)], lr=1.0)
    >>> schedule = ReduceLROnPlateau(optimizer, factor=0.5, patience=1)
    >>> for loss in (3.0, 2.0, 2.0, 2.0, 1.0):
    ...     schedule.step(loss)
    ...     print(optimizer.lr, end=" ")
    1.0 1.0 1.0 0.5 0.5
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: str = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: int = 0,
        min_lr: float | Sequence[float] = 0.0,
        eps: float = 1e-8,
    ) -> None:
        self.optimizer = optimizer
        self.mode = choice(self.name, "mode", mode, ("min", "max"))
        self.factor = number(self.name, "factor", factor, 0.0, 1.0)
        if self.factor == 1.0:
            raise ValueError(f"{self.name}: factor must be below 1: with 1 the rate would stay")
        self.patience = integer(self.name, "patience", patience, 0)
        self.threshold = number(self.name, "threshold", threshold)
        self.threshold_mode = choice(self.name, "threshold_mode", threshold_mode, ("rel", "abs"))
        self.cooldown = integer(self.name, "cooldown", cooldown, 0)
        self.min_lrs = for_each_group(self.name, optimizer, "min_lr", min_lr)
        self.eps = number(self.name, "eps", eps)
        self.best = inf if mode == "min" else -inf
        self.num_bad_epochs = 0
        self.cooldown_counter = 0

    @property
    def name(self) -> str:
        """The schedule's name, which opens its messages."""
        return type(self).__name__

    def step(self, metrics: SupportsFloat) -> None:
        """Take in the metric of one step, and lower the rates when it is time."""
        metric = float(metrics)
        if self._is_better(metric):
            self.best, self.num_bad_epochs = metric, 0
        else:
            self.num_bad_epochs += 1
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self._reduce()
            self.cooldown_counter, self.num_bad_epochs = self.cooldown, 0

    def get_last_lr(self) -> list[float]:
        """Return the rate of each parameter group, as it is now."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, Any]:
        """Return what is needed to go on from here."""
        return {
            "best": self.best,
            "num_bad_epochs": self.num_bad_epochs,
            "cooldown_counter": self.cooldown_counter,
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state which `state_dict` returned; the rates are the optimizer's to keep."""
        self.best = float(state["best"])
        self.num_bad_epochs = int(state["num_bad_epochs"])
        self.cooldown_counter = int(state["cooldown_counter"])

    def _is_better(self, metric: float) -> bool:
        margin = -self.threshold if self.mode == "min" else self.threshold
        wanted = self.best * (1.0 + margin) if self.threshold_mode == "rel" else self.best + margin
        return metric < wanted if self.mode == "min" else metric > wanted

    def _reduce(self) -> None:
        for group, lowest in zip(self.optimizer.param_groups, self.min_lrs, strict=True):
            rate = max(group["lr"] * self.factor, lowest)
            if group["lr"] - rate > self.eps:
                group["lr"] = rate
