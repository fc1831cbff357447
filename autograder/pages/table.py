"""The class as a table for the terminal: plain text, aligned, never wider than a hundred columns."""

from __future__ import annotations

import statistics
import unicodedata
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import get_args

from autograder.assignment import Assignment
from autograder.grades.people import MISSING
from autograder.pages.standing import remark, shown_name, total, with_totals
from autograder.records.gradesheet import Row, points
from autograder.records.results import RAN, Status, is_full
from autograder.text import one_line

WIDTH = 100
_STATUSES = (*get_args(Status), "error")
_STUDENT, _REMARK = 26, 30  # the most columns a name takes, the fewest a remark is given


def table(rows: Sequence[Row], assignment: Assignment) -> str:
    """Lay out the class list: student, score, status, one column per question if they fit, and a remark.

    The remark is the row's reason, or else where points were lost. Names and remarks are cut to fit; the
    whole text stands in ``grades.csv``.
    """
    head = ["student", "score", "of", "status"]
    body = [[_cut(shown_name(r), _STUDENT), _points(r), points(r.possible), r.status] for r in rows]
    right = {1, 2}
    if with_totals(rows):
        head = [*head, "total"]
        body = [[*line, total(row)] for line, row in zip(body, rows, strict=True)]
        right |= {4}
    first = len(head)
    names = [q.name for q in assignment.questions]
    scores = [["–" if s is None else points(s) for s in r.questions] for r in rows]
    wide = [h + n for h, n in zip([head, *body], [names, *scores], strict=True)]
    if sum(_widths(wide)) + 2 * len(wide[0]) + _REMARK <= WIDTH:
        head, body = wide[0], wide[1:]
        right |= set(range(first, len(head)))
    widths = _widths([head, *body])
    left = max(WIDTH - sum(widths) - 2 * len(widths), _REMARK)
    remarks = ["remark", *(_cut(_remark(r, assignment), left) for r in rows)]
    lines = [
        "  ".join(
            [*(_pad(c, w, i in right) for i, (c, w) in enumerate(zip(line, widths, strict=True))), remark]
        )
        for line, remark in zip([head, *body], remarks, strict=True)
    ]
    rule = "─" * min(WIDTH, max(_width(line.rstrip()) for line in lines))
    return "\n".join([lines[0].rstrip(), rule, *(line.rstrip() for line in lines[1:])])


def aligned(lines: Sequence[Sequence[str]], right: Collection[int] = ()) -> str:
    """Lay out lines of cells in columns; those in ``right`` are set flush right."""
    cells = [[one_line(c) for c in line] for line in lines]
    widths = _widths(cells)
    padded = [
        [_pad(c, w, i in right) for i, (c, w) in enumerate(zip(line, widths, strict=True))] for line in cells
    ]
    return "\n".join("  ".join(line).rstrip() for line in padded)


def summary(rows: Iterable[Row]) -> str:
    """Say in one line how the class did.

    The mean and the median are taken over the notebooks that ran, those that had to be stopped included.
    The rows are read once and not kept.
    """
    counts: Counter[str] = Counter()
    ran = array("d")  # eight bytes a notebook, which a million of them can afford
    possible = 0.0
    missing = 0
    for row in rows:
        if row.status == MISSING or row.by:
            missing += not row.by
            continue
        counts[row.status] += 1
        possible = row.possible
        if row.status in RAN:
            ran.append(row.score)
    parts = [f"{counts[s]} {s}" for s in _STATUSES if counts[s]]
    number = counts.total()
    text = f"{number} submission{'s' if number != 1 else ''}: {', '.join(parts) or 'none'}"
    text += f"; {missing} handed nothing in" if missing else ""
    if not ran:
        return text
    mean, median = statistics.fmean(ran), statistics.median(ran)
    return f"{text}. Mean {mean:.1f}, median {median:.1f} of {points(possible)}"


def _remark(row: Row, assignment: Assignment) -> str:
    return "; ".join(s for s in (remark(row), row.reason or _lost(row, assignment)) if s)


def _points(row: Row) -> str:
    return "–" if row.status == MISSING else points(row.score)


def _lost(row: Row, assignment: Assignment) -> str:
    pairs = zip(assignment.questions, row.questions, strict=True)
    names = [q.name for q, score in pairs if score is not None and not is_full(score, q.points)]
    if not row.score and names:
        return "no points"
    return f"points lost in {', '.join(names)}" if names else ""


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    return [max(_width(line[i]) for line in lines) for i in range(len(lines[0]))]


def _width(text: str) -> int:
    """Count terminal columns: East Asian characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def _cut(text: str, width: int) -> str:
    text = one_line(text)
    if _width(text) <= width:
        return text
    while _width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def _pad(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
