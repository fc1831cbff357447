"""States the rules to students: a cell below the introduction, and a sentence in a question's text."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import nbformat

from autograder.limits import size
from autograder.release.master import MARK, Master
from coursekit import _rules
from coursekit._files import Wanted
from coursekit._files import size as files_size


def rules_of(
    name: str, course: Mapping[str, Any], forbidden: Mapping[str, Mapping[str, Any]], cells: Mapping[str, Any]
) -> _rules.Rules:
    """Return the rules in the form by which notebooks are judged."""
    found = _rules.Rules.of(name, course, forbidden, cells)
    assert found is not None  # what a head leaves open is filled in
    return found


def told(master: Master) -> str:
    """Return the cell that tells students the rules."""
    rules = rules_of(master.name, master.course, {}, {})
    cell, call = (duration(master.course["seconds"][key]) for key in ("cell", "call"))
    lines = [
        "**Rules of this homework.** They hold in your notebook and at the grader's. The checks and the "
        "export tell you when you break one.",
        "",
        f"- **Modules.** You may import {rules.in_words}. Nothing else is there when your work is graded: a "
        "cell that imports it stops, and an answer that uses it gets no points.",
        f"- **Time.** A cell may run for {cell}, one call of your function for {call}.",
        f"- **Memory.** The notebook may use {size(master.course['memory'])} in all.",
    ]
    if not master.course["public_alone"]:
        lines.append(
            "- **Points.** What the public tests expect stands in this notebook. So they earn points only "
            "where your answer passes at least one hidden test of the question, too."
        )
    if wanted := Wanted.all(master.course):
        listed = ", ".join(f"`{f.name}` (at most {files_size(f.most)})" for f in wanted)
        lines.append(
            f"- **Files.** Hand in beside the notebook: {listed}. The export puts them into the zip, and "
            "says before what is missing or wrong."
        )
    if any(question.course.get("forbids") for question in master.questions):
        lines.append(
            "- **Names.** Some questions say what their answer must do without. An answer that uses it all "
            "the same gets no points."
        )
    return "\n".join(lines)


def told_of_question(forbidden: Sequence[str]) -> str:
    """Return the sentence that a question's text ends with."""
    names = [
        "any loop (`for`, `while`, comprehensions)" if n == _rules.LOOPS else f"`{n}`" for n in forbidden
    ]
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return (
        f"**Do without** {listed}: an answer that uses {'them' if len(names) > 1 else 'it'} gets no points."
    )


def duration(number: float) -> str:
    """Return seconds in words."""
    if number >= 120 and number % 60 == 0:
        return f"{number / 60:g} minutes"
    return f"{number:g} second{'' if math.isclose(number, 1) else 's'}"


def tell(master: Master, notebook: Any) -> Any:
    """Return a copy of a master's notebook that tells the rules: below its introduction, in its questions."""
    said = copy.deepcopy(notebook)
    first = next(k for k, cell in enumerate(said.cells) if _is_title(cell))
    make: Any = nbformat.v4.new_markdown_cell
    for question in master.questions:
        if forbidden := question.course.get("forbids"):
            cell = _text_of(said.cells, question.name)
            cell.source = f"{cell.source}\n\n{told_of_question(forbidden)}"
    said.cells.insert(first + 1, make(told(master)))
    return said


def _is_title(cell: Any) -> bool:
    return cell.cell_type == "markdown" and bool(re.match(r"# \S", cell.source))


def _text_of(cells: Iterable[Any], question: str) -> Any:
    """Return the last text above the place of a question's answer."""
    found = None
    for cell in cells:
        place = cell.metadata.get(MARK, {})
        if place.get("question") != question:
            continue
        if place["block"] != "question":
            break
        found = cell if cell.cell_type == "markdown" else found
    if found is None:
        raise ValueError(f"{question} forbids names and has no text to say so: write one above its answer")
    return found
