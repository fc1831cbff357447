"""Activations as layers: with a corner at zero, and S-shaped."""

from __future__ import annotations

from math import inf

from convnet import functional as F
from convnet._arguments import integer
from convnet._array import Array
from convnet._numbers import number
from convnet.functional.activation import ReluCache
from convnet.functional.leaky_relu import LeakyReluCache
from convnet.functional.prelu import PreluCache
from convnet.functional.sigmoid import SigmoidCache, TanhCache
from convnet.nn._activation import Activation
from convnet.nn.flow import Shape
from convnet.nn.init import constant
from convnet.nn.module import Module
from convnet.nn.parameter import Parameter


class ReLU(Activation[ReluCache]):
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

    _forward = staticmethod(F.relu_forward)
    _backward = staticmethod(F.relu_backward)


class LeakyReLU(Activation[LeakyReluCache]):
    """Keep what is positive, and a small share of the rest; see `convnet.functional.leaky_relu_forward`.

    Parameters
    ----------
    negative_slope : float
        The share of what is negative.

    Raises
    ------
    ValueError
        When `negative_slope` is no number; in a forward pass, when the input holds no floating-point numbers.

    Examples
    --------
    >>> import numpy as np
    >>> LeakyReLU(0.1)(np.asarray([-4.0, 2.0]))
    array([-0.4,  2. ])
    """

    _forward = staticmethod(F.leaky_relu_forward)
    _backward = staticmethod(F.leaky_relu_backward)

    def __init__(self, negative_slope: float = 0.01) -> None:
        self.negative_slope = number(self.name, "negative_slope", negative_slope, -inf)

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"negative_slope={self.negative_slope}"

    def _options(self) -> tuple[float]:
        return (self.negative_slope,)


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


class Tanh(Activation[TanhCache]):
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

    _forward = staticmethod(F.tanh_forward)
    _backward = staticmethod(F.tanh_backward)


class Sigmoid(Activation[SigmoidCache]):
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

    _forward = staticmethod(F.sigmoid_forward)
    _backward = staticmethod(F.sigmoid_backward)
