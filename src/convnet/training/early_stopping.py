"""Stop when nothing gets better any more."""

from __future__ import annotations

from math import inf

from convnet._arguments import integer
from convnet._numbers import number


class EarlyStopping:
    """Watch the loss; after `patience` epochs without a new best, it is time to stop.

    The validation loss is watched, or the training loss where there is no validation set.

    Parameters
    ----------
    patience : int
        Epochs in a row without a new best.
    min_delta : float
        By how much a loss must be lower to be a new best.
    restore_best : bool
        Whether the trainer puts the weights of the best epoch back when it stops.

    Raises
    ------
    ValueError
        When a number is out of range.

    Notes
    -----
    Source: Prechelt, "Early stopping: but when?", 1998.

    Examples
    --------
    >>> stopping = EarlyStopping(patience=2)
    >>> [stopping.update(loss) for loss in (1.0, 0.8, 0.9, 0.81)], stopping.is_over
    ([True, True, False, False], True)
    """

    def __init__(self, patience: int = 5, min_delta: float = 0.0, restore_best: bool = True) -> None:
        self.patience = integer("EarlyStopping", "patience", patience, 1)
        self.min_delta = number("EarlyStopping", "min_delta", min_delta)
        self.restore_best = restore_best
        self.best = inf
        self.waited = 0

    @property
    def is_over(self) -> bool:
        """Whether it is time to stop."""
        return self.waited >= self.patience

    def update(self, loss: float) -> bool:
        """Take in the loss of one epoch; return whether it is a new best."""
        is_best = loss < self.best - self.min_delta
        self.best = loss if is_best else self.best
        self.waited = 0 if is_best else self.waited + 1
        return is_best

    def state_dict(self) -> dict[str, float]:
        """Return what is needed to go on from here."""
        return {"best": self.best, "waited": self.waited}

    def load_state_dict(self, state: dict[str, float]) -> None:
        """Go on from a state which `state_dict` returned."""
        self.best, self.waited = float(state["best"]), int(state["waited"])
