"""Every key of `autograder.toml`: its meaning, the values it takes, and its default.

Reading the file, its errors and the commented example all come from this one list.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.submissions.times import FIRST_YEAR, LAST_YEAR

Check = Callable[[object], Any]


@dataclass(frozen=True)
class Key:
    """One key: its name, its meaning, the check of its value, and what is shown where it is not set.

    ``check`` takes TOML's value and returns ours, or raises `ValueError` with what it must be.
    """

    name: str
    says: str
    check: Check
    example: str
    default: Any = None


@dataclass(frozen=True)
class Section:
    """A table of the file; one that is ``named`` holds a table for each assignment or student."""

    name: str
    says: str
    keys: tuple[Key, ...]
    named: str = ""


def number(least: float = 0.0, most: float = math.inf, *, open_below: bool = False) -> Check:
    """Check for a number in a range."""

    def check(value: object) -> float:
        given = math.nan
        if isinstance(value, int | float) and not isinstance(value, bool):
            with contextlib.suppress(OverflowError):  # a whole number of a thousand digits
                given = float(value)
        low = f"more than {least:g}" if open_below else f"{least:g} or more"
        words = low if math.isinf(most) else f"{low}, at most {most:g}"
        if not (math.isfinite(given) and least <= given <= most) or (open_below and given == least):
            raise ValueError(f"must be a number, {words}; it is {value!r}")
        return given

    return check


def whole(value: object) -> int:
    """Check for a count."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10**6:
        raise ValueError(f"must be a whole number, 1 or more; it is {value!r}")
    return value


def yes_or_no(value: object) -> bool:
    """Check for true or false."""
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false; it is {value!r}")
    return value


def text(value: object) -> str:
    """Check for text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be text in quotes; it is {value!r}")
    return value


def one_of(*names: str) -> Check:
    """Check for one of a few words."""

    def check(value: object) -> str:
        if value not in names:
            raise ValueError(f"must be {' or '.join(map(repr, names))}; it is {value!r}")
        return str(value)

    return check


def time(value: object) -> datetime:
    """Check for a date with a time of day."""
    if not isinstance(value, datetime):
        raise ValueError(f"must be a time such as 2026-03-01T23:59:00+01:00, without quotes; it is {value!r}")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"lies outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return value


def zone(value: object) -> ZoneInfo:
    """Check for the name of a time zone."""
    try:
        return ZoneInfo(text(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"must be a time zone such as 'Europe/Berlin'; it is {value!r}") from None


def pattern(value: object) -> re.Pattern[str]:
    """Check for a regular expression that finds the student."""
    try:
        made = re.compile(text(value))
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    if unknown := set(made.groupindex) - {"student", "submitted", "attempt"}:
        raise ValueError(f"has the unknown group {', '.join(sorted(unknown))}")
    if "student" not in made.groupindex:
        raise ValueError("has no group (?P<student>…)")
    return made


def time_format(value: object) -> str:
    """Check for a format of `strptime` that says day and hour."""
    moment = datetime(2026, 11, 23, 15, 47, tzinfo=UTC)
    try:
        back = datetime.strptime(moment.strftime(text(value)), str(value))
    except ValueError as error:
        raise ValueError(f"is no format of times: {error}") from None
    if back.replace(tzinfo=UTC) != moment:
        raise ValueError("must say year, month, day, hour and minute: '%Y-%m-%d_%H.%M'")
    return str(value)


def scheduler(value: object) -> str:
    """Check for the address of a Dask scheduler."""
    if not re.fullmatch(r"(tcp|tls|ucx|ws|wss)://[^\s/]+:\d{1,5}", text(value)):
        raise ValueError(f"must be an address such as 'tcp://head:8786'; it is {value!r}")
    return str(value)


_SECONDS = number(open_below=True)
SECTIONS = (
    Section("", "", (
        Key("timezone", "Where the clocks are that due times and file names go by, where these name no zone.",
            zone, '"Europe/Berlin"'),
    )),
    Section("assignments", "When each assignment is due. Without a time nothing is late. Where groups hand\n"
            "in, a CSV file with student and group says who is in which: one notebook counts for all. Where\n"
            "a term has late days (see bank), the folder of results tells how many were used.", (
        Key("due", "", time, "2026-03-01T23:59:00+01:00"),
        Key("groups", "", text, '"groups.csv"'),
        Key("results", "", text, '"graded"'),
    ), named="hw3"),
    Section("late", "What lateness costs: a day counts from the minute it begins.", (
        Key("free_days", "Days that cost nothing.", number(), "1", 0.0),
        Key("penalty_per_day", "Part of the points, from 0 to 1, lost for each day after them.",
            number(0, 1), "0.1", 0.0),
        Key("most_days", "After so many days there are no points; if not set, there is no such limit.",
            number(), "5"),
        Key("bank", "Late days that each student has for the whole term. Assignments use them in order of\n"
            "their due times: of each the days beyond free_days, as far as they last; the penalty is\n"
            "for those that are not covered. What comes after most_days uses none. Only the attempt\n"
            "that counts uses any, whatever it scores; in a group each member's own are used.",
            number(0, 3660), "5"),
    )),
    Section("roster", "Who is in the course. Whoever is on the list and handed nothing in has a row; names\n"
            "appear beside accounts; an account that is not on the list is reported.", (
        Key("file", "A CSV file beside this one, one line per student, as a platform exports it.",
            text, '"roster.csv"'),
        Key("student", "Its column with the account: the name in the table, the platform's number or the\n"
            'e-mail address; not set, "student".', text, '"SIS Login ID"'),
        Key("name", 'Its column with the full name; not set, "name", if there is one.', text, '"Full name"'),
        Key("email", 'Its column with the address; not set, "email", if there is one.',
            text, '"Email address"'),
        Key("group", "Its column with the group, whose members share one notebook in every assignment.",
            text, '"team"'),
        Key("absent", 'What exports give for nothing handed in: "empty", which changes no grade, or "zero".',
            one_of("empty", "zero"), '"zero"', "empty"),
    )),
    Section("extensions", "Days by which an assignment is due later for one student.", (), named='"ann lee"'),
    Section("attempts", "Which of a student's attempts counts. One beyond a limit is listed, not graded.", (
        Key("count", '"last", or "best": most points after lateness, of equals the earlier.',
            one_of("best", "last"), '"best"', "last"),
        Key("most", "Attempts in all.", whole, "5"),
        Key("per_minute", "Attempts within any sixty seconds.", whole, "1"),
        Key("per_hour", "Attempts within any sixty minutes.", whole, "3"),
        Key("per_day", "Attempts within any twenty-four hours.", whole, "5"),
        Key("per_week", "Attempts within any seven days.", whole, "10"),
    )),
    Section("grading", "How notebooks are graded; options of `autograder grade` take precedence.", (
        Key("jobs", "Notebooks graded at once; if not set, one per core.", whole, "2"),
        Key("tier", "Isolation: auto takes the best there is, process is weak.",
            one_of("auto", "bubblewrap", "process"), '"bubblewrap"', "auto"),
        Key("cell_seconds", "Most time for one cell.", _SECONDS, "60"),
        Key("notebook_seconds", "Most time for all cells.", _SECONDS, "600"),
        Key("grading_seconds", "Most time for all tests.", _SECONDS, "300"),
        Key("memory_gib", "Most memory of one notebook.", number(0, 4096, open_below=True), "2"),
        Key("scheduler", "A Dask scheduler whose workers grade.", scheduler, '"tcp://head:8786"'),
    )),
    Section("marks", "What persons write about answers.", (
        Key("comments", "A file with comments to be used again: in its table [hw3.q14] each has a name and\n"
            "a text. Where a person writes @vague about that question, in the formgrader or for\n"
            "`autograder marks`, the student reads the text under that name.",
            text, '"comments.toml"'),
    )),
    Section("submissions", "What the names of files say. Those of Canvas, Moodle, nbgrader's exchange and\n"
            "ann--2026-03-01T10-00-00.ipynb, are understood without a word here.", (
        Key("pattern", "Matches a whole name without its ending; groups student, submitted, attempt.",
            pattern, r"'(?P<student>\w+)_at_(?P<submitted>.+)'"),
        Key("time_format", "How `submitted` is written, as Python's strptime has it.",
            time_format, "'%Y-%m-%d_%H.%M'"),
        Key("timestamps", "Whether timestamp.txt in a folder says when. Set it where nbgrader collected:\n"
            "into what other platforms hand out, a student may have put such a file.",
            yes_or_no, "true", False),
        Key("times", "A CSV file beside this one, with submitted, and student or file.", text, '"times.csv"'),
    )),
)  # fmt: skip
