"""Whether a row has a total: not while the grader itself failed and a person has still to look."""

from dataclasses import dataclass

import pytest

from autograder.assignment import Assignment
from autograder.grades.config import Settings
from autograder.grades.marks import Mark
from autograder.grades.standings import with_standings
from autograder.records.gradesheet import Row
from tests.autograder import tiny


@dataclass
class Given:
    """What a person gave: stands where a gradebook would."""

    marks: dict[str, Mark]

    def of(self, row: Row) -> dict[str, Mark]:
        return self.marks


def mark(points: float | None, *, waiting: bool = False) -> Mark:
    return Mark(points, person=points is not None, waiting=waiting)


LOOKED_AT = {"q1": mark(3.0), "q2": mark(1.0), "q3": mark(4.0)}
UNREAD = {"q1": mark(3.0), "q2": mark(1.0), "q3": mark(None, waiting=True)}


@pytest.mark.parametrize(
    ("status", "marks", "total", "waiting"),
    [
        ("error", {}, None, ("q3",)),
        ("error", UNREAD, None, ("q3",)),
        ("error", LOOKED_AT, 8.0, ()),
        ("graded", UNREAD, 4.0, ("q3",)),
        ("graded", LOOKED_AT, 8.0, ()),
        ("stopped", {}, 5.0, ("q3",)),
    ],
)
def test_total(
    assignment: Assignment, status: str, marks: dict[str, Mark], total: float | None, waiting: tuple[str, ...]
) -> None:
    (row,) = with_standings([tiny.row(status=status)], assignment, Settings(), Given(marks))  # type: ignore[arg-type]
    assert row.standing.total == total
    assert row.standing.waiting == waiting
