"""Cells of the assignment that a student turned into text by accident run as code again."""

from __future__ import annotations

import ast
import re
from typing import Any

from autograder.assignment import Assignment
from coursekit import _cells, _code
from coursekit._rules import mark

Notebook = dict[str, Any]
_FENCE = re.compile(r"\s*```\w*\n(.*?)\n?```\s*", re.DOTALL)
_CHECK = re.compile(r"""grader\.check\(\s*["'](\w+)["']\s*\)""")


def restore(notebook: Notebook, assignment: Assignment) -> list[str]:
    """Make code of the cells that answer a question, or came with the assignment, and are text now.

    nbgrader's name tells which answer a cell holds; where editors dropped it, the cell above a question's
    check that defines what its tests ask for.

    Parameters
    ----------
    notebook : dict
        What was handed in; its cells are changed.
    assignment : Assignment
        What it was handed in for.

    Returns
    -------
    list of str
        What to say about it.
    """
    cells: list[Notebook] = notebook["cells"]
    graded = {q.name for q in assignment.graded}
    given = set(assignment.cells.get("given", ()))
    code = {_cells.grade_id(cell) for cell in cells if cell["cell_type"] == "code"}
    answered = {_cells.question_of(cell) for cell in cells if cell["cell_type"] == "code"}
    said = []
    for place, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            continue
        source = _cells.source_of(cell)
        source = found[1] if (found := _FENCE.fullmatch(source)) else source
        question = _cells.question_of(cell)
        if question in graded and _cells.grade_id(cell) not in code:
            if _is_python(source):
                said.append(f"an answer cell of {question} was a {_kind(cell)} cell, and ran as code")
                _to_code(cell, source)
            else:
                said.append(f"an answer cell of {question} is a {_kind(cell)} cell, and no Python")
        elif mark(source) in given:
            said.append(f"a cell that came with {assignment.name} was a {_kind(cell)} cell, and ran as code")
            _to_code(cell, source)
        elif not question:
            unmarked = _answer_above_check(cells, place, source, assignment)
            if unmarked in graded - answered:
                said.append(f"an answer cell of {unmarked} was a {_kind(cell)} cell, and ran as code")
                _to_code(cell, source)
    return list(dict.fromkeys(said))


def _answer_above_check(cells: list[Notebook], place: int, source: str, assignment: Assignment) -> str:
    """Return the question whose check follows a text cell that defines what it asks for."""
    below = _cells.source_of(cells[place + 1]) if place + 1 < len(cells) else ""
    check = _CHECK.search(below)
    if check is None or not _is_python(source):
        return ""
    asked = set(assignment.cells.get("asks", {}).get(check[1], ()))
    binds: set[str] = set().union(*(s.binds for s in _code.read([source])[0]))
    return check[1] if asked & binds else ""


def _is_python(source: str) -> bool:
    """Say whether a text can run as a cell, and does more than name something."""
    try:
        body = ast.parse(_code.python(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(not isinstance(node, ast.Expr) for node in body)


def _kind(cell: Notebook) -> str:
    return "Markdown" if cell["cell_type"] == "markdown" else "raw"


def _to_code(cell: Notebook, source: str) -> None:
    cell.pop("attachments", None)
    cell.update(cell_type="code", source=source, outputs=[], execution_count=None)
