"""What happened, epoch by epoch."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Epoch:
    """One line of the history."""

    loss: float
    """Mean loss over the epoch's batches, each before its update."""
    accuracy: float
    """Share of the training examples that were right, before each update."""
    lr: float
    """Learning rate at the start of the epoch; that of the first parameter group."""
    validation_loss: float | None = None
    """Loss on the validation set after the epoch; None without one."""
    validation_accuracy: float | None = None
    """Accuracy on the validation set after the epoch; None without one."""

    def __str__(self) -> str:
        text = f"loss {self.loss:.4f}  accuracy {self.accuracy:.1%}"
        if self.validation_loss is None or self.validation_accuracy is None:
            return text
        return f"{text}  validation loss {self.validation_loss:.4f}  accuracy {self.validation_accuracy:.1%}"


@dataclass(slots=True)
class History:
    """The epochs so far; curves come out as lists, ready to be plotted.

    Examples
    --------
    >>> history = History([Epoch(2.3, 0.1, 0.01), Epoch(1.7, 0.4, 0.005)])
    >>> history.column("loss"), len(history.epochs)
    ([2.3, 1.7], 2)
    """

    epochs: list[Epoch] = field(default_factory=list)

    def column(self, name: str) -> list[float | None]:
        """Return one number of every epoch: "loss", "accuracy", "lr", "validation_loss" or "…_accuracy".

        Raises
        ------
        ValueError
            When there is no such number.
        """
        if name not in Epoch.__dataclass_fields__:
            raise ValueError(
                f"History: column must be one of {list(Epoch.__dataclass_fields__)}, got {name!r}"
            )
        return [getattr(epoch, name) for epoch in self.epochs]

    def to_list(self) -> list[dict[str, float | None]]:
        """Return plain dictionaries, for a checkpoint."""
        return [asdict(epoch) for epoch in self.epochs]
