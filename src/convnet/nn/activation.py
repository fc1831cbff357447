"""Activations as layers."""

from __future__ import annotations

from convnet import functional as F
from convnet._arguments import integer
from convnet._array import Array
from convnet.functional.activation import ReluCache, SoftmaxCache
from convnet.functional.prelu import PreluCache
from convnet.functional.sigmoid import SigmoidCache, TanhCache
from convnet.nn.flow import Shape
from convnet.nn.init import constant
from convnet.nn.module import Module
from convnet.nn.parameter import Parameter


class ReLU(Module):
    """Keep what is positive; see `convnet.functional.relu_forward`.

    Raises
    ------
    ValueError
        In a forward pass, when the input holds no floating-point numbers.

    Examples
    --------
    >>> import numpy as np
    >>> layer = ReLU()
    >>> layer(np.asarray([-1.0, 2.0]))
    array([0., 2.])
    >>> layer.backward(np.asarray([5.0, 5.0]))
    array([0., 5.])
    """

    def __init__(self) -> None:
        self._cache: ReluCache | None = None

    def forward(self, x: Array) -> Array:
        """Return max(x, 0)."""
        out, self._cache = F.relu_forward(x)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input."""
        cache, self._cache = self._kept(self._cache), None
        return F.relu_backward(grad_out, cache)


class Tanh(Module):
    """Squash into (−1, 1); see `convnet.functional.tanh_forward`.

    Raises
    ------
    ValueError
        In a forward pass, when the input holds no floating-point numbers.

    Examples
    --------
    >>> import numpy as np
    >>> Tanh()(np.asarray([-9.0, 0.0, 9.0])).round(3)
    array([-1.,  0.,  1.])
    """

    def __init__(self) -> None:
        self._cache: TanhCache | None = None

    def forward(self, x: Array) -> Array:
        """Return tanh x."""
        out, self._cache = F.tanh_forward(x)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input."""
        cache, self._cache = self._kept(self._cache), None
        return F.tanh_backward(grad_out, cache)


class Sigmoid(Module):
    """Squash into (0, 1); see `convnet.functional.sigmoid_forward`.

    Raises
    ------
    ValueError
        In a forward pass, when the input holds no floating-point numbers.

    Examples
    --------
    >>> import numpy as np
    >>> Sigmoid()(np.asarray([-9.0, 0.0, 9.0])).round(3)
    array([0. , 0.5, 1. ])
    """

    def __init__(self) -> None:
        self._cache: SigmoidCache | None = None

    def forward(self, x: Array) -> Array:
        """Return σ(x)."""
        out, self._cache = F.sigmoid_forward(x)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input."""
        cache, self._cache = self._kept(self._cache), None
        return F.sigmoid_backward(grad_out, cache)


class PReLU(Module):
    """Scale what is negative by a learned slope; see `convnet.functional.prelu_forward`.

    Parameters
    ----------
    num_parameters : int
        1 for one slope, or one for each channel.
    init : float
        Where the slopes start.

    Raises
    ------
    ValueError
        When `num_parameters` is below 1; in a forward pass, when it is neither 1 nor the number of channels.

    Examples
    --------
    >>> import numpy as np
    >>> PReLU().initialize()(np.asarray([-4.0, 2.0], dtype=np.float32))
    array([-1.,  2.], dtype=float32)
    """

    def __init__(self, num_parameters: int = 1, init: float = 0.25) -> None:
        self.weight = Parameter((integer(self.name, "num_parameters", num_parameters, 1),), constant(init))
        self._cache: PreluCache | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"num_parameters={self.weight.shape[0]}"

    def forward(self, x: Array) -> Array:
        """Return x where it is positive, and the slope times x elsewhere."""
        out, self._cache = F.prelu_forward(x, self.weight.data)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to that of the slopes."""
        cache, self._cache = self._kept(self._cache), None
        grad_x, grad_weight = F.prelu_backward(grad_out, cache)
        self.weight.accumulate(grad_weight)
        return grad_x

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape as it is.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        slopes = self.weight.shape[0]
        if slopes != 1 and shape[:1] != (slopes,):
            raise ValueError(f"{self.name}: expects {slopes} channels, gets the shape {shape}")
        return shape


class Softmax(Module):
    """Turn scores into probabilities; see `convnet.functional.softmax_forward`.

    `CrossEntropyLoss` holds a softmax already: put none before it.

    Parameters
    ----------
    dim : int
        Axis along which the outputs sum to 1.

    Raises
    ------
    ValueError
        In a forward pass, when the input holds no floating-point numbers or has no axis `dim`.

    Examples
    --------
    >>> import numpy as np
    >>> Softmax(dim=1)(np.asarray([[0.0, 0.0, 0.0, 0.0]]))
    array([[0.25, 0.25, 0.25, 0.25]])
    """

    def __init__(self, dim: int) -> None:
        self.dim = dim
        self._cache: SoftmaxCache | None = None

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"dim={self.dim}"

    def forward(self, x: Array) -> Array:
        """Return the probabilities."""
        out, self._cache = F.softmax_forward(x, self.dim)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the scores."""
        cache, self._cache = self._kept(self._cache), None
        return F.softmax_backward(grad_out, cache)
