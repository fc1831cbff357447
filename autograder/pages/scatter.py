"""The small plot of questions by difficulty and discrimination: where dots and their names stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 240  # of the plot's two sides, in its own units
LOWEST = -0.2  # the axis begins there unless a question lies lower
_DOT, _HIGH, _WIDE = 4.0, 11.0, 6.5  # a dot's radius, a name's height and the width of each of its letters


@dataclass(frozen=True)
class Dot:
    """A question in the plot: its name, its place, and where the middle of its name stands."""

    name: str
    x: float
    y: float
    name_x: float
    name_y: float
    backwards: bool


@dataclass(frozen=True)
class Scatter:
    """The plot: its dots, and the marks of the axis of discrimination, each with its height."""

    dots: tuple[Dot, ...]
    marks: tuple[tuple[str, float], ...]


def scatter(questions: Sequence[tuple[str, float, float]]) -> Scatter:
    """Lay out the plot; names stand where they cover neither a dot nor another name, as far as there is room.

    Parameters
    ----------
    questions : sequence of (str, float, float)
        Each question's name, the part of its points that was got, and its discrimination.
    """
    low = -1.0 if any(d < LOWEST for _, _, d in questions) else LOWEST
    height = {d: SIZE * (1.0 - d) / (1.0 - low) for d in (1.0, 0.5, 0.0, low)}
    dots = [(name, SIZE * share, SIZE * (1.0 - d) / (1.0 - low), d < 0) for name, share, d in questions]
    taken = [_box(x, y, 2 * _DOT, 2 * _DOT) for _, x, y, _ in dots]
    placed: list[Dot] = []
    for name, x, y, backwards in sorted(dots, key=lambda dot: (dot[2], dot[1])):
        wide = _WIDE * len(name)
        places = _around(x, y, wide)
        free = [p for p in places if not any(_meet(_box(*p, wide, _HIGH), other) for other in taken)]
        at = free[0] if free else places[0]
        taken.append(_box(*at, wide, _HIGH))
        placed.append(Dot(name, x, y, *at, backwards))
    marks = [(f"{d:g}".replace("-", "−"), y) for d, y in height.items()]
    return Scatter(tuple(placed), tuple(marks))


def _around(x: float, y: float, wide: float) -> list[tuple[float, float]]:
    """List places for the middle of a name, the nearest first: beside its dot, above, below, then farther."""
    found = []
    for away in (_DOT + 2, _DOT + 13, _DOT + 24, _DOT + 35):
        side, over = wide / 2 + away, _HIGH / 2 + away - 1
        for dx, dy in ((side, 0), (-side, 0), (0, -over), (0, over), (side, over), (side, -over),
                       (-side, over), (-side, -over)):  # fmt: skip
            if wide / 2 <= x + dx <= SIZE + 10 - wide / 2 and 0 <= y + dy <= SIZE:
                found.append((x + dx, y + dy))
    return found or [(x, y)]


def _box(x: float, y: float, wide: float, high: float) -> tuple[float, float, float, float]:
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
