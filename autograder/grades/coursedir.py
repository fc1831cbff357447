"""OUT as an nbgrader course folder, so that a person can grade the written answers in the formgrader.

The formgrader puts a notebook's markdown and HTML outputs into a page that may change grades. So what a
student wrote reaches it without live HTML: a script in a submission must not be able to grade itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Question
from autograder.files import write_whole
from autograder.notebooks.answers import answers, pictures, written
from autograder.notebooks.cells import Cell, Output, cells
from autograder.notebooks.released import placeholders
from autograder.records.gradesheet import points
from autograder.records.results import NotebookResult, QuestionResult
from autograder.text import file_stem

COURSE_ID = "cnn"
_CONFIG = f"""\
# Lets `nbgrader export` and `jupyter server` (formgrader) work in this folder.
c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "{COURSE_ID}"
c.CsvExportPlugin.to = "nbgrader-grades.csv"  # nbgrader would overwrite grades.csv
"""
# A tag without attributes can do nothing; these are what folded hints and plain formatting need.
_TAG = re.compile(r"<(?!/?(?:details|summary|br|sub|sup|b|i|em|strong|code|kbd)>)(?=[A-Za-z/!?])")
# Markdown makes links of these, javascript: among them; only a picture the student pasted in may stay.
_LINK = re.compile(r"(!\[[^\]\[()]*\]\(attachment:[\w. -]+\))|\](?=[(:])")


def prepare(out: Path, assignment: Assignment) -> None:
    """Make ``out`` a course folder that knows ``assignment``; an existing configuration is left alone."""
    config = out / "nbgrader_config.py"
    if not config.exists():
        write_whole(config, _CONFIG)
    source = out / "source" / assignment.name
    source.mkdir(parents=True, exist_ok=True)
    master = assignment.folder / "nbgrader" / "source" / assignment.name / assignment.notebook
    if master.exists():
        shutil.copyfile(master, source / assignment.notebook)


def student_key(student: str) -> str:
    """Name a student in the gradebook; the formgrader puts the name into paths and addresses."""
    return file_stem(student)


def notebook_path(out: Path, student: str, assignment: Assignment) -> Path:
    """Say where nbgrader looks for a student's graded notebook."""
    return out / "autograded" / student_key(student) / assignment.name / assignment.notebook


def write_notebook(path: Path, result: NotebookResult, assignment: Assignment) -> dict[str, str]:
    """Write the run notebook for the formgrader, with a score box at every question.

    Returns
    -------
    dict of str to str
        For each written question a digest of the answer, empty where there is none.
    """
    if result.executed is None:
        path.unlink(missing_ok=True)
        return {}
    run = cells(result.executed)
    where = answers(run, assignment)
    write_whole(path, json.dumps(_notebook(run, where, result, assignment)), sync=False)
    return _digests(run, where, assignment)


def digests(result: NotebookResult, assignment: Assignment) -> dict[str, str]:
    """Return for each written question a digest of the answer, as `write_notebook` does."""
    if result.executed is None:
        return {}
    run = cells(result.executed)
    return _digests(run, answers(run, assignment), assignment)


def _digests(run: list[Cell], where: dict[str, tuple[int, ...]], assignment: Assignment) -> dict[str, str]:
    blank = placeholders(assignment)
    return {name: _digest(run, positions, blank) for name, positions in where.items()}


def _digest(run: list[Cell], positions: tuple[int, ...], blank: frozenset[str]) -> str:
    text, images = written(run, positions, blank), pictures(run, positions)
    content = "\0".join([text, *(p.text for p in images)])
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest() if text or images else ""


def _notebook(
    run: list[Cell],
    where: dict[str, tuple[int, ...]],
    result: NotebookResult,
    assignment: Assignment,
) -> dict[str, Any]:
    made = [_made(c, i) for i, c in enumerate(run)]
    scored = {q.name: q for q in result.questions}
    taken: set[int] = set()
    for question in assignment.questions:
        positions = where[question.name] if question.manual else _check_cells(run, question.name)
        free = [i for i in positions if i not in taken]
        if free:
            at = free[-1] if question.manual else free[0]
        else:
            at = len(made)
            made.append(_made(_missing(question), at))
        taken.add(at)
        cell = made[at]
        cell["metadata"] = {"nbgrader": _score_box(question, cell["cell_type"])}
        if not question.manual:
            cell["outputs"] = [_stream(_report(scored.get(question.name), question))]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": made,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _check_cells(run: list[Cell], name: str) -> list[int]:
    call = re.compile(rf"""\.check\(\s*["']{re.escape(name)}["']""")
    return [i for i, c in enumerate(run) if c.kind == "code" and call.search(c.source)]


def _missing(question: Question) -> Cell:
    if question.manual:
        return Cell(
            "markdown", f"*The answer cell of {question.name} is missing; look through the notebook.*"
        )
    return Cell("code", f"# The check of {question.name} is not in the notebook.")


def _score_box(question: Question, cell_type: str) -> dict[str, Any]:
    return {
        "schema_version": 3,
        "grade": True,
        "grade_id": question.name,
        "locked": not question.manual,
        "solution": question.manual,
        "task": False,
        "points": question.points,
        "cell_type": cell_type,
    }


def _report(result: QuestionResult | None, question: Question) -> str:
    lines = [f"{question.name}: {points(result.score if result else 0.0)} of {points(question.points)}"]
    for case in result.cases if result else ():
        mark = "passed" if case.passed else "failed"
        lines.append(f"{'hidden test' if case.hidden else case.name}: {mark}. {case.message}".rstrip(". "))
    return "\n".join(lines)


def _made(cell: Cell, index: int) -> dict[str, Any]:
    """Build a new cell that takes nothing from the student but text and checked pictures."""
    if cell.kind == "markdown":
        attachments = {n: {p.mime: p.text} for n, p in cell.attachments.items()}
        return {
            "cell_type": "markdown",
            "id": f"cell-{index}",
            "metadata": {},
            "source": _inert(cell.source),
            **({"attachments": attachments} if attachments else {}),
        }
    # A raw cell would be copied into the page as it is; shown as code, it is text.
    return {
        "cell_type": "code",
        "id": f"cell-{index}",
        "metadata": {},
        "source": cell.source,
        "execution_count": None,
        "outputs": [_shown(o) for o in cell.outputs],
    }


def _inert(markdown: str) -> str:
    """Break every tag and link with a zero-width space, so that it is shown and does nothing."""
    return _TAG.sub("<\u200b", _LINK.sub(lambda found: found[1] or "]\u200b", markdown))


def _shown(output: Output) -> dict[str, Any]:
    if output.kind == "image":
        return {"output_type": "display_data", "metadata": {}, "data": {output.mime: output.text}}
    return _stream(output.text, "stderr" if output.kind in ("stderr", "error") else "stdout")


def _stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}
