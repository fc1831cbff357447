"""What a person should look at in a submission: each remark with its evidence, none with a consequence.

Code that reaches for the grader's machinery is reported with its cell and line. Most of it has honest
reasons, so a remark never changes a score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.notebooks.cells import Cell, cells
from autograder.records.store import Record
from autograder.text import one_line

MOST = 6  # remarks about one submission
_WIDTH = 120  # characters of a line of code shown as evidence
_LINE, _CELL = 1_000, 200_000  # characters looked at
_SIGNS = (
    (
        "looks for the grader",
        r"COURSEKIT_GRADING|\bautograder\b|\bsandbox\b|\bgrader\.\w+\s*=(?!=)",
    ),
    ("imports the grading library or the reference", r"^\s*(?:import|from)\s+(?:otter|nbgrader|convnet)\b"),
    ("reads what is not the notebook's own", r"/proc/|/etc/|os\.environ|\.ssh\b|/tests?/|rglob\(|os\.walk\("),
    (
        "replaces a library's function",
        r"\b(?:np|numpy|torch|builtins|operator)(?:\.\w+)*\.\w+\s*=(?!=)|\bsetattr\(",
    ),
    (
        "walks frames or memory",
        r"_getframe|\binspect\.|gc\.get_(?:objects|referrers)|__subclasses__|\bctypes\b|\bf_back\b",
    ),
    (
        "starts processes or sends signals",
        r"\bsubprocess\b|\bos\.(?:fork|kill|system|exec\w+|popen|_exit)\b|\bmultiprocessing\b",
    ),
    ("uses the network", r"\bsocket\b|\burllib\b|\brequests\.(?:get|post)|http\.client"),
    (
        "makes objects that equal anything",
        r"def __(?:eq|ne|array_ufunc|array_function|class)__|\(\s*np\.ndarray\s*\)\s*:",
    ),
)
_COMPILED = tuple((what, re.compile(pattern)) for what, pattern in _SIGNS)


@dataclass(frozen=True)
class Remark:
    """One thing to look at: what it is, and where it was seen."""

    what: str
    evidence: str


def remarks(record: Record) -> list[Remark]:
    """List what is odd about a submission, the strongest evidence first.

    Parameters
    ----------
    record : Record
        A finished submission with its run notebook.
    """
    row, found = record.row, []
    if row.reason and row.reason != "; ".join(record.result.credits):
        found.append(Remark(row.status if row.status != "graded" else "note", row.reason))
    found += [
        Remark("hidden tests passed where public ones failed", q.name)
        for q in record.result.questions
        if any(c.hidden and c.passed for c in q.cases)
        and any(not c.hidden for c in q.cases)
        and not any(c.passed for c in q.cases if not c.hidden)
    ]
    run = [c for c in cells(record.result.executed) if c.kind == "code"]
    found += [r for number, cell in enumerate(run, 1) for r in _signs(number, cell)]
    kept = list({r.what: r for r in reversed(found)}.values())[::-1]  # the first of each kind
    return kept[:MOST]


def _signs(number: int, cell: Cell) -> list[Remark]:
    return [
        Remark(what, f"code cell {number}: {one_line(line, _WIDTH)}")
        for line in cell.source[:_CELL].split("\n")
        if not line.lstrip().startswith("#")
        for what, sign in _COMPILED
        if sign.search(line[:_LINE])
    ]
