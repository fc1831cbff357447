"""OUT/gradebook.db: nbgrader's own gradebook, filled through nbgrader's own API."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import nbgrader.api
from alembic.script import ScriptDirectory
from nbgrader.api import Comment, Grade, Gradebook, SubmittedAssignment
from sqlalchemy import bindparam, select, update

from autograder.assignment import Assignment
from autograder.files import whole
from autograder.grades import coursedir
from autograder.grades.booked import Booked, Booking
from autograder.grades.former_keys import rename
from autograder.grades.submission_rows import Master, SubmissionRows
from autograder.records.gradesheet import Row
from autograder.records.results import RAN

NAME = "gradebook.db"
_TOGETHER = 100  # students in one transaction
_WAIT = 2.0  # seconds a score waits for others before it is stored


@dataclass(frozen=True)
class _Waiting:
    """A student's scores that are not stored yet."""

    row: Row
    booking: Booking


class GradeBook:
    """Writes scores into ``OUT/gradebook.db``, several students per transaction.

    Every question is a grade cell of the assignment's notebook, the written ones too. The scores given here
    are nbgrader's automatic scores. A score that a person gave in the formgrader is kept beside them and
    still counts when the class is graded again; it is marked for another look if the answer it was given for
    changed.

    Scores wait outside the database, so that it is never locked for long. If the process is killed, the
    waiting scores are lost, and the next run records them again from ``OUT/results``.
    """

    def __init__(self, out: Path, assignment: Assignment) -> None:
        self._out, self._assignment = out, assignment
        self._notebook = Path(assignment.notebook).stem
        self._waiting: dict[str, _Waiting] = {}
        self._since = 0.0

    def __enter__(self) -> GradeBook:
        coursedir.prepare(self._out, self._assignment)
        self._book = _opened((self._out / NAME).resolve())
        self._lay_out()
        self._booked = Booked(self._book.db, self._assignment.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._store()
        finally:
            self._book.close()

    def record(self, row: Row, answers: dict[str, str]) -> None:
        """Take one student's scores; for a submission on which the grader failed, ask for a person instead.

        They are stored with others, at the latest when the ``with`` block ends. What is stored already is
        left alone, so that recording twice does no harm.

        Parameters
        ----------
        row : Row
            The scores, in the order of the assignment's questions.
        answers : dict of str to str
            The digests of the written answers, as `coursedir.write_notebook` gives them.
        """
        key = coursedir.student_key(row.student)
        if key in self._waiting:
            self._store()
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting[key] = _Waiting(row, Booking(self._scores(row), answers))
        if len(self._waiting) >= _TOGETHER or time.monotonic() > self._since + _WAIT:
            self._store()

    def _store(self) -> None:
        """Store what waits, in one transaction."""
        keys = list(self._waiting)
        rename(self._book.db, {key: waiting.row.student for key, waiting in self._waiting.items()})
        before, there = self._booked.find(keys), self._submitted(keys)
        changed = {
            key: waiting
            for key, waiting in self._waiting.items()
            if key not in there or before.get(key) != waiting.booking
        }
        for key in changed.keys() & there:
            self._change(key, changed[key], before.get(key, Booking()))
        self._add({key: w for key, w in changed.items() if key not in there}, before)
        self._date(changed)
        self._booked.put({key: waiting.booking for key, waiting in changed.items()})
        self._book.db.commit()
        self._waiting.clear()

    def _change(self, key: str, waiting: _Waiting, before: Booking) -> None:
        """Bring the stored scores of a student in step, beside what a person gave."""
        submission = self._book.find_submission(self._assignment.name, key)
        (notebook,) = (n for n in submission.notebooks if n.name == self._notebook)
        self._add_new_cells(notebook)
        grades = {g.name: g for g in notebook.grades}
        self._mark(grades, {c.name: c for c in notebook.comments}, waiting, before)

    def _add(self, new: Mapping[str, _Waiting], before: Mapping[str, Booking]) -> None:
        """Insert students who have no submission yet, as nbgrader's `add_submission` would, all at once."""
        rows = SubmissionRows()
        for key, waiting in new.items():
            grades, comments = rows.add(key, self._master)
            self._mark(grades, comments, waiting, before.get(key, Booking()))
        rows.insert(self._book.db)

    def _date(self, changed: Mapping[str, _Waiting]) -> None:
        """Say when each student handed in, in UTC, as nbgrader does."""
        table = SubmittedAssignment.__table__
        query = update(table).where(
            table.c.assignment_id == self._master.assignment, table.c.student_id == bindparam("who")
        )
        rows = [{"who": key, "when": _utc(waiting.row.submitted)} for key, waiting in changed.items()]
        if rows:
            self._book.db.execute(query.values(timestamp=bindparam("when")), rows)

    def _mark(
        self,
        grades: Mapping[str, Any],
        comments: Mapping[str, Any],
        waiting: _Waiting,
        before: Booking,
    ) -> None:
        """Put a student's scores into the grades of the questions."""
        row, answers = waiting.row, waiting.booking.answers
        for question, score in zip(self._assignment.questions, row.questions, strict=True):
            grade = grades[question.name]
            if row.status == "error":
                grade.auto_score, grade.needs_manual_grade = None, True
            elif not question.manual:
                _give(grade, score)
            else:
                answer = answers.get(question.name, "") if row.status in RAN else ""
                new = bool(answer) and answer != before.answers.get(question.name)
                _give(grade, None if answer else 0.0, changed=new)
                comments[question.name].auto_comment = None if answer else "No response."

    def _scores(self, row: Row) -> str:
        """Write down all that `record` takes from a row."""
        names = [q.name for q in self._assignment.questions]
        scores = dict(zip(names, row.questions, strict=True))
        return json.dumps([row.status, scores, *([row.submitted] if row.submitted else [])])

    def _submitted(self, keys: list[str]) -> set[str]:
        """Return those of the students who have a submission in the database."""
        query = select(SubmittedAssignment.student_id).where(
            SubmittedAssignment.assignment_id == self._master.assignment,
            SubmittedAssignment.student_id.in_(keys),
        )
        return set(self._book.db.execute(query).scalars())

    def _lay_out(self) -> None:
        """Bring the assignment's grade cells in step with its questions."""
        book, name, notebook = self._book, self._assignment.name, self._notebook
        book.update_or_create_assignment(name)
        book.update_or_create_notebook(notebook, name)
        notes = {q.name for q in self._assignment.questions if q.manual}
        scores = {q.name for q in self._assignment.questions}
        laid = book.find_notebook(notebook, name)
        gone = [c for c in laid.grade_cells if c.name not in scores]
        gone += [c for c in laid.solution_cells if c.name not in notes]
        for cell in gone:
            for entry in (*cell.grades, *cell.comments, cell):
                book.db.delete(entry)
        book.db.commit()
        for question in self._assignment.questions:
            kind = "markdown" if question.manual else "code"
            book.update_or_create_grade_cell(
                question.name, notebook, name, max_score=question.points, cell_type=kind
            )
            if question.manual:
                book.update_or_create_solution_cell(question.name, notebook, name)
        self._master = Master.of(book.find_notebook(notebook, name))
        book.db.commit()

    def _add_new_cells(self, submitted: Any) -> None:
        """Give a submission from an earlier run the grades of questions that were added since."""
        db, master = self._book.db, submitted.notebook
        have = {entry.cell_id for entry in (*submitted.grades, *submitted.comments)}
        for kind, cells in ((Grade, master.grade_cells), (Comment, master.solution_cells)):
            db.add_all(kind(cell_id=c.id, notebook_id=submitted.id) for c in cells if c.id not in have)
        db.flush()
        db.expire(submitted)


def _opened(path: Path) -> Gradebook:
    """Open the database; a new one appears under its name only when it is complete."""
    if not path.exists():
        with whole(path) as draft, _without_asking_alembic():
            Gradebook(f"sqlite:///{draft}", coursedir.COURSE_ID).close()
    return Gradebook(f"sqlite:///{path}", coursedir.COURSE_ID)


@contextlib.contextmanager
def _without_asking_alembic() -> Iterator[None]:
    """Give nbgrader the version of its database; it would start a second Python to ask for it."""
    before = nbgrader.api.get_alembic_version
    nbgrader.api.get_alembic_version = schema_version
    try:
        yield
    finally:
        nbgrader.api.get_alembic_version = before


def schema_version() -> str:
    """Return the version of nbgrader's database that ``alembic heads`` prints."""
    scripts = ScriptDirectory(str(Path(nbgrader.api.__file__).parent / "alembic"))
    return str(scripts.get_current_head())


def _utc(submitted: str) -> datetime | None:
    return datetime.fromisoformat(submitted).astimezone(UTC).replace(tzinfo=None) if submitted else None


def _give(grade: Any, score: float | None, *, changed: bool | None = None) -> None:
    changed = grade.auto_score != score if changed is None else changed
    grade.needs_manual_grade = (score is None and grade.manual_score is None) or (
        grade.manual_score is not None and (changed or grade.needs_manual_grade)
    )
    grade.auto_score = score
