"""Losses of classification as objects, for the training loop."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import choice, integer
from convnet._array import Array
from convnet._numbers import number
from convnet.functional.loss import CrossEntropyCache
from convnet.nn._loss import REDUCTIONS, Loss


class CrossEntropyLoss(Loss[CrossEntropyCache]):
    """Cross-entropy of a softmax; see `convnet.functional.cross_entropy_forward`.

    Parameters
    ----------
    weight : Array, shape (C,), optional
        Weight of each class.
    ignore_index : int
        Class number that marks examples which do not count, such as pixels without a label.
    reduction : {"mean", "sum", "none"}
        What becomes of the losses of the examples; "none" returns them all.
    label_smoothing : float
        Share of the target that is spread evenly over the classes.

    Raises
    ------
    ValueError
        When an option is out of range; in a forward pass, when shapes do not agree, or a class number is out
        of range.

    Examples
    --------
    >>> import numpy as np
    >>> loss = CrossEntropyLoss()
    >>> round(float(loss(np.zeros((2, 10)), np.asarray([3, 7]))), 4)
    2.3026
    >>> loss.backward().shape
    (2, 10)
    """

    def __init__(
        self,
        weight: Array | None = None,
        ignore_index: int = -100,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        self.weight = weight
        self.ignore_index = integer(self.name, "ignore_index", ignore_index, -(2**63))
        self.reduction = choice(self.name, "reduction", reduction, REDUCTIONS)
        self.label_smoothing = number(self.name, "label_smoothing", label_smoothing, 0.0, 1.0)

    def forward(self, x: Array, target: Array) -> Array:
        """Return the loss of scores, shape (N, C) or (N, C, ...), against class numbers or probabilities."""
        options = (self.weight, self.ignore_index, self.reduction, self.label_smoothing)
        out, self._cache = F.cross_entropy_forward(x, target, *options)
        self._out = out
        return out

    _backward = staticmethod(F.cross_entropy_backward)
