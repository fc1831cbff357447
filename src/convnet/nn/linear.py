"""The fully connected layer, and what leads up to it or stands in for it."""

from __future__ import annotations

from dataclasses import replace
from math import prod, sqrt

from convnet import functional as F
from convnet._arguments import axis, integer, shape_of
from convnet._array import Array, namespace
from convnet.arithmetic import linear_multiply_adds
from convnet.functional.linear import LinearCache
from convnet.nn.flow import Flow, Layer, Shape
from convnet.nn.init import uniform
from convnet.nn.module import Module
from convnet.nn.parameter import Parameter


class Linear(Module):
    r"""A fully connected layer with its weights: :math:`y = x W^\top + b`.

    It acts along the last axis; see `convnet.functional.linear_forward`.

    Parameters
    ----------
    in_features, out_features : int
        Numbers in and out; `weight` has the shape (out_features, in_features).
    bias : bool
        Whether to add one number for each output.

    Raises
    ------
    ValueError
        When a size is below 1.

    Notes
    -----
    Weights and biases start evenly drawn up to :math:`1 / \sqrt{in\_features}`, as in `torch.nn.Linear`.

    Examples
    --------
    >>> import numpy as np
    >>> layer = Linear(3, 2).initialize(seed=0)
    >>> layer(np.ones((5, 3), dtype=np.float32)).shape
    (5, 2)
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        self.in_features = integer(self.name, "in_features", in_features, 1)
        self.out_features = integer(self.name, "out_features", out_features, 1)
        start = uniform(1.0 / sqrt(in_features))
        self.weight = Parameter((out_features, in_features), start)
        self.bias = Parameter((out_features,), start) if bias else None
        self._cache: LinearCache | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return (
            f"in_features={self.in_features}, out_features={self.out_features}, bias={self.bias is not None}"
        )

    def forward(self, x: Array) -> Array:
        """Return the output, shape (..., out_features)."""
        bias = None if self.bias is None else self.bias.data
        out, self._cache = F.linear_forward(x, self.weight.data, bias)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of weight and bias."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight, grad_bias = F.linear_backward(grad_out, cache)
        self.weight.accumulate(grad_weight)
        if self.bias is not None:
            self.bias.accumulate(grad_bias)
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape with its last size replaced.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if not shape or shape[-1] != self.in_features:
            raise ValueError(
                f"{self.name}: expects {self.in_features} input features, gets the shape {shape}"
            )
        return (*shape[:-1], self.out_features)

    def multiply_adds(self, shape: Shape) -> int:
        """Return the number of weights, times the positions along further axes."""
        return linear_multiply_adds(self.in_features, self.out_features) * prod(shape[:-1])

    def trace(self, name: str, flow: Flow, layers: list[Layer]) -> Flow:
        """Follow one example through; each output sees all of it."""
        return super().trace(name, replace(flow, sees_all=True), layers)


class Flatten(Module):
    """Lay the features of each example out in one row: (N, C, H, W) becomes (N, C · H · W).

    Parameters
    ----------
    start_dim, end_dim : int
        First and last of the axes that become one; negative ones count from the last axis.

    Raises
    ------
    ValueError
        In a forward pass, when the input has no such axes, or the first comes after the last.

    Examples
    --------
    >>> import numpy as np
    >>> Flatten()(np.zeros((2, 16, 5, 5))).shape
    (2, 400)
    """

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        self.start_dim, self.end_dim = start_dim, end_dim
        self._cache: tuple[int, ...] | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"

    def forward(self, x: Array) -> Array:
        """Return the rows."""
        self._cache = shape_of(x)
        rows: Array = namespace(x).reshape(x, self._flat(self._cache))
        return rows

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient in the shape of the input."""
        shape, self._cache = self._kept(self._cache), None
        grad_x: Array = namespace(grad_out).reshape(grad_out, shape)
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return the number of features."""
        return self._flat((1, *shape))[1:]

    def trace(self, name: str, flow: Flow, layers: list[Layer]) -> Flow:
        """Follow one example through; what reads the row sees the whole map."""
        after = super().trace(name, flow, layers)
        return Flow(after.shape, sees_all=True)

    def _flat(self, shape: Shape) -> Shape:
        """Return the shape with the axes joined."""
        first = axis(self.name, "start_dim", self.start_dim, len(shape))
        last = axis(self.name, "end_dim", self.end_dim, len(shape))
        if first > last:
            raise ValueError(
                f"{self.name}: start_dim must not come after end_dim, "
                f"got {self.start_dim} and {self.end_dim} (x: {shape})"
            )
        return (*shape[:first], prod(shape[first : last + 1]), *shape[last + 1 :])


class Identity(Module):
    """Return the input as it is: what stands in the place of a layer that is left out.

    Notes
    -----
    Source: name of `torch.nn.Identity`.

    Examples
    --------
    >>> import numpy as np
    >>> Identity()(np.asarray([1.0, 2.0]))
    array([1., 2.])
    """

    _cache: bool | None = None

    def forward(self, x: Array) -> Array:
        """Return the input."""
        self._cache = True
        return x

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient as it came."""
        self._kept(self._cache)
        self._cache = None
        return grad_out
