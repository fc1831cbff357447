"""What the transposed convolutions share, along however many axes: passes, sizes and counts."""

from __future__ import annotations

from collections.abc import Callable
from math import prod, sqrt
from typing import ClassVar, Generic, TypeVar

from convnet._arguments import integer, integers
from convnet._array import Array
from convnet.nn._kernels import Ints
from convnet.nn._pooling import SIZES
from convnet.nn._representation import kernels
from convnet.nn.flow import Shape, Spread
from convnet.nn.init import uniform
from convnet.nn.module import Module
from convnet.nn.parameter import Parameter

Cache = TypeVar("Cache")


class Transposed(Module, Generic[Cache]):
    """A layer that paints its kernels onto larger maps, told by the functions it calls."""

    axes: ClassVar[int] = 2
    _forward: Callable[..., tuple[Array, Cache]]
    _backward: Callable[[Array, Cache], tuple[Array, Array, Array | None]]
    _cache: Cache | None = None

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints = 1,
        padding: Ints = 0,
        output_padding: Ints = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Ints = 1,
    ) -> None:
        self.in_channels = integer(self.name, "in_channels", in_channels, 1)
        self.out_channels = integer(self.name, "out_channels", out_channels, 1)
        self.kernel_size = integers(self.name, "kernel_size", kernel_size, self.axes, 1)
        self.stride = integers(self.name, "stride", stride, self.axes, 1)
        self.padding = integers(self.name, "padding", padding, self.axes, 0)
        self.output_padding = integers(self.name, "output_padding", output_padding, self.axes, 0)
        self.dilation = integers(self.name, "dilation", dilation, self.axes, 1)
        self.groups = integer(self.name, "groups", groups, 1)
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"{self.name}: groups={groups} must divide in_channels={in_channels} "
                f"and out_channels={out_channels}"
            )
        shape = (in_channels, out_channels // groups, *self.kernel_size)
        start = uniform(1.0 / sqrt(prod(shape[1:])))
        self.weight = Parameter(shape, start)
        self.bias = Parameter((out_channels,), start) if bias else None

    def extra_repr(self) -> str:
        """Return channels and kernel, and of the other options those that are not as they are by default."""
        return kernels(
            self.in_channels,
            self.out_channels,
            self.kernel_size,
            self.stride,
            padding=self.padding,
            output_padding=self.output_padding,
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias is not None,
        )

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, out_channels, ...)."""
        out, self._cache = type(self)._forward(
            x,
            self.weight.data,
            None if self.bias is None else self.bias.data,
            self.stride,
            self.padding,
            self.output_padding,
            self.groups,
            self.dilation,
        )
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of weight and bias."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = type(self)._backward(grad_out, cache)
        self.weight.accumulate(grad_weight)
        if self.bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return (out_channels, ...), with the size of the maps behind.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != self.axes + 1 or shape[0] != self.in_channels:
            wanted = f"({self.in_channels}, {SIZES[self.axes]})"
            raise ValueError(f"{self.name}: expects the shape {wanted}, gets {shape}")
        sizes = (
            (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + extra + 1
            for size, kernel, stride, padding, dilation, extra in zip(
                shape[1:],
                self.kernel_size,
                self.stride,
                self.padding,
                self.dilation,
                self.output_padding,
                strict=True,
            )
        )
        return (self.out_channels, *sizes)

    def multiply_adds(self, shape: Shape) -> int:
        """Return the weights times the input positions."""
        return prod(self.weight.shape) * prod(shape[1:])

    def windows(self, shape: Shape) -> tuple[Spread, ...]:
        """Return which inputs paint on each output, axis by axis."""
        outputs = self.output_shape(shape)[1:]
        parts = zip(
            shape[1:], outputs, self.kernel_size, self.stride, self.padding, self.dilation, strict=True
        )
        return tuple(_painters(*part) for part in parts)


def _painters(size: int, outputs: int, kernel: int, stride: int, padding: int, dilation: int) -> Spread:
    """Find the inputs whose kernels reach each output of one axis."""
    first, last = [size] * outputs, [-1] * outputs
    for pixel in range(size):
        for tap in range(kernel):
            place = pixel * stride + tap * dilation - padding
            if 0 <= place < outputs:
                first[place], last[place] = min(first[place], pixel), max(last[place], pixel)
    return Spread(tuple(first), tuple(last))
