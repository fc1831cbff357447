"""How each attempt stands: late or not, counting or not, and what the student gets in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from autograder.assignment import Assignment, Question
from autograder.grades.attempts import Attempt, Scored, counting, needed, refused
from autograder.grades.config import Settings
from autograder.grades.marks import Mark, Marks
from autograder.records.gradesheet import Row
from autograder.records.standing import Standing
from autograder.submissions.entry import Entry

_AGAIN = "it was not graded: run `autograder grade` again"


def withheld(entries: Iterable[Entry], settings: Settings) -> Iterator[Entry]:
    """Mark the attempts that cannot count, whatever they score.

    Parameters
    ----------
    entries : iterable of Entry
        The submissions, sorted by student.
    settings : Settings
        The rules for attempts.
    """
    for _, group in groupby(entries, lambda e: e.student):
        same = list(group)
        if any(e.attempts != len(same) for e in same) or len(same) == 1:
            yield from same
            continue
        whys = needed([Attempt(e.attempt, e.submitted) for e in same], settings.attempts)
        yield from (replace(e, uncounted=whys.get(e.attempt, "")) for e in same)


def with_standings(
    rows: Iterable[Row], assignment: Assignment, settings: Settings, marks: Marks
) -> Iterator[Row]:
    """Give each row its standing, and the points of written questions that a person gave.

    Parameters
    ----------
    rows : iterable of Row
        The class, sorted by student.
    assignment : Assignment
        What was graded.
    settings : Settings
        The rules of the course.
    marks : Marks
        What persons gave.
    """
    for _, group in groupby(rows, lambda r: r.student):
        same = list(group)
        known = standings(same, settings)
        for row in sorted(same, key=lambda r: (r.attempt, r.slug)):
            standing = known[row.slug]
            found = marks.of(row) if standing.counts else {}
            yield _with_points(row, standing, assignment, found)


def standings(same: Sequence[Row], settings: Settings) -> dict[str, Standing]:
    """Return the standing of each attempt of one student by slug; points are those of the machine."""
    late = {row.slug: lateness(row, settings) for row in same}
    if len({row.attempt for row in same}) < len(same):  # files in unknown order: none was graded
        return late
    tried = [Attempt(row.attempt, _time(row)) for row in same]
    out = refused(tried, settings.attempts)
    spared = needed(tried, settings.attempts)
    # Under earlier rules an attempt may have been passed over that could count now.
    out |= {r.attempt: _AGAIN for r in same if r.status == "uncounted" and r.attempt not in spared}
    graded = [r for r in same if r.status != "uncounted"]
    scored = [Scored(r.attempt, r.score * late[r.slug].kept, r.status == "error") for r in graded]
    chosen = counting(scored, settings.attempts, out)
    which = f"attempt {chosen} counts, the {settings.attempts.count}" if chosen else _AGAIN
    return {
        row.slug: late[row.slug]
        if row.attempt == chosen
        else replace(late[row.slug], counts=False, why=out.get(row.attempt, which))
        for row in same
    }


def lateness(row: Row, settings: Settings) -> Standing:
    """Say how late a row's work is, by its student's own due time, and what that leaves of the points."""
    when, policy = _time(row), settings.policy
    if row.assignment not in policy.due:
        return Standing()
    left = policy.bank - settings.spent.get(bank_key(row, settings), 0.0) if policy.bank else None
    if when is None:
        return Standing(bank_left=left)
    days = policy.days_late(row.student, row.assignment, when)
    if left is None:
        return Standing(days_late=days, kept=policy.kept(days))
    used = policy.from_bank(days, left)
    return Standing(days_late=days, kept=policy.kept(days, used), bank_used=used, bank_left=left - used)


def bank_key(row: Row, settings: Settings) -> str:
    """Return by what a student's late days are kept, in every assignment the same."""
    roster = settings.roster_for(row.assignment)
    line = roster.find(row.student, row.account) if roster else None
    return line.key if line else row.student


def _time(row: Row) -> datetime | None:
    return datetime.fromisoformat(row.submitted) if row.submitted else None


def _with_points(row: Row, standing: Standing, assignment: Assignment, marks: Mapping[str, Mark]) -> Row:
    possible = sum(q.points for q in assignment.questions)
    manual = {q.name for q in assignment.questions if q.manual}
    if not standing.counts:
        scores = [None if q.manual else s for q, s in _pairs(row, assignment)]
        standing = replace(standing, earned=row.score, possible=possible)
        return replace(row, questions=tuple(scores), standing=standing)
    earned: list[float | None] = []
    shown: list[float | None] = []
    waiting: list[str] = []
    for question, score in _pairs(row, assignment):
        mark = marks.get(question.name)
        earned.append(mark.points if mark else score)
        shown.append(earned[-1] if question.name in manual else score)
        if mark.waiting if mark else earned[-1] is None:
            waiting.append(question.name)
    points = sum(s for s in earned if s is not None)
    # What the grader itself failed on is no zero until somebody has looked at it.
    total = None if row.status == "error" and waiting else points * standing.kept
    standing = replace(standing, earned=points, total=total, possible=possible, waiting=tuple(waiting))
    return replace(row, questions=tuple(shown), standing=standing)


def _pairs(row: Row, assignment: Assignment) -> list[tuple[Question, float | None]]:
    return list(zip(assignment.questions, row.questions, strict=True))
