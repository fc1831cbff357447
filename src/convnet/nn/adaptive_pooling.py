"""Pooling to an output of a given size as layers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from convnet import functional as F
from convnet._arguments import IntOrPair
from convnet._array import Array
from convnet._engine.window_winners import WinnersCache
from convnet.functional.adaptive_pooling import AdaptiveAvgPoolCache, adaptive_size
from convnet.nn.flow import Shape, Window
from convnet.nn.module import Module

Cache = TypeVar("Cache")
Sizes = IntOrPair | Sequence[int | None]
"""One size for both axes, or one for each; None keeps that of the input."""


class _AdaptivePool(Module, Generic[Cache]):
    _forward: Callable[..., tuple[Array, Cache]]
    _backward: Callable[[Array, Cache], Array]
    _cache: Cache | None = None

    def __init__(self, output_size: Sizes) -> None:
        self.output_size = output_size

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"output_size={self.output_size}"

    def forward(self, x: Array) -> Array:
        """Return the maps in the size asked for."""
        out, self._cache = type(self)._forward(x, self.output_size)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input: what each window gets goes to the pixels it was made from."""
        cache, self._cache = self._kept(self._cache), None
        return type(self)._backward(grad_out, cache)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, H', W').

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != 3:
            raise ValueError(f"{self.name}: expects the shape (C, H, W), gets {shape}")
        return (shape[0], *adaptive_size(self.output_size, (shape[1], shape[2])))

    def windows(self, shape: Shape) -> tuple[Window, Window]:
        """Return the windows along rows and columns; where they are of several sizes, the largest."""
        rows, columns = (
            (_largest_window(size, outputs), max(1, size // outputs), 0, 1)
            for size, outputs in zip(shape[1:], self.output_shape(shape)[1:], strict=True)
        )
        return rows, columns


class AdaptiveAvgPool2d(_AdaptivePool[AdaptiveAvgPoolCache]):
    """Average to an output of a given size; see `convnet.functional.adaptive_avg_pool2d_forward`.

    Parameters
    ----------
    output_size : int or pair of int
        Height and width of the output; 1 averages whole maps (global average pooling).

    Raises
    ------
    ValueError
        In a forward pass, when a size is below 1, or the input has no pixels or not four dimensions.

    Examples
    --------
    >>> import numpy as np
    >>> AdaptiveAvgPool2d(1)(np.asarray([[[[1.0, 3.0], [2.0, 0.0]]]]))
    array([[[[1.5]]]])
    """

    _forward = staticmethod(F.adaptive_avg_pool2d_forward)
    _backward = staticmethod(F.adaptive_avg_pool2d_backward)


class AdaptiveMaxPool2d(_AdaptivePool[WinnersCache]):
    """Take the largest pixels to a given size; see `convnet.functional.adaptive_max_pool2d_forward`.

    Parameters
    ----------
    output_size : int or pair of int
        Height and width of the output; 1 takes the largest of whole maps (global max pooling). None keeps a
        size as it is.

    Raises
    ------
    ValueError
        In a forward pass, when a size is below 1, or the input has no pixels or not four dimensions.

    Examples
    --------
    >>> import numpy as np
    >>> AdaptiveMaxPool2d(1)(np.asarray([[[[1.0, 3.0], [2.0, 0.0]]]]))
    array([[[[3.]]]])
    """

    _forward = staticmethod(F.adaptive_max_pool2d_forward)
    _backward = staticmethod(F.adaptive_max_pool2d_backward)


def _largest_window(size: int, outputs: int) -> int:
    return max(-(-(place + 1) * size // outputs) - place * size // outputs for place in range(outputs))
