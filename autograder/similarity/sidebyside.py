"""Two notebooks side by side: the pieces that have runs in common, line by line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.similarity.alignment import Tile
from autograder.similarity.texts import Reading, Segment

CONTEXT = 2  # lines shown around a common run
WIDTH = 240  # characters of a line
MOST_LINES = 200  # of one piece
MOST_PIECES = 40  # of one pair


@dataclass(frozen=True)
class Line:
    """A line of a cell, counted from 1; ``run`` is the number of the common run it is part of, 0 for none.

    Where lines were left out, ``number`` is 0 and ``text`` says how many.
    """

    number: int
    run: int
    text: str


@dataclass(frozen=True)
class Piece:
    """A function, or statements between functions, of one notebook."""

    cell: int
    name: str
    question: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Facing:
    """Two pieces with runs in common."""

    left: Piece
    right: Piece


def side_by_side(left: Reading, right: Reading, tiles: Sequence[Tile]) -> tuple[Facing, ...]:
    """Set the pieces that have common runs against each other, in the order of the left notebook.

    Runs are numbered from 1. A line with tokens of two runs counts to the first.

    Parameters
    ----------
    left, right : Reading
        The notebooks.
    tiles : sequence of Tile
        Their common runs, by their place on the left.

    Raises
    ------
    ValueError
        When the runs are not common to these two: one changed since it was compared.
    """
    for tile in tiles:
        ends = tile.left + tile.length, tile.right + tile.length
        if left.text.kinds[tile.left : ends[0]] != right.text.kinds[tile.right : ends[1]]:
            raise ValueError("side_by_side: the notebooks are not the ones that were compared")
    runs: dict[tuple[int, int], list[tuple[int, Tile]]] = defaultdict(list)
    for number, tile in enumerate(tiles, start=1):
        runs[_segment(left, tile.left), _segment(right, tile.right)].append((number, tile))
    return tuple(
        Facing(
            _piece(left, a, [(n, t.left, t.length) for n, t in shared]),
            _piece(right, b, [(n, t.right, t.length) for n, t in shared]),
        )
        for (a, b), shared in list(runs.items())[:MOST_PIECES]
    )


def _segment(reading: Reading, place: int) -> int:
    return next(i for i, s in enumerate(reading.text.segments) if s.start <= place < s.stop)


def _piece(reading: Reading, index: int, runs: Sequence[tuple[int, int, int]]) -> Piece:
    segment = reading.text.segments[index]
    marked: dict[int, int] = {}
    for number, start, length in runs:
        for line in reading.lines[start : start + length]:
            marked.setdefault(line, number)
    return Piece(segment.cell, segment.name, segment.question, _lines(reading, segment, marked))


def _lines(reading: Reading, segment: Segment, marked: dict[int, int]) -> tuple[Line, ...]:
    source = reading.sources[segment.cell - 1].split("\n")
    first, last = reading.lines[segment.start], reading.lines[segment.stop - 1]
    wanted = [
        i for i in range(first, last + 1) if any(j in marked for j in range(i - CONTEXT, i + CONTEXT + 1))
    ]
    shown: list[Line] = []
    after = first
    for i in wanted[:MOST_LINES]:
        shown += _left_out(i - after)
        text = source[i]
        shown.append(Line(i + 1, marked.get(i, 0), text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"))
        after = i + 1
    return (*shown, *_left_out(last + 1 - after))


def _left_out(count: int) -> list[Line]:
    return [Line(0, 0, f"{count} line{'s' if count != 1 else ''} left out")] if count else []
