"""A table of a network: shapes, parameters, multiply-adds, receptive fields."""

from __future__ import annotations

from dataclasses import dataclass

from convnet._arguments import integers, sequence
from convnet.nn.flow import Flow, Layer, Shape
from convnet.nn.module import Module


@dataclass(frozen=True, slots=True, repr=False)
class Summary:
    """A network's layers in the order in which an example meets them; it prints as a table.

    Examples
    --------
    >>> from convnet.nn import Conv2d, Flatten, Linear, Sequential, summary
    >>> table = summary(Sequential(Conv2d(3, 6, 5), Flatten(), Linear(4704, 10)), (3, 32, 32))
    >>> table.parameters, table.multiply_adds, [layer.field for layer in table.layers]
    (47506, 399840, [(5, 5), (5, 5), None])
    """

    input_shape: Shape
    layers: tuple[Layer, ...]

    @property
    def parameters(self) -> int:
        """Numbers that are learned, in all layers."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def multiply_adds(self) -> int:
        """Multiply-adds for one example, in all layers."""
        return sum(layer.multiply_adds for layer in self.layers)

    def __repr__(self) -> str:
        rows = [("layer", "kind", "output", "parameters", "multiply-adds", "sees")]
        rows += [
            (
                layer.name,
                layer.kind,
                _sizes(layer.shape),
                f"{layer.parameters:,}" if layer.parameters else "",
                f"{layer.multiply_adds:,}" if layer.multiply_adds else "",
                "all" if layer.field is None else _sizes(layer.field),
            )
            for layer in self.layers
        ]
        rows.append(("total", "", "", f"{self.parameters:,}", f"{self.multiply_adds:,}", ""))
        widths = [max(len(row[column]) for row in rows) for column in range(6)]
        lines = [
            "  ".join(
                cell.ljust(width) if column < 2 else cell.rjust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in rows
        ]
        return "\n".join([f"input {_sizes(self.input_shape)}", *lines])


def summary(model: Module, input_shape: Shape) -> Summary:
    """Describe a network layer by layer, by arithmetic alone: it needs no values, and makes none.

    The receptive field of a layer is the region of the input that one of its outputs depends on, padding
    included; where branches meet, or outputs differ behind a layer that makes maps larger, the widest counts.
    A linear layer sees all. Normalizations count as layers of one pixel: their means and variances, which all
    pixels have a share in, are taken for constants.

    Parameters
    ----------
    model : Module
        The network, initialized or not.
    input_shape : tuple of int
        Shape of one example, such as (C, H, W): channels first, or features alone.

    Returns
    -------
    Summary
        Lines, totals and a printed table.

    Raises
    ------
    ValueError
        When `input_shape` is no shape, or a layer cannot take the shape that reaches it.

    Examples
    --------
    >>> from convnet.nn import Conv2d, MaxPool2d, Sequential
    >>> print(summary(Sequential(Conv2d(3, 6, 5), MaxPool2d(2)), (3, 32, 32)))
    input 3 × 32 × 32
    layer  kind            output  parameters  multiply-adds   sees
    0      Conv2d     6 × 28 × 28         456        352,800  5 × 5
    1      MaxPool2d  6 × 14 × 14                             6 × 6
    total                                 456        352,800
    """
    sizes = sequence("summary", "input_shape", input_shape, "a shape such as (C, H, W)")
    shape = integers("summary", "input_shape", sizes, len(sizes), 1)
    layers: list[Layer] = []
    model.trace("", Flow.start(shape), layers)
    return Summary(shape, tuple(layers))


def _sizes(shape: tuple[int, ...]) -> str:
    return " × ".join(str(size) for size in shape)
