"""Totals after the policy: what was handed in when, and what is left of the points."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from autograder.grades.policy import Policy
from autograder.grades.totals import Total


def read_times(path: Path) -> dict[str, datetime]:
    """Read when students handed in: a CSV file with the columns ``student`` and ``submitted``.

    Times are ISO 8601 with their zone, such as ``2026-03-02T08:15:00+01:00``. Of several times of one student
    the latest counts.

    Raises
    ------
    ValueError
        With the file and the line.
    """
    found: dict[str, datetime] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"student", "submitted"} - set(reader.fieldnames or ())
            if missing:
                raise ValueError(f"{path}:1: no column {' or '.join(sorted(missing))}")
            for line in reader:
                student, when = line["student"], _time(line["submitted"], f"{path}:{reader.line_num}")
                found[student] = max(when, found.get(student, when))
    except FileNotFoundError:
        raise ValueError(f"there is no {path}") from None
    return found


def _time(text: str | None, where: str) -> datetime:
    try:
        when = datetime.fromisoformat((text or "").strip())
    except ValueError:
        raise ValueError(f"{where}: {text!r} is not a time such as 2026-03-02T08:15:00+01:00") from None
    if when.tzinfo is None:
        raise ValueError(f"{where}: {text!r} has no time zone")
    return when


def after_policy(
    totals: Sequence[Total], times: Mapping[str, datetime], policy: Policy, assignment: str
) -> list[Total]:
    """Take off what lateness costs; the points of the single questions stay as they are.

    Raises
    ------
    ValueError
        When the time of a student is not known, or the assignment has no due time.
    """
    if assignment not in policy.due:
        raise ValueError(f"the policy does not say when {assignment} is due: [assignments.{assignment}]")
    if unknown := [t.student for t in totals if t.student not in times]:
        raise ValueError(f"nobody said when {', '.join(unknown[:5])} handed in ({len(unknown)} in all)")
    return [
        replace(t, score=t.score * policy.kept(policy.days_late(t.student, assignment, times[t.student])))
        for t in totals
    ]
