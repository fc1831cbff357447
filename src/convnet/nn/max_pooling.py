"""Max pooling as layers, along one, two and three axes."""

from __future__ import annotations

from typing import TypeVar

from convnet import functional as F
from convnet._array import Array
from convnet._engine.max_windows import MaxPoolCache
from convnet.functional.max_pooling3d import MaxPool3dCache
from convnet.nn._kernels import Ints
from convnet.nn._pooling import Pool
from convnet.nn._representation import number

Cache = TypeVar("Cache")


class _MaxPool(Pool[Cache]):
    def __init__(
        self,
        kernel_size: Ints,
        stride: Ints | None = None,
        padding: Ints = 0,
        dilation: Ints = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__(kernel_size, stride, padding, dilation, ceil_mode)
        if return_indices and self.axes != 2:
            raise ValueError(f"{self.name}: return_indices is offered by MaxPool2d alone")
        self.return_indices = return_indices

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"{super().extra_repr()}, dilation={number(self.dilation)}, ceil_mode={self.ceil_mode}"

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, C, ...)."""
        out, self._cache = type(self)._forward(
            x, self.kernel_size, self.stride, self.padding, self.dilation, self.ceil_mode
        )
        return out


class MaxPool1d(_MaxPool[MaxPoolCache]):
    """Take the largest sample of each window of signals; see `convnet.functional.max_pool1d_forward`.

    Parameters
    ----------
    kernel_size, stride, padding, dilation, ceil_mode
        As in `convnet.functional.max_pool1d_forward`.
    return_indices : bool
        False: only `MaxPool2d` keeps them.

    Raises
    ------
    ValueError
        When an argument is out of range; in a forward pass, when the input does not have three dimensions, no
        window fits it, or the padding is wider than half of `kernel_size`.

    Examples
    --------
    >>> import numpy as np
    >>> MaxPool1d(2)(np.asarray([[[1.0, 3.0, 2.0, 0.0]]]))
    array([[[3., 2.]]])
    """

    axes = 1
    _forward = staticmethod(F.max_pool1d_forward)
    _backward = staticmethod(F.max_pool1d_backward)


class MaxPool2d(_MaxPool[MaxPoolCache]):
    """Take the largest pixel of each window; see `convnet.functional.max_pool2d_forward`.

    Parameters
    ----------
    kernel_size, stride, padding, dilation, ceil_mode
        As in `convnet.functional.max_pool2d_forward`.
    return_indices : bool
        Whether to keep, after each forward pass, where the largest pixels were: `indices`, which
        `MaxUnpool2d` takes. The output is one array all the same; torch's layer returns both.

    Raises
    ------
    ValueError
        When an argument is out of range; in a forward pass, when the input does not have four dimensions, no
        window fits it, or the padding is wider than half of `kernel_size`.

    Examples
    --------
    >>> import numpy as np
    >>> MaxPool2d(2)(np.asarray([[[[1.0, 3.0], [2.0, 0.0]]]]))
    array([[[[3.]]]])
    """

    axes = 2
    indices: Array | None = None
    _forward = staticmethod(F.max_pool2d_forward)
    _backward = staticmethod(F.max_pool2d_backward)

    def forward(self, x: Array) -> Array:
        """Return the maps, shape (N, C, H', W'); keep `indices` where they are wanted."""
        out = super().forward(x)
        if self.return_indices:
            self.indices = self._kept(self._cache).indices
        return out


class MaxPool3d(_MaxPool[MaxPool3dCache]):
    """Take the largest voxel of each window of volumes; see `convnet.functional.max_pool3d_forward`.

    Parameters
    ----------
    kernel_size, stride, padding, dilation, ceil_mode
        As in `convnet.functional.max_pool3d_forward`.
    return_indices : bool
        False: only `MaxPool2d` keeps them.

    Raises
    ------
    ValueError
        When an argument is out of range; in a forward pass, when the input does not have five dimensions, no
        window fits it, or the padding is wider than half of `kernel_size`.

    Examples
    --------
    >>> import numpy as np
    >>> MaxPool3d((1, 2, 2))(np.asarray([[[[[1.0, 3.0], [2.0, 0.0]]]]]))
    array([[[[[3.]]]]])
    """

    axes = 3
    _forward = staticmethod(F.max_pool3d_forward)
    _backward = staticmethod(F.max_pool3d_backward)
