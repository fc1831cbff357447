"""The page a student reads.

It is one file, without scripts, with nothing from another host. Every text in it comes through the template's
escaping; the content security policy would stop what slipped through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from autograder.assignment import Assignment, Question
from autograder.grades.answers import answers, pictures, written
from autograder.grades.released import placeholders, titles
from autograder.pages.cases import CaseView, case_views
from autograder.pages.outputs import Cell, Output, cells
from autograder.pages.page import render
from autograder.records.gradesheet import Row, points
from autograder.records.results import NotebookResult, QuestionResult
from autograder.text import one_line

_FOLD = 6  # lines of code that are shown unfolded
_CHECK = re.compile(r"(?:grader\.(?:check|check_all|export)\([^)\n]*\))?")
_STANDING = {
    "graded": "The notebook ran to its end.",
    "stopped": "The notebook had to be stopped.",
    "unreadable": "There was no notebook to run.",
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
    answer: str = ""
    pictures: tuple[Output, ...] = ()
    failed: tuple[CaseView, ...] = ()
    passed: tuple[CaseView, ...] = ()


@dataclass(frozen=True)
class _CellView:
    number: int
    first: str
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
    by_name, title = {q.name: q for q in result.questions}, titles(assignment)
    views = [
        _manual(
            q, title[q.name], written(run, where[q.name], blank), pictures(run, where[q.name]), row.status
        )
        if q.manual
        else _machine(q, title[q.name], by_name.get(q.name, QuestionResult(q.name, 0.0, q.points)))
        for q in assignment.questions
    ]
    return render(
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


def _machine(question: Question, title: str, result: QuestionResult) -> _QuestionView:
    views = case_views(result)
    score = f"{points(result.score)} of {points(question.points)}"
    comment = "" if result.cases else "Its tests did not run."
    colour = tone(result.score, question.points)
    return _QuestionView(
        question.name,
        title,
        score,
        points(result.score),
        colour,
        comment,
        failed=tuple(v for v in views if not v.passed),
        passed=tuple(v for v in views if v.passed),
    )


def _manual(question: Question, title: str, answer: str, shown: list[Output], status: str) -> _QuestionView:
    comment = "Your instructor reads this answer; its points come later."
    if not answer and not shown:
        comment = "No answer was found." if status in ("graded", "stopped") else ""
    score = f"– of {points(question.points)}"
    return _QuestionView(question.name, title, score, "–", "none", comment, answer, tuple(shown))


def tone(score: float, possible: float) -> str:
    """Say how a score is coloured: full, some or no points."""
    return "good" if score >= possible else "part" if score > 0 else "bad"


def _notebook(run: list[Cell]) -> list[_CellView]:
    """Choose and number the cells worth showing; long code is folded under its first line."""
    shown = [c for c in run if c.outputs or (c.kind == "code" and not _CHECK.fullmatch(c.source.strip()))]
    sources = [c.source.strip("\n") for c in shown]
    firsts = [s.split("\n", 1)[0] if s.count("\n") >= _FOLD else "" for s in sources]
    return [
        _CellView(i, first, source, cell.outputs)
        for i, (first, source, cell) in enumerate(zip(firsts, sources, shown, strict=True), start=1)
    ]
