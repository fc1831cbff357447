"""Partial convolution with its kernels, and the mask that it hands on."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import IntOrPair
from convnet._array import Array
from convnet.functional.partial import PartialConvCache
from convnet.nn._convolution import Convolution


class PartialConv2d(Convolution[PartialConvCache]):
    """A convolution of known pixels with its kernels; see `convnet.functional.partial_conv2d_forward`.

    The mask is a second input without a gradient: `backward` returns the gradient by the images alone. After
    a forward pass `new_mask` holds the mask for the next layer.

    Parameters
    ----------
    in_channels, out_channels : int
        Maps in and out; `weight` has the shape (out_channels, in_channels, kh, kw).
    kernel_size : int or pair of int
        Height and width of a kernel, in pixels.
    stride, padding, dilation
        As in `convnet.functional.partial_conv2d_forward`.
    bias : bool
        Whether to add one number for each kernel.

    Raises
    ------
    ValueError
        When an argument is out of range.

    Notes
    -----
    Kernels and biases start as those of `Conv2d`.

    Examples
    --------
    Two layers close a hole that is three pixels wide:

    >>> import numpy as np
    >>> first, second = (PartialConv2d(1, 1, 3, padding=1).initialize(seed) for seed in (0, 1))
    >>> mask = np.ones((1, 1, 5, 5), dtype=np.float32)
    >>> mask[:, :, 1:4, 1:4] = 0
    >>> hidden = first(np.ones((1, 1, 5, 5), dtype=np.float32), mask)
    >>> out = second(hidden, first.new_mask)
    >>> [int((m == 0).sum()) for m in (mask, first.new_mask, second.new_mask)]
    [9, 1, 0]
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: IntOrPair,
        stride: IntOrPair = 1,
        padding: IntOrPair | str = 0,
        dilation: IntOrPair = 1,
        bias: bool = True,
    ) -> None:
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, dilation, bias=bias)
        self.new_mask: Array | None = None

    def __call__(self, x: Array, mask: Array | None = None) -> Array:
        """Return the maps: `layer(x, mask)` is `layer.forward(x, mask)`."""
        return self.forward(x, mask)

    def forward(self, x: Array, mask: Array | None = None) -> Array:
        """Return the maps, and keep the mask of the next layer.

        Parameters
        ----------
        x : Array, shape (N, in_channels, H, W)
            Images.
        mask : Array, shape (N, in_channels, H, W) or (N, 1, H, W), optional
            1 where a pixel is known, 0 in the holes; everything is known unless given.

        Returns
        -------
        Array, shape (N, out_channels, H', W')
            Maps.
        """
        out, self._cache = F.partial_conv2d_forward(
            x, self.weight.data, self._bias, mask, self.stride, self.padding, self.dilation
        )
        self.new_mask = self._cache.new_mask
        return out

    _backward = staticmethod(F.partial_conv2d_backward)

    @staticmethod
    def _learned(grad_out: Array, cache: PartialConvCache) -> tuple[Array, Array | None]:
        """Return the gradients by weight and bias."""
        return F.partial_conv2d_backward(grad_out, cache)[1:]
