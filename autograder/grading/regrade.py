"""Grading again what was graded, with the earlier results kept and compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import Assignment
from autograder.files import write_whole
from autograder.grading.job import Graded, Setup, restated, reuse_earlier
from autograder.lookalikes import drawn, hint
from autograder.pages.table import aligned
from autograder.records.gradesheet import points
from autograder.records.store import Store
from autograder.submissions.entry import Entry

_NAME = "regrading.json"


@dataclass(frozen=True)
class Change:
    """A student whose score changed."""

    student: str
    before: float
    after: float
    questions: tuple[str, ...]


class Regrading:
    """Which submissions are graded again, written down so that a killed `regrade` goes on where it stopped.

    Parameters
    ----------
    out : Path
        The folder of results.
    slugs : collection of str
        The submissions to grade again.
    """

    def __init__(self, out: Path, slugs: Sequence[str]) -> None:
        self._path, self._store = out / _NAME, Store(out)
        self._marks = self._begun(slugs) or {s: self._store.last(s) for s in slugs}
        write_whole(self._path, json.dumps(self._marks))

    def reuse(self, entry: Entry, setup: Setup) -> Graded | None:
        """Reuse what this regrading made already, and the result of every submission it is not about."""
        mark = self._marks.get(entry.slug)
        record = self._store.read(entry.slug)
        if record and (mark is None or self._store.last(entry.slug) > mark):
            return restated(record, entry, setup)
        return reuse_earlier(entry, setup) if mark is None else None

    def changes(self, assignment: Assignment) -> list[Change]:
        """Say whose score changed, by how much and in which questions."""
        found: list[Change] = []
        names = [q.name for q in assignment.questions]
        for slug, mark in self._marks.items():
            before, after = self._store.numbered(slug, mark + 1), self._store.read(slug)
            if before and after and before.row.questions != after.row.questions:
                old = {q.name: q.score for q in before.result.questions}
                new = dict(zip(names, after.row.questions, strict=True))
                other = tuple(n for n in names if new[n] is not None and old.get(n) != new[n])
                found.append(Change(after.row.student, before.row.score, after.row.score, other))
        return found

    def end(self) -> None:
        """Forget the marks, so that the next regrading starts from the beginning."""
        self._path.unlink(missing_ok=True)

    def _begun(self, slugs: Sequence[str]) -> dict[str, int] | None:
        try:
            marks: dict[str, int] = json.loads(self._path.read_text(encoding="utf-8"))
            return marks if sorted(marks) == sorted(slugs) else None
        except (OSError, ValueError):
            return None


def chosen(entries: Iterable[Entry], students: Sequence[str]) -> list[str]:
    """Return the slugs of the named students; those of all when none is named.

    Raises
    ------
    ValueError
        When a student handed nothing in.
    """
    looks, alike = {drawn(name) for name in students}, set()
    found, there = [], set()
    for entry in entries:
        if not students or entry.student in students or entry.slug in students:
            found.append(entry.slug)
            there |= {entry.student, entry.slug}
        elif drawn(entry.student) in looks:
            alike.add(entry.student)
    if missing := [s for s in students if s not in there]:
        who = ", ".join(f"{name!r}{hint(name, alike)}" for name in missing)
        raise ValueError(f"no submission of {who} in the submissions' folder")
    return found


def say(changes: Sequence[Change], total: int) -> str:
    """Lay out whose score changed, for the terminal."""
    if not changes:
        return f"{total} graded again: no score changed."
    lines = [
        (
            c.student,
            points(c.before),
            "→",
            points(c.after),
            _signed(c.after - c.before),
            ", ".join(c.questions),
        )
        for c in changes
    ]
    count = f"{len(changes)} score{'s' if len(changes) != 1 else ''}"
    return f"{total} graded again, {count} changed:\n\n{aligned(lines, right={1, 3, 4})}"


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{points(abs(value))}"
