"""What the pooling layers share, along however many axes: passes, sizes and windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from convnet._arguments import integers
from convnet._array import Array
from convnet.arithmetic import pool_output_size
from convnet.nn._kernels import Ints
from convnet.nn._representation import number
from convnet.nn.flow import Shape, Window
from convnet.nn.module import Module

Cache = TypeVar("Cache")
SIZES = {1: "L", 2: "H, W", 3: "D, H, W"}
"""Names of the axes of maps, by their number."""


class Pool(Module, Generic[Cache]):
    """A layer that slides a window over maps, told by the functions it calls."""

    axes: ClassVar[int] = 2
    _forward: Callable[..., tuple[Array, Cache]]
    _backward: Callable[[Array, Cache], Array]
    _cache: Cache | None = None

    def __init__(
        self, kernel_size: Ints, stride: Ints | None, padding: Ints, dilation: Ints, ceil_mode: bool
    ) -> None:
        step = kernel_size if stride is None else stride
        self.kernel_size = integers(self.name, "kernel_size", kernel_size, self.axes, 1)
        self.stride = integers(self.name, "stride", step, self.axes, 1)
        self.padding = integers(self.name, "padding", padding, self.axes, 0)
        self.dilation = integers(self.name, "dilation", dilation, self.axes, 1)
        self.ceil_mode = ceil_mode

    def extra_repr(self) -> str:
        """Return window, stride and padding as text, as one number where both axes have the same."""
        options = (("kernel_size", self.kernel_size), ("stride", self.stride), ("padding", self.padding))
        return ", ".join(f"{name}={number(values)}" for name, values in options)

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input: what each window gets goes to the pixels it was made from."""
        cache, self._cache = self._kept(self._cache), None
        return type(self)._backward(grad_out, cache)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, ...), with the size of the maps behind.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != self.axes + 1:
            raise ValueError(f"{self.name}: expects the shape (C, {SIZES[self.axes]}), gets {shape}")
        sizes = (
            pool_output_size(size, *window, ceil_mode=self.ceil_mode)
            for size, window in zip(shape[1:], self.windows(shape), strict=True)
        )
        return (shape[0], *sizes)

    def windows(self, shape: Shape) -> tuple[Window, ...]:
        """Return the windows along the axes of the maps."""
        parts = zip(self.kernel_size, self.stride, self.padding, self.dilation, strict=True)
        return tuple(parts)
