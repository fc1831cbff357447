"""Whose the folders in Gradescope's bulk export are, read from the list beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from autograder.submissions.members import Member
from autograder.text import one_line

LIST = "submission_metadata.yml"
MAX_LIST = 64 * 2**20  # bytes: it also holds the output of the autograder there


@dataclass(frozen=True)
class Listed:
    """A submission in the list: the student with a number or address, and when it was handed in.

    For a group ``student`` has all names, ``members`` has each, and ``note`` says how many they are.
    """

    student: str
    account: str
    submitted: datetime | None
    note: str = ""
    members: tuple[Member, ...] = ()


def read(raw: bytes) -> dict[str, Listed]:
    """Read the list.

    Returns
    -------
    dict of str to Listed
        By the names of the folders, such as ``submission_1234``; empty when the list cannot be read: then the
        folders' names must do.
    """
    if len(raw) > MAX_LIST:
        return {}
    import yaml  # here, because Gradescope's container and other platforms do not need it

    try:
        content = yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    found = {}
    for name, entry in content.items() if isinstance(content, dict) else ():
        people = _people(entry)
        if isinstance(name, str) and people:
            note = f"handed in by a group of {len(people)}" if len(people) > 1 else ""
            each = tuple(_member(*one) for one in people)
            account, members = (each[0].account, ()) if len(each) == 1 else ("", each)
            student = " & ".join(one.student for one in each)  # to be read; who they are stands in `members`
            found[name] = Listed(student, account, _time(entry.get(":created_at")), note, members)
    return found


def _people(entry: Any) -> list[tuple[str, str]]:
    """Return each submitter's name, and the number or else the address that goes with it."""
    listed = entry.get(":submitters") if isinstance(entry, dict) else None
    people = []
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict):
            name, number, address = (_text(each.get(key)) for key in (":name", ":sid", ":email"))
            if name or number or address:
                people.append((name or number or address, (number or address) if name else ""))
    return people


def _member(name: str, number: str) -> Member:
    return Member(f"{name}_{number}", f"gradescope:{number}") if number else Member(name)


def _text(value: object) -> str:
    return one_line(str(value), 80) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _time(value: object) -> datetime | None:
    if isinstance(value, datetime):  # YAML's times without a zone are UTC
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, str):
        try:
            when = datetime.fromisoformat(value)
        except ValueError:
            return None
        return when if when.tzinfo else when.replace(tzinfo=UTC)
    return None if not isinstance(value, date) else datetime(value.year, value.month, value.day, tzinfo=UTC)
