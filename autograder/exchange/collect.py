"""Collects what students submitted: every attempt, under a name that says whose it is and from when."""

from __future__ import annotations

import pwd
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import check_mode

from autograder.exchange.copying import copy
from autograder.exchange.course import Course, ExchangeProblem
from autograder.submissions.times import FIRST_YEAR
from autograder.text import one_line

LATER = 600.0  # seconds after the stated time in which a slow disk may still be writing
_STUDENT = re.compile(r"(?!\.\.?$)[^+*/]+")


@dataclass
class Collected:
    """What came: names of new folders, how many were there already, and remarks for the instructor."""

    new: list[str] = field(default_factory=list)
    known: int = 0
    remarks: list[str] = field(default_factory=list)


class Collect(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own, but for three things.

    It takes every attempt and not the newest alone, since the rules of the course say which one counts; so it
    needs no gradebook with a due date. What somebody put there in another's name is left out and not only
    remarked upon. And it copies with `copy`, which follows no link.
    """

    found: Collected
    folder: Path

    def init_src(self) -> None:
        """Find the submissions, as nbgrader does, and keep all that are their owners' own."""
        self.inbound_path = Path(self.root) / self.coursedir.course_id / "inbound"
        if not check_mode(self.inbound_path, read=True, execute=True):
            self.fail(f"you may not read {self.inbound_path}: it belongs to whoever released first")
        wanted = f"+{self.coursedir.assignment_id}+"
        paths = [path for path in self.inbound_path.iterdir() if wanted in path.name]
        records = [record for path in sorted(paths) if (record := self._record(path))]
        self.src_records = sorted(records, key=lambda r: (r["username"], r["timestamp"]))

    def _record(self, path: Path) -> dict[str, Any] | None:
        """Read a folder's name; None with a remark where it is not its owner's."""
        shown = one_line(path.name, 80)
        try:
            record: dict[str, Any] = self._path_to_record(str(path))
            name = record["username"]
            sound = _STUDENT.fullmatch(name) and record["timestamp"].year >= FIRST_YEAR
        except Exception:  # whatever nbgrader and its reader of dates make of a name that is not theirs
            sound = False
        if not sound:
            self.found.remarks.append(f"left out, for it is not named as nbgrader names: {shown}")
            return None
        try:
            owner = pwd.getpwuid(path.lstat().st_uid).pw_name
        except (KeyError, OSError):
            owner = "an unknown user"
        if self.check_owner and owner != name:
            self.found.remarks.append(
                f"left out, for it is in the name of {name} and belongs to {owner}: {shown}"
            )
            return None
        return record

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
            copied = copy(self.inbound_path / record["filename"], self.folder / name, most)
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
