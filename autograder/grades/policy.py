"""When work is due, and what is left of the points of late work."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Policy:
    """When work is due and what lateness costs.

    ``due`` is by assignment; ``extensions`` are days by student and assignment. With ``most_days`` None a
    notebook counts however late it is. ``zone`` is the time zone of the course: a day after 23:59 is 23:59
    again, even when summer time begins in between. Without it, a due time keeps its own offset from UTC.
    """

    due: Mapping[str, datetime] = field(default_factory=dict)
    free_days: float = 0.0
    penalty_per_day: float = 0.0
    most_days: float | None = None
    extensions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    zone: tzinfo | None = None
    bank: float = 0.0

    def deadline(self, student: str, assignment: str, days: int = 0) -> datetime | None:
        """Return when the student's own due time, or the late day number ``days``, ends (UTC).

        None for an assignment without a due time.
        """
        due = self.due.get(assignment)
        if due is None:
            return None
        local = due.astimezone(self.zone) if self.zone else due
        days_more = self.extensions.get((student, assignment), 0.0) + days
        # Adding to an aware time moves its clock within the zone.
        return (local + days_more * _DAY).astimezone(UTC)

    def days_late(self, student: str, assignment: str, submitted: datetime) -> int:
        r"""Count the days begun after the student's own due time; 0 when the work was on time.

        The smallest :math:`n \ge 0` with ``submitted <= deadline(n)``.

        Examples
        --------
        >>> policy = Policy({"hw3": datetime(2026, 3, 1, 12, tzinfo=UTC)})
        >>> policy.days_late("ann", "hw3", datetime(2026, 3, 2, 13, tzinfo=UTC))
        2
        """
        due = self.deadline(student, assignment)
        if due is None:
            return 0
        # Not a simple quotient: the day on which summer time begins has 23 hours.
        days = max(math.ceil((submitted.astimezone(UTC) - due) / _DAY) - 1, 0)
        while not self._in_time(student, assignment, submitted, days):
            days += 1
        return days

    def _in_time(self, student: str, assignment: str, submitted: datetime, days: int) -> bool:
        end = self.deadline(student, assignment, days)
        return end is None or submitted <= end

    def from_bank(self, days: int, left: float) -> float:
        """Return how many of a student's ``left`` late days work that is ``days`` late uses.

        They are those beyond ``free_days``, as far as they last. Work that comes too late for any points
        uses none.

        Examples
        --------
        >>> Policy(free_days=1, bank=5).from_bank(3, left=5), Policy(bank=5).from_bank(3, left=2)
        (2, 2)
        """
        if self.most_days is not None and days > self.most_days:
            return 0.0
        return min(max(days - self.free_days, 0.0), left)

    def kept(self, days: int, from_bank: float = 0.0) -> float:
        """Return the part of the score that is left after ``days`` of lateness, ``from_bank`` of them paid.

        Examples
        --------
        >>> Policy(free_days=1, penalty_per_day=0.25).kept(3)
        0.5
        """
        if self.most_days is not None and days > self.most_days:
            return 0.0
        return max(1.0 - self.penalty_per_day * max(days - self.free_days - from_bank, 0.0), 0.0)
