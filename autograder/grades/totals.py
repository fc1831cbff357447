"""The totals of a class: what the machine gave, and beside it what a person gave in the formgrader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from autograder.assignment import Assignment
from autograder.grades import coursedir
from autograder.grades.gradebook import NAME
from autograder.records.gradesheet import Row


@dataclass(frozen=True)
class Total:
    """One student's points: all together, and question by question (none where nobody read it yet).

    ``pending`` names the questions that still wait for a person.
    """

    student: str
    score: float
    possible: float
    questions: tuple[float | None, ...]
    pending: tuple[str, ...]
    status: str


def totals(out: Path, rows: list[Row], assignment: Assignment) -> list[Total]:
    """Put the rows of a class and its gradebook together.

    A score that a person gave counts in the place of the machine's, and extra credit is added, as nbgrader
    itself reckons.

    Raises
    ------
    ValueError
        When there is no gradebook, or a student is not in it.
    """
    path = out / NAME
    if not path.is_file():
        raise ValueError(f"there is no {NAME} in {out}: grade a class with --out {out} first")
    with _opened(path) as book:
        return [_total(book, row, assignment) for row in rows]


def _total(book: Gradebook, row: Row, assignment: Assignment) -> Total:
    key = coursedir.student_key(row.student)
    try:
        submission = book.find_submission(assignment.name, key)
    except MissingEntry:
        raise ValueError(f"{row.student} is not in the gradebook: run `autograder grade` again") from None
    grades: dict[str, Any] = {g.name: g for n in submission.notebooks for g in n.grades}
    scores: list[float | None] = []
    pending: list[str] = []
    for question in assignment.questions:
        grade = grades.get(question.name)
        if grade is None:
            raise ValueError(f"{question.name} is not in the gradebook: run `autograder grade` again")
        given = grade.manual_score if grade.manual_score is not None else grade.auto_score
        scores.append(None if given is None else given + (grade.extra_credit or 0.0))
        if grade.needs_manual_grade or given is None:
            pending.append(question.name)
    return Total(
        student=row.student,
        score=sum(s for s in scores if s is not None),
        possible=sum(q.points for q in assignment.questions),
        questions=tuple(scores),
        pending=tuple(pending),
        status=row.status,
    )


@contextmanager
def _opened(path: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{path.resolve()}", coursedir.COURSE_ID) as book:
        yield book
