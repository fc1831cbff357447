"""What losses share: a call with scores and labels, and a gradient by the scores."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from convnet._array import Array, full
from convnet.nn._named import Named

Cache = TypeVar("Cache")
REDUCTIONS = ("mean", "sum", "none")


class Loss(Named, ABC, Generic[Cache]):
    """A loss with two inputs, told by the functions it calls; `loss(scores, labels)` returns it."""

    _backward: Callable[[Array, Cache], Array]
    _cache: Cache | None = None
    _out: Array | None = None
    reduction: str = "mean"

    @abstractmethod
    def forward(self, x: Array, target: Array) -> Array:
        """Return the loss, and keep what `backward` needs."""

    def __call__(self, x: Array, target: Array) -> Array:
        """Return the loss: `loss(scores, labels)` is `loss.forward(scores, labels)`."""
        return self.forward(x, target)

    def backward(self, grad_out: Array | None = None) -> Array:
        """Return the gradient by the scores.

        Parameters
        ----------
        grad_out : Array, optional
            Upstream gradient, in the shape of the loss; 1 unless given. Losses that are not reduced want one.

        Returns
        -------
        Array
            In the shape of the scores.

        Raises
        ------
        ValueError
            When there was no forward pass before it, or losses that are not reduced get no `grad_out`.
        """
        cache, out = self._cache, self._out
        if cache is None or out is None:
            raise ValueError(f"{self.name}: backward needs a forward pass before it")
        if grad_out is None:
            if self.reduction == "none":
                raise ValueError(f"{self.name}: grad_out must be given, one number for each loss")
            grad_out = full((), 1.0, out)
        self._cache = self._out = None
        return type(self)._backward(grad_out, cache)

    def __repr__(self) -> str:
        return f"{self.name}()"

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled or copied: not what a forward pass has kept."""
        return {name: value for name, value in vars(self).items() if name not in ("_cache", "_out")}
