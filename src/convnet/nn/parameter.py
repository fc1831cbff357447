"""Arrays that a layer owns: parameters, which are learned, and buffers, which are only kept."""

from __future__ import annotations

from convnet._arguments import integers, one_library, shape_of
from convnet._array import Array
from convnet.nn.init import Initializer


class Buffer:
    """An array that belongs to a layer's state and is not learned, such as a running mean.

    It has a shape from the start and an array from the moment it is initialized or loaded, so that a large
    network can be described, counted and given other weights without ever filling memory with the first.

    Parameters
    ----------
    shape : tuple of int
        Shape.
    initializer : callable
        `initializer(generator, shape)` returns the values to start with, as a NumPy array.
    whole : bool
        Whether it counts something: its dtype is then 64-bit integer for good.

    Raises
    ------
    ValueError
        When `shape` is no shape.

    Examples
    --------
    >>> import numpy as np
    >>> from convnet.nn import init
    >>> mean = Buffer((2,), init.constant(0.0))
    >>> mean.is_initialized
    False
    >>> mean.data = np.asarray([0.5, 1.5])
    >>> mean.data
    array([0.5, 1.5])
    """

    def __init__(self, shape: tuple[int, ...], initializer: Initializer, *, whole: bool = False) -> None:
        self.shape = _shape(type(self).__name__, shape)
        self.initializer = initializer
        self.whole = whole
        self._data: Array | None = None

    def __repr__(self) -> str:
        values = f"\n{self._data}" if self._data is not None else " no values yet"
        return f"{type(self).__name__} of shape {self.shape}:{values}"

    @property
    def is_initialized(self) -> bool:
        """Whether there is an array yet."""
        return self._data is not None

    @property
    def data(self) -> Array:
        """The array; `ValueError` before it is initialized or loaded."""
        if self._data is None:
            raise ValueError(
                f"{type(self).__name__}: the array of shape {self.shape} has no values yet: "
                "call initialize(seed) or load_state_dict(state) on the model"
            )
        return self._data

    @data.setter
    def data(self, value: Array) -> None:
        one_library(type(self).__name__, data=value)
        if shape_of(value) != self.shape:
            raise ValueError(
                f"{type(self).__name__}: data must have shape {self.shape}, it has {shape_of(value)}"
            )
        self._data = value


class Parameter(Buffer):
    """An array that is learned, with the gradient of the loss by it.

    Parameters
    ----------
    shape : tuple of int
        Shape.
    initializer : callable
        `initializer(generator, shape)` returns the values to start with, as a NumPy array.

    Raises
    ------
    ValueError
        When `shape` is no shape.

    Examples
    --------
    >>> import numpy as np
    >>> from convnet.nn import init
    >>> weight = Parameter((2,), init.constant(1.0))
    >>> weight.accumulate(np.asarray([1.0, 2.0]))
    >>> weight.accumulate(np.asarray([10.0, 10.0]))
    >>> weight.grad
    array([11., 12.])
    """

    def __init__(self, shape: tuple[int, ...], initializer: Initializer) -> None:
        super().__init__(shape, initializer)
        self.grad: Array | None = None

    def accumulate(self, grad: Array | None) -> None:
        """Add to the gradient, as each backward pass does until `zero_grad`; None adds nothing."""
        if grad is not None:
            self.grad = grad if self.grad is None else self.grad + grad


def _shape(owner: str, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return a shape, which is no array: arrays come later, by `data`."""
    if not isinstance(shape, tuple | list):
        raise ValueError(
            f"{owner}: shape must be a tuple of integers, got a {type(shape).__name__}; "
            "an array is assigned to data once the parameter is made"
        )
    return integers(owner, "shape", shape, len(shape), 0)
