"""Measure a network on a set of examples."""

from __future__ import annotations

from math import prod
from typing import NamedTuple, Protocol

from convnet._arguments import one_library
from convnet._array import Array, namespace
from convnet.nn import CrossEntropyLoss, Module
from convnet.training.batches import batches, take


class Loss(Protocol):
    """What the loop wants of a loss: the mean over a batch, and its gradient by the scores."""

    def forward(self, x: Array, target: Array) -> Array:
        """Return the mean loss of a batch."""

    def backward(self) -> Array:
        """Return the gradient by the scores."""


class Score(NamedTuple):
    """How a network does on a set."""

    loss: float
    """Mean loss over the examples."""
    accuracy: float
    """Share of the examples, or of their pixels, whose highest score is at the right class, from 0 to 1."""


def right(scores: Array, target: Array) -> Array:
    """Return how many examples have their highest score at the right class.

    Parameters
    ----------
    scores : Array, shape (N, C)
        Scores.
    target : Array, shape (N,) or (N, C)
        Class numbers, or class probabilities, of which the highest counts.

    Returns
    -------
    Array
        One whole number.

    Examples
    --------
    >>> import numpy as np
    >>> int(right(np.asarray([[0.1, 0.9], [0.8, 0.2]]), np.asarray([1, 1])))
    1
    """
    xp = namespace(scores)
    wanted = xp.argmax(target, axis=1) if target.ndim == scores.ndim else xp.astype(target, xp.int64)
    count: Array = xp.count_nonzero(xp.argmax(scores, axis=1) == wanted)
    return count


def labels_of(scores: Array) -> int:
    """Return how many labels belong to scores (N, C, ...): one an example, or one for each pixel of it."""
    return int(scores.shape[0]) * prod(scores.shape[2:])


def evaluate(model: Module, x: Array, y: Array, loss: Loss | None = None, batch_size: int = 256) -> Score:
    """Return the mean loss and the accuracy of a network, in evaluation mode.

    Parameters
    ----------
    model : Module
        The network; it is put back in the mode in which it was.
    x : Array, shape (N, ...)
        Examples.
    y : Array, shape (N,)
        Class numbers.
    loss : Loss, optional
        `CrossEntropyLoss()` unless given.
    batch_size : int
        Examples at a time.

    Returns
    -------
    Score
        Loss and accuracy.

    Raises
    ------
    ValueError
        When there are no examples, not one class for each, what holds them are no arrays, or the loss returns
        no mean.

    Examples
    --------
    >>> import numpy as np
    >>> from convnet.nn import Linear, init
    >>> model = Linear(4, 10).initialize(weight=init.constant(0.0))
    >>> score = evaluate(model, np.ones((5, 4), dtype=np.float32), np.asarray([0, 0, 0, 0, 1]))
    >>> round(score.loss, 3), score.accuracy  # log 10, and the first of ten equal scores
    (2.303, 0.8)
    """
    check_examples("evaluate", x, y)
    loss = CrossEntropyLoss() if loss is None else loss
    check_loss("evaluate", loss)
    modes = {module: module.training for _, module in model.named_modules()}
    model.eval()
    total, hits, labels = 0.0, 0, 0
    try:
        for indices in batches(x.shape[0], batch_size):
            target = take(y, indices)
            scores = model.forward(take(x, indices))
            total += float(loss.forward(scores, target)) * len(indices)
            hits, labels = hits + int(right(scores, target)), labels + labels_of(scores)
    finally:
        for module, mode in modes.items():
            module.training = mode
    return Score(total / x.shape[0], hits / labels)


def check_loss(operation: str, loss: Loss) -> None:
    """Check that a loss returns the mean of a batch, of which means over all examples can be made."""
    reduction = getattr(loss, "reduction", "mean")
    if reduction != "mean":
        raise ValueError(f"{operation}: loss must return the mean of a batch, its reduction is {reduction!r}")


def check_examples(operation: str, x: Array, y: Array) -> None:
    """Check that there is a class for each example, at least one example, and arrays of one library."""
    one_library(operation, x=x, y=y)
    if x.ndim < 1 or y.ndim < 1 or x.shape[0] != y.shape[0] or not x.shape[0]:
        raise ValueError(
            f"{operation}: x and y must hold as many examples, at least one "
            f"(x: {tuple(x.shape)}, y: {tuple(y.shape)})"
        )
