"""Layers and networks with one input and one output: a forward and a backward pass, and their numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import prod

from convnet._array import Array
from convnet.nn.component import Component
from convnet.nn.flow import Flow, Layer, Shape, Step


class Module(Component, ABC):
    """A layer with one input, or a network of such layers.

    There is no autograd: `forward` keeps what `backward` needs, and `backward` takes the gradient of the loss
    by the output, adds to the gradients of the parameters and returns the gradient by the input. One backward
    pass belongs to one forward pass; a layer that appears twice in a network must be two objects.

    What it owns, and how its arrays come and go, is told by `Component`.

    Examples
    --------
    A layer of one's own is two methods:

    >>> import numpy as np
    >>> class Scale(Module):
    ...     def __init__(self, factor):
    ...         self.factor = factor
    ...
    ...     def forward(self, x):
    ...         return self.factor * x
    ...
    ...     def backward(self, grad_out):
    ...         return self.factor * grad_out
    >>> layer = Scale(3.0)
    >>> layer(np.asarray([1.0, 2.0])), layer.backward(np.asarray([1.0, 1.0]))
    (array([3., 6.]), array([3., 3.]))
    """

    @abstractmethod
    def forward(self, x: Array) -> Array:
        """Return the output, and keep what `backward` needs."""

    @abstractmethod
    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, and add to those of the parameters.

        Raises
        ------
        ValueError
            When there was no forward pass before it, or `grad_out` does not have the shape of the output.
        """

    def backward_parameters(self, grad_out: Array) -> None:
        """Add to the gradients of the parameters only: what training wants of a whole network.

        The gradient by the images is then not computed, which is a good part of the first layer's work.
        """
        self.backward(grad_out)

    def __call__(self, x: Array) -> Array:
        """Return the output: `model(x)` is `model.forward(x)`."""
        return self.forward(x)

    def output_shape(self, shape: Shape) -> Shape:
        """Return the shape of the output for one example of the given shape (without the batch axis)."""
        return shape

    def multiply_adds(self, shape: Shape) -> int:
        """Return the multiply-adds for one example of the given shape; those of products only."""
        return 0

    def windows(self, shape: Shape) -> tuple[Step, ...] | None:
        """Return what an output reads along each axis of the maps; None where that is its own pixel."""
        return None

    def trace(self, name: str, flow: Flow, layers: list[Layer]) -> Flow:
        """Follow one example through: append a line for each layer, return what comes out."""
        shape = self.output_shape(flow.shape)
        after = flow.through(shape, self.windows(flow.shape))
        counted = sum(prod(parameter.shape) for parameter in self.parameters())
        layers.append(Layer(name, self.name, shape, counted, self.multiply_adds(flow.shape), after.field))
        return after
