"""Dropout layers, each with its own source of chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convnet._array import Array
from convnet._numbers import number
from convnet.functional.dropout import (
    DropoutCache,
    dropout2d_backward,
    dropout2d_forward,
    dropout_backward,
    dropout_forward,
)
from convnet.nn.flow import Shape
from convnet.nn.module import Module


class _Dropout(Module):
    _forward: Callable[..., tuple[Array, DropoutCache]]
    _backward: Callable[[Array, DropoutCache], Array]

    def __init__(self, p: float = 0.5) -> None:
        self.p = number(self.name, "p", p, 0.0, 1.0)
        self.generator: np.random.Generator | None = None
        self._cache: DropoutCache | None = None

    def seed(self, generator: np.random.Generator) -> None:
        """Take a generator of one's own from `generator`."""
        self.generator = generator.spawn(1)[0]

    def extra_repr(self) -> str:
        """Return the layer's options as text."""
        return f"p={self.p}"

    def forward(self, x: Array) -> Array:
        """Return the input with a part of it put to zero; in evaluation mode, the input itself."""
        out, self._cache = type(self)._forward(x, self.p, self.training, generator=self.generator)
        return out

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input."""
        cache, self._cache = self._kept(self._cache), None
        return type(self)._backward(grad_out, cache)


class Dropout(_Dropout):
    """Put each input to zero by chance in training; see `convnet.functional.dropout_forward`.

    Parameters
    ----------
    p : float
        Probability to be dropped, from 0 to 1.

    Raises
    ------
    ValueError
        When `p` is no probability; in a forward pass in training, when there is no generator yet.

    Notes
    -----
    `generator`, a `numpy.random.Generator`, is set by `initialize(seed)` of the network, or by hand.

    Examples
    --------
    What stays is scaled up, so that the mean stays:

    >>> import numpy as np
    >>> Dropout(0.5).initialize(seed=0)(np.ones(6))
    array([2., 2., 0., 0., 2., 2.])
    """

    _forward = staticmethod(dropout_forward)
    _backward = staticmethod(dropout_backward)


class Dropout2d(_Dropout):
    """Put whole channels to zero by chance in training; see `convnet.functional.dropout2d_forward`.

    Parameters
    ----------
    p : float
        Probability of a channel to be dropped, from 0 to 1.

    Raises
    ------
    ValueError
        When `p` is no probability; in a forward pass, when the input does not have four dimensions, or in
        training there is no generator yet.

    Notes
    -----
    `generator`, a `numpy.random.Generator`, is set by `initialize(seed)` of the network, or by hand.

    Examples
    --------
    >>> import numpy as np
    >>> Dropout2d(0.5).initialize(seed=0)(np.ones((1, 4, 8, 8))).mean(axis=(2, 3))
    array([[2., 2., 0., 0.]])
    """

    _forward = staticmethod(dropout2d_forward)
    _backward = staticmethod(dropout2d_backward)

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape as it is.

        Raises
        ------
        ValueError
            When the shape does not belong to an input of this layer.
        """
        if len(shape) != 3:
            raise ValueError(f"{self.name}: expects the shape (C, H, W), gets {shape}")
        return shape
