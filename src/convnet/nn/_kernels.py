"""What layers with kernels share: reading their arguments, weight and bias."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod, sqrt
from typing import ClassVar

from convnet._arguments import choice, integer, integers
from convnet._array import Array
from convnet.functional.convolution import PADDING_MODES
from convnet.nn._representation import kernels
from convnet.nn.component import Component
from convnet.nn.init import uniform
from convnet.nn.parameter import Parameter

Ints = int | Sequence[int]
"""One number for all axes, or one for each."""


class Kernels(Component):
    """What owns kernels, `weight` (out_channels, in_channels / groups, *kernel_size), and a bias."""

    axes: ClassVar[int] = 2

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Ints,
        stride: Ints = 1,
        padding: Ints | str = 0,
        dilation: Ints = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
    ) -> None:
        self.in_channels = integer(self.name, "in_channels", in_channels, 1)
        self.out_channels = integer(self.name, "out_channels", out_channels, 1)
        self.kernel_size = integers(self.name, "kernel_size", kernel_size, self.axes, 1)
        self.stride = integers(self.name, "stride", stride, self.axes, 1)
        self.dilation = integers(self.name, "dilation", dilation, self.axes, 1)
        self.groups = integer(self.name, "groups", groups, 1)
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"{self.name}: groups={groups} must divide in_channels={in_channels} "
                f"and out_channels={out_channels}"
            )
        if isinstance(padding, str):
            choice(self.name, "padding", padding, ("valid", "same"))
            if padding == "same" and max(self.stride) > 1:
                raise ValueError(f"{self.name}: padding='same' needs stride 1, got stride={stride!r}")
        else:
            padding = integers(self.name, "padding", padding, self.axes, 0)
        self.padding: tuple[int, ...] | str = padding
        self.padding_mode = choice(self.name, "padding_mode", padding_mode, PADDING_MODES)
        shape = (out_channels, in_channels // groups, *self.kernel_size)
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
            dilation=self.dilation,
            groups=self.groups,
            bias=self.bias is not None,
            padding_mode=self.padding_mode,
        )

    @property
    def _bias(self) -> Array | None:
        """The bias's array, if there is one."""
        return None if self.bias is None else self.bias.data

    def _learn(self, grad_weight: Array, grad_bias: Array | None) -> None:
        """Add to the gradients of weight and bias."""
        self.weight.accumulate(grad_weight)
        if self.bias is not None:
            self.bias.accumulate(grad_bias)
