"""Follow one example through a network by shape alone: sizes, counts and receptive fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from convnet.arithmetic import receptive_field

Shape = tuple[int, ...]
Window = tuple[int, int, int, int]
"""Kernel size, stride, padding and dilation along one axis."""


class Spread(NamedTuple):
    """Which inputs each output of a layer reads along one axis: for layers that make maps larger."""

    first: tuple[int, ...]
    """The first input of each output."""
    last: tuple[int, ...]
    """The last one; an output that reads nothing has its first behind all inputs, and its last before."""


Step = Window | Spread
"""What a layer does along one axis."""


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
    field: tuple[int, ...] | None
    """Size of the input region that one output sees, axis by axis; None where it sees everything."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What comes out of a layer: the shape, and the steps taken on the way along each axis of the maps."""

    shape: Shape
    axes: tuple[tuple[Step, ...], ...] = ()
    sees_all: bool = False

    @classmethod
    def start(cls, shape: Shape) -> Self:
        """Return the flow before the first layer: channels and axes, or a row of features."""
        return cls(shape, ((),) * (len(shape) - 1), sees_all=len(shape) == 1)

    @property
    def field(self) -> tuple[int, ...] | None:
        """Size of the input region that one output sees, axis by axis; None where it sees everything."""
        return None if self.sees_all else tuple(_size(steps) for steps in self.axes)

    def through(self, shape: Shape, windows: tuple[Step, ...] | None) -> Self:
        """Return the flow after a layer with these windows."""
        if windows is None:
            return type(self)(shape, self.axes, self.sees_all)
        axes = tuple((*steps, window) for steps, window in zip(self.axes, windows, strict=True))
        return type(self)(shape, axes, self.sees_all)


def joined(shape: Shape, flows: Sequence[Flow]) -> Flow:
    """Return the flow where branches meet: along each axis the widest of them counts."""
    axes = tuple(max(ways, key=_size) for ways in zip(*(flow.axes for flow in flows), strict=True))
    return Flow(shape, axes, any(flow.sees_all for flow in flows))


def _size(steps: tuple[Step, ...]) -> int:
    """Return how many inputs an output sees; the most that any does, where they differ."""
    spreads = [(place, step) for place, step in enumerate(steps) if isinstance(step, Spread)]
    place, spread = spreads[-1] if spreads else (-1, Spread((), ()))
    windows = [step for step in steps[place + 1 :] if not isinstance(step, Spread)]
    field = receptive_field([(1, 1), *windows])[-1]
    if not spreads:
        return field.size
    # Behind a layer that makes maps larger, the outputs differ: all of them are followed back.
    left = round(field.start - (field.size - 1) / 2)
    seen = {(first, first + field.size - 1) for first in range(left, len(spread.first), field.jump)}
    for step in reversed(steps[: place + 1]):
        seen = {_back(step, *interval) for interval in seen}
        seen = {(first, last) for first, last in seen if first <= last}
    return max((last - first + 1 for first, last in seen), default=0)


def _back(step: Step, first: int, last: int) -> tuple[int, int]:
    """Return the first and the last input that a range of outputs reads; of a spread, without padding."""
    if isinstance(step, Spread):
        end = len(step.first) - 1
        read = slice(min(max(first, 0), end), min(max(last, 0), end) + 1)
        return min(step.first[read]), max(step.last[read])
    kernel, stride, padding, dilation = step
    return first * stride - padding, last * stride - padding + dilation * (kernel - 1)
