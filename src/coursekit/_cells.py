"""Finds the cells that answer a question: in a notebook's file, and in a running session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coursekit import _code
from coursekit._breaches import Cell
from coursekit._rules import Rules

_ANSWER = re.compile(r"(\w+)-answer(-\d+)?")
_CHECK = re.compile(r"""grader\.check\(\s*["'](\w+)["']\s*\)""")


def source_of(cell: Mapping[str, Any]) -> str:
    """Return the text of a notebook's cell, which a file may hold in lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))


def grade_id(cell: Mapping[str, Any]) -> str:
    """Return nbgrader's name of a cell; empty where it has none."""
    metadata = cell.get("metadata")
    entry = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    found = entry.get("grade_id", "") if isinstance(entry, dict) else ""
    return found if isinstance(found, str) else ""


def question_of(cell: Mapping[str, Any]) -> str:
    """Return the question whose answer a cell holds, or a part of it; empty for any other cell.

    nbgrader's name says so: the cells that answer q1 are called q1-answer, q1-answer-2 and so on.
    """
    found = _ANSWER.fullmatch(grade_id(cell))
    return found[1] if found else ""


def of_notebook(cells: Sequence[Mapping[str, Any]], questions: Iterable[str]) -> list[Cell]:
    """Return the code cells of a notebook, each with the question that it answers.

    Some editors drop these marks. Then the cell just above a check is taken for the answer.

    Parameters
    ----------
    cells : sequence of mapping
        The cells of the file.
    questions : iterable of str
        The questions that a machine grades.
    """
    code = [cell for cell in cells if cell.get("cell_type") == "code"]
    marks = [question_of(cell) for cell in code]
    wanted = set(questions)
    unmarked = wanted - set(marks)
    answers = [{mark} & wanted for mark in marks]
    for k, cell in enumerate(code):
        check = _CHECK.search(source_of(cell))
        if k and check and check[1] in unmarked and not marks[k - 1]:
            answers[k - 1].add(check[1])
    return [Cell(source_of(cell), frozenset(found)) for cell, found in zip(code, answers, strict=True)]


def of_session(executed: Sequence[str], rules: Rules) -> list[Cell]:
    """Return the cells run in a session, each in its latest version, with the questions they answer.

    Nothing in a session says where a cell is in the notebook. So the last cell that gives a value to a name
    that the tests of a question ask for is taken for its answer.

    Parameters
    ----------
    executed : sequence of str
        The sources in the order in which they ran: IPython's ``In``.
    rules : Rules
        The names that the tests ask for.
    """
    sources = list(dict.fromkeys(reversed([source for source in executed if source.strip()])))
    asked: dict[str, str] = {name: q for q, names in rules.asks.items() for name in names}
    seen: set[str] = set()
    kept: list[Cell] = []
    for source, statements in zip(sources, _code.read(sources), strict=True):  # the latest first
        binds: set[str] = set().union(*(s.binds for s in statements))
        fresh = binds - seen
        seen |= binds
        if fresh or not binds:
            answers = frozenset(asked[name] for name in fresh if name in asked)
            kept.append(Cell(source, answers, frozenset(binds - fresh)))
    return kept[::-1]
