"""The page a student reads, and the instructor's list that leads to the pages.

Both are one file each, without scripts, with nothing from another host. Every text in them comes through
the template's escaping; the content security policy would stop what slipped through.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.answers import answers, pictures, placeholders, written
from autograder.assignment import Assignment, Question
from autograder.gradesheet import Row, points
from autograder.outputs import Cell, Output, cells
from autograder.results import CaseResult, NotebookResult, QuestionResult
from autograder.text import one_line, plain

_STANDING = {
    "graded": "The notebook ran to its end.",
    "stopped": "The notebook had to be stopped.",
    "unreadable": "There was no notebook to run.",
    "error": "Grading failed; your instructor has been told.",
}


@dataclass(frozen=True)
class _CaseView:
    name: str
    passed: bool
    message: str


@dataclass(frozen=True)
class _QuestionView:
    name: str
    score: str
    short: str
    tone: str
    comment: str
    answer: str = ""
    pictures: tuple[Output, ...] = ()
    cases: tuple[_CaseView, ...] = ()


@dataclass(frozen=True)
class _CellView:
    number: int
    source: str
    outputs: tuple[Output, ...]


def student_page(row: Row, result: NotebookResult, assignment: Assignment) -> str:
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
    """
    run = cells(result.executed)
    where, blank = answers(run, assignment), placeholders(assignment)
    by_name = {q.name: q for q in result.questions}
    views = [
        _manual(q, written(run, where[q.name], blank), pictures(run, where[q.name]), row.status)
        if q.manual
        else _machine(q, by_name.get(q.name, QuestionResult(q.name, 0.0, q.points)))
        for q in assignment.questions
    ]
    return _render(
        "feedback.html",
        student=one_line(row.student),
        assignment=assignment,
        score=points(row.score),
        possible=points(row.possible),
        status=row.status,
        standing=_STANDING[row.status],
        reason="" if row.status == "error" else one_line(row.reason),
        questions=views,
        cells=_notebook(run),
    )


def class_page(rows: Sequence[Row], assignment: Assignment, summary: str, warning: str) -> str:
    """Render the instructor's list of the class, each name a link to that student's page."""
    return _render(
        "index.html",
        assignment=assignment,
        rows=[_line(r, assignment) for r in rows],
        summary=summary,
        warning=warning,
    )


def _machine(question: Question, result: QuestionResult) -> _QuestionView:
    hidden = sum(c.hidden for c in result.cases)
    views: list[_CaseView] = []
    for case in result.cases:
        number = sum(c.hidden for c in result.cases[: len(views)]) + 1 if hidden > 1 else 0
        views.append(_case(case, question.name, number))
    score = f"{points(result.score)} of {points(question.points)}"
    comment = "" if result.cases else "Its tests did not run."
    tone = _tone(result.score, question.points)
    return _QuestionView(question.name, score, points(result.score), tone, comment, cases=tuple(views))


def _case(case: CaseResult, question: str, number: int) -> _CaseView:
    name = re.sub(
        rf"^{re.escape(question)} - (?=\d+$)", "test ", one_line(case.name, 120)
    )  # Otter's own names
    if case.hidden:
        name = f"hidden test {number or ''}".strip()
    return _CaseView(name, case.passed, plain(case.message).strip()[:4000])


def _manual(question: Question, answer: str, shown: list[Output], status: str) -> _QuestionView:
    comment = "Your instructor reads this answer; its points come later."
    if not answer and not shown:
        comment = "No answer was found." if status in ("graded", "stopped") else ""
    score = f"– of {points(question.points)}"
    return _QuestionView(question.name, score, "–", "none", comment, answer, tuple(shown))


def _tone(score: float, possible: float) -> str:
    return "good" if score >= possible else "part" if score > 0 else "bad"


def _notebook(run: list[Cell]) -> list[_CellView]:
    """Choose and number the cells worth showing: code, its outputs, the note about what was left out."""
    shown = [c for c in run if c.outputs or (c.kind == "code" and c.source.strip())]
    return [_CellView(i, c.source.strip("\n"), c.outputs) for i, c in enumerate(shown, start=1)]


def _line(row: Row, assignment: Assignment) -> dict[str, object]:
    scores = [
        {"text": "" if s is None else points(s), "tone": "" if s is None else _tone(s, q.points)}
        for s, q in zip(row.questions, assignment.questions, strict=True)
    ]
    return {
        "student": one_line(row.student),
        "link": f"feedback/{quote(row.slug)}.html",
        "score": f"{points(row.score)} / {points(row.possible)}",
        "status": row.status,
        "tone": {"graded": "", "stopped": "part"}.get(row.status, "bad"),
        "questions": scores,
        "reason": one_line(row.reason),
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("autograder"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


@cache
def _style() -> tuple[Markup, str]:
    """Return the style sheet and the hash by which the page's policy lets this one alone in."""
    style = (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Markup(style), f"sha256-{digest}"  # our own file: nothing in it comes from a submission


def _render(template: str, **values: object) -> str:
    style, style_hash = _style()
    page = _environment().get_template(template).render(style=style, style_hash=style_hash, **values)
    return page.encode("utf-8", "replace").decode("utf-8")
