"""Convolution layers with their kernels."""

from __future__ import annotations

from math import prod, sqrt

from convnet import functional as F
from convnet._arguments import IntOrPair, Pair, choice, integer, pair, upstream
from convnet._array import Array
from convnet.arithmetic import conv_multiply_adds, conv_output_size, same_padding
from convnet.functional._matrix_products import weight_gradient
from convnet.functional.convolution import PADDING_MODES, ConvCache
from convnet.nn.flow import Shape, Window
from convnet.nn.init import uniform
from convnet.nn.module import Module
from convnet.nn.parameter import Parameter


class Conv2d(Module):
    r"""A convolution layer with its kernels; see `convnet.functional.conv2d_forward`.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (out_channels, in_channels / groups, kh, kw).
    kernel_size : int or pair of int
        Height and width of a kernel, in pixels.
    stride, padding, dilation, groups, padding_mode
        As in `convnet.functional.conv2d_forward`.
    bias : bool
        Whether to add one number for each kernel.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Notes
    -----
    Kernels and biases start evenly drawn up to :math:`1 / \sqrt{fan_{in}}`, as in `torch.nn.Conv2d`.

    Examples
    --------
    >>> import numpy as np
    >>> layer = Conv2d(3, 10, 5, padding=2).initialize(seed=0)
    >>> layer(np.zeros((1, 3, 32, 32), dtype=np.float32)).shape
    (1, 10, 32, 32)
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: IntOrPair,
        stride: IntOrPair = 1,
        padding: IntOrPair | str = 0,
        dilation: IntOrPair = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
    ) -> None:
        self.in_channels = integer(self.name, "in_channels", in_channels, 1)
        self.out_channels = integer(self.name, "out_channels", out_channels, 1)
        self.kernel_size = pair(self.name, "kernel_size", kernel_size, 1)
        self.stride = pair(self.name, "stride", stride, 1)
        self.dilation = pair(self.name, "dilation", dilation, 1)
        self.groups = integer(self.name, "groups", groups, 1)
        if in_channels % groups or out_channels % groups:
            raise ValueError(
                f"{self.name}: groups={groups} must divide in_channels={in_channels} "
                f"and out_channels={out_channels}"
            )
        if isinstance(padding, str):
            choice(self.name, "padding", padding, ("valid", "same"))
        else:
            padding = pair(self.name, "padding", padding, 0)
        self.padding: Pair | str = padding
        self.padding_mode = choice(self.name, "padding_mode", padding_mode, PADDING_MODES)
        shape = (out_channels, in_channels // groups, *self.kernel_size)
        start = uniform(1.0 / sqrt(prod(shape[1:])))
        self.weight = Parameter(shape, start)
        self.bias = Parameter((out_channels,), start) if bias else None
        self._cache: ConvCache | None = None

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, out_channels, H', W')."""
        out, self._cache = F.conv2d_forward(
            x,
            self.weight.data,
            None if self.bias is None else self.bias.data,
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
        grad_x, grad_weight, grad_bias = F.conv2d_backward(grad_out, cache)
        self.weight.accumulate(grad_weight)
        if self.bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x

    def backward_parameters(self, grad_out: Array) -> None:
        """Add to the gradients of weight and bias, and leave the input's out."""
        cache, self._cache = self._kept(self._cache), None
        xp = upstream("conv2d_backward", grad_out, cache.shape, cache.x)
        self.weight.accumulate(weight_gradient(grad_out, cache.x, cache.weight, cache.geometry))
        if self.bias is not None:
            self.bias.accumulate(xp.sum(grad_out, axis=(0, 2, 3)))

    def output_shape(self, shape: Shape) -> Shape:
        """Return (out_channels, H', W').

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != 3 or shape[0] != self.in_channels:
            raise ValueError(f"{self.name}: expects the shape ({self.in_channels}, H, W), gets {shape}")
        if self.padding == "same":
            return (self.out_channels, *shape[1:])
        sizes = [
            conv_output_size(size, *window)
            for size, window in zip(shape[1:], self.windows(shape), strict=True)
        ]
        return (self.out_channels, *sizes)

    def multiply_adds(self, shape: Shape) -> int:
        """Return the weights times the output positions."""
        rows, columns = self.output_shape(shape)[1:]
        return conv_multiply_adds(
            self.in_channels, self.out_channels, self.kernel_size, (rows, columns), self.groups
        )

    def windows(self, shape: Shape) -> tuple[Window, Window]:
        """Return the windows along rows and columns."""
        rows, columns = (
            (kernel, stride, self._before(axis), dilation)
            for axis, (kernel, stride, dilation) in enumerate(
                zip(self.kernel_size, self.stride, self.dilation, strict=True)
            )
        )
        return rows, columns

    def _before(self, axis: int) -> int:
        """Return the pixels added before an axis."""
        if isinstance(self.padding, str):
            same = self.padding == "same"
            return same_padding(self.kernel_size[axis], self.dilation[axis])[0] if same else 0
        return self.padding[axis]
