"""The grader's own table in the gradebook: what was booked, written in the same transaction as the scores.

Otherwise a grading that is killed and resumed could not tell which students are booked already, and whether a
written answer is still the one that a person gave points for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, text

_CREATE = """
CREATE TABLE IF NOT EXISTS autograder_booked (
    assignment TEXT NOT NULL, student TEXT NOT NULL, scores TEXT NOT NULL, answers TEXT NOT NULL,
    PRIMARY KEY (assignment, student)
)"""
_FIND = text(
    "SELECT student, scores, answers FROM autograder_booked "
    "WHERE assignment = :assignment AND student IN :students"
).bindparams(bindparam("students", expanding=True))
_PUT = text("INSERT OR REPLACE INTO autograder_booked VALUES (:assignment, :student, :scores, :answers)")


@dataclass(frozen=True)
class Booking:
    """What is booked for one student: the scores as text, and a digest of each written answer."""

    scores: str = ""
    answers: dict[str, str] = field(default_factory=dict)


class Booked:
    """The bookings of one assignment.

    Parameters
    ----------
    session : sqlalchemy.orm.Session
        The gradebook's; nothing is committed here.
    assignment : str
        The assignment's name.
    """

    def __init__(self, session: Any, assignment: str) -> None:
        self._session, self._assignment = session, assignment
        session.execute(text(_CREATE))

    def find(self, students: Sequence[str]) -> dict[str, Booking]:
        """Return what is booked for each of these students; those without a booking are not in it."""
        names = {"assignment": self._assignment, "students": list(students)}
        found = self._session.execute(_FIND, names)
        return {row.student: Booking(row.scores, json.loads(row.answers)) for row in found}

    def put(self, bookings: Mapping[str, Booking]) -> None:
        """Remember what is booked for each student, once the transaction is committed."""
        rows = [
            {
                "assignment": self._assignment,
                "student": student,
                "scores": booking.scores,
                "answers": json.dumps(booking.answers, sort_keys=True),
            }
            for student, booking in bookings.items()
        ]
        if rows:
            self._session.execute(_PUT, rows)
