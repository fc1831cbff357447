"""New submissions as rows of nbgrader's tables, so that hundreds are inserted at once.

nbgrader's own `add_submission` makes an object of each grade and commits three times per student, which takes
longer than grading a small notebook. The rows made here are the same; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Self

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from sqlalchemy import insert
from sqlalchemy.dialects.sqlite import insert as insert_in_sqlite


@dataclass(frozen=True)
class Master:
    """The notebook that submissions follow: its ids, and those of its cells by their names."""

    assignment: str
    notebook: str
    grade_cells: dict[str, str]
    solution_cells: dict[str, str]

    @classmethod
    def of(cls, notebook: Any) -> Self:
        """Read the ids from nbgrader's notebook."""
        return cls(
            str(notebook.assignment_id),
            str(notebook.id),
            {str(c.name): str(c.id) for c in notebook.grade_cells},
            {str(c.name): str(c.id) for c in notebook.solution_cells},
        )


class SubmissionRows:
    """Collects new submissions, then inserts them table by table."""

    def __init__(self) -> None:
        self._students: list[dict[str, str]] = []
        self._submissions: list[dict[str, str]] = []
        self._notebooks: list[dict[str, str]] = []
        self._grades: list[SimpleNamespace] = []
        self._comments: list[SimpleNamespace] = []

    def add(
        self, student: str, master: Master
    ) -> tuple[dict[str, SimpleNamespace], dict[str, SimpleNamespace]]:
        """Begin a submission; return its grades and comments by name, to be filled in before `insert`."""
        submission, notebook = new_uuid(), new_uuid()
        self._students.append({"id": student})
        self._submissions.append(
            {"id": submission, "assignment_id": master.assignment, "student_id": student}
        )
        self._notebooks.append({"id": notebook, "assignment_id": submission, "notebook_id": master.notebook})
        blank = {"auto_score": None, "manual_score": None, "needs_manual_grade": True}
        grades = {
            name: SimpleNamespace(cell_id=cell, notebook_id=notebook, **blank)
            for name, cell in master.grade_cells.items()
        }
        comments = {
            name: SimpleNamespace(cell_id=cell, notebook_id=notebook, auto_comment=None)
            for name, cell in master.solution_cells.items()
        }
        self._grades += grades.values()
        self._comments += comments.values()
        return grades, comments

    def insert(self, session: Any) -> None:
        """Put the rows into the database, in the order of their foreign keys; nothing is committed here."""
        if self._students:
            session.execute(insert_in_sqlite(Student.__table__).on_conflict_do_nothing(), self._students)
        for table, rows in (
            (SubmittedAssignment, self._submissions),
            (SubmittedNotebook, self._notebooks),
            (Grade, list(map(vars, self._grades))),
            (Comment, list(map(vars, self._comments))),
        ):
            if rows:
                session.execute(insert(table), rows)
