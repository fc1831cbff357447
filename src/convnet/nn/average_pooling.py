"""Average pooling as layers, along one, two and three axes."""

from __future__ import annotations

from typing import TypeVar

from convnet import functional as F
from convnet._array import Array
from convnet.functional.average_pooling import AvgPoolCache
from convnet.functional.average_pooling3d import AvgPool3dCache
from convnet.nn._kernels import Ints
from convnet.nn._pooling import Pool

Cache = TypeVar("Cache")


class _AvgPool(Pool[Cache]):
    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Ints = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        super().__init__(kernel_size, stride, padding, 1, ceil_mode)
        self.count_include_pad = count_include_pad

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, C, ...)."""
        out, self._cache = type(self)._forward(
            x, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad
        )
        return out


class AvgPool1d(_AvgPool[AvgPoolCache]):
    """Take the mean of each window of signals; see `convnet.functional.avg_pool1d_forward`.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode, count_include_pad
        As in `convnet.functional.avg_pool1d_forward`.

    Raises
    ------
    ValueError
        When an argument is out of range; in a forward pass, when the input does not have three dimensions, no
        window fits it, or the padding is wider than half of `kernel_size`.

    Examples
    --------
    >>> import numpy as np
    >>> AvgPool1d(2)(np.asarray([[[1.0, 3.0, 2.0, 0.0]]]))
    array([[[2., 1.]]])
    """

    axes = 1
    _forward = staticmethod(F.avg_pool1d_forward)
    _backward = staticmethod(F.avg_pool1d_backward)

    def extra_repr(self) -> str:
        """Return the layer's options as text; torch shows this one's as tuples."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AvgPool2d(_AvgPool[AvgPoolCache]):
    """Take the mean of each window; see `convnet.functional.avg_pool2d_forward`.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode, count_include_pad
        As in `convnet.functional.avg_pool2d_forward`.

    Raises
    ------
    ValueError
        When an argument is out of range; in a forward pass, when the input does not have four dimensions, no
        window fits it, or the padding is wider than half of `kernel_size`.

    Examples
    --------
    >>> import numpy as np
    >>> AvgPool2d(2)(np.asarray([[[[1.0, 3.0], [2.0, 0.0]]]]))
    array([[[[1.5]]]])
    """

    axes = 2
    _forward = staticmethod(F.avg_pool2d_forward)
    _backward = staticmethod(F.avg_pool2d_backward)


class AvgPool3d(_AvgPool[AvgPool3dCache]):
    """Take the mean of each window of volumes; see `convnet.functional.avg_pool3d_forward`.

    Parameters
    ----------
    kernel_size, stride, padding, ceil_mode, count_include_pad
        As in `convnet.functional.avg_pool3d_forward`.

    Raises
    ------
    ValueError
        When an argument is out of range; in a forward pass, when the input does not have five dimensions, no
        window fits it, or the padding is wider than half of `kernel_size`.

    Examples
    --------
    >>> import numpy as np
    >>> AvgPool3d((1, 2, 2))(np.asarray([[[[[1.0, 3.0], [2.0, 0.0]]]]]))
    array([[[[[1.5]]]]])
    """

    axes = 3
    _forward = staticmethod(F.avg_pool3d_forward)
    _backward = staticmethod(F.avg_pool3d_backward)
