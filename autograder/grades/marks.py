"""What people entered in the formgrader: points and comments, read from nbgrader's gradebook.

Read with plain SQL: a class of thousands is read in seconds, and `autograder show` need not load nbgrader.
The tests hold it equal to what `nbgrader.api` says.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.grades.comments import CommentBank
from autograder.grades.coursedir import student_key
from autograder.records.gradesheet import Row

NAME = "gradebook.db"
_QUERY = """
SELECT cell.name, grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade,
       comment.manual_comment
FROM assignment
JOIN notebook AS master ON master.assignment_id = assignment.id
JOIN submitted_assignment AS handed ON handed.assignment_id = assignment.id
JOIN submitted_notebook AS notebook ON notebook.notebook_id = master.id AND notebook.assignment_id = handed.id
JOIN base_cell AS cell ON cell.notebook_id = master.id
JOIN grade ON grade.cell_id = cell.id AND grade.notebook_id = notebook.id
LEFT JOIN base_cell AS answer ON answer.notebook_id = master.id AND answer.name = cell.name
                             AND answer.type = 'SolutionCell'
LEFT JOIN comment ON comment.cell_id = answer.id AND comment.notebook_id = notebook.id
WHERE assignment.name = ? AND handed.student_id = ?"""  # joined by what nbgrader's tables have indices for


@dataclass(frozen=True)
class Mark:
    """What the gradebook says of one question.

    ``points`` are those that count, None where nobody gave any; ``person`` says that a person gave or changed
    them, ``waiting`` that a person still has to look.
    """

    points: float | None
    person: bool
    waiting: bool
    comment: str = ""


class Marks:
    """The gradebook of a folder of results, for reading; without one there are no marks.

    Parameters
    ----------
    out : Path
        The folder of results.
    comments : CommentBank, optional
        Texts for the short names that comments use.
    """

    def __init__(self, out: Path, comments: CommentBank | None = None) -> None:
        self._path, self._comments = out / NAME, comments or CommentBank()

    def __enter__(self) -> Self:
        path = self._path.resolve()
        self._book = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) if path.is_file() else None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._book:
            self._book.close()

    def of(self, row: Row) -> Mapping[str, Mark]:
        """Return the marks of a student by question; none where the student is not in the gradebook.

        Who has the score of a group has its marks.

        Raises
        ------
        ValueError
            When the file is no gradebook.
        """
        if self._book is None:
            return {}
        try:
            key = student_key(row.by or row.student)
            found = self._book.execute(_QUERY, (row.assignment, key)).fetchall()
        except sqlite3.Error as error:
            raise ValueError(f"{self._path} cannot be read: {error}") from None
        return {
            name: _mark(
                auto,
                manual,
                extra,
                bool(waiting),
                self._comments.written_out(row.assignment, name, comment or ""),
            )
            for name, auto, manual, extra, waiting, comment in found
        }


def _mark(
    auto: float | None, manual: float | None, extra: float | None, waiting: bool, comment: str | None
) -> Mark:
    """Compute the points as nbgrader does: a person's points replace the machine's, extra credit is added."""
    base = auto if manual is None else manual
    score = None if base is None else base + (extra or 0.0)
    person = manual is not None or bool(extra)
    return Mark(score, person, waiting or base is None, (comment or "").strip())
