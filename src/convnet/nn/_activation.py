"""What activations without parameters share: a pass forward and one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from convnet._array import Array
from convnet.nn.module import Module

Cache = TypeVar("Cache")


class Activation(Module, Generic[Cache]):
    """A layer that computes with each number, or along one axis, told by the functions it calls."""

    _forward: Callable[..., tuple[Array, Cache]]
    _backward: Callable[[Array, Cache], Array]
    _cache: Cache | None = None

    def _options(self) -> tuple[Any, ...]:
        """Return what the function takes besides the input."""
        return ()

    def forward(self, x: Array) -> Array:
        """Return the output, in the shape of the input."""
        out, self._cache = type(self)._forward(x, *self._options())
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input."""
        cache, self._cache = self._kept(self._cache), None
        return type(self)._backward(grad_out, cache)
