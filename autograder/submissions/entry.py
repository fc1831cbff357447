"""One submission as it was found: whose it is, where it is, which of the student's attempts it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from autograder.submissions.members import Member


class Place(NamedTuple):
    """Where something that was handed in lies: a file or folder, or within the zip of a class.

    ``within`` is the name in that zip; that of a folder ends in ``/``.
    """

    path: Path
    within: str = ""

    @property
    def name(self) -> str:
        """The last part of its name."""
        return self.within.rstrip("/").rpartition("/")[2] if self.within else self.path.name


@dataclass(frozen=True)
class Entry:
    """One submission as found, not yet opened.

    ``student`` is what the file's name says, made printable; ``slug`` names the submission's files in the
    output and is different for every entry. ``path`` is where it lies, and where that is the zip of a whole
    class, ``within`` is its name in there. ``reason`` says why it cannot be graded, ``note`` what else
    should be known. ``attempt`` counts the student's attempts from 1, of ``attempts``; ``submitted`` is when
    it was handed in, if anything says so; ``account`` is the platform's number of the student; ``uncounted``
    says why this attempt cannot count and need not be graded; ``beside`` has the files that a platform
    lists beside the notebook, by the student's own names for them; ``members`` are those of a group, where
    the platform says who they are.
    """

    student: str
    slug: str
    path: Path
    reason: str = ""
    note: str = ""
    submitted: datetime | None = None
    attempt: int = 1
    attempts: int = 1
    account: str = ""
    uncounted: str = ""
    beside: tuple[tuple[str, Place], ...] = ()
    within: str = ""
    members: tuple[Member, ...] = ()

    @property
    def place(self) -> Place:
        """Where it lies."""
        return Place(self.path, self.within)
