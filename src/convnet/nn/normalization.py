"""Normalization of each example by itself, with scales and shifts."""

from __future__ import annotations

from collections.abc import Sequence

from convnet._arguments import integer
from convnet._array import Array
from convnet._numbers import number
from convnet.functional.layer_normalization import LayerNormCache, layer_norm_backward, layer_norm_forward
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
