"""Resizing as a layer; it owns no parameters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convnet import functional as F
from convnet._arguments import IntOrPair, choice
from convnet._array import Array
from convnet._engine.resize_taps import Taps
from convnet.functional.resize import InterpolateCache
from convnet.nn.flow import Shape, Spread
from convnet.nn.module import Module


class Upsample(Module):
    """Resize maps to a size or by a factor; see `convnet.functional.interpolate_forward`.

    Parameters
    ----------
    size : int or pair of int, optional
        Height and width of the output, in pixels.
    scale_factor : float or pair of float, optional
        Factor for height and width. Give either this or `size`.
    mode : {"nearest", "nearest-exact", "bilinear", "bicubic"}
        How to look between pixels.
    align_corners : bool, optional
        Bilinear and bicubic only: whether the centres of the corner pixels stay where they are. False unless
        given.

    Raises
    ------
    ValueError
        When both or neither of `size` and `scale_factor` are given, or the mode is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.asarray([[[[0.0, 4.0]]]])
    >>> Upsample(scale_factor=2)(x)
    array([[[[0., 0., 4., 4.],
             [0., 0., 4., 4.]]]])
    >>> Upsample(size=(1, 4), mode="bilinear")(x)
    array([[[[0., 1., 3., 4.]]]])
    """

    def __init__(
        self,
        size: IntOrPair | None = None,
        scale_factor: float | Sequence[float] | None = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
    ) -> None:
        if (size is None) == (scale_factor is None):
            given = "neither" if size is None else "both"
            raise ValueError(f"{self.name}: give either size or scale_factor, got {given}")
        self.size = size
        self.scale_factor = scale_factor
        self.mode = choice(self.name, "mode", mode, ("nearest", "nearest-exact", "bilinear", "bicubic"))
        self.align_corners = align_corners
        self._cache: InterpolateCache | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        if self.size is not None:
            return f"size={self.size}, mode={self.mode!r}"
        factors = self.scale_factor
        shown = (
            tuple(float(factor) for factor in factors)
            if isinstance(factors, Sequence)
            else float(factors or 0)
        )
        return f"scale_factor={shown}, mode={self.mode!r}"

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, C, H', W')."""
        out, self._cache = self._resized(x)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input: each pixel gets back the shares it gave."""
        cache, self._cache = self._kept(self._cache), None
        return F.interpolate_backward(grad_out, cache)

    def output_shape(self, shape: Shape) -> Shape:
        """Return (C, H', W').

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        rows, columns = self._taps(shape)
        return (shape[0], rows.outputs, columns.outputs)

    def windows(self, shape: Shape) -> tuple[Spread, ...]:
        """Return which inputs each output looks at, along rows and columns."""
        rows, columns = (_seen(taps) for taps in self._taps(shape))
        return rows, columns

    def _resized(self, x: Array) -> tuple[Array, InterpolateCache]:
        return F.interpolate_forward(x, self.size, self.scale_factor, self.mode, self.align_corners)

    def _taps(self, shape: Shape) -> tuple[Taps, Taps]:
        """Ask where the outputs look, with a map of zeros."""
        if len(shape) != 3:
            raise ValueError(f"{self.name}: expects the shape (C, H, W), gets {shape}")
        _, cache = self._resized(np.zeros((1, 1, *shape[1:]), dtype=np.float32))
        return cache.rows, cache.columns


def _seen(taps: Taps) -> Spread:
    """Leave out neighbours that count nothing."""
    first, last = taps.seen()
    return Spread(tuple(first), tuple(last))
