"""The instructor's list of the course: who is in it, with which names, addresses and groups.

It is a CSV file that a platform exported or a person typed. A hand-in is matched by its account: the name in
the table, the platform's number, or the address. Moodle puts none of these but its own number of the hand-in
into file names, so there the full name is taken where only one line has it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path

from autograder.grades import csv_text
from autograder.records.person import Person
from autograder.text import one_line

ACCOUNT, NAME, EMAIL, GROUP = "student", "name", "email", "group"
_PARTICIPANT = re.compile(r"participant\s+(?=\d+\Z)")  # as Moodle's grading worksheet writes its numbers
_POINTS = "points possible"  # Canvas' gradebook has a line for these, which is nobody's


@dataclass(frozen=True)
class Line:
    """One student of the list: the account, what is known of its owner, and the line of the file."""

    account: str
    person: Person
    number: int

    @property
    def key(self) -> str:
        """The account in the form that is compared: a platform's number without words before it."""
        return _key(self.account)


@dataclass(frozen=True)
class Roster:
    """The list of a course.

    ``absent`` says what exports give to those who handed nothing in: ``"zero"`` or ``"empty"``.
    """

    lines: tuple[Line, ...] = ()
    absent: str = "empty"
    _keys: Mapping[str, Line] = field(default_factory=dict, repr=False, compare=False)
    _names: Mapping[str, Line | None] = field(default_factory=dict, repr=False, compare=False)

    def find(self, student: str, account: str = "") -> Line | None:
        """Return the line of an account: by its name, the platform's number or address, or the full name.

        Parameters
        ----------
        student : str
            The student as rows have it, such as ``"ann"`` or, from Moodle, ``"Ann Lee_1234"``.
        account : str
            The platform and its number, such as ``"canvas:1234"``; empty where unknown.
        """
        _, _, number = account.partition(":")
        plain = student.removesuffix(f"_{number}") if number else student
        for key in (student, number, plain):
            if key and (found := self._keys.get(_key(key))):
                return found
        return self._names.get(_key(plain)) if number else None

    def members(self, group: str) -> list[Line]:
        """Return the lines of a group; none where no group is called so."""
        return [line for line in self.lines if line.person.group and _key(line.person.group) == _key(group)]

    def with_groups(self, groups: Mapping[str, str], path: Path) -> Roster:
        """Return the list with other groups, given by account.

        Raises
        ------
        ValueError
            When an account is not on the list.
        """
        found: dict[int, str] = {}
        for account, group in groups.items():
            line = self.find(account)
            if line is None:
                raise ValueError(f"{path}: {account} is not on the roster")
            found[line.number] = group
        return made(
            [
                replace(line, person=replace(line.person, group=found.get(line.number, "")))
                for line in self.lines
            ],
            self.absent,
        )


def made(lines: Sequence[Line], absent: str = "empty") -> Roster:
    """Make a list from its lines, each of which is found by account and address."""
    keys, names = {}, {}
    for line in lines:
        for key in (line.account, line.person.email):
            if key:
                keys[_key(key)] = line
        if name := _key(line.person.name):
            names[name] = None if name in names else line  # two of the same name: neither is found by it
    return Roster(tuple(lines), absent, keys, names)


def read_roster(path: Path, columns: Mapping[str, str | None], absent: str = "empty") -> Roster:
    """Read the list of a course.

    Parameters
    ----------
    path : Path
        A CSV file with a line of column names, separated by commas, semicolons or tabs.
    columns : mapping of str to str or None
        The file's names for ``student``, ``name``, ``email`` and ``group``. None: the usual name, if there
        is such a column; the accounts must be there, and groups are not looked for.
    absent : {"empty", "zero"}
        What exports give to those who handed nothing in.

    Raises
    ------
    ValueError
        With the file and the line.
    """
    rows = _rows(path)
    head = next(rows)[1]
    names = {name: columns.get(name) or name for name in (ACCOUNT, NAME, EMAIL)}
    if columns.get(GROUP):
        names[GROUP] = str(columns[GROUP])
    for name, column in names.items():
        if column not in head and (columns.get(name) or name == ACCOUNT):
            there = ", ".join(one_line(c, 40) for c in head if c.strip())
            raise ValueError(f"{path}:1: no column {column!r}; there is {there or 'nothing'}")
    lines: list[Line] = []
    taken: dict[str, int] = {}
    for number, cells in rows:
        if len(cells) > len(head):
            raise ValueError(f"{path}:{number}: {len(cells)} cells under {len(head)} columns")
        said = dict(zip(head, cells, strict=False))
        account, name, email, group = (
            one_line(said.get(names.get(key, ""), "")) for key in (ACCOUNT, NAME, EMAIL, GROUP)
        )
        if any(cell.strip().casefold() == _POINTS for cell in cells):
            continue
        if not account:
            raise ValueError(f"{path}:{number}: nothing in the column {names[ACCOUNT]!r}")
        for key in dict.fromkeys(_key(k) for k in (account, email) if k):
            if key in taken:
                raise ValueError(f"{path}:{number}: {key} stands on line {taken[key]} too")
            taken[key] = number
        lines.append(Line(account, Person(name, email, group), number))
    return made(lines, absent)


def read_groups(path: Path) -> dict[str, str]:
    """Read who is in which group: a CSV file with the columns ``student`` and ``group``.

    Raises
    ------
    ValueError
        With the file and the line.
    """
    rows = _rows(path)
    head = next(rows)[1]
    if missing := [name for name in (ACCOUNT, GROUP) if name not in head]:
        raise ValueError(f"{path}:1: no column {missing[0]!r}; it takes {ACCOUNT} and {GROUP}")
    found: dict[str, str] = {}
    for number, cells in rows:
        said = dict(zip(head, cells, strict=False))
        account, group = one_line(said.get(ACCOUNT, "")), one_line(said.get(GROUP, ""))
        if not account or not group:
            raise ValueError(f"{path}:{number}: a line takes a {ACCOUNT} and a {GROUP}")
        if account in found:
            raise ValueError(f"{path}:{number}: {account} is in two groups")
        found[account] = group
    return found


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a CSV file that are not empty, with their numbers, the column names first."""
    text, separator = csv_text.read(path)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    head = False
    try:
        for cells in reader:
            if head and not any(c.strip() for c in cells):
                continue
            head = True
            yield reader.line_num, [c.strip() for c in cells]
    except csv.Error as error:
        raise ValueError(f"{path}:{reader.line_num}: this is no CSV: {error}") from None
    if not head:
        raise ValueError(f"{path}:1: the file is empty")


def _key(text: str) -> str:
    """Write an account or name so that the same one is the same text, however it is typed."""
    return _PARTICIPANT.sub("", " ".join(text.split()).casefold())
