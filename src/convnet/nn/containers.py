"""Networks that are no row: around a shortcut, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from convnet._arguments import shape_of
from convnet._array import Array, namespace
from convnet.nn._holder import Holder, below
from convnet.nn.flow import Flow, Layer, joined
from convnet.nn.module import Module
from convnet.nn.sequential import Sequential

AnyModule = TypeVar("AnyModule", bound=Module)


class Residual(Sequential):
    r"""Layers in a row, and a shortcut around them: :math:`y = F(x) + S(x)`.

    The gradient reaches the input on both ways, on the shortcut without passing a single weight. The
    activation follows the addition; it is the next layer.

    Parameters
    ----------
    *layers, **named : Module
        The layers :math:`F`.
    downsample : Module, optional
        The shortcut :math:`S`, where the shape changes; the identity unless given.

    Raises
    ------
    ValueError
        When an argument is no module, or one comes twice; in a forward pass, when the layers and the shortcut
        give different shapes.

    Notes
    -----
    Source: He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016; Michigan, CNN
    overview. The name of the shortcut is torchvision's.

    Examples
    --------
    >>> import numpy as np
    >>> from convnet.nn import ReLU
    >>> Residual(ReLU())(np.asarray([-1.0, 2.0]))
    array([-1.,  4.])
    """

    beside = ("downsample",)

    def __init__(
        self,
        *layers: Module | Mapping[str, Module],
        downsample: Module | None = None,
        **named: Module,
    ) -> None:
        super().__init__(*layers, **named)
        self.downsample = downsample

    def children(self) -> Mapping[str, Module]:
        """Return the layers by name, and the shortcut."""
        return self.layers if self.downsample is None else {**self.layers, "downsample": self.downsample}

    def forward(self, x: Array) -> Array:
        """Return the sum of both ways.

        Raises
        ------
        ValueError
            When the layers and the shortcut give different shapes.
        """
        out = super().forward(x)
        shortcut = x if self.downsample is None else self.downsample.forward(x)
        if shape_of(out) != shape_of(shortcut):
            raise ValueError(
                f"{self.name}: the layers give the shape {shape_of(out)}, the shortcut {shape_of(shortcut)}"
            )
        return out + shortcut

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, which adds up both ways."""
        shortcut = grad_out if self.downsample is None else self.downsample.backward(grad_out)
        return super().backward(grad_out) + shortcut

    def backward_parameters(self, grad_out: Array) -> None:
        """Add to the gradients of the parameters on both ways."""
        if self.downsample is not None:
            self.downsample.backward_parameters(grad_out)
        super().backward_parameters(grad_out)

    def trace(self, name: str, flow: Flow, layers: list[Layer]) -> Flow:
        """Follow one example along both ways.

        Raises
        ------
        ValueError
            When the layers and the shortcut give different shapes.
        """
        after = super().trace(name, flow, layers)
        if self.downsample is not None:
            place = below(name, "downsample", self.downsample)
            flow = self.downsample.trace(place, flow, layers)
        if after.shape != flow.shape:
            raise ValueError(
                f"{self.name}: the layers give the shape {after.shape}, the shortcut {flow.shape}"
            )
        return joined(after.shape, [after, flow])


class Branches(Holder):
    """Branches side by side; their maps are joined along the channels.

    Parameters
    ----------
    *layers : Module
        Branches named "0", "1", …; or one mapping of names to branches.
    **named : Module
        Branches after those, with names of their own.

    Raises
    ------
    ValueError
        When an argument is no module, or one comes twice.

    Notes
    -----
    Source: Szegedy et al., "Going deeper with convolutions", 2015.

    Examples
    --------
    >>> import numpy as np
    >>> from convnet.nn import ReLU, Tanh
    >>> Branches(ReLU(), Tanh())(np.zeros((1, 3, 4, 4))).shape
    (1, 6, 4, 4)
    """

    _cache: list[int] | None = None

    def forward(self, x: Array) -> Array:
        """Return the maps of all branches."""
        outs = [branch.forward(x) for branch in self.layers.values()]
        self._cache = [out.shape[1] for out in outs]
        joint: Array = namespace(x).concat(outs, axis=1)
        return joint

    def backward(self, grad_out: Array) -> Array:
        """Return the gradient by the input, which adds up all branches."""
        channels, self._cache = self._kept(self._cache), None
        total: Array | None = None
        start = 0
        for branch, count in zip(self.layers.values(), channels, strict=True):
            part = namespace(grad_out).asarray(grad_out[:, start : start + count, ...], copy=True)
            grad = branch.backward(part)
            total = grad if total is None else total + grad
            start += count
        return self._kept(total)

    def trace(self, name: str, flow: Flow, layers: list[Layer]) -> Flow:
        """Follow one example through each branch."""
        flows = [
            branch.trace(below(name, child, branch), flow, layers) for child, branch in self.layers.items()
        ]
        channels = sum(after.shape[0] for after in flows)
        return joined((channels, *flows[0].shape[1:]), flows)


def inline(module: AnyModule) -> AnyModule:
    """Let the names of a module's children stand where its own would; return the module.

    The arrangement of a network then does not show in the names of its parameters.

    Parameters
    ----------
    module : Module
        A network with children.

    Returns
    -------
    Module
        The module itself.

    Examples
    --------
    >>> from convnet.nn import Linear
    >>> network = Sequential(inline(Sequential(first=Linear(2, 2), second=Linear(2, 2))))
    >>> [name for name, _ in network.named_parameters()]
    ['first.weight', 'first.bias', 'second.weight', 'second.bias']
    """
    module.inlined = True
    return module
