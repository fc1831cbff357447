"""What the name of a handed-in file says: whose it is, its time, which attempt it is.

The forms are those in which platforms hand out a class:

- Canvas, bulk download: ``leeann_LATE_1234_56789_hw3-2.ipynb`` (name, LATE, the student's number, the file's
  number, the student's own file name; anonymous: ``anon_a1B2c_56789_hw3.ipynb``), as ``ContentZipper`` in
  Canvas' source writes them. File numbers grow with time.
- Moodle, "Download all submissions": ``Ann Lee_1234_assignsubmission_file_`` (folders, newer ones without the
  last underscore) or ``Ann Lee_1234_assignsubmission_file_hw3.ipynb`` (without folders).
- nbgrader's exchange, ``inbound``: ``ann+hw3+2026-03-01 10:00:00.000000 UTC+random``.
- ``ann--2026-03-01T10-00-00.ipynb``.
- anything else: the whole name is the student's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from autograder.submissions.newest import own
from autograder.submissions.times import Times, fixed, parse_time
from autograder.text import one_line

_CANVAS = re.compile(r"(?P<name>\w+?)(?:_(?P<late>LATE))?_(?P<id>\d+)_(?P<file>\d+)_(?P<own>.+)", re.DOTALL)
_CANVAS_ANONYMOUS = re.compile(
    r"(?:(?P<late>LATE)_)?(?P<name>anon_[A-Za-z0-9]+)_(?P<file>\d+)_(?P<own>.+)", re.DOTALL
)
_MOODLE = re.compile(
    r"(?P<name>[^_]+)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<own>.*))?", re.DOTALL
)
_NBGRADER = re.compile(r"(?P<student>[^+*]+)\+(?P<assignment>[^+]+)\+(?P<submitted>[^+]+)(?:\+[\w=-]+)?")
_STAMPED = re.compile(r"(?P<student>.+)--(?P<submitted>\d{4}.+)", re.DOTALL)


class Name(NamedTuple):
    """What a file name says.

    ``account`` is the platform's own number of the student (``canvas:1234``), by which grades are returned.
    ``order`` grows with the attempts where no time is known; ``own`` is the student's own name for the file,
    without endings, copy numbers and the time of an export. ``stray`` says why this is no notebook, ``mark``
    what the platform remarks.
    """

    student: str
    submitted: datetime | None = None
    order: int = 0
    account: str = ""
    own: str = ""
    stray: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Naming:
    """How names and times of submissions are read.

    ``pattern`` matches a whole name without its ending, with the groups ``student`` and, if names tell,
    ``submitted`` (a time) and ``attempt`` (a number). ``time_format`` is `strptime`'s; without it the usual
    ways of writing a time are understood. ``timestamps`` says whether a folder's ``timestamp.txt`` is
    nbgrader's, and not a student's own.
    """

    pattern: re.Pattern[str] | None = None
    time_format: str = ""
    zone: tzinfo = UTC
    times: Times = field(default_factory=Times)
    timestamps: bool = False

    def read(self, stem: str) -> Name:
        """Read a name without its ending."""
        for reader in (self._own, _canvas, _moodle, self._nbgrader, self._stamped):
            found = reader(stem)
            if found is not None:
                return found
        return Name(stem)

    def _own(self, stem: str) -> Name | None:
        found = self.pattern.fullmatch(stem) if self.pattern else None
        if not found or not found["student"]:
            return None
        groups = found.groupdict()
        number = groups.get("attempt") or ""
        when = self._time(groups.get("submitted") or "")
        return Name(groups["student"], when, int(number) if number.isdecimal() else 0)

    def _nbgrader(self, stem: str) -> Name | None:
        found = _NBGRADER.fullmatch(stem)
        when = self._time(found["submitted"], own_format=False) if found else None
        return Name(found["student"], when) if found and when else None

    def _stamped(self, stem: str) -> Name | None:
        found = _STAMPED.fullmatch(stem)
        when = self._time(found["submitted"]) if found else None
        return Name(found["student"], when) if found and when else None

    def _time(self, text: str, *, own_format: bool = True) -> datetime | None:
        try:
            if not self.time_format or not own_format:
                return parse_time(text, self.zone)
            when = datetime.strptime(text, self.time_format)
            return fixed(when if when.tzinfo else when.replace(tzinfo=self.zone))
        except ValueError:
            return None


def _canvas(stem: str) -> Name | None:
    found = _CANVAS.fullmatch(stem)
    if found:
        student, account = f"{found['name']}_{found['id']}", f"canvas:{found['id']}"
    else:
        found = _CANVAS_ANONYMOUS.fullmatch(stem)
        if not found:
            return None
        student, account = found["name"], ""
    mark = "late, says Canvas" if found["late"] else ""
    return Name(student, None, int(found["file"]), account, own(found["own"]).base, mark=mark)


def _moodle(stem: str) -> Name | None:
    found = _MOODLE.fullmatch(stem)
    if not found:
        return None
    stray = "" if found["kind"] == "file" else f"Moodle's {one_line(found['kind'], 20)}, not a file"
    return Name(
        f"{found['name']}_{found['id']}",
        account=f"moodle:{found['id']}",
        own=own(found["own"] or "").base,
        stray=stray,
    )
