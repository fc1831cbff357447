"""Collects what students submitted: every attempt, under a name that says whose it is and from when."""

from __future__ import annotations

import pwd
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from autograder.exchange.copying import copy
from autograder.exchange.course import Course, ExchangeProblem
from autograder.text import one_line

LATER = 600.0  # seconds after the stated time in which a slow disk may still be writing
_STUDENT = re.compile(r"(?!\.\.?$)[^+*/]+")
_NEVER = datetime(1970, 1, 1)


@dataclass
class Collected:
    """What came: names of new folders, how many were there already, and remarks for the instructor."""

    new: list[str] = field(default_factory=list)
    known: int = 0
    remarks: list[str] = field(default_factory=list)


class Collect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own, but for three things.

    It takes every attempt and not the newest alone, since the rules of the course say which one counts. What
    somebody put there in another's name is left out and not only remarked upon. And it copies with `copy`,
    which follows no link.
    """

    found: Collected
    folder: Path

    def init_src(self) -> None:
        """Find the submissions, as nbgrader does, and keep all that are their owners' own."""
        self._records: list[dict[str, Any]] = []
        super().init_src()
        self.src_records = sorted(
            (record for record in self._records if self._is_own(record)),
            key=lambda r: (r["username"], r["timestamp"]),
        )

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name = Path(path).name
        try:
            record: dict[str, Any] = super()._path_to_record(path)
            datetime.strftime(record["timestamp"], "%Y")
        except Exception:  # a name that only resembles nbgrader's
            record = {"username": "", "filename": name, "timestamp": _NEVER}
        self._records.append(record)
        return record

    def _is_own(self, record: dict[str, Any]) -> bool:
        name, path = record["username"], Path(self.inbound_path) / record["filename"]
        shown = one_line(record["filename"], 80)
        if not _STUDENT.fullmatch(name):
            self.found.remarks.append(f"left out, for it is not named as nbgrader names: {shown}")
            return False
        if not self.check_owner:
            return True
        try:
            owner = pwd.getpwuid(path.lstat().st_uid).pw_name
        except (KeyError, OSError):
            owner = "an unknown user"
        if owner != name:
            self.found.remarks.append(
                f"left out, for it is in the name of {name} and belongs to {owner}: {shown}"
            )
        return bool(owner == name)

    def copy_files(self) -> None:
        """Copy what is not there yet."""
        for record in self.src_records:
            self._take(record)

    def _take(self, record: dict[str, Any]) -> None:
        student, when = record["username"], record["timestamp"].replace(tzinfo=UTC)
        *_, mark = record["filename"].rsplit("+", 1)
        stated = when.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
        name = f"{student}+{self.coursedir.assignment_id}+{stated}+{mark[-20:]}"
        if (self.folder / name).is_dir():
            self.found.known += 1
            return
        try:
            most = 1000 * self.coursedir.max_dir_size
            copied = copy(Path(self.inbound_path) / record["filename"], self.folder / name, most)
        except OSError as error:
            self.found.remarks.append(f"{student}: the hand-in of {stated} cannot be read: {error.strerror}")
            return
        self.found.new.append(name)
        self.found.remarks += [
            f"{student}: left out of the hand-in of {stated}: {w}" for w in copied.left_out
        ]
        if copied.changed - when.timestamp() > LATER:
            seen = datetime.fromtimestamp(copied.changed, UTC).strftime("%Y-%m-%d %H:%M UTC")
            self.found.remarks.append(
                f"{student}: states {stated}, but was last changed at {seen}; --submitted gives another time"
            )


def collect(name: str, folder: Path, course: Course) -> Collected:
    """Copy all attempts at an assignment out of the exchange into ``folder``.

    Parameters
    ----------
    name : str
        The assignment.
    folder : Path
        Where a folder for each attempt goes; those that are there stay as they are.
    course : Course
        The course.

    Raises
    ------
    ExchangeProblem
        When nothing was released or the exchange cannot be read.
    """
    if not (course.root / course.name / "outbound" / name).is_dir():
        raise ExchangeProblem(
            f"{name} is not released in the course {course.name!r}: "
            f"give `autograder exchange release {name}` first"
        )
    folder.mkdir(parents=True, exist_ok=True)
    found = Collected()
    made = type("Collect", (Collect,), {"found": found, "folder": folder})
    course.run(made, folder, name)
    return found
