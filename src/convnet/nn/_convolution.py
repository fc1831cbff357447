"""What the convolution layers share, along however many axes: passes, sizes and counts."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Generic, TypeVar

from convnet._array import Array
from convnet.arithmetic import conv_output_size, same_padding
from convnet.nn._kernels import Kernels
from convnet.nn.flow import Shape, Window
from convnet.nn.module import Module

Cache = TypeVar("Cache")


class Convolution(Kernels, Module, Generic[Cache]):
    """A layer that slides its kernels over maps with any number of axes, told by the functions it calls."""

    _forward: Callable[..., tuple[Array, Cache]]
    _backward: Callable[[Array, Cache], tuple[Array, Array, Array | None]]
    _learned: Callable[[Array, Cache], tuple[Array, Array | None]]
    _cache: Cache | None = None

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, out_channels, ...)."""
        out, self._cache = type(self)._forward(
            x,
            self.weight.data,
            self._bias,
            self.stride,
            self.padding,
            self.dilation,
            self.groups,
            padding_mode=self.padding_mode,
        )
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of weight and bias."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = type(self)._backward(grad_out, cache)
        self._learn(grad_weight, grad_bias)
        return grad_x

    def backward_parameters(self, grad_out: Array) -> None:
        """Add to the gradients of weight and bias, and leave the input's out."""
        cache, self._cache = self._kept(self._cache), None
        self._learn(*type(self)._learned(grad_out, cache))

    def output_shape(self, shape: Shape) -> Shape:
        """Return (out_channels, ...), with the size of the maps behind.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != self.axes + 1 or shape[0] != self.in_channels:
            sizes = {1: "L", 2: "H, W", 3: "D, H, W"}[self.axes]
            raise ValueError(f"{self.name}: expects the shape ({self.in_channels}, {sizes}), gets {shape}")
        if self.padding == "same":
            return (self.out_channels, *shape[1:])
        windows = self.windows(shape)
        sizes_out = (conv_output_size(size, *window) for size, window in zip(shape[1:], windows, strict=True))
        return (self.out_channels, *sizes_out)

    def multiply_adds(self, shape: Shape) -> int:
        """Return the weights times the output positions."""
        return prod(self.weight.shape) * prod(self.output_shape(shape)[1:])

    def windows(self, shape: Shape) -> tuple[Window, ...]:
        """Return the windows along the axes of the maps."""
        parts = zip(self.kernel_size, self.stride, self._before(), self.dilation, strict=True)
        return tuple(parts)

    def _before(self) -> tuple[int, ...]:
        """Return the pixels added before each axis."""
        if not isinstance(self.padding, str):
            return self.padding
        if self.padding == "valid":
            return (0,) * self.axes
        return tuple(
            same_padding(kernel, step)[0]
            for kernel, step in zip(self.kernel_size, self.dilation, strict=True)
        )
