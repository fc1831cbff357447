"""Max unpooling as a layer of two inputs."""

from __future__ import annotations

from collections.abc import Sequence

from convnet import functional as F
from convnet._arguments import integers
from convnet._array import Array
from convnet.functional.unpooling import MaxUnpoolCache
from convnet.nn._kernels import Ints
from convnet.nn.component import Component


class MaxUnpool2d(Component):
    """Put the largest pixels back where they were; see `convnet.functional.max_unpool2d_forward`.

    It takes two inputs, maps and places. Places have no gradient, so `backward` returns that by the maps.

    Parameters
    ----------
    kernel_size, stride, padding
        As in the `MaxPool2d` that is undone.

    Raises
    ------
    ValueError
        When an argument is out of range; in a forward pass, when maps and places do not agree.

    Examples
    --------
    >>> import numpy as np
    >>> from convnet.nn import MaxPool2d
    >>> pool, unpool = MaxPool2d(2, return_indices=True), MaxUnpool2d(2)
    >>> out = pool(np.asarray([[[[1.0, 3.0], [2.0, 0.0]]]]))
    >>> unpool(out, pool.indices)
    array([[[[0., 3.],
             [0., 0.]]]])
    """

    def __init__(self, kernel_size: Ints, stride: Ints | None = None, padding: Ints = 0) -> None:
        step = kernel_size if stride is None else stride
        self.kernel_size = integers(self.name, "kernel_size", kernel_size, 2, 1)
        self.stride = integers(self.name, "stride", step, 2, 1)
        self.padding = integers(self.name, "padding", padding, 2, 0)
        self._cache: MaxUnpoolCache | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"

    def __call__(self, x: Array, indices: Array, output_size: Sequence[int] | None = None) -> Array:
        """Return the maps: `layer(x, indices)` is `layer.forward(x, indices)`."""
        return self.forward(x, indices, output_size)

    def forward(self, x: Array, indices: Array, output_size: Sequence[int] | None = None) -> Array:
        """Return the maps, shape (N, C, H, W).

        Parameters
        ----------
        x : Array, shape (N, C, H', W')
            Maps.
        indices : Array of integers, shape (N, C, H', W')
            Where each number goes, such as `MaxPool2d` keeps it.
        output_size : sequence of int, optional
            Height and width of the output, where several sizes give the same after pooling.

        Returns
        -------
        Array, shape (N, C, H, W)
            Maps.
        """
        options = (self.kernel_size, self.stride, self.padding, output_size)
        out, self._cache = F.max_unpool2d_forward(x, indices, *options)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the maps: each number gets that of its place."""
        cache, self._cache = self._kept(self._cache), None
        return F.max_unpool2d_backward(grad_out, cache)
