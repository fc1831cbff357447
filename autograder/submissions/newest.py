"""The order of several files of one student, and what it is known from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

# The names of `grader.export()`, and what browsers and platforms append to a name that is taken.
_COPY = re.compile(r"(?:-(\d{1,4})|\s*\((\d{1,4})\))$")
_EXPORT = re.compile(r"(?P<own>.+)_submission_(?P<made>\d{8}_\d{6})", re.DOTALL)
APART = 2.0  # seconds: zips tell time in steps of two, and files copied together differ by less


@dataclass(frozen=True)
class Own:
    """A student's own name for a file: what is left of it, the number of a copy, the time of an export."""

    base: str
    copy: int = 0
    made: str = ""


def own(stem: str) -> Own:
    """Take a student's own name for a file apart.

    Examples
    --------
    >>> own("hw3 (1)"), own("hw3_submission_20260301_101500")
    (Own(base='hw3', copy=1, made=''), Own(base='hw3', copy=0, made='20260301_101500'))
    """
    found = _COPY.search(stem)
    base = stem[: found.start()] if found else stem
    copy = int(found[1] or found[2]) if found else 0
    export = _EXPORT.fullmatch(base)
    return Own(export["own"], copy, export["made"]) if export else Own(base, copy)


def is_of(stem: str, wanted: str) -> bool:
    """Whether a student's own name says that a file is the assignment's: its name, a copy or an export."""
    return stem == wanted or own(stem).base == wanted


@dataclass(frozen=True)
class Dated:
    """What is known of when a file came: ``order`` is a number that grows, 0 where there is none.

    ``changed`` is the file's own date in seconds; 0 where it is not known.
    """

    stem: str
    submitted: datetime | None = None
    order: int = 0
    changed: float = 0.0


def in_time(files: Sequence[Dated]) -> tuple[list[int], str] | None:
    """Return the positions of files in the order in which they came, and the source of that order in words.

    Times of hand-in go first, then a platform's numbers, the times in the names of exports, the numbers of
    copies, and last the dates of the files. The words are empty for the first two, which need none.

    Returns
    -------
    tuple or None
        None where nothing tells which is the newest.
    """
    places = range(len(files))
    if len(files) < 2:
        return list(places), ""
    if all(f.submitted for f in files):
        return sorted(places, key=lambda i: (_seconds(files[i]), files[i].order, files[i].stem)), ""
    if len({f.order for f in files if f.order}) == len(files):
        return sorted(places, key=lambda i: files[i].order), ""
    named = [own(f.stem) for f in files]
    if all(n.made for n in named):
        return sorted(places, key=lambda i: (named[i].made, named[i].copy)), "by the time in its name"
    alike = len({n.base for n in named}) == 1 and not any(n.made for n in named)
    if alike and len({n.copy for n in named}) == len(files):
        return sorted(places, key=lambda i: named[i].copy), "by the number in its name"
    by_date = sorted(places, key=lambda i: files[i].changed)
    if all(f.changed for f in files) and files[by_date[-1]].changed - files[by_date[-2]].changed > APART:
        return by_date, "by the date of the file"
    return None


def _seconds(file: Dated) -> float:
    return file.submitted.timestamp() if file.submitted else 0.0
