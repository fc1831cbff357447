"""The training loop."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from convnet._arguments import choice, integer
from convnet._array import Array, namespace
from convnet.nn import CrossEntropyLoss, Module
from convnet.nn._transfer import like
from convnet.optim import Optimizer, ReduceLROnPlateau, Schedule
from convnet.training import checkpoint as files
from convnet.training.batches import batches, take
from convnet.training.early_stopping import EarlyStopping
from convnet.training.evaluation import Loss, Score, check_examples, check_loss, evaluate, labels_of, right
from convnet.training.history import Epoch, History
from convnet.training.progress import Progress

Augment = Callable[[Array, np.random.Generator], Array]


class Trainer:
    """Train a network: forward, loss, backward, update; batch by batch, epoch by epoch.

    One seed gives one run. The order of the examples in an epoch follows from the seed and the epoch's
    number alone, so a run that was saved and loaded goes on bit for bit as if it had never stopped.

    Parameters
    ----------
    model : Module
        The network, initialized.
    optimizer : Optimizer
        Made from `model.parameters()`.
    loss : Loss, optional
        `CrossEntropyLoss()` unless given.
    schedule : Schedule or ReduceLROnPlateau, optional
        Moves the optimizer's rates. The second sees the loss that early stopping watches, after each epoch.
    schedule_every : {"epoch", "batch"}
        How often it steps.
    batch_size : int
        Examples in an update; the last batch of an epoch may be smaller.
    seed : int
        Seed of the order and of augmentation. Dropout draws from the model's own generators.
    augment : callable, optional
        `augment(images, generator)` changes a batch before it is used.
    early_stopping : EarlyStopping, optional
        Ends the run when nothing gets better.
    checkpoint : path, optional
        File to which the run is saved after each epoch.
    progress : bool
        Whether to show a bar.

    Raises
    ------
    ValueError
        When a number or an option is out of range.

    Examples
    --------
    Two clouds of points, told apart by a line:

    >>> from convnet.nn import Linear
    >>> from convnet.optim import SGD
    >>> rng = np.random.default_rng(0)
    >>> y = np.arange(100) % 2
    >>> x = rng.standard_normal((100, 2)) + 4.0 * y[:, None]
    >>> model = Linear(2, 2).initialize(seed=0).to(dtype="float64")
    >>> trainer = Trainer(model, SGD(model.parameters(), lr=0.5), batch_size=10, progress=False)
    >>> history = trainer.fit(x, y, epochs=5)
    >>> trainer.evaluate(x, y).accuracy > 0.95
    True
    """

    def __init__(
        self,
        model: Module,
        optimizer: Optimizer,
        *,
        loss: Loss | None = None,
        schedule: Schedule | ReduceLROnPlateau | None = None,
        schedule_every: str = "epoch",
        batch_size: int = 64,
        seed: int = 0,
        augment: Augment | None = None,
        early_stopping: EarlyStopping | None = None,
        checkpoint: str | os.PathLike[str] | None = None,
        progress: bool = True,
    ) -> None:
        self.model = model
        self.optimizer = optimizer
        self.loss = CrossEntropyLoss() if loss is None else loss
        check_loss("Trainer", self.loss)
        self.schedule = schedule
        self.schedule_every = choice("Trainer", "schedule_every", schedule_every, ("epoch", "batch"))
        if isinstance(schedule, ReduceLROnPlateau) and schedule_every == "batch":
            raise ValueError("Trainer: ReduceLROnPlateau must step every epoch, got schedule_every='batch'")
        self.batch_size = integer("Trainer", "batch_size", batch_size, 1)
        self.seed = integer("Trainer", "seed", seed, 0)
        self.augment = augment
        self.early_stopping = early_stopping
        self.checkpoint = checkpoint
        self.progress = progress
        self.history = History()
        self._best: dict[str, Array] = {}

    def fit(self, x: Array, y: Array, epochs: int, validation: tuple[Array, Array] | None = None) -> History:
        """Train until the run has `epochs` epochs, those before a `load` included.

        Parameters
        ----------
        x : Array, shape (N, ...)
            Examples, in the library and dtype of the model.
        y : Array, shape (N,)
            Class numbers.
        epochs : int
            Epochs of the whole run.
        validation : tuple of Array, optional
            Examples and classes to measure on after each epoch.

        Returns
        -------
        History
            All epochs of the run.

        Raises
        ------
        ValueError
            When shapes, dtypes or libraries do not agree, or the loss is no longer a number.
        """
        epochs = integer("Trainer", "epochs", epochs, 0)
        check_examples("Trainer", x, y)
        per_epoch = -(-x.shape[0] // self.batch_size)
        bar = Progress(epochs * per_epoch, len(self.history.epochs) * per_epoch, self.progress)
        try:
            while len(self.history.epochs) < epochs and not self._is_over():
                epoch = self._epoch(x, y, validation, bar)
                self.history.epochs.append(epoch)
                self._watch(epoch)
                if self.checkpoint is not None:
                    self.save(self.checkpoint)
                bar.epoch(len(self.history.epochs), epochs, str(epoch))
        finally:
            bar.close()
        if self._is_over() and self._best:
            self.model.load_state_dict(self._best)
        return self.history

    def evaluate(self, x: Array, y: Array) -> Score:
        """Return the loss and the accuracy on a set, in evaluation mode."""
        return evaluate(self.model, x, y, self.loss, max(256, self.batch_size))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the whole run to a file: weights, optimizer, schedule, history, sources of chance.

        Raises
        ------
        ValueError
            When the package safetensors is not installed.
        """
        optimizer = self.optimizer.state_dict()
        arrays = {f"model.{name}": array for name, array in self.model.state_dict().items()}
        arrays |= {f"best.{name}": array for name, array in self._best.items()}
        for place, remembered in enumerate(optimizer["arrays"]):
            arrays |= {f"optimizer.{place}.{name}": array for name, array in remembered.items()}
        numbers = {
            "seed": self.seed,
            "batch_size": self.batch_size,
            "history": self.history.to_list(),
            "optimizer": {
                "kind": self.optimizer.name,
                "groups": optimizer["groups"],
                "steps": optimizer["steps"],
            },
            "schedule": None if self.schedule is None else self.schedule.state_dict(),
            "early_stopping": None if self.early_stopping is None else self.early_stopping.state_dict(),
            "generators": files.generator_states(self.model),
        }
        files.save(path, arrays, numbers)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Go on from a file that `save` wrote; build the trainer as it was built then.

        Seed and batch size are the file's. Arrays come into the library, dtype and device of the model.

        Raises
        ------
        ValueError
            When the file is no checkpoint, or is of another model, optimizer or kind of run.
        """
        arrays, numbers = files.load(path)
        saved = numbers["optimizer"]
        if saved["kind"] != self.optimizer.name:
            raise ValueError(
                f"load: the file's optimizer is {saved['kind']}, here it is {self.optimizer.name}"
            )
        for name, part in (("schedule", self.schedule), ("early_stopping", self.early_stopping)):
            if (numbers[name] is None) != (part is None):
                raise ValueError(f"load: either the file or the trainer has no {name}, the other has one")
        self.model.load_state_dict(_part(arrays, "model."))
        held = self.model.state_dict()
        self._best = {name: like(value, held[name]) for name, value in _part(arrays, "best.").items()}
        remembered = [
            {
                name: like(value, parameter.data)
                for name, value in _part(arrays, f"optimizer.{place}.").items()
            }
            for place, parameter in enumerate(self.optimizer.parameters)
        ]
        self.optimizer.load_state_dict(
            {"groups": saved["groups"], "steps": saved["steps"], "arrays": remembered}
        )
        if self.schedule is not None:
            self.schedule.load_state_dict(numbers["schedule"])
        if self.early_stopping is not None:
            self.early_stopping.load_state_dict(numbers["early_stopping"])
        files.set_generator_states(self.model, numbers["generators"])
        self.seed, self.batch_size = numbers["seed"], numbers["batch_size"]
        self.history = History([Epoch(**epoch) for epoch in numbers["history"]])

    def _epoch(self, x: Array, y: Array, validation: tuple[Array, Array] | None, bar: Progress) -> Epoch:
        generator = np.random.default_rng([self.seed, len(self.history.epochs)])
        rate = self.optimizer.lr
        total: Any = 0.0
        hits: Any = 0
        labels = 0
        self.model.train()
        for indices in batches(x.shape[0], self.batch_size, generator):
            images, target = take(x, indices), take(y, indices)
            if self.augment is not None:
                images = self.augment(images, generator)
            loss, found, among = self._update(images, target)
            total, hits, labels = total + loss * len(indices), hits + found, labels + among
            bar.advance()
        mean, share = float(total) / x.shape[0], int(hits) / labels
        if not np.isfinite(mean):
            number = len(self.history.epochs) + 1
            raise ValueError(f"Trainer: the loss is {mean} in epoch {number}; try a lower learning rate")
        score = None if validation is None else self.evaluate(*validation)
        if isinstance(self.schedule, ReduceLROnPlateau):
            self.schedule.step(mean if score is None else score.loss)
        elif self.schedule is not None and self.schedule_every == "epoch":
            self.schedule.step()
        return Epoch(mean, share, rate) if score is None else Epoch(mean, share, rate, *score)

    def _update(self, images: Array, target: Array) -> tuple[Array, Array, int]:
        """Make one step; return the loss, and how many of how many were right, from before it."""
        self.optimizer.zero_grad()
        self.optimizer.look_ahead()
        try:
            scores = self.model.forward(images)
            loss = self.loss.forward(scores, target)
            self.model.backward_parameters(self.loss.backward())
            self.optimizer.step()
        finally:  # after a step it moves nothing
            self.optimizer.look_back()
        if isinstance(self.schedule, Schedule) and self.schedule_every == "batch":
            self.schedule.step()
        return loss, right(scores, target), labels_of(scores)

    def _watch(self, epoch: Epoch) -> None:
        """Let early stopping see the epoch, and keep the weights of the best one."""
        if self.early_stopping is None:
            return
        watched = epoch.loss if epoch.validation_loss is None else epoch.validation_loss
        if self.early_stopping.update(watched) and self.early_stopping.restore_best:
            self._best = {
                name: namespace(array).asarray(array, copy=True)
                for name, array in self.model.state_dict().items()
            }

    def _is_over(self) -> bool:
        return self.early_stopping is not None and self.early_stopping.is_over


def _part(arrays: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}
