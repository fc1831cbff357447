"""Marks as a sheet: written answers to be read in a spreadsheet, and what a person gave, entered at once.

It is the formgrader's work without the formgrader: the same points and comments in the same gradebook.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import Assignment, Question
from autograder.grades import csv_text
from autograder.grades.comments import CommentBank
from autograder.grades.coursedir import student_key
from autograder.grades.marks import Marks
from autograder.grades.people import is_own
from autograder.notebooks.answers import answers, written
from autograder.notebooks.cells import cells
from autograder.notebooks.released import placeholders
from autograder.records.gradesheet import Row, cell, points
from autograder.records.store import Store

COLUMNS = ("student", "question", "points", "possible", "comment", "answer")
_ANSWER = 5_000  # characters of an answer


@dataclass(frozen=True)
class Entered:
    """What a person gave for one answer; ``points`` None: a comment alone."""

    student: str
    question: str
    points: float | None
    comment: str


def sheet(out: Path, rows: Iterable[Row], assignment: Assignment, *, everything: bool = False) -> str:
    """Write the answers that wait for a person, one line each, or all with what was given.

    Parameters
    ----------
    out : Path
        The folder of results.
    rows : iterable of Row
        The class with its standings.
    assignment : Assignment
        What was graded.
    everything : bool
        Whether those are in it that somebody has read.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    store, blank = Store(out), placeholders(assignment)
    manual = [q for q in assignment.questions if q.manual]
    with Marks(out) as marks:
        for row in rows:
            if not is_own(row) or row.standing is None or not row.standing.counts:
                continue
            wanted = [q for q in manual if everything or q.name in row.standing.waiting]
            record = store.read(row.slug) if wanted else None
            if record is None or record.result.executed is None:
                continue
            run = cells(record.result.executed)
            where, found = answers(run, assignment), marks.of(row)
            for question in wanted:
                mark = found.get(question.name)
                given = points(mark.points) if mark and mark.person and mark.points is not None else ""
                text = written(run, where[question.name], blank)[:_ANSWER]
                line = (row.student, question.name, given, points(question.points))
                writer.writerow([*map(cell, line), cell(mark.comment if mark else ""), cell(text)])
    return buffer.getvalue()


def read_sheet(
    path: Path, assignment: Assignment, students: Iterable[str], bank: CommentBank
) -> list[Entered]:
    """Read a sheet that a person filled in; lines with neither points nor a comment are passed over.

    Without points they are the question's, with those of the comments that are used added.

    Raises
    ------
    ValueError
        With the file and the line.
    """
    known, questions = set(students), {q.name: q for q in assignment.questions}
    found: dict[tuple[str, str], Entered] = {}
    for number, line in _lines(path):
        try:
            entered = _entered(line, assignment.name, questions, known, bank)
        except ValueError as error:
            raise ValueError(f"{path}:{number}: {error}") from None
        if entered is None:
            continue
        if (entered.student, entered.question) in found:
            raise ValueError(f"{path}:{number}: {entered.student} has points for {entered.question} already")
        found[entered.student, entered.question] = entered
    return list(found.values())


def enter(out: Path, assignment: Assignment, marks: Sequence[Entered]) -> None:
    """Enter marks into the gradebook, as the formgrader does.

    Raises
    ------
    ValueError
        When somebody is not in the gradebook; nothing is entered then.
    """
    from nbgrader.api import Gradebook, MissingEntry

    from autograder.grades.coursedir import COURSE_ID
    from autograder.grades.gradebook import NAME

    notebook = Path(assignment.notebook).stem
    if not (out / NAME).is_file():
        raise ValueError(f"there is no {NAME} in {out}: grade a class with --out {out} first")
    with Gradebook(f"sqlite:///{(out / NAME).resolve()}", COURSE_ID) as book:
        for mark in marks:
            where = (mark.question, notebook, assignment.name, student_key(mark.student))
            try:
                if mark.points is not None:
                    grade = book.find_grade(*where)
                    grade.manual_score, grade.needs_manual_grade = mark.points, False
                if mark.comment:
                    book.find_comment(*where).manual_comment = mark.comment
            except MissingEntry:
                book.db.rollback()
                raise ValueError(f"{mark.student}, {mark.question}: not in the gradebook") from None
        book.db.commit()


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    text, separator = csv_text.read(path)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
    for name in ("student", "question", "points"):
        if name not in (reader.fieldnames or ()):
            raise ValueError(f"{path}:1: no column {name!r}; it takes student, question, points and comment")
    try:
        for line in reader:
            yield reader.line_num, {str(k): v.strip() for k, v in line.items() if isinstance(v, str)}
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: this is no CSV: {error}") from None


def _entered(
    line: dict[str, str], assignment: str, questions: dict[str, Question], known: set[str], bank: CommentBank
) -> Entered | None:
    student, name = line["student"], line["question"]
    comment, given = line.get("comment", ""), line["points"]
    if not given and not comment:
        return None
    # In the sheet an apostrophe keeps a spreadsheet from taking a name or a comment for a formula.
    student = student if student in known else student.removeprefix("'")
    if student not in known:
        raise ValueError(f"{student!r} has no notebook that counts")
    question = questions.get(name)
    if question is None:
        raise ValueError(f"there is no question {name!r}; there is {', '.join(questions)}")
    if comment and not question.manual:
        raise ValueError(f"{name} is graded by machine: its points can be changed, but it takes no comment")
    comment = comment[1:] if comment.startswith("'@") else comment
    if wrong := bank.unmatched(assignment, name, comment):
        raise ValueError("; ".join(wrong))
    if given:
        return Entered(student, name, _number(given, question), comment)
    added = bank.points(assignment, name, comment)
    score = None if added is None else min(max(question.points + added, 0.0), question.points)
    return Entered(student, name, score, comment)


def _number(text: str, question: Question) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not 0 <= value <= question.points:
        raise ValueError(f"{text!r} is no number of points from 0 to {points(question.points)}")
    return value
