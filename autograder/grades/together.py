"""What several students handed in together: which hand-in counts, and the rows of the members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import datetime

from autograder.grades.config import Settings
from autograder.grades.roster import Line, Roster
from autograder.grades.standings import lateness
from autograder.records.gradesheet import Row
from autograder.records.person import Person
from autograder.submissions.members import Member
from autograder.text import marked_stem


def found(row: Row, roster: Roster | None) -> list[tuple[Line | None, Member]]:
    """Return the members whom the platform names, each with the line of the roster if there is one."""
    return [(roster.find(*each) if roster else None, each) for each in row.members]


def group_of(row: Row, roster: Roster) -> str:
    """Return the group of the roster to which all members belong that the platform names; else nothing."""
    groups = {line.person.group if line else "" for line, _ in found(row, roster)}
    return groups.pop() if len(groups) == 1 else ""


def ranked(rows: Sequence[Row], settings: Settings) -> list[Row]:
    """Sort hand-ins of one group so that the one that counts comes first."""
    if settings.attempts.count == "last" and all(row.submitted for row in rows):
        return sorted(rows, key=lambda row: datetime.fromisoformat(row.submitted), reverse=True)
    return sorted(rows, key=_earned, reverse=True)


def _earned(row: Row) -> float:
    return row.standing.earned * row.standing.kept if row.standing else 0.0


def of_members(
    rows: Sequence[Row], roster: Roster | None, settings: Settings, present: Set[int] = frozenset()
) -> Iterator[tuple[Line | None, Row]]:
    """Yield what groups handed in that the platform names, and a row for each of their members.

    Who has something else that counts, alone or with others, keeps that: nobody has points twice.

    Parameters
    ----------
    rows : sequence of Row
        The hand-ins of groups with their standings.
    roster : Roster or None
        The list of the course.
    settings : Settings
        The rules of the course.
    present : set of int
        The lines of those who have a row without these.
    """
    taken: set[int | str] = set(present)
    counting = [row for row in rows if row.standing and row.standing.counts]
    others = [row for row in rows if not (row.standing and row.standing.counts)]
    for row in (*ranked(counting, settings), *others):
        yield None, replace(row, person=Person(is_group=True))
        for line, member in found(row, roster):
            person = line.person if line else Person(listed=roster is None)
            own = row_of(member, person, row, settings)
            key = line.number if line else member.student
            if own.standing and own.standing.counts and key in taken:
                why = f"{member.student} handed in something else that counts"
                own = replace(own, standing=own.standing.outdone(why))
            elif own.standing and own.standing.counts:
                taken.add(key)
            yield line, own


def row_of(member: Member, person: Person, chosen: Row, settings: Settings) -> Row:
    """Make the row of a member for whom a group handed in; lateness is the member's own.

    Parameters
    ----------
    member : Member
        What the student is called.
    person : Person
        Who that is.
    chosen : Row
        The hand-in, with its standing.
    settings : Settings
        The rules of the course.
    """
    assert chosen.standing is not None  # rows come here with their standings
    row = replace(
        chosen,
        student=member.student,
        slug=marked_stem(member.student, f"\0{member.student}\0{chosen.slug}"),
        person=person,
        by=chosen.student,
        of=chosen.slug,
        attempt=1,
        attempts=1,
        account=member.account,
        members=(),
    )
    own = lateness(row, settings)
    total = None if chosen.standing.total is None else chosen.standing.earned * own.kept
    standing = replace(
        chosen.standing,
        days_late=own.days_late,
        kept=own.kept,
        total=total,
        bank_used=own.bank_used,
        bank_left=own.bank_left,
    )
    return replace(row, standing=standing)
