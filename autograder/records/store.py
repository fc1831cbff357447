"""OUT/results: one file per submission, from which every table, page and gradebook entry can be made again.

A result appears under its name complete or not at all. While a submission is graded again its earlier result
lies in ``OUT/results/history``, so that a crash never leaves a result beside pages that contradict it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from autograder.assignment import ANSWERS, MANIFEST, Assignment
from autograder.files import write_whole
from autograder.limits import Limits
from autograder.records.gradesheet import Row
from autograder.records.results import CaseResult, FailedCell, FileResult, NotebookResult, QuestionResult
from autograder.submissions.members import members
from autograder.text import file_stem, former_file_stem

FOLDER, HISTORY = "results", "history"
# The format of the files in OUT: raise it when results, plan or grades.csv change so that old ones cannot be
# read. In format 1 grades.csv had no columns for attempts, before 3 a question's result did not say why it
# got credit, and before 4 a result did not name the cells that failed; those results can still be read,
# unless their students are named otherwise now (`file_stem`).
FORMAT, READABLE = 4, (1, 2, 3, 4)
_HEAD = re.compile(rb'\{"format": (\d{1,9})[,}]')
_NUMBERED = re.compile(r"(\d+)\.json")


class BusyError(RuntimeError):
    """Another command is grading into the same folder."""


@dataclass(frozen=True)
class Conditions:
    """What a score depends on besides the submission: a result counts as long as these stay the same.

    ``tests`` is the SHA-256 of the assignment's manifest, test files, data and answers that others build on,
    ``limits`` the settings as text.
    """

    assignment: str
    tests: str
    limits: str
    tier: str


@dataclass(frozen=True)
class Record:
    """One finished submission.

    ``submission`` is the SHA-256 of what was graded, ``answers`` the digest of each written answer.
    """

    submission: str
    conditions: Conditions
    row: Row
    result: NotebookResult
    answers: dict[str, str] = field(default_factory=dict)


def conditions(assignment: Assignment, limits: Limits, tier: str) -> Conditions:
    """Sum up what grading depends on, as it stands on disk now."""
    digest = hashlib.sha256()
    data = sorted((assignment.folder / "data").glob("*.npz"))
    answers = [p for p in (assignment.folder / ANSWERS,) if p.is_file()]
    tests = sorted((assignment.folder / "tests").rglob("*.py"))
    for path in (assignment.folder / MANIFEST, *tests, *data, *answers):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(assignment.folder)}\0{len(content)}\0".encode())
        digest.update(content)
    return Conditions(assignment.name, digest.hexdigest(), json.dumps(asdict(limits), sort_keys=True), tier)


class Store:
    """The results in ``OUT/results``."""

    def __init__(self, out: Path) -> None:
        self._folder = out / FOLDER

    def write(self, record: Record) -> None:
        """Keep a finished submission."""
        content = json.dumps({"format": FORMAT, **asdict(record)})
        write_whole(self._path(record.row.slug), content, sync=False)

    def read(self, slug: str) -> Record | None:
        """Return the result kept for ``slug``; none where there is none, or one that cannot be read."""
        return _read(self._path(slug))

    def retire(self, slug: str) -> None:
        """Move the result of ``slug`` into the history, if there is one."""
        shelf = self._folder / HISTORY / slug
        with contextlib.suppress(FileNotFoundError):
            self._path(slug).stat()
            shelf.mkdir(parents=True, exist_ok=True)
            self._path(slug).rename(shelf / f"{self.last(slug) + 1}.json")

    def restore(self, slug: str) -> Record | None:
        """Return the latest result in the history of ``slug``; it stays there until it is written again."""
        return self.numbered(slug, self.last(slug))

    def numbered(self, slug: str, number: int) -> Record | None:
        """Return an earlier result of ``slug``: 1 is the oldest."""
        return _read(self._folder / HISTORY / slug / f"{number}.json")

    def last(self, slug: str) -> int:
        """Return how many earlier results of ``slug`` there are."""
        shelf = self._folder / HISTORY / slug
        found = [_NUMBERED.fullmatch(p.name) for p in shelf.iterdir()] if shelf.is_dir() else []
        return max((int(m[1]) for m in found if m), default=0)

    def slugs(self) -> list[str]:
        """Return the names of the submissions that have a result."""
        return sorted(path.name[:-5] for path in self._folder.glob("*.json") if path.name[0] != ".")

    def records(self) -> Iterator[Record]:
        """Yield the results one by one; none is kept in memory."""
        for slug in self.slugs():
            record = self.read(slug)
            if record:
                yield record

    def foreign(self) -> int | None:
        """Return the format of a result that this version cannot read; none where it can read all."""
        for slug in self.slugs():
            with contextlib.suppress(OSError), self._path(slug).open("rb") as file:
                found = _HEAD.match(file.read(40))
                number = int(found[1]) if found else FORMAT
                if number not in READABLE or (number < 4 and self._is_named_otherwise(slug)):
                    return number
        return None

    def _is_named_otherwise(self, slug: str) -> bool:
        """Whether the student's files and marks have another name now: nobody would find them."""
        record = self.read(slug)
        return record is not None and file_stem(record.row.student) != former_file_stem(record.row.student)

    def _path(self, slug: str) -> Path:
        return self._folder / f"{slug}.json"


def finished(record: Record | None, submission: str, now: Conditions) -> bool:
    """Say whether a result still counts: the same submission, graded as it would be graded now.

    A result of the grader's own failure never counts, so the submission is tried again.
    """
    return (
        record is not None
        and (record.submission, record.conditions) == (submission, now)
        and record.row.status != "error"
        and "internal error" not in record.row.reason
    )


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Lock ``out`` for this process; the lock ends with the process, however that ends.

    Raises
    ------
    BusyError
        When another process has it.
    """
    handle = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"another `autograder` is writing into {out}: wait until it is done") from None
        yield
    finally:
        os.close(handle)


def parsed(text: str | bytes) -> Record | None:
    """Read a result as it is written; none where it cannot be read."""
    try:
        content: dict[str, Any] = json.loads(text)
        return _record(content) if content["format"] in READABLE else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _read(path: Path) -> Record | None:
    try:
        return parsed(path.read_bytes())
    except OSError:
        return None  # not there, or spoilt by something else: the submission is graded again


def _record(content: dict[str, Any]) -> Record:
    row, result = content["row"], content["result"]
    questions = tuple(
        QuestionResult(
            **q
            | {
                "cases": tuple(CaseResult(**c) for c in q["cases"]),
                "followed": tuple(q.get("followed", ())),
            }
        )
        for q in result["questions"]
    )
    files = tuple(FileResult(**f) for f in result.get("files", ()))
    failed = tuple(FailedCell(**f) for f in result.get("failed", ()))
    return Record(
        submission=content["submission"],
        conditions=Conditions(**content["conditions"]),
        row=Row(**(row | {"questions": tuple(row["questions"]), "members": members(row.get("members", ()))})),
        result=NotebookResult(**(result | {"questions": questions, "files": files, "failed": failed})),
        answers=content["answers"],
    )
