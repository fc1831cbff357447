"""The page a student reads.

It is one file, without scripts, with nothing from another host. Every text in it comes through the template's
escaping; the content security policy would stop what slipped through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, Question
from autograder.grades.marks import Mark
from autograder.notebooks.answers import answers, pictures, written
from autograder.notebooks.cells import Cell, Output, cells
from autograder.notebooks.released import placeholders, titles
from autograder.pages.cases import CaseView, case_views, mistake_made
from autograder.pages.overview import Overview, overview
from autograder.pages.page import render
from autograder.records.gradesheet import Row, points
from autograder.records.results import RAN, FileResult, NotebookResult, QuestionResult, is_full
from autograder.text import one_line
from coursekit._files import size

_FOLD = 6  # lines of code that are shown unfolded
_SAYS = re.compile(rb'<meta name="says" content="([0-9a-f]+)">')
_CHECK = re.compile(r"(?:grader\.(?:check|check_all|export)\([^)\n]*\))?")
_STANDING = {
    "graded": "The notebook ran to its end.",
    "stopped": "The notebook had to be stopped.",
    "misplaced": "This is the notebook of another assignment.",
    "unrelated": "Nothing in this notebook belongs to this assignment.",
    "unreadable": "There was no notebook to run.",
    "uncounted": "This notebook was not run.",
    "error": "Grading failed; your instructor has been told.",
}


@dataclass(frozen=True)
class _QuestionView:
    name: str
    title: str
    score: str
    short: str
    tone: str
    comment: str
    mistake: str = ""
    remark: str = ""
    answer: str = ""
    pictures: tuple[Output, ...] = ()
    failed: tuple[CaseView, ...] = ()
    passed: tuple[CaseView, ...] = ()


@dataclass(frozen=True)
class _FileView:
    name: str
    told: str
    wrong: str


@dataclass(frozen=True)
class _CellView:
    number: int
    first: str
    source: str
    outputs: tuple[Output, ...]


def feedback_path(out: Path, slug: str) -> Path:
    """Say where a submission's page lies."""
    return out / "feedback" / f"{slug}.html"


def said_by(page: Path) -> str:
    """Return the digest of what a page says of standing and marks; empty where there is no such page."""
    try:
        with page.open("rb") as file:
            found = _SAYS.search(file.read(2_000))
    except OSError:
        return ""
    return found[1].decode() if found else ""


def student_page(
    row: Row, result: NotebookResult, assignment: Assignment, top: Overview | None = None
) -> str:
    """Render a student's feedback as one self-contained HTML page.

    It says what passed and what failed, in the words of the tests' own messages. Of a hidden test it shows
    the outcome and the message, not the name; expected values and test code are in neither.

    Parameters
    ----------
    row : Row
        The student's line of the class list.
    result : NotebookResult
        What grading yielded, with the run notebook.
    assignment : Assignment
        The questions and their points.
    top : Overview, optional
        Standing and marks; by default those that follow from the row alone.
    """
    return render("feedback.html", **feedback_values(row, result, assignment, top))


def feedback_values(
    row: Row, result: NotebookResult, assignment: Assignment, top: Overview | None = None
) -> dict[str, Any]:
    """Return what a feedback page shows, by the names that its template has for it."""
    top = top or overview(row)
    run = cells(result.executed)
    where, blank = answers(run, assignment), placeholders(assignment)
    by_name, title = {q.name: q for q in result.questions}, titles(assignment)
    views = [
        _manual(
            q, title[q.name], written(run, where[q.name], blank), pictures(run, where[q.name]), row.status
        )
        if q.manual
        else _machine(q, title[q.name], by_name.get(q.name, QuestionResult(q.name, 0.0, q.points)))
        for q in assignment.questions
    ]
    views = [_marked(v, q, top.marks.get(q.name)) for v, q in zip(views, assignment.questions, strict=True)]
    return {
        "student": one_line(top.name or row.student),
        "assignment": assignment,
        "score": top.score,
        "possible": top.possible,
        "notes": top.notes,
        "says": top.digest,
        "status": row.status,
        "standing": _STANDING[row.status],
        "reason": "" if row.status == "error" else one_line(row.reason),
        "failed": [f.sentence for f in result.failed[:1] if f.sentence not in row.reason],
        "questions": views,
        "files": [_file(file) for file in result.files],
        "cells": _notebook(run),
    }


def _file(file: FileResult) -> _FileView:
    told = "not handed in" if file.size is None else f"{size(file.size)} handed in"
    return _FileView(file.name, told, one_line(file.wrong, 500))


def _machine(question: Question, title: str, result: QuestionResult) -> _QuestionView:
    views = case_views(result)
    score = f"{points(result.score)} of {points(question.points)}"
    comment = f"{result.credit}." if result.credit else "" if result.cases else "Its tests did not run."
    colour = tone(result.score, question.points)
    return _QuestionView(
        question.name,
        title,
        score,
        points(result.score),
        colour,
        comment,
        mistake_made(result),
        failed=tuple(v for v in views if not v.passed),
        passed=tuple(v for v in views if v.passed),
    )


def _manual(question: Question, title: str, answer: str, shown: list[Output], status: str) -> _QuestionView:
    comment = "Your instructor reads this answer; its points come later."
    if not answer and not shown:
        comment = "No answer was found." if status in RAN else ""
    score = f"– of {points(question.points)}"
    return _QuestionView(
        question.name, title, score, "–", "none", comment, answer=answer, pictures=tuple(shown)
    )


def _marked(view: _QuestionView, question: Question, mark: Mark | None) -> _QuestionView:
    """Replace the machine's points by a person's, and put the person's words below."""
    if mark is None:
        return view
    view = replace(view, remark=mark.comment)
    if mark.points is None or not mark.person:
        return view
    short = points(mark.points)
    comment = "" if question.manual else "Your instructor looked at this question and gave these points."
    return replace(
        view,
        score=f"{short} of {points(question.points)}",
        short=short,
        tone=tone(mark.points, question.points),
        comment=comment,
    )


def tone(score: float, possible: float) -> str:
    """Say how a score is coloured: full, some or no points."""
    return "good" if is_full(score, possible) else "part" if score > 0 else "bad"


def _notebook(run: list[Cell]) -> list[_CellView]:
    """Choose the cells worth showing, each with its number among the code cells, by which reasons name it.

    Long code is folded under its first line.
    """
    shown: list[_CellView] = []
    number = 0
    for cell in run:
        number += cell.kind == "code"
        source = cell.source.strip("\n")
        if cell.outputs or (cell.kind == "code" and not _CHECK.fullmatch(source.strip())):
            first = source.split("\n", 1)[0] if source.count("\n") >= _FOLD else ""
            shown.append(_CellView(number, first, source, cell.outputs))
    return shown
