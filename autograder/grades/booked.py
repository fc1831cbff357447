"""The grader's own table in the gradebook: what was booked, written in the same transaction as the scores.

Only so can a grading that is killed and resumed tell which students are booked already, and whether a written
answer is the one that a person has given points for.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

_CREATE = """
CREATE TABLE IF NOT EXISTS autograder_booked (
    assignment TEXT NOT NULL, student TEXT NOT NULL, scores TEXT NOT NULL, answers TEXT NOT NULL,
    PRIMARY KEY (assignment, student)
)"""
_FIND = "SELECT scores, answers FROM autograder_booked WHERE assignment = :assignment AND student = :student"
_PUT = "INSERT OR REPLACE INTO autograder_booked VALUES (:assignment, :student, :scores, :answers)"


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

    def find(self, student: str) -> Booking:
        """Return what is booked for a student; an empty booking where nothing is."""
        names = {"assignment": self._assignment, "student": student}
        found = self._session.execute(text(_FIND), names).first()
        return Booking(found.scores, json.loads(found.answers)) if found else Booking()

    def put(self, student: str, booking: Booking) -> None:
        """Remember what is booked, once the transaction is committed."""
        names = {"assignment": self._assignment, "student": student}
        values = {"scores": booking.scores, "answers": json.dumps(booking.answers, sort_keys=True)}
        self._session.execute(text(_PUT), names | values)
