"""Deformable convolution with its kernels; the offsets come from outside."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import IntOrPair
from convnet._array import Array
from convnet.functional.deformable import DeformConvCache
from convnet.nn._kernels import Kernels


class DeformConv2d(Kernels):
    r"""A deformable convolution with its kernels; see `convnet.functional.deform_conv2d_forward`.

    It takes two or three inputs: maps, offsets and, in version 2, masks. `backward` returns the gradients by
    all three. The layer is therefore a `Component` and no `Module`: a module of your own holds it beside the
    convolution that draws the offsets from the same maps, and adds up what both send back.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (out_channels, in_channels / groups, kh, kw).
    kernel_size : int or pair of int
        Height and width of a kernel, in pixels.
    stride, padding, dilation : int or pair of int
        As in `convnet.functional.deform_conv2d_forward`.
    groups : int
        Groups of channels that do not see each other. How many move together follows from the offsets.
    bias : bool
        Whether to add one number for each kernel.

    Raises
    ------
    ValueError
        When an argument is out of range, or `groups` does not divide the channels.

    Notes
    -----
    Names are those of `torchvision.ops.DeformConv2d`, whose state loads. Kernels and biases start as those of
    `Conv2d`.

    Examples
    --------
    A module that moves its own taps, as in version 1:

    >>> import numpy as np
    >>> from convnet.nn import Conv2d, Module
    >>> class Deformable(Module):
    ...     def __init__(self):
    ...         self.offset = Conv2d(3, 2 * 3 * 3, 3, padding=1)
    ...         self.conv = DeformConv2d(3, 8, 3, padding=1)
    ...
    ...     def forward(self, x):
    ...         return self.conv(x, self.offset(x))
    ...
    ...     def backward(self, grad_out):
    ...         grad_x, grad_offset, _ = self.conv.backward(grad_out)
    ...         return grad_x + self.offset.backward(grad_offset)
    >>> layer = Deformable().initialize(seed=0)
    >>> out = layer(np.ones((1, 3, 5, 6), dtype=np.float32))
    >>> out.shape, layer.backward(out).shape
    ((1, 8, 5, 6), (1, 3, 5, 6))
    >>> [name for name, _ in layer.named_parameters()]
    ['offset.weight', 'offset.bias', 'conv.weight', 'conv.bias']
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: IntOrPair,
        stride: IntOrPair = 1,
        padding: IntOrPair = 0,
        dilation: IntOrPair = 1,
        groups: int = 1,
        bias: bool = True,
    ) -> None:
        if isinstance(padding, str):
            raise ValueError(f"{self.name}: padding must be an integer or 2 integers, got {padding!r}")
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias)
        self._cache: DeformConvCache | None = None

    def __call__(self, x: Array, offset: Array, mask: Array | None = None) -> Array:
        """Return the maps: `layer(x, offset, mask)` is `layer.forward(x, offset, mask)`."""
        return self.forward(x, offset, mask)

    def forward(self, x: Array, offset: Array, mask: Array | None = None) -> Array:
        """Return the maps, shape (N, out_channels, H', W').

        Parameters
        ----------
        x : Array, shape (N, in_channels, H, W)
            Maps.
        offset : Array, shape (N, 2 · G · kh · kw, H', W')
            Where each tap goes, for G groups of channels that move together.
        mask : Array, shape (N, G · kh · kw, H', W'), optional
            Factors of version 2.

        Returns
        -------
        Array, shape (N, out_channels, H', W')
            Maps.

        Raises
        ------
        ValueError
            When shapes, dtypes or libraries do not agree, or `x` has other channels than the layer.
        """
        if x.ndim == 4 and x.shape[1] != self.in_channels:
            raise ValueError(f"{self.name}: expects {self.in_channels} channels, x has {x.shape[1]}")
        stride, dilation, padding = self.stride, self.dilation, self.padding
        assert not isinstance(padding, str), "refused when the layer was made"
        out, self._cache = F.deform_conv2d_forward(
            x, offset, self.weight.data, self._bias, stride, padding, dilation, mask
        )
        return out

    def backward(self, grad_out: Array) -> tuple[Array, Array, Array | None]:
        """Return the gradients by `x`, `offset` and `mask`, and add to those of weight and bias.

        Parameters
        ----------
        grad_out : Array, shape (N, out_channels, H', W')
            Upstream gradient.

        Returns
        -------
        grad_x, grad_offset : Array
            In the shapes of `x` and `offset`.
        grad_mask : Array or None
            In the shape of `mask`; None where there was none.

        Raises
        ------
        ValueError
            When there was no forward pass before it, or `grad_out` does not have the shape of the output.
        """
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_offset, grad_weight, grad_bias, grad_mask = F.deform_conv2d_backward(grad_out, cache)
        self._learn(grad_weight, grad_bias)
        return grad_x, grad_offset, grad_mask
