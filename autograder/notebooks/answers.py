"""Where the written answers are in a student's notebook."""

from __future__ import annotations

from autograder.assignment import Assignment
from autograder.notebooks.cells import Cell, Output
from autograder.notebooks.released import grade_id

_BEGIN, _END = "<!-- BEGIN QUESTION -->", "<!-- END QUESTION -->"


def answers(run: list[Cell], assignment: Assignment) -> dict[str, tuple[int, ...]]:
    """Find the cells that answer each question a person reads.

    The answer has a cell with nbgrader's grade id, and lies between Otter's markers, after the question's
    text. Either is enough; cells that a student added between the markers belong to the answer.

    Returns
    -------
    dict of str to tuple of int
        For each manual question the positions of its answer in ``run``; empty when it was not found.
    """
    manual = [q.name for q in assignment.questions if q.manual]
    blocks = _blocks(run)
    found: dict[str, tuple[int, ...]] = {}
    for number, name in enumerate(manual):
        marked = {i for i, cell in enumerate(run) if grade_id(cell) == name}
        around = [b for b in blocks if marked & set(b)]
        if not marked and len(blocks) == len(manual):
            around = [blocks[number]]
        found[name] = tuple(sorted(marked.union(*around)))
    return found


def written(run: list[Cell], positions: tuple[int, ...], blank: frozenset[str]) -> str:
    """Join the texts of the answer's cells; nothing when the student left the placeholders."""
    texts = (run[i].source.strip() for i in positions)
    return "\n\n".join(t for t in texts if t and t not in blank)


def pictures(run: list[Cell], positions: tuple[int, ...]) -> list[Output]:
    """List the pictures pasted into the answer's cells."""
    return [picture for i in positions for picture in run[i].attachments.values()]


def _blocks(run: list[Cell]) -> list[tuple[int, ...]]:
    """List the cells inside each pair of markers, without the question's own text that opens it."""
    found: list[tuple[int, ...]] = []
    begin: int | None = None
    for i, cell in enumerate(run):
        if cell.kind != "markdown":
            continue
        if begin is not None and _END in cell.source:
            found.append(tuple(range(begin + 1, i)))
            begin = None
        if _BEGIN in cell.source:
            begin = i
    return found
