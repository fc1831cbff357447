"""Late days over a term: each student has a number of them, which assignments use up as they fall due.

What an assignment leaves is worked out anew from the results of those due before it, so an extension or a
regrade there reaches all that follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from autograder.assignment import Assignment
from autograder.grades.config import Settings
from autograder.grades.people import is_result, with_people
from autograder.grades.rows import kept_rows
from autograder.grades.standings import bank_key, standings
from autograder.records import plan
from autograder.records.gradesheet import Row


def with_spent(settings: Settings, assignment: str) -> Settings:
    """Return the settings with the late days that students used before an assignment.

    Parameters
    ----------
    settings : Settings
        The rules of the course; without late days for the term they are returned as they are.
    assignment : str
        What is graded or shown.

    Raises
    ------
    ValueError
        When it is not said where the results of an earlier assignment lie, or there are none.
    """
    due = settings.policy.due
    if not settings.policy.bank or assignment not in due:
        return settings
    spent: Counter[str] = Counter()
    for earlier in sorted(
        (n for n in due if (due[n], n) < (due[assignment], assignment)), key=lambda n: due[n]
    ):
        now = replace(settings, spent=dict(spent))
        for row in _counting(_results(settings, earlier), earlier, now):
            if row.standing and row.standing.bank_used:
                spent[bank_key(row, now)] += row.standing.bank_used  # type: ignore[assignment]
    return replace(settings, spent=dict(spent))


def _results(settings: Settings, assignment: str) -> Path:
    where = f"results in [assignments.{assignment}]"
    out = settings.results.get(assignment)
    if out is None:
        raise ValueError(
            f"late.bank counts the days that {assignment} used: say where it was graded, {where}"
        )
    found = plan.read(out).assignment
    if found != assignment:
        raise ValueError(f"{where}: {out} holds the results of {found}")
    return out


def _counting(out: Path, assignment: str, settings: Settings) -> Iterator[Row]:
    """Yield a row for each student with the standing of the attempt that counts."""
    without_questions = Assignment(assignment, "", "", (), Path())
    return filter(is_result, with_people(_with_standings(out, settings), without_questions, settings))


def _with_standings(out: Path, settings: Settings) -> Iterator[Row]:
    for _, group in groupby(kept_rows(out), lambda row: row.student):
        same = list(group)
        known = standings(same, settings)
        for row in same:
            yield replace(row, standing=replace(known[row.slug], earned=row.score))
