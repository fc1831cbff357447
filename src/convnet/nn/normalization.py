"""Normalization of each example by itself, with scales and shifts."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from convnet import functional as F
from convnet._arguments import integer, shape_of
from convnet._array import Array
from convnet._numbers import number
from convnet.functional.group_normalization import GroupNormCache
from convnet.functional.layer_normalization import LayerNormCache, layer_norm_backward, layer_norm_forward
from convnet.functional.local_response import LocalResponseCache
from convnet.nn._activation import Activation
from convnet.nn.flow import Shape
from convnet.nn.init import constant
from convnet.nn.module import Module
from convnet.nn.parameter import Parameter


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

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        learned = f"elementwise_affine={self.weight is not None}, bias={self.bias is not None}"
        return f"{self.normalized_shape}, eps={self.eps}, {learned}"

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


class GroupNorm(Module):
    """Give groups of channels of each example mean 0; see `convnet.functional.group_norm_forward`.

    It does not look at the batch: training and evaluation are alike, and one image is enough.

    Parameters
    ----------
    num_groups : int
        Groups of channels which are normalized together; 1 takes all of them.
    num_channels : int
        Channels.
    eps : float
        Keeps the root away from zero.
    affine, bias : bool
        Whether to learn a scale for each channel, and a shift with it.

    Raises
    ------
    ValueError
        When a number is out of range or `num_groups` does not divide the channels; in a forward pass, when
        the input has other channels.

    Examples
    --------
    >>> import numpy as np
    >>> GroupNorm(2, 4).initialize()(np.asarray([[3.0, 5.0, 30.0, 50.0]], dtype=np.float32)).round(3)
    array([[-1.,  1., -1.,  1.]], dtype=float32)
    """

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        *,
        bias: bool = True,
    ) -> None:
        self.num_groups = integer(self.name, "num_groups", num_groups, 1)
        self.num_channels = integer(self.name, "num_channels", num_channels, 1)
        if self.num_channels % self.num_groups:
            raise ValueError(f"{self.name}: {num_groups=} must divide {num_channels=}")
        self.eps = number(self.name, "eps", eps)
        self.weight = Parameter((self.num_channels,), constant(1.0)) if affine else None
        self.bias = Parameter((self.num_channels,), constant(0.0)) if affine and bias else None
        self._cache: GroupNormCache | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        learned = f"affine={self.weight is not None}, bias={self.bias is not None}"
        return f"{self.num_groups}, {self.num_channels}, eps={self.eps}, {learned}"

    def forward(self, x: Array) -> Array:
        """Return the normalized maps."""
        self.output_shape(shape_of(x)[1:])
        weight = None if self.weight is None else self.weight.data
        bias = None if self.bias is None else self.bias.data
        out, self._cache = F.group_norm_forward(x, self.num_groups, weight, bias, self.eps)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of scale and shift."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = F.group_norm_backward(grad_out, cache)
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
        if shape[:1] != (self.num_channels,):
            raise ValueError(f"{self.name}: expects {self.num_channels} channels, gets the shape {shape}")
        return shape


class LocalResponseNorm(Activation[LocalResponseCache]):
    """Damp each channel by its neighbours; see `convnet.functional.local_response_norm_forward`.

    Parameters
    ----------
    size : int
        Channels of the window.
    alpha, beta, k : float
        As in `convnet.functional.local_response_norm_forward`.

    Raises
    ------
    ValueError
        When a number is out of range; in a forward pass, when the input has fewer than three dimensions.

    Examples
    --------
    >>> import numpy as np
    >>> LocalResponseNorm(2, alpha=2.0, beta=1.0)(np.asarray([[[1.0], [3.0]]])).round(3)
    array([[[0.5  ],
            [0.273]]])
    """

    _forward = staticmethod(F.local_response_norm_forward)
    _backward = staticmethod(F.local_response_norm_backward)

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> None:
        self.size = integer(self.name, "size", size, 1)
        self.alpha = number(self.name, "alpha", alpha, -inf)
        self.beta = number(self.name, "beta", beta, -inf)
        self.k = number(self.name, "k", k, -inf)

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"

    def _options(self) -> tuple[int, float, float, float]:
        return self.size, self.alpha, self.beta, self.k
