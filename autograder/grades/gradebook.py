"""OUT/gradebook.db: nbgrader's own gradebook, filled through nbgrader's own API."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import nbgrader.api
from alembic.script import ScriptDirectory
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry

from autograder.assignment import Assignment
from autograder.files import draft_of
from autograder.grades import coursedir
from autograder.grades.booked import Booked, Booking
from autograder.records.gradesheet import Row

NAME = "gradebook.db"


class GradeBook:
    """Writes scores into ``OUT/gradebook.db``, one transaction a student.

    Every question is a grade cell of the assignment's notebook, the written ones too. The scores given here
    are nbgrader's automatic scores. A score that a person gave in the formgrader stands beside them and keeps
    counting when the class is graded again; it is marked for another look if what it was given for changed.
    """

    def __init__(self, out: Path, assignment: Assignment) -> None:
        self._out, self._assignment = out, assignment
        self._notebook = Path(assignment.notebook).stem

    def __enter__(self) -> GradeBook:
        coursedir.prepare(self._out, self._assignment)
        self._book = _opened((self._out / NAME).resolve())
        self._lay_out()
        self._booked = Booked(self._book.db, self._assignment.name)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def record(self, row: Row, answers: dict[str, str]) -> None:
        """Store one student's scores, or for a submission that failed in the grader a call for a person.

        What is stored already is left alone, so that recording twice does no harm.

        Parameters
        ----------
        row : Row
            The scores, in the order of the assignment's questions.
        answers : dict of str to str
            The digests of the written answers, as `coursedir.write_notebook` gives them.
        """
        key, name = coursedir.student_key(row.student), self._assignment.name
        before, now = self._booked.find(key), Booking(self._scores(row), answers)
        if before == now and self._has(key):
            return
        self._book.update_or_create_student(key)
        with self._book.db.no_autoflush:  # nbgrader builds a new submission before it is in the session
            submission = self._book.update_or_create_submission(name, key)
        (notebook,) = (n for n in submission.notebooks if n.name == self._notebook)
        self._add_new_cells(notebook)
        grades = {g.name: g for g in notebook.grades}
        comments = {c.name: c for c in notebook.comments}
        for question, score in zip(self._assignment.questions, row.questions, strict=True):
            grade = grades[question.name]
            if row.status == "error":
                grade.auto_score, grade.needs_manual_grade = None, True
            elif not question.manual:
                _give(grade, score)
            else:
                answer = "" if row.status == "unreadable" else answers.get(question.name, "")
                new = bool(answer) and answer != before.answers.get(question.name)
                _give(grade, None if answer else 0.0, changed=new)
                comments[question.name].auto_comment = None if answer else "No response."
        self._booked.put(key, now)
        self._book.db.commit()

    def _scores(self, row: Row) -> str:
        """Write down all that `record` takes from a row."""
        names = [q.name for q in self._assignment.questions]
        return json.dumps([row.status, dict(zip(names, row.questions, strict=True))])

    def _has(self, key: str) -> bool:
        with contextlib.suppress(MissingEntry):
            self._book.find_submission(self._assignment.name, key)
            return True
        return False

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
        draft = draft_of(path)
        with _without_asking_alembic():
            Gradebook(f"sqlite:///{draft}", coursedir.COURSE_ID).close()
        draft.replace(path)
    return Gradebook(f"sqlite:///{path}", coursedir.COURSE_ID)


@contextlib.contextmanager
def _without_asking_alembic() -> Iterator[None]:
    """Let nbgrader name its database's version itself; it would start a second Python to be told."""
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


def _give(grade: Any, score: float | None, *, changed: bool | None = None) -> None:
    changed = grade.auto_score != score if changed is None else changed
    grade.needs_manual_grade = (score is None and grade.manual_score is None) or (
        grade.manual_score is not None and (changed or grade.needs_manual_grade)
    )
    grade.auto_score = score
