"""Whose notebook it is: of the assignment, of another, or of none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from autograder.assignment import Assignment
from autograder.records.results import Status
from autograder.text import one_line
from coursekit import _cells
from coursekit._rules import mark

from .bindings import Bindings

_GRADER = re.compile(r"""\bGrader\(\s*["']([\w.-]{1,60})["']""")
_GENERATED = re.compile(r"autograder build ([\w.-]{1,60})`")
_CALLS = re.compile(r"(?:\s*grader\.\w+\([^()\n]*\)\s*)*")  # such cells are the same in every assignment


def judge(
    notebook: Mapping[str, Any], assignment: Assignment, bindings: Callable[[], Bindings]
) -> tuple[Status | None, str]:
    """Say whether a notebook belongs to another assignment, or to none.

    This costs no points: such a notebook is run, and scored for what it has.

    Parameters
    ----------
    notebook : mapping
        What was handed in.
    assignment : Assignment
        What it was handed in for; a build that does not know which names its tests ask for tells nothing.
    bindings : callable
        Returns the names that the notebook's cells define; usually not needed.

    Returns
    -------
    status : {"misplaced", "unrelated"} or None
        None for a notebook of the assignment, and where nobody can tell.
    reason : str
        In words, for student and instructor.
    """
    asks: Mapping[str, list[str]] = assignment.cells.get("asks", {})
    asked = {name for names in asks.values() for name in names}
    if not asked:
        return None, ""
    code = [_cells.source_of(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    named = {found for source in code for found in _GRADER.findall(source)}
    named |= set(_GENERATED.findall(str(notebook["metadata"].get("generated", ""))))
    if assignment.name in named:
        return None, ""
    defined = asked & frozenset().union(*bindings().names)
    if named:
        if 2 * len(defined) >= len(asked):
            return None, ""
        other = one_line(min(named), 60)
        return "misplaced", f"this is the notebook of {other}, handed in for {assignment.name}"
    given = set(assignment.cells.get("given", ()))
    ours = any(mark(source) in given and not _CALLS.fullmatch(source) for source in code)
    marks = {q.name for q in assignment.questions}
    marked = any(_cells.grade_id(c) in marks or _cells.question_of(c) in marks for c in notebook["cells"])
    if ours or marked or defined:
        return None, ""
    return "unrelated", f"nothing in this notebook belongs to {assignment.name}: another file was handed in"
