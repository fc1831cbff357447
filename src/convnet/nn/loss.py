"""Losses as objects, for the training loop: of classification, of yes-or-no questions, of regression."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import choice, integer
from convnet._array import Array
from convnet._numbers import number
from convnet.functional.binary_cross_entropy import BinaryCrossEntropyCache
from convnet.functional.loss import CrossEntropyCache
from convnet.functional.mse_loss import MseLossCache
from convnet.functional.nll_loss import NllLossCache
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


class NLLLoss(Loss[NllLossCache]):
    """Negative log-probability of the right class; see `convnet.functional.nll_loss_forward`.

    Behind a `LogSoftmax` it is `CrossEntropyLoss`.

    Parameters
    ----------
    weight : Array, shape (C,), optional
        Weight of each class.
    ignore_index : int
        Class number that marks examples which do not count.
    reduction : {"mean", "sum", "none"}
        What becomes of the losses of the examples; "none" returns them all.

    Raises
    ------
    ValueError
        When an option is out of range; in a forward pass, when shapes do not agree, or a class number is out
        of range.

    Examples
    --------
    >>> import numpy as np
    >>> round(float(NLLLoss()(np.log(np.asarray([[0.2, 0.8]])), np.asarray([1]))), 4)  # −log 0.8
    0.2231
    """

    def __init__(
        self, weight: Array | None = None, ignore_index: int = -100, reduction: str = "mean"
    ) -> None:
        self.weight = weight
        self.ignore_index = integer(self.name, "ignore_index", ignore_index, -(2**63))
        self.reduction = choice(self.name, "reduction", reduction, REDUCTIONS)

    def forward(self, x: Array, target: Array) -> Array:
        """Return the loss of log-probabilities, shape (N, C) or (N, C, ...), against class numbers."""
        out, self._cache = F.nll_loss_forward(x, target, self.weight, self.ignore_index, self.reduction)
        self._out = out
        return out

    _backward = staticmethod(F.nll_loss_backward)


class MSELoss(Loss[MseLossCache]):
    """Squares of what predictions and targets differ by; see `convnet.functional.mse_loss_forward`.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        What becomes of the squares; "none" returns them all.

    Raises
    ------
    ValueError
        When `reduction` is unknown; in a forward pass, when shapes do not agree.

    Examples
    --------
    >>> import numpy as np
    >>> float(MSELoss()(np.asarray([1.0, 2.0]), np.asarray([1.0, 4.0])))
    2.0
    """

    def __init__(self, reduction: str = "mean") -> None:
        self.reduction = choice(self.name, "reduction", reduction, REDUCTIONS)

    def forward(self, x: Array, target: Array) -> Array:
        """Return the loss of predictions against targets of the same shape."""
        out, self._cache = F.mse_loss_forward(x, target, self.reduction)
        self._out = out
        return out

    _backward = staticmethod(F.mse_loss_backward)


class BCEWithLogitsLoss(Loss[BinaryCrossEntropyCache]):
    """Cross-entropy of sigmoids; see `convnet.functional.binary_cross_entropy_with_logits_forward`.

    Each score answers a question of its own, such as "is there a cat?"; several may be answered with yes.

    Parameters
    ----------
    weight : Array, optional
        Weight of each element, in a shape that broadcasts to the scores'.
    reduction : {"mean", "sum", "none"}
        What becomes of the losses of the elements; "none" returns them all.
    pos_weight : Array, optional
        Further weight where the answer is yes, in a shape that broadcasts to the scores'.

    Raises
    ------
    ValueError
        When `reduction` is unknown; in a forward pass, when shapes do not agree.

    Examples
    --------
    >>> import numpy as np
    >>> round(float(BCEWithLogitsLoss()(np.asarray([0.0]), np.asarray([1.0]))), 4)  # log 2
    0.6931
    """

    def __init__(
        self, weight: Array | None = None, reduction: str = "mean", pos_weight: Array | None = None
    ) -> None:
        self.weight = weight
        self.reduction = choice(self.name, "reduction", reduction, REDUCTIONS)
        self.pos_weight = pos_weight

    def forward(self, x: Array, target: Array) -> Array:
        """Return the loss of scores against answers from 0 to 1, in the same shape."""
        options = (self.weight, self.reduction, self.pos_weight)
        out, self._cache = F.binary_cross_entropy_with_logits_forward(x, target, *options)
        self._out = out
        return out

    _backward = staticmethod(F.binary_cross_entropy_with_logits_backward)
