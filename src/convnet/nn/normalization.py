"""Normalization layers with their scales, shifts and running statistics."""

from __future__ import annotations

from collections.abc import Sequence

from convnet._arguments import integer, layout, one_library
from convnet._array import Array
from convnet._numbers import number
from convnet.functional.batch_normalization import BatchNormCache, batch_norm_backward, batch_norm_forward
from convnet.functional.layer_normalization import LayerNormCache, layer_norm_backward, layer_norm_forward
from convnet.nn.flow import Shape
from convnet.nn.init import constant
from convnet.nn.module import Module
from convnet.nn.parameter import Buffer, Parameter


class BatchNorm2d(Module):
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

    def __init__(
        self, num_features: int, eps: float = 1e-5, momentum: float = 0.1, affine: bool = True
    ) -> None:
        shape = (integer(self.name, "num_features", num_features, 1),)
        self.eps = number(self.name, "eps", eps)
        self.momentum = number(self.name, "momentum", momentum, 0.0, 1.0)
        self.num_features = shape[0]
        self.weight = Parameter(shape, constant(1.0)) if affine else None
        self.bias = Parameter(shape, constant(0.0)) if affine else None
        self.running_mean = Buffer(shape, constant(0.0))
        self.running_var = Buffer(shape, constant(1.0))
        self.num_batches_tracked = Buffer((), constant(0.0), whole=True)
        self._cache: BatchNormCache | None = None

    def forward(self, x: Array) -> Array:
        """Return the normalized maps; in training mode, move the running statistics."""
        one_library(self.name, x=x)
        layout(self.name, "x", x, "N, C, H, W")
        out, cache = batch_norm_forward(
            x,
            self.running_mean.data,
            self.running_var.data,
            None if self.weight is None else self.weight.data,
            None if self.bias is None else self.bias.data,
            self.training,
            self.momentum,
            self.eps,
        )
        if self.training and cache.running_mean is not None and cache.running_var is not None:
            self.running_mean.data[...] = cache.running_mean
            self.running_var.data[...] = cache.running_var
            self.num_batches_tracked.data[...] = self.num_batches_tracked.data + 1
        self._cache = cache
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of scale and shift."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = batch_norm_backward(grad_out, cache)
        if self.weight is not None and self.bias is not None:
            self.weight.accumulate(grad_weight)
            self.bias.accumulate(grad_bias)
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape as it is.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != 3 or shape[0] != self.num_features:
            raise ValueError(f"{self.name}: expects the shape ({self.num_features}, H, W), gets {shape}")
        return shape


class LayerNorm(Module):
    """Give the features of each example mean 0 and variance 1; see `convnet.functional.layer_norm_forward`.

    Parameters
    ----------
    normalized_shape : int or sequence of int
        Sizes of the last axes, which are normalized together.
    eps : float
        Keeps the root away from zero.
    elementwise_affine, bias : bool
        Whether to learn a scale for each feature, and a shift with it.

    Raises
    ------
    ValueError
        When a number is out of range; in a forward pass, when the last axes of the input are not
        `normalized_shape`.

    Examples
    --------
    >>> import numpy as np
    >>> LayerNorm(2).initialize()(np.asarray([[3.0, 5.0]], dtype=np.float32)).round(3)
    array([[-1.,  1.]], dtype=float32)
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
    ) -> None:
        sizes = normalized_shape if isinstance(normalized_shape, Sequence) else (normalized_shape,)
        self.normalized_shape = tuple(integer(self.name, "normalized_shape", size, 1) for size in sizes)
        self.eps = number(self.name, "eps", eps)
        shape = self.normalized_shape
        self.weight = Parameter(shape, constant(1.0)) if elementwise_affine else None
        self.bias = Parameter(shape, constant(0.0)) if elementwise_affine and bias else None
        self._cache: LayerNormCache | None = None

    def forward(self, x: Array) -> Array:
        """Return the normalized features."""
        weight = None if self.weight is None else self.weight.data
        bias = None if self.bias is None else self.bias.data
        out, self._cache = layer_norm_forward(x, self.normalized_shape, weight, bias, self.eps)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of scale and shift."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = layer_norm_backward(grad_out, cache)
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
        wanted = self.normalized_shape
        if shape[-len(wanted) :] != wanted:
            raise ValueError(f"{self.name}: expects a shape that ends in {wanted}, gets {shape}")
        return shape
