"""Batch normalization with scales, shifts and running statistics: of features, signals, maps, volumes."""

from __future__ import annotations

from typing import ClassVar

from convnet._arguments import integer, one_library, shape_of
from convnet._array import Array
from convnet._numbers import number
from convnet.functional.batch_normalization import BatchNormCache, batch_norm_backward, batch_norm_forward
from convnet.nn.flow import Shape
from convnet.nn.init import constant
from convnet.nn.module import Module
from convnet.nn.parameter import Buffer, Parameter


class _BatchNorm(Module):
    """What batch normalization is, for inputs of any of the layouts named by the class."""

    layouts: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        *,
        bias: bool = True,
    ) -> None:
        shape = (integer(self.name, "num_features", num_features, 1),)
        self.eps = number(self.name, "eps", eps)
        self.momentum = number(self.name, "momentum", momentum, 0.0, 1.0)
        self.num_features = shape[0]
        self.track_running_stats = track_running_stats
        self.weight = Parameter(shape, constant(1.0)) if affine else None
        self.bias = Parameter(shape, constant(0.0)) if affine and bias else None
        self.running_mean = Buffer(shape, constant(0.0)) if track_running_stats else None
        self.running_var = Buffer(shape, constant(1.0)) if track_running_stats else None
        counter = Buffer((), constant(0.0), whole=True) if track_running_stats else None
        self.num_batches_tracked = counter
        self._cache: BatchNormCache | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        learned = f"affine={self.weight is not None}, bias={self.bias is not None}"
        numbers = f"{self.num_features}, eps={self.eps}, momentum={self.momentum}"
        return f"{numbers}, {learned}, track_running_stats={self.track_running_stats}"

    def forward(self, x: Array) -> Array:
        """Return the normalized input; in training mode, move the running statistics."""
        one_library(self.name, x=x)
        if x.ndim not in self._dimensions():
            wanted = " or ".join(f"{layout.count(',') + 1} dimensions ({layout})" for layout in self.layouts)
            raise ValueError(f"{self.name}: x must have {wanted}, it has {x.ndim} (x: {shape_of(x)})")
        mean, var, counter = self.running_mean, self.running_var, self.num_batches_tracked
        out, cache = batch_norm_forward(
            x,
            None if mean is None else mean.data,
            None if var is None else var.data,
            None if self.weight is None else self.weight.data,
            None if self.bias is None else self.bias.data,
            self.training or mean is None,
            self.momentum,
            self.eps,
        )
        if self.training and mean is not None and var is not None and counter is not None:
            mean.data[...] = cache.running_mean
            var.data[...] = cache.running_var
            counter.data[...] = counter.data + 1
        self._cache = cache
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of scale and shift."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = batch_norm_backward(grad_out, cache)
        if self.weight is not None:
            self.weight.accumulate(grad_weight)
        if self.bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape as it is.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) + 1 not in self._dimensions() or shape[0] != self.num_features:
            sizes = (layout.replace("N, C", str(self.num_features)) for layout in self.layouts)
            wanted = " or ".join(f"({size})" for size in sizes)
            raise ValueError(f"{self.name}: expects the shape {wanted}, gets {shape}")
        return shape

    def _dimensions(self) -> list[int]:
        return [layout.count(",") + 1 for layout in self.layouts]


class BatchNorm1d(_BatchNorm):
    """Give each feature, or channel of a signal, mean 0; see `convnet.functional.batch_norm_forward`.

    Parameters
    ----------
    num_features : int
        Features, or channels.
    eps, momentum, affine, track_running_stats, bias
        As in `BatchNorm2d`.

    Raises
    ------
    ValueError
        When a number is out of range; in a forward pass, when the input does not fit the layer, or training
        has fewer than two samples of a channel.

    Examples
    --------
    >>> import numpy as np
    >>> layer = BatchNorm1d(2).initialize()
    >>> layer(np.asarray([[3.0, 30.0], [5.0, 50.0]], dtype=np.float32)).round(3)
    array([[-1., -1.],
           [ 1.,  1.]], dtype=float32)
    """

    layouts = ("N, C", "N, C, L")


class BatchNorm2d(_BatchNorm):
    """Give each channel mean 0 and variance 1; see `convnet.functional.batch_norm_forward`.

    In training mode the batch is normalized by its own statistics, and the running ones follow; in
    evaluation mode the running ones are used.

    Parameters
    ----------
    num_features : int
        Channels.
    eps : float
        Keeps the root away from zero.
    momentum : float
        Share of each batch in the running statistics, from 0 to 1. None, by which torch means the average
        over all batches, is refused.
    affine : bool
        Whether to learn a scale and a shift for each channel; they start at 1 and 0.
    track_running_stats : bool
        Whether to keep running statistics; without them the batch's own are used in both modes.
    bias : bool
        Whether the shift is learned with the scale.

    Raises
    ------
    ValueError
        When a number is out of range; in a forward pass, when the maps do not fit the layer, or training has
        fewer than two samples of a channel.

    Notes
    -----
    `running_mean`, `running_var` and `num_batches_tracked` are buffers, as in `torch.nn.BatchNorm2d`.

    Examples
    --------
    Two images of one pixel; the running mean goes a tenth of the way to theirs:

    >>> import numpy as np
    >>> layer = BatchNorm2d(1).initialize()
    >>> layer(np.asarray([[[[3.0]]], [[[5.0]]]], dtype=np.float32)).ravel().round(3)
    array([-1.,  1.], dtype=float32)
    >>> layer.running_mean.data
    array([0.4], dtype=float32)
    """

    layouts = ("N, C, H, W",)


class BatchNorm3d(_BatchNorm):
    """Give each channel of a volume mean 0 and variance 1; see `convnet.functional.batch_norm_forward`.

    Parameters
    ----------
    num_features : int
        Channels.
    eps, momentum, affine, track_running_stats, bias
        As in `BatchNorm2d`.

    Raises
    ------
    ValueError
        When a number is out of range; in a forward pass, when the input does not fit the layer, or training
        has fewer than two samples of a channel.

    Examples
    --------
    >>> import numpy as np
    >>> layer = BatchNorm3d(1).initialize()
    >>> layer(np.asarray([[[[[3.0, 5.0]]]]], dtype=np.float32)).ravel().round(3)
    array([-1.,  1.], dtype=float32)
    """

    layouts = ("N, C, D, H, W",)
