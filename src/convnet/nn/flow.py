"""Follow one example through a network by shape alone: sizes, counts and receptive fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from convnet.arithmetic import receptive_field

Shape = tuple[int, ...]
Window = tuple[int, int, int, int]
"""Kernel size, stride, padding and dilation along one axis."""


class Layer(NamedTuple):
    """One line of a summary."""

    name: str
    """The layer's name in the network."""
    kind: str
    """The layer's class."""
    shape: Shape
    """Shape of its output for one example."""
    parameters: int
    """Numbers that are learned."""
    multiply_adds: int
    """Products, each with the addition that takes it in, for one example."""
    field: tuple[int, int] | None
    """Height and width of the input region that one output sees; None where it sees everything."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What comes out of a layer: the shape, and the windows passed on the way along rows and columns."""

    shape: Shape
    rows: tuple[Window, ...] = ()
    columns: tuple[Window, ...] = ()
    sees_all: bool = False

    @property
    def field(self) -> tuple[int, int] | None:
        """Height and width of the input region that one output sees; None where it sees everything."""
        return None if self.sees_all else (_size(self.rows), _size(self.columns))

    def through(self, shape: Shape, windows: tuple[Window, Window] | None) -> Self:
        """Return the flow after a layer with these windows."""
        rows, columns = ((windows[0],), (windows[1],)) if windows else ((), ())
        return type(self)(shape, self.rows + rows, self.columns + columns, self.sees_all)


def joined(shape: Shape, flows: Sequence[Flow]) -> Flow:
    """Return the flow where branches meet: along each axis the widest of them counts."""
    return Flow(
        shape,
        max((flow.rows for flow in flows), key=_size),
        max((flow.columns for flow in flows), key=_size),
        any(flow.sees_all for flow in flows),
    )


def _size(windows: tuple[Window, ...]) -> int:
    return receptive_field(windows)[-1].size if windows else 1
