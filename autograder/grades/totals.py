"""The totals of a class: one for each student, of the attempt that counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import Assignment
from autograder.grades.config import Settings
from autograder.grades.marks import NAME, Marks
from autograder.grades.people import MISSING, is_own, is_result, with_people
from autograder.grades.standings import with_standings
from autograder.records.gradesheet import Row
from autograder.records.person import Person
from autograder.records.standing import Standing


@dataclass(frozen=True)
class Total:
    """One student's points: the sum, and question by question (None where nobody has read it yet).

    ``score`` is after lateness, none where there is nothing to give points for, ``earned`` before it.
    ``pending`` names the questions that still wait for a person; ``account`` is the platform's number of the
    student; name, address and group are the roster's.
    """

    student: str
    score: float | None
    possible: float
    questions: tuple[float | None, ...]
    pending: tuple[str, ...]
    status: str
    account: str = ""
    days_late: int | None = None
    earned: float | None = None
    submitted: str = ""
    name: str = ""
    email: str = ""
    group: str = ""
    bank_left: float | None = None


def totals(out: Path, rows: Iterable[Row], assignment: Assignment, settings: Settings) -> list[Total]:
    """Put the rows of a class and its gradebook together.

    A score that a person gave replaces the machine's, and extra credit is added, as in nbgrader. The penalty
    for lateness is taken off the sum.

    Parameters
    ----------
    out : Path
        The folder of results.
    rows : iterable of Row
        The class, sorted by student.
    assignment : Assignment
        What was graded.
    settings : Settings
        The rules of the course.

    Raises
    ------
    ValueError
        When there is no gradebook, a student is not in it, or the assignment has a due time and nobody said
        when a student handed in.
    """
    if not (out / NAME).is_file():
        raise ValueError(f"there is no {NAME} in {out}: grade a class with --out {out} first")
    with Marks(out) as marks:
        standing = with_standings(filter(is_own, rows), assignment, settings, marks)
        found = [
            _total(row, assignment, marks)
            for row in with_people(standing, assignment, settings)
            if is_result(row)
        ]
    unknown = [t.student for t in found if t.days_late is None and t.status != MISSING]
    if unknown and assignment.name in settings.policy.due:
        raise ValueError(
            f"nobody said when {', '.join(unknown[:5])} handed in ({len(unknown)} in all): give their times "
            f"with --submitted, or take the due time of {assignment.name} away"
        )
    return sorted(found, key=lambda total: total.student)


def _total(row: Row, assignment: Assignment, marks: Marks) -> Total:
    person = row.person or Person()
    if row.status == MISSING:
        return _nothing(row, person)
    found = marks.of(row)
    if not found:
        raise ValueError(f"{row.student} is not in the gradebook: run `autograder grade` again")
    for question in assignment.questions:
        if question.name not in found:
            raise ValueError(f"{question.name} is not in the gradebook: run `autograder grade` again")
    standing = row.standing
    assert standing is not None  # `with_standings` gave it one
    return Total(
        student=row.student,
        score=standing.earned * standing.kept,
        possible=standing.possible,
        questions=tuple(found[q.name].points for q in assignment.questions),
        pending=standing.waiting,
        status=row.status,
        account=row.account,
        days_late=standing.days_late,
        earned=standing.earned,
        submitted=row.submitted,
        name=person.name,
        email=person.email,
        group=person.group,
        bank_left=standing.bank_left,
    )


def _nothing(row: Row, person: Person) -> Total:
    """Make the total of somebody who handed nothing in; without points where exports are to have no zero."""
    standing = row.standing or Standing()
    return Total(
        row.student, standing.total, standing.possible, row.questions, (), row.status, row.account,
        name=person.name, email=person.email, group=person.group, bank_left=standing.bank_left,
    )  # fmt: skip
