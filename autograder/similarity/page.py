"""The findings as one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.assignment import Assignment
from autograder.pages.page import render
from autograder.similarity.comparison import Comparison, Pair, reading
from autograder.similarity.sidebyside import Facing, Line, Piece, side_by_side
from autograder.similarity.sources import Source
from autograder.text import one_line

MOST_CODE = 6 * 2**20  # characters of code on the page; further pairs are in the list only
NAME = 60  # characters of a name


def similar_page(comparison: Comparison, assignment: Assignment, threshold: float, most: int) -> str:
    """Render the ranked list, the groups and, for each of the first ``most`` pairs, both sides.

    Parameters
    ----------
    comparison : Comparison
        What was found.
    assignment : Assignment
        What the notebooks answer.
    threshold : float
        The least score that was asked for.
    most : int
        How many pairs are shown.
    """
    pairs = comparison.pairs[:most]
    views = [_pair(comparison, pair) for pair in pairs]
    for view, facing in zip(views, _facing(comparison, assignment, pairs), strict=True):
        view["facing"] = facing
    numbers = {(p.left, p.right): i for i, p in enumerate(pairs, start=1)}
    origins = [n.origin for n in comparison.notebooks]
    return render(
        "similar.html",
        assignment=assignment,
        compared={origin: origins.count(origin) for origin in ("class", "earlier", "reference")},
        total=len(comparison.pairs),
        threshold=percent(threshold),
        pairs=views,
        groups=[_group(comparison, group, numbers) for group in comparison.groups],
        passed_over=[(label(s), s.term, reason) for s, reason in comparison.passed_over],
    )


def label(source: Source) -> str:
    """Return a notebook's name for a page or a table."""
    attempt = f" (attempt {source.attempt})" if source.attempt else ""
    return one_line(source.name, NAME) + attempt


def percent(share: float) -> str:
    """Write a share in per cent, rounded down, so that only what is whole is 100."""
    return f"{int(100 * share + 1e-6)} %"


def _pair(comparison: Comparison, pair: Pair) -> dict[str, object]:
    like = pair.likeness
    left, right = comparison.notebooks[pair.left], comparison.notebooks[pair.right]
    ranked = sorted(like.questions, key=lambda q: -q.bits)
    return {
        "left": label(left),
        "right": label(right),
        "kind": right.term if right.origin == "earlier" else right.origin,
        "origin": right.origin,
        "score": percent(like.score),
        "left_share": percent(like.left),
        "right_share": percent(like.right),
        "shared": like.shared,
        "longest": like.longest,
        "questions": [(q.question or "other cells", percent(max(q.left, q.right))) for q in ranked],
        "facing": None,
    }


def _group(comparison: Comparison, group: tuple[int, ...], numbers: dict[tuple[int, int], int]) -> object:
    members = set(group)
    inside = [p for p in comparison.pairs if p.left in members and p.right in members]
    return {
        "students": len({comparison.notebooks[i].name for i in group}),
        "names": [label(comparison.notebooks[i]) for i in group],
        "pairs": len(inside),
        "shown": [n for p in inside if (n := numbers.get((p.left, p.right)))],
        "score": percent(inside[0].likeness.score),
    }


def _facing(
    comparison: Comparison, assignment: Assignment, pairs: Sequence[Pair]
) -> Iterator[list[dict[str, object]] | str]:
    """Yield the two sides of each pair, or why they cannot be shown."""
    left_over = MOST_CODE
    for pair in pairs:
        if left_over < 0:
            yield "The page is long enough: compare this pair with --most and a higher --threshold."
            continue
        sources = comparison.notebooks[pair.left], comparison.notebooks[pair.right]
        try:
            left, right = (reading(s, assignment, comparison.base) for s in sources)
            facing = side_by_side(left, right, pair.likeness.tiles)
        except ValueError:
            yield "A file changed while the class was being compared."
            continue
        left_over -= sum(len(line.text) + 40 for f in facing for p in (f.left, f.right) for line in p.lines)
        yield [_rows(f) for f in facing]


def _rows(facing: Facing) -> dict[str, object]:
    return {
        "question": facing.left.question or facing.right.question or "other cells",
        "sides": [
            (_title(piece), [_line(line) for line in piece.lines]) for piece in (facing.left, facing.right)
        ],
    }


def _title(piece: Piece) -> str:
    name = one_line(piece.name, NAME)
    return f"code cell {piece.cell}" + (f", {name}" if name else "")


def _line(line: Line) -> dict[str, object]:
    return {"number": line.number, "run": line.run, "hue": line.run % 3, "text": line.text}
