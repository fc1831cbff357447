"""What a feedback page says besides the tests' results: time, lateness, what counts, what people gave."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from autograder.grades.marks import Mark
from autograder.records.gradesheet import Row, points
from autograder.records.standing import Standing
from autograder.text import one_line, plain


@dataclass(frozen=True)
class Overview:
    """What stands at the top of a student's page.

    ``score`` and ``possible`` are points as text; ``name`` is the student's, if it is known; ``notes`` are
    the sentences below them; ``marks`` are what a person gave, by question.
    """

    score: str
    possible: str
    name: str = ""
    notes: tuple[str, ...] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Return a short digest; a page with the same digest says the same."""
        content = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:16]


def overview(row: Row, marks: Mapping[str, Mark] | None = None) -> Overview:
    """Put into words what is known of a submission.

    Parameters
    ----------
    row : Row
        The student's line of the class list, with its standing or without.
    marks : mapping of str to Mark
        What stands in the gradebook, if this attempt counts.
    """
    standing = row.standing or Standing(earned=row.score)
    persons = {name: mark for name, mark in (marks or {}).items() if mark.person or mark.comment}
    read = any(mark.person for mark in persons.values())
    total = standing.earned if standing.total is None else standing.total
    return Overview(
        score=points(total if standing.counts else row.score),
        possible=points(standing.possible if read else row.possible),
        name=row.person.name if row.person else "",
        notes=tuple(
            note
            for note in (
                _group(row),
                _handed_in(row),
                _late(standing),
                _left(standing),
                _counts(row, standing),
            )
            if note
        ),
        marks={n: Mark(m.points, m.person, m.waiting, plain(m.comment)) for n, m in persons.items()},
    )


def _group(row: Row) -> str:
    group = one_line(row.person.group) if row.person else ""
    by = f"Handed in by {one_line(row.by)}" if row.by else ""
    if not group:
        return f"{by}." if by else ""
    return f"{by or 'Counts'} for {group}." if by or not row.standing or row.standing.counts else ""


def _handed_in(row: Row) -> str:
    attempt = f"Attempt {row.attempt} of {row.attempts}" if row.attempts > 1 else ""
    if not row.submitted:
        return f"{attempt}." if attempt else ""
    when = datetime.fromisoformat(row.submitted)
    zone = when.strftime("%z")
    shown = f"{when.day} {when:%B %Y, %H:%M} (UTC{'' if zone == '+0000' else f'{zone[:3]}:{zone[3:5]}'})"
    return f"{attempt}, handed in {shown}." if attempt else f"Handed in {shown}."


def _late(standing: Standing) -> str:
    days = standing.days_late
    if not days:
        return ""
    late = f"{days} day{'s' if days > 1 else ''} late"
    if standing.bank_used and standing.counts:
        used = points(standing.bank_used)
        late += f", {used} of them covered by your late days" if standing.bank_used < days else ""
        late += ", all covered by your late days" if standing.bank_used >= days else ""
    if standing.kept >= 1.0:
        return f"{late}, which costs nothing."
    if not standing.counts:
        return f"{late}."
    before, after = points(standing.earned), points(standing.earned * standing.kept)
    return f"{late}: {_percent(1 - standing.kept)} of the points are taken off, from {before} to {after}."


def _left(standing: Standing) -> str:
    if standing.bank_left is None or not standing.counts:
        return ""
    left = standing.bank_left
    return f"{points(left)} late day{'' if left == 1 else 's'} left for the rest of the term."


def _counts(row: Row, standing: Standing) -> str:
    if not standing.counts:
        why = standing.why.partition(": run ")[0]  # which command helps is for the instructor
        return f"This attempt does not count: {why}."
    return "This is the attempt that counts." if row.attempts > 1 and row.standing else ""


def _percent(part: float) -> str:
    return f"{points(round(100 * part, 2))} %"
