"""Transposed convolution with its kernels."""

from __future__ import annotations

from math import prod, sqrt

from convnet._arguments import IntOrPair, integer, pair
from convnet._array import Array
from convnet.arithmetic import conv_multiply_adds
from convnet.functional.transposed import (
    ConvTransposeCache,
    conv_transpose2d_backward,
    conv_transpose2d_forward,
)
from convnet.nn.flow import Shape, Spread
from convnet.nn.init import uniform
from convnet.nn.module import Module
from convnet.nn.parameter import Parameter


class ConvTranspose2d(Module):
    r"""A transposed convolution with its kernels; see `convnet.functional.conv_transpose2d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (in_channels, out_channels / groups, kh, kw).
    kernel_size : int or pair of int
        Height and width of a kernel, in pixels.
    stride, padding, output_padding, groups, dilation
        As in `convnet.functional.conv_transpose2d_forward`.
    bias : bool
        Whether to add one number for each output map.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Examples
    --------
    >>> import numpy as np
    >>> layer = ConvTranspose2d(3, 2, 4, stride=2, padding=1).initialize(seed=0)
    >>> layer(np.zeros((1, 3, 8, 8), dtype=np.float32)).shape
    (1, 2, 16, 16)
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: IntOrPair,
        stride: IntOrPair = 1,
        padding: IntOrPair = 0,
        output_padding: IntOrPair = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: IntOrPair = 1,
    ) -> None:
        self.in_channels = integer(self.name, "in_channels", in_channels, 1)
        self.out_channels = integer(self.name, "out_channels", out_channels, 1)
        self.kernel_size = pair(self.name, "kernel_size", kernel_size, 1)
        self.stride = pair(self.name, "stride", stride, 1)
        self.padding = pair(self.name, "padding", padding, 0)
        self.output_padding = pair(self.name, "output_padding", output_padding, 0)
        self.dilation = pair(self.name, "dilation", dilation, 1)
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
        self._cache: ConvTransposeCache | None = None

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, out_channels, H', W')."""
        out, self._cache = conv_transpose2d_forward(
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
        grad_x, grad_weight, grad_bias = conv_transpose2d_backward(grad_out, cache)
        self.weight.accumulate(grad_weight)
        if self.bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return (out_channels, H', W').

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != 3 or shape[0] != self.in_channels:
            raise ValueError(f"{self.name}: expects the shape ({self.in_channels}, H, W), gets {shape}")
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
        positions = (shape[1], shape[2])
        return conv_multiply_adds(
            self.in_channels, self.out_channels, self.kernel_size, positions, self.groups
        )

    def windows(self, shape: Shape) -> tuple[Spread, ...]:
        """Return which inputs paint on each output, along rows and columns."""
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
