"""What optimizers want of a parameter, whatever its class."""

from __future__ import annotations

from typing import Protocol

from convnet._array import Array


class Parameter(Protocol):
    """What an optimizer wants of a parameter: an array, and the gradient of the loss by it."""

    @property
    def data(self) -> Array:
        """The array that is learned; updates change it in place."""

    @property
    def grad(self) -> Array | None:
        """The gradient, or None where there is none yet."""

    @grad.setter
    def grad(self, value: None) -> None: ...
