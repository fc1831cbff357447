"""Times of hand-in, as file names, nbgrader's ``timestamp.txt`` and instructors' tables write them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

# 2026-03-01T10-00-00, 20260301_1000, 2026-03-01 10:00:00.5 +0100: a colon is no character of a file name
_TIME = re.compile(
    r"(?P<day>\d{4}-?\d\d-?\d\d)[T _-]?(?P<hour>\d\d)[-:.]?(?P<minute>\d\d)(?:[-:.]?(?P<second>\d\d))?"
    r"(?:\.(?P<part>\d{1,9}))? ?(?P<zone>Z|[+-]\d\d[:-]?\d\d|[A-Za-z][\w+/-]*)?",
    re.ASCII,
)
FIRST_YEAR, LAST_YEAR = 1970, 2999


def parse_time(text: str, zone: tzinfo = UTC) -> datetime:
    """Read a time; one that names no zone is of ``zone``.

    Raises
    ------
    ValueError
        When it is no time, or one outside the years that are allowed.

    Examples
    --------
    >>> parse_time("2026-03-01T10-00-00").isoformat()
    '2026-03-01T10:00:00+00:00'
    """
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a time such as 2026-03-02T08:15:00+01:00")
    day = found["day"].replace("-", "")
    clock = f"{day}{found['hour']}{found['minute']}{found['second'] or '00'}"
    try:
        when = datetime.strptime(clock, "%Y%m%d%H%M%S").replace(
            microsecond=int((found["part"] or "").ljust(6, "0")[:6]), tzinfo=_zone(found["zone"], zone)
        )
    except (ValueError, KeyError):
        raise ValueError(f"{text!r} is no time that there is") from None
    if not FIRST_YEAR <= when.year <= LAST_YEAR:
        raise ValueError(f"{text!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return fixed(when)


def fixed(when: datetime) -> datetime:
    """Write a time with its offset from UTC; of two hours that a clock shows alike, the first."""
    away = when.utcoffset()
    return when.replace(tzinfo=timezone(away)) if away else when.replace(tzinfo=UTC)


def timestamp_in(folder: Path, assignment: str, zone: tzinfo = UTC) -> datetime | None:
    """Return what nbgrader's ``timestamp.txt`` in a student's folder says; none where there is none.

    It lies beside the notebook: in ``student/assignment/``, or in a folder of one hand-in itself. As in
    nbgrader, a time without a zone is UTC, unless the settings name one.
    """
    for place in (folder / assignment / "timestamp.txt", folder / "timestamp.txt"):
        try:
            if place.is_symlink() or place.stat().st_size > 200:
                continue
            return parse_time(place.read_text(encoding="utf-8"), zone)
        except (OSError, ValueError):
            continue
    return None


@dataclass(frozen=True)
class Times:
    """Times that an instructor gives, by file and by student; ``owners`` says whose a file is."""

    files: dict[str, datetime] = field(default_factory=dict)
    students: dict[str, datetime] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def of_file(self, name: str) -> tuple[datetime | None, str]:
        """Return time and owner of a file or folder, whose ending may be left out in the table."""
        key = name if name in self.files else name.rpartition(".")[0]
        return self.files.get(key), self.owners.get(key, "")


def read_times(path: Path, zone: tzinfo | None = None) -> Times:
    """Read when work was handed in: a CSV file with the columns ``submitted`` and ``file`` or ``student``.

    With both, ``student`` says whose the file is, so that one student may have several.
    Of several times of one file or student the latest counts. Lines without a time are passed over: lists
    of platforms hold those, too, who handed nothing in.

    Parameters
    ----------
    path : Path
        The table.
    zone : tzinfo, optional
        That of times which name none; without it they are refused.

    Raises
    ------
    ValueError
        With the file and the line.
    """
    found = Times()
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            head = set(reader.fieldnames or ())
            if "submitted" not in head or not head & {"file", "student"}:
                missing = "submitted" if head & {"file", "student"} else "student or file"
                raise ValueError(f"{path}:1: no column {missing}; it takes submitted, and student or file")
            for line in reader:
                _take(found, line, f"{path}:{reader.line_num}", zone)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text: save it as CSV UTF-8") from None
    except csv.Error as error:
        raise ValueError(f"{path} is no CSV file: {error}") from None
    return found


def _take(found: Times, line: dict[str, str | None], where: str, zone: tzinfo | None) -> None:
    text = (line["submitted"] or "").strip()
    if not text:
        return
    match = _TIME.fullmatch(text)
    if match and not match["zone"] and zone is None:
        raise ValueError(f"{where}: {text!r} has no time zone; say `timezone = …` in autograder.toml")
    try:
        when = parse_time(text, zone or UTC)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    file, student = line.get("file"), line.get("student")
    if not file and not student:
        raise ValueError(f"{where}: neither a student nor a file")
    if file and student:
        found.owners[file] = student
    known, name = (found.files, file) if file else (found.students, student)
    known[str(name)] = max(when, known.get(str(name), when))


def _zone(text: str | None, usual: tzinfo) -> tzinfo:
    if text is None:
        return usual
    if text in ("Z", "UTC", "UCT", "GMT"):
        return UTC
    if text[0] in "+-":
        away = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
        return timezone(-away if text[0] == "-" else away)
    return ZoneInfo(text)
