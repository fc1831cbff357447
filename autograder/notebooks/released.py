"""What the students' notebook says: titles of questions, and the placeholders for answers."""

from __future__ import annotations

import re
from functools import cache

from autograder.assignment import Assignment
from autograder.notebooks.cells import Cell, cells

# Otter Assign's placeholder where the master has no prompt of its own.
_OTTER_PLACEHOLDER = "_Type your answer here, replacing this text._"


def grade_id(cell: Cell) -> str:
    """Return nbgrader's id of a cell; empty when it has none."""
    nbgrader = cell.metadata.get("nbgrader")
    return str(nbgrader.get("grade_id")) if isinstance(nbgrader, dict) else ""


@cache
def placeholders(assignment: Assignment) -> frozenset[str]:
    """Return the texts that count as no answer."""
    manual = {q.name for q in assignment.questions if q.manual}
    prompts = (c.source.strip() for c in _cells(assignment) if grade_id(c) in manual)
    return frozenset({_OTTER_PLACEHOLDER, *prompts})


@cache
def titles(assignment: Assignment) -> dict[str, str]:
    """Return each question's title, from a heading such as ``### q1 · Output size``; empty without one."""
    text = "\n".join(c.source for c in _cells(assignment) if c.kind == "markdown")
    found = {}
    for question in assignment.questions:
        heading = re.search(rf"^#+ +{re.escape(question.name)}\b[ ·:.–-]*(.*)$", text, re.MULTILINE)
        title = re.split(r"&nbsp;|[★☆]", heading[1])[0] if heading else ""
        found[question.name] = title.strip(" ·*_")
    return found


@cache
def _cells(assignment: Assignment) -> list[Cell]:
    path = assignment.folder / "nbgrader" / "release" / assignment.name / assignment.notebook
    return cells(path.read_text(encoding="utf-8")) if path.exists() else []
