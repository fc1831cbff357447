"""Layers in a row."""

from __future__ import annotations

from typing import overload

from convnet._array import Array
from convnet.nn._holder import Holder, below
from convnet.nn.flow import Flow, Layer
from convnet.nn.module import Module


class Sequential(Holder):
    """Layers in a row.

    `network[0]` and `network.last` are layers, which can be replaced; `network[:3]` is a network of the first
    three, the layers themselves and not copies.

    Parameters
    ----------
    *layers : Module
        Layers named "0", "1", …; or one mapping of names to layers.
    **named : Module
        Layers after those, with names of their own.

    Raises
    ------
    ValueError
        When an argument is no module, or one comes twice.

    Examples
    --------
    >>> from convnet.nn import Linear, ReLU, Tanh
    >>> network = Sequential(Linear(4, 3), ReLU(), last=Linear(3, 2))
    >>> [name for name, _ in network.named_parameters()]
    ['0.weight', '0.bias', 'last.weight', 'last.bias']
    >>> network[1] = Tanh()
    >>> print(network[1:])
    Sequential(
      (1): Tanh()
      (last): Linear(in_features=3, out_features=2, bias=True)
    )
    """

    @overload
    def __getitem__(self, place: int) -> Module: ...
    @overload
    def __getitem__(self, place: slice) -> Sequential: ...
    def __getitem__(self, place: int | slice) -> Module:
        """Return a layer by its place, or a network of several."""
        if isinstance(place, slice):
            return Sequential(dict(list(self.layers.items())[place]))
        return list(self.layers.values())[place]

    def __setitem__(self, place: int, layer: Module) -> None:
        """Replace a layer."""
        name = list(self.layers)[place]
        self.layers[name] = self._fitting(name, layer)

    def forward(self, x: Array) -> Array:
        """Return what comes out of the last layer."""
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input of the first layer."""
        for layer in reversed(self.layers.values()):
            grad_out = layer.backward(grad_out)
        return grad_out

    def backward_parameters(self, grad_out: Array) -> None:
        """Add to the gradients of the parameters, and stop at the first layer."""
        first, *others = self.layers.values()
        for layer in reversed(others):
            grad_out = layer.backward(grad_out)
        first.backward_parameters(grad_out)

    def trace(self, name: str, flow: Flow, layers: list[Layer]) -> Flow:
        """Follow one example through the layers, one after another."""
        for child, layer in self.layers.items():
            flow = layer.trace(below(name, child, layer), flow, layers)
        return flow
