"""A folder of results that another version of the autograder wrote: which one, and what to do."""

from __future__ import annotations

import contextlib
from pathlib import Path

from autograder.records import gradesheet, plan
from autograder.records.store import FORMAT, Store


class OtherVersionError(ValueError):
    """What lies in a folder is in a format that this version does not read."""


def check(out: Path) -> None:
    """Refuse results in another format, which would otherwise count as not there.

    Raises
    ------
    OtherVersionError
        With both formats and the command that grades again.
    """
    found = Store(out).foreign()
    if found is not None:
        raise _other(out, "results are", found)


def check_sheet(out: Path) -> None:
    """Refuse a class list from before it listed attempts.

    Raises
    ------
    OtherVersionError
        With both formats and the command that grades again.
    """
    names: set[str] = set()
    path = out / gradesheet.NAME
    with contextlib.suppress(OSError), path.open(encoding="utf-8", errors="replace") as file:
        names = set(file.readline().rstrip("\n").split(","))
    if names >= set(gradesheet.COLUMNS) and not names & set(gradesheet.STANDING):
        raise _other(out, f"{gradesheet.NAME} is", 1)


def _other(out: Path, what: str, found: int) -> OtherVersionError:
    writer = "an older" if found < FORMAT else "a newer"
    return OtherVersionError(
        f"{out} was graded by {writer} version of autograder: its {what} in format {found}, this version "
        f"reads format {FORMAT}. Grade again:\n  {plan.again(out)}"
    )
