"""What is done for one submission, from the file to its row: the unit of work of every scheduler."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder import coursedir, intake
from autograder.assignment import Assignment
from autograder.coursedir import Answer
from autograder.feedback import student_page
from autograder.gradesheet import Row, write_whole
from autograder.intake import Entry
from autograder.notebook import UnreadableError
from autograder.results import NotebookResult, QuestionResult
from autograder.text import one_line, plain


@dataclass(frozen=True)
class Graded:
    """A submission's row, and what the gradebook must know about its written answers."""

    row: Row
    answers: dict[str, Answer] = field(default_factory=dict)


def grade_submission(
    entry: Entry, assignment: Assignment, grade: Callable[[str], NotebookResult], out: Path
) -> Graded:
    """Grade one submission and write its feedback page, its log and its notebook for the formgrader.

    Nothing that a submission holds makes this raise. An exception in our own code becomes a row that says
    ``internal error``, and its traceback goes to ``OUT/log``.

    Parameters
    ----------
    entry : Entry
        The submission.
    assignment : Assignment
        What it is graded against.
    grade : callable
        Takes a notebook's JSON, yields its result: `autograder.sealed.Grader.grade`.
    out : Path
        The folder of results.
    """
    start = time.perf_counter()
    try:
        result = grade(intake.read(entry, assignment.notebook))
    except UnreadableError as why:
        result = _nothing(assignment, str(why))
    except Exception as error:
        return _failed(entry, assignment, f"{type(error).__name__}: {error}", traceback.format_exc(), out)
    row = _row(entry, assignment, result, time.perf_counter() - start)
    return _leave_files(row, result, assignment, out, _log(result))


def lost(entry: Entry, assignment: Assignment, why: str, out: Path) -> Graded:
    """Make the row of a submission whose grading process died under it."""
    return _failed(entry, assignment, why, why, out)


def _failed(entry: Entry, assignment: Assignment, why: str, trace: str, out: Path) -> Graded:
    result = _nothing(assignment, f"internal error: {why}")
    row = replace(_row(entry, assignment, result, 0.0), status="error")
    return _leave_files(row, result, assignment, out, [trace])


def _nothing(assignment: Assignment, reason: str) -> NotebookResult:
    questions = tuple(QuestionResult(q.name, 0.0, q.points) for q in assignment.graded)
    return NotebookResult("unreadable", reason, "none", 0.0, questions)


def _row(entry: Entry, assignment: Assignment, result: NotebookResult, seconds: float) -> Row:
    scores = {q.name: q.score for q in result.questions}
    reason = "; ".join(one_line(r) for r in (result.reason, entry.note) if r)
    return Row(
        student=entry.student,
        slug=entry.slug,
        assignment=assignment.name,
        score=sum(scores.get(q.name, 0.0) for q in assignment.graded),
        possible=assignment.possible,
        status=result.status,
        reason=one_line(reason, 500),
        tier=result.tier,
        seconds=seconds,
        questions=tuple(None if q.manual else scores.get(q.name, 0.0) for q in assignment.questions),
    )


def _leave_files(
    row: Row, result: NotebookResult, assignment: Assignment, out: Path, log: list[str]
) -> Graded:
    """Write what a person will open. A page that cannot be written never takes the score away."""
    answers: dict[str, Answer] = {}
    try:
        answers = coursedir.write_notebook(
            coursedir.notebook_path(out, row.student, assignment), result, assignment
        )
        write_whole(out / "feedback" / f"{row.slug}.html", student_page(row, result, assignment))
    except Exception as error:
        log.append(traceback.format_exc())
        trouble = f"internal error: the pages were not written: {type(error).__name__}"
        row = replace(row, reason="; ".join(r for r in (row.reason, trouble) if r))
    path = out / "log" / f"{row.slug}.log"
    if log:
        write_whole(path, plain("\n\n".join(log)) + "\n")
    else:
        path.unlink(missing_ok=True)
    return Graded(row, answers)


def _log(result: NotebookResult) -> list[str]:
    """Collect the tracebacks of failed cases, which hold expected values and are for the instructor alone."""
    return [
        f"{question.name}, {case.name}{' (hidden)' if case.hidden else ''}: failed\n{case.detail}"
        for question in result.questions
        for case in question.cases
        if case.detail and not case.passed
    ]
