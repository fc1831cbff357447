"""Wrong and alternative answers of a master, put in the place of its own: tests of the tests.

A variant is a Python file beside the master. A line ``# question: q5`` opens the answer to that question;
what stands above the first such line (a docstring that says why, the imports) belongs to each answer.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HEADER = re.compile(r"^# question: (\w+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Variant:
    """Other answers to some questions; ``why`` says what is wrong with them, or how they differ."""

    name: str
    why: str
    answers: Mapping[str, str]


def read(path: Path) -> Variant:
    """Read one variant.

    Raises
    ------
    ValueError
        When the file does not say why in a docstring or answers no question.
    """
    text = path.read_text(encoding="utf-8")
    above, *parts = _HEADER.split(text)
    why = ast.get_docstring(ast.parse(text))
    if not why or not parts:
        raise ValueError(f"{path.name}: a variant has a docstring and at least one line '# question: q1'")
    imports = ast.unparse([node for node in ast.parse(above).body if not isinstance(node, ast.Expr)])  # type: ignore[arg-type]
    names, codes = parts[::2], parts[1::2]
    return Variant(
        path.stem, why, {n: f"{imports}\n\n{c.strip()}\n" for n, c in zip(names, codes, strict=True)}
    )


def folder(path: Path) -> list[Variant]:
    """Read every variant in a folder, in the order of their names."""
    return [read(file) for file in sorted(path.glob("*.py"))]


def answer(notebook: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy of a notebook with ``answers`` in the answer cells of their questions.

    Parameters
    ----------
    notebook : mapping
        The student's or the solution notebook as JSON, as `autograder build` made it.
    answers : mapping of str
        Source by question name.

    Raises
    ------
    ValueError
        When the notebook has no answer cell for a question.
    """
    changed = copy.deepcopy(dict(notebook))
    cells = {c["metadata"].get("nbgrader", {}).get("grade_id"): c for c in changed["cells"]}
    for question, source in answers.items():
        cell = cells.get(
            f"{question}-answer", cells.get(question) if question in _written(changed["cells"]) else None
        )
        if cell is None:
            raise ValueError(f"the notebook has no answer cell for {question}")
        cell["source"] = source
    return changed


def _written(cells: Iterable[Mapping[str, Any]]) -> set[str]:
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {mark["grade_id"] for mark in marks if mark.get("grade") and mark.get("solution")}
