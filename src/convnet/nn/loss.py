"""The loss of classification as an object, for the training loop."""

from __future__ import annotations

from convnet import functional as F
from convnet._array import Array, full
from convnet.functional.loss import CrossEntropyCache


class CrossEntropyLoss:
    """Mean cross-entropy of a softmax; see `convnet.functional.cross_entropy_forward`.

    Parameters
    ----------
    weight : Array, shape (C,), optional
        Weight of each class.
    label_smoothing : float
        Share of the target that is spread evenly over the classes.

    Raises
    ------
    ValueError
        In a forward pass, when shapes do not agree, or a class number or `label_smoothing` is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> loss = CrossEntropyLoss()
    >>> round(float(loss.forward(np.zeros((2, 10)), np.asarray([3, 7]))), 4)
    2.3026
    >>> loss.backward().shape
    (2, 10)
    """

    def __init__(self, weight: Array | None = None, label_smoothing: float = 0.0) -> None:
        self.weight = weight
        self.label_smoothing = label_smoothing
        self._cache: CrossEntropyCache | None = None

    def forward(self, x: Array, target: Array) -> Array:
        """Return the mean loss of scores, shape (N, C), against class numbers, shape (N,)."""
        out, self._cache = F.cross_entropy_forward(
            x, target, self.weight, label_smoothing=self.label_smoothing
        )
        return out

    def backward(self) -> Array:
        """Return the gradient by the scores.

        Raises
        ------
        ValueError
            When there was no forward pass before it.
        """
        if self._cache is None:
            raise ValueError("CrossEntropyLoss: backward needs a forward pass before it")
        cache, self._cache = self._cache, None
        return F.cross_entropy_backward(full((), 1.0, cache.wanted), cache)
