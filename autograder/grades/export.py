"""Totals as the files that Canvas and Moodle take in.

Both platforms put their own number of a student into the names of the files that they hand out; where it is
there, it is used, for names can meet and change.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from autograder.assignment import Assignment
from autograder.grades.totals import Total
from autograder.records.gradesheet import cell, points

# lee_ann_LATE_1234_56789_hw3: the student's name, the student's number, the submission's number, the file
_CANVAS = re.compile(r"(?P<name>.+?)(?:_LATE)?_(?P<id>\d+)_\d+_.*")
# Ann Lee_1234_assignsubmission_file_: the name, and the participant's number in this assignment
_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?.*")


def canvas(totals: Sequence[Total], assignment: Assignment, column: str) -> str:
    """Write the sheet for Canvas: Grades, Import.

    Students are told by Canvas's own number where the submission's name holds it, else by their login.
    """
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    possible = points(sum(q.points for q in assignment.questions))
    lines = [["    Points Possible", "", "", "", "", possible]]
    for total in totals:
        found = _CANVAS.fullmatch(total.student)
        who = (found["name"], found["id"], "", "") if found else (total.student, "", "", total.student)
        lines.append([*who, "", _score(total)])
    return _sheet(head, lines)


def moodle(totals: Sequence[Total], assignment: Assignment, column: str) -> str:
    """Write the sheet for Moodle: the assignment's grading worksheet, or the gradebook's import."""
    head = ["Identifier", "Full name", "Username", column, "Maximum Grade", "Feedback comments"]
    lines = []
    for total in totals:
        found = _MOODLE.fullmatch(total.student)
        number = f"Participant {found['id']}" if found else ""
        who = (number, found["name"], "") if found else ("", "", total.student)
        lines.append([*who, _score(total), points(total.possible), _comment(total)])
    return _sheet(head, lines)


def plain_csv(totals: Sequence[Total], assignment: Assignment, column: str) -> str:
    """Write everything, one column a question."""
    names = [q.name for q in assignment.questions]
    lines = [
        [t.student, _score(t), points(t.possible), t.status, " ".join(t.pending)]
        + ["" if s is None else points(s) for s in t.questions]
        for t in totals
    ]
    return _sheet(["student", column, "possible", "status", "pending", *names], lines)


FORMATS: dict[str, tuple[Callable[[Sequence[Total], Assignment, str], str], str]] = {
    "canvas": (canvas, ""),
    "moodle": (moodle, "Grade"),
    "csv": (plain_csv, "score"),
}


def one_each(totals: Sequence[Total]) -> list[Total]:
    """Keep one line for each student: whoever handed in two files has two, with the same points."""
    return list({t.student: t for t in totals}.values())


def _score(total: Total) -> str:
    """Leave empty what the grader itself failed on and nobody looked at: an empty cell changes no grade."""
    return "" if total.status == "error" and total.pending else points(total.score)


def _comment(total: Total) -> str:
    return f"Not yet read: {', '.join(total.pending)}" if total.pending else ""


def _sheet(head: list[str], lines: list[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([cell(c) for c in head])
    # Canvas knows the line of points by the spaces it begins with.
    writer.writerows([c if c == "    Points Possible" else cell(c) for c in line] for line in lines)
    return buffer.getvalue()
