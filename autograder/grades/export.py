"""Totals as the files that Canvas and Moodle take in.

Both platforms put their own number for a student into the names of the files that they hand out. Where there
is one, it is used, because names can collide and change.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from autograder.assignment import Assignment
from autograder.grades.totals import Total
from autograder.records.gradesheet import cell, points


def canvas(totals: Sequence[Total], assignment: Assignment, column: str) -> str:
    """Write the sheet for Canvas: Grades, Import.

    Students are identified by Canvas's own number where the submission's name holds it, otherwise by their
    login.
    """
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    possible = points(sum(q.points for q in assignment.questions))
    lines = [["    Points Possible", "", "", "", "", possible]]
    for total in totals:
        name, number = _account(total, "canvas")
        who = (name, number, "", "") if number else (name, "", "", total.student)
        lines.append([*who, "", _score(total)])
    return _sheet(head, lines)


def moodle(totals: Sequence[Total], assignment: Assignment, column: str) -> str:
    """Write the sheet for Moodle: the assignment's grading worksheet, or the gradebook's import.

    The worksheet finds students by the number in their identifier, and is refused as a whole without the
    column of the last change; empty, it says that nothing is known of a later one. The gradebook's import
    finds them by the user name.
    """
    head = ["Identifier", "Full name", "Username", column]
    head += ["Maximum Grade", "Last modified (grade)", "Feedback comments"]
    lines = []
    for total in totals:
        name, number = _account(total, "moodle")
        who = (f"Participant {number}", name, "") if number else ("", total.name, total.student)
        lines.append([*who, _score(total), points(total.possible), "", _comment(total)])
    return _sheet(head, lines)


def plain_csv(totals: Sequence[Total], assignment: Assignment, column: str) -> str:
    """Write everything, one column per question."""
    names = [q.name for q in assignment.questions]
    people = ["name", "email", "group"] if any(t.name or t.email or t.group for t in totals) else []
    bank = ["late_days_left"] if any(t.bank_left is not None for t in totals) else []
    head = ["student", *people, column, "possible", "status", "pending", "submitted", "days_late", *bank]
    lines = [
        [t.student, *(getattr(t, name) for name in people)]
        + [_score(t), points(t.possible), t.status, " ".join(t.pending), t.submitted]
        + ["" if t.days_late is None else str(t.days_late), *(points(t.bank_left or 0.0) for _ in bank)]
        + ["" if s is None else points(s) for s in t.questions]
        for t in totals
    ]
    return _sheet([*head, *names], lines)


FORMATS: dict[str, tuple[Callable[[Sequence[Total], Assignment, str], str], str]] = {
    "canvas": (canvas, ""),
    "moodle": (moodle, "Grade"),
    "csv": (plain_csv, "score"),
}


def one_each(totals: Sequence[Total]) -> list[Total]:
    """Keep one line per student; a student who handed in two files has two lines, with the same points."""
    return list({t.student: t for t in totals}.values())


def _account(total: Total, platform: str) -> tuple[str, str]:
    """Return the student's name and the platform's number; the number is empty where it is not known."""
    of, _, number = total.account.partition(":")
    if of != platform:
        return total.name or total.student, ""
    return total.name or total.student.removesuffix(f"_{number}"), number


def _score(total: Total) -> str:
    """Leave empty what the grader itself failed on and nobody looked at: an empty cell changes no grade."""
    none = total.score is None or (total.status == "error" and total.pending)
    return "" if none or total.score is None else points(total.score)


def _comment(total: Total) -> str:
    late = ""
    if total.days_late:
        late = f"{total.days_late} day{'s' if total.days_late > 1 else ''} late"
    waiting = f"Not yet read: {', '.join(total.pending)}" if total.pending else ""
    nothing = "Nothing handed in" if total.status == "missing" else ""
    return "; ".join(s for s in (nothing, late, waiting) if s)


def _sheet(head: list[str], lines: list[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([cell(c) for c in head])
    # Canvas recognizes the line of points by the spaces it begins with.
    writer.writerows([c if c == "    Points Possible" else cell(c) for c in line] for line in lines)
    return buffer.getvalue()
