"""The class as people: rows get the names of the roster, whole groups their grade, and the absent a row.

Who is a group says the roster, or the platform with the hand-in (`autograder.grades.together`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from autograder.assignment import Assignment
from autograder.grades.config import Settings
from autograder.grades.roster import Line, Roster
from autograder.grades.standings import lateness
from autograder.grades.together import found, group_of, of_members, ranked, row_of
from autograder.records.gradesheet import Row
from autograder.records.person import Person
from autograder.records.standing import Standing
from autograder.submissions.members import Member
from autograder.text import marked_stem

MISSING: Literal["missing"] = "missing"


def is_own(row: Row) -> bool:
    """Say whether a row is of a hand-in, and not one that was made for somebody else on the roster."""
    return row.status != MISSING and not row.by


def is_result(row: Row) -> bool:
    """Say whether a row is what counts for one student: no earlier attempt, and not the group's own row."""
    return bool(row.standing and row.standing.counts and not (row.person and row.person.is_group))


def with_people(rows: Iterable[Row], assignment: Assignment, settings: Settings) -> Iterator[Row]:
    """Say who is behind each row, and add rows for members of groups and for those who handed nothing in.

    One notebook counts for a group, and each member has a row with its score. Of hand-ins by several members
    the last counts, or, where attempts count by points, the best; of those whose time is not known, the one
    with more points. Lateness is each member's own: extensions are the student's.

    Parameters
    ----------
    rows : iterable of Row
        Own rows of the class with their standings.
    assignment : Assignment
        What was graded.
    settings : Settings
        The rules of the course, with the roster; without one the rows are yielded as they are.
    """
    roster = settings.roster_for(assignment.name)
    if roster is None:
        yield from _by_the_platform(rows, settings)
        return
    present: set[int] = set()
    together: list[Row] = []
    platform = ""  # whose numbers the roster's accounts are, if these matched
    groups: dict[str, list[tuple[Line | None, Row]]] = {}
    for row in rows:
        line = None if row.members else roster.find(row.student, row.account)
        group = line.person.group if line else group_of(row, roster) or _group_itself(roster, row)
        if row.members and not group:
            together.append(row)
            continue
        person = line.person if line else Person(group=group, listed=bool(group), is_group=bool(group))
        present |= {line.number} if line else set()
        of, _, number = row.account.partition(":")
        platform = of if line and number and line.key == number.casefold() else platform
        named = replace(row, person=person)
        if group and row.standing and row.standing.counts:
            groups.setdefault(group, []).append((line, named))
        else:
            yield named
    for group, handed in groups.items():
        for line, row in _shared(group, handed, roster, settings):
            present |= {line.number} if line else set()
            yield _known_as(row, line, platform)
    for line, row in of_members(together, roster, settings, present):
        present |= {line.number} if line else set()
        yield row
    possible = sum(q.points for q in assignment.questions)
    for line in roster.lines:
        if line.number not in present:
            row = _absent(line, assignment, possible, roster.absent)
            left = lateness(row, settings).bank_left
            row = replace(row, standing=replace(row.standing or Standing(), bank_left=left))
            yield _known_as(row, line, platform)


def _by_the_platform(rows: Iterable[Row], settings: Settings) -> Iterator[Row]:
    """Yield the rows of a course without a roster, and one for each member of a group."""
    together: list[Row] = []
    for row in rows:
        if row.members:
            together.append(row)
        else:
            yield row
    yield from (row for _, row in of_members(together, None, settings))


def _known_as(row: Row, line: Line | None, platform: str) -> Row:
    """Give a row that was made here the platform's number, if the roster uses that."""
    own = row.account or not line or not platform
    return row if own else replace(row, account=f"{platform}:{line.key}" if line else "")


def _group_itself(roster: Roster, row: Row) -> str:
    """Return the group in whose name something was handed in; usually None."""
    _, _, number = row.account.partition(":")
    members = roster.members(row.student.removesuffix(f"_{number}") if number else row.student)
    return members[0].person.group if members else ""


def _shared(
    group: str, handed: Sequence[tuple[Line | None, Row]], roster: Roster, settings: Settings
) -> Iterator[tuple[Line | None, Row]]:
    """Yield the rows of a group: the one that counts, the others handed in, and one for each other member."""
    chosen = ranked([row for _, row in handed], settings)[0]
    for line, row in handed:
        if row is chosen:
            yield line, row
            continue
        why = f"{chosen.student} handed in what counts for {group}"
        yield line, replace(row, standing=(row.standing or Standing()).outdone(why))
    owner = None if chosen.members else roster.find(chosen.student, chosen.account)
    named = {line.number: each for line, each in found(chosen, roster) if line}
    for line in roster.members(group):
        if owner is None or line.number != owner.number:
            member = named.get(line.number, Member(line.account))
            yield line, row_of(member, line.person, chosen, settings)


def _absent(line: Line, assignment: Assignment, possible: float, absent: str) -> Row:
    """Make the row of somebody who handed nothing in."""
    return Row(
        student=line.account,
        slug=marked_stem(line.account, f"\0{line.account}\0{MISSING}"),
        assignment=assignment.name,
        score=0.0,
        possible=assignment.possible,
        status=MISSING,
        reason="nothing was handed in",
        tier="none",
        seconds=0.0,
        questions=(None,) * len(assignment.questions),
        standing=Standing(total=0.0 if absent == "zero" else None, possible=possible),
        person=line.person,
    )
