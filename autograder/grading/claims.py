"""Whether what came back from a grading process or a worker is about the submission that it was given."""

from __future__ import annotations

import math
from collections.abc import Sequence

from autograder.assignment import Assignment
from autograder.lookalikes import told_apart
from autograder.records.gradesheet import Row
from autograder.submissions.entry import Entry
from autograder.submissions.members import Member

_ROUNDING = 1e-6  # of a point


def objections(row: Row, entry: Entry, assignment: Assignment) -> list[str]:
    """Say what a row has that a row of this submission cannot have; nothing when it may be the one.

    Student, slug, assignment, attempt and time are compared with the job; scores with what the questions can
    give. A row of another student would otherwise become this student's.

    Parameters
    ----------
    row : Row
        What came back.
    entry : Entry
        The submission that was given.
    assignment : Assignment
        What it was graded against.
    """
    due = {
        "student": (row.student, entry.student),
        "slug": (row.slug, entry.slug),
        "assignment": (row.assignment, assignment.name),
        "attempt": (f"{row.attempt} of {row.attempts}", f"{entry.attempt} of {entry.attempts}"),
        "account": (row.account, entry.account),
        "list of members": (_listed(row.members), _listed(entry.members)),
        "time of hand-in": (row.submitted, entry.submitted.isoformat() if entry.submitted else ""),
        "possible points": (f"{row.possible:g}", f"{assignment.possible:g}"),
        "number of questions": (str(len(row.questions)), str(len(assignment.questions))),
    }
    wrong = []
    for what, (is_, should) in due.items():
        if is_ != should:
            found, wanted = told_apart([is_, should])
            wrong.append(f"its {what} is {found or 'none'}, not {wanted or 'none'}")
    return wrong or _scores(row, assignment)


def _listed(members: Sequence[Member]) -> str:
    return ", ".join(f"{each.student} ({each.account})" if each.account else each.student for each in members)


def _scores(row: Row, assignment: Assignment) -> list[str]:
    wrong = []
    for question, score in zip(assignment.questions, row.questions, strict=True):
        if question.manual != (score is None):
            wrong.append(f"{question.name} has {'no' if score is None else 'a'} score of a machine")
        elif score is not None and not -_ROUNDING <= score <= question.points + _ROUNDING:
            wrong.append(f"{question.name} has {score:g} of {question.points:g} points")
    total = sum(score for score in row.questions if score is not None)
    if not wrong and not math.isclose(row.score, total, abs_tol=_ROUNDING):
        wrong.append(f"its score is {row.score:g}, and its questions add up to {total:g}")
    return wrong
