"""grades.csv: one row per submission, written so that neither a crash nor a hostile name can spoil it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Literal, cast

from autograder.assignment import Assignment
from autograder.files import write_whole
from autograder.records.ondisk import OnDisk
from autograder.records.person import Person
from autograder.records.results import Status, Tier
from autograder.records.standing import Standing
from autograder.submissions.members import Member
from autograder.text import one_line

NAME = "grades.csv"
COLUMNS = ("student", "assignment", "score", "possible", "status", "reason", "tier", "seconds")
STANDING = (
    "attempt", "attempts", "submitted", "days_late", "counts", "total", "total_possible", "waiting",
    "feedback",
)  # fmt: skip
PERSON = ("name", "email", "group", "by")  # where there is a roster, or a group of a platform
BANK = ("late_days_used", "late_days_left")  # where a term has late days
# A spreadsheet takes a cell that begins like this for a formula; in East Asian locales the wide forms, too.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Row:
    """What a class list says about one submission.

    ``status`` is the notebook's, or ``"error"`` when the grader itself failed on it. ``questions`` holds the
    scores in the order of the assignment; a question that a person reads has none before that. ``attempt``
    is one of ``attempts``, handed in at ``submitted`` (ISO 8601, empty where unknown) by the student whom the
    platform knows as ``account``. ``standing`` is filled in once all attempts of the student are known, and
    ``person`` where the course has a roster. Then there are rows of those who handed nothing in, with the
    status ``"missing"``, and of those who have their score from what another of their group handed in: ``by``
    is that student, ``of`` the slug of that row. ``members`` are those of a group, where the platform says
    who they are; then both hold without a roster, too.
    """

    student: str
    slug: str
    assignment: str
    score: float
    possible: float
    status: Status | Literal["error", "missing"]
    reason: str
    tier: Tier
    seconds: float
    questions: tuple[float | None, ...]
    attempt: int = 1
    attempts: int = 1
    submitted: str = ""
    account: str = ""
    standing: Standing | None = None
    person: Person | None = None
    by: str = ""
    of: str = ""
    members: tuple[Member, ...] = ()


def rows_on_disk() -> OnDisk[Row]:
    """Return a place for the rows of a class, sorted by student and attempt, that does not grow in memory."""
    return OnDisk(lambda row: row.slug, order=lambda row: f"{row.student}\0{row.attempt:06d}")


class GradeSheet:
    """Collects rows as they come and leaves ``OUT/grades.csv`` whole and sorted.

    While the class is graded, finished rows are kept in ``OUT/grades.partial.csv``, so that a crash loses
    none. Leaving the ``with`` block, even by an interrupt, puts them into ``grades.csv`` in one step.
    """

    def __init__(self, out: Path, assignment: Assignment) -> None:
        self._path = out / NAME
        self._partial = out / "grades.partial.csv"
        self._header = header(assignment)
        self.rows = rows_on_disk()

    def __enter__(self) -> GradeSheet:
        self._file = self._partial.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(self._header)
        return self

    def add(self, row: Row) -> None:
        """Take one finished row and write it at once."""
        self.rows.add(row)
        self._writer.writerow(_cells(row, people=False))
        self._file.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if self.rows:
            write_whole(self._path, _lines(self._header, self.rows, people=False))
        self._partial.unlink()


def read_rows(out: Path) -> OnDisk[Row]:
    """Read back the rows that a finished run left in ``OUT/grades.csv``.

    Parameters
    ----------
    out : Path
        The folder given to `autograder grade` as ``--out``.

    Raises
    ------
    ValueError
        When there is no ``grades.csv``, or it is not one that the grader wrote; the message says which.
    """
    path = out / NAME
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return OnDisk[Row]().filled(map(_row, csv.DictReader(file)))
    except FileNotFoundError:
        raise ValueError(f"there is no {NAME} in {out}: grade a class with --out {out} first") from None
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path} is not a sheet of `autograder grade`: {error}") from None


def _row(line: dict[str, str]) -> Row:
    scores = [value for name, value in line.items() if name not in (*COLUMNS, *STANDING, *PERSON, *BANK)]
    return Row(
        student=line["student"],
        slug=line["feedback"].removesuffix(".html"),
        assignment=line["assignment"],
        score=float(line["score"]),
        possible=float(line["possible"]),
        status=cast(Status, line["status"]),
        reason=line["reason"],
        tier=cast(Tier, line["tier"]),
        seconds=float(line["seconds"]),
        questions=tuple(float(value) if value else None for value in scores),
        attempt=int(line["attempt"]),
        attempts=int(line["attempts"]),
        submitted=line["submitted"],
        by=line.get("by", ""),
    )


def points(value: float) -> str:
    """Write a score without trailing zeros.

    Examples
    --------
    >>> points(3.0), points(2.5), points(1 / 3)
    ('3', '2.5', '0.3333')
    """
    return f"{value:.4f}".rstrip("0").rstrip(".")


def cell(text: str) -> str:
    """Make text safe in a spreadsheet: one line, no control characters, never a formula.

    Examples
    --------
    >>> cell("=1+1"), cell("ann")
    ("'=1+1", 'ann')
    """
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def standing_cells(row: Row) -> dict[str, str]:
    """Say how an attempt stands, in the words of the columns `STANDING`."""
    standing = row.standing or Standing()
    late, total = standing.days_late, standing.total
    values = (
        str(row.attempt),
        str(row.attempts),
        row.submitted,
        "" if late is None else str(late),
        "yes" if standing.counts else cell(f"no: {standing.why}"),
        "" if total is None else points(total),
        points(standing.possible) if row.standing else "",
        " ".join(standing.waiting),
        f"{row.slug}.html",
    )
    return dict(zip(STANDING, values, strict=True))


def header(assignment: Assignment, people: bool = False, bank: bool = False) -> list[str]:
    """Return the names of the columns, with those of a roster and of late days if there are any."""
    more = (*(PERSON if people else ()), *(BANK if bank else ()))
    return [*COLUMNS, *STANDING, *more, *(q.name for q in assignment.questions)]


def person_cells(row: Row) -> dict[str, str]:
    """Say who is behind a row, in the words of the columns `PERSON`."""
    person = row.person or Person()
    return dict(zip(PERSON, map(cell, (person.name, person.email, person.group, row.by)), strict=True))


def write_sheet(out: Path, assignment: Assignment, rows: OnDisk[Row]) -> None:
    """Put ``rows`` into ``OUT/grades.csv`` in one step."""
    first = rows[0] if rows else None
    # Without a roster only groups and their members have a person.
    people, bank = any(row.person for row in rows), first is not None and _has_bank(first)
    write_whole(out / NAME, _lines(header(assignment, people, bank), rows, people))


def _has_bank(row: Row) -> bool:
    return row.standing is not None and row.standing.bank_left is not None


def bank_cells(row: Row) -> dict[str, str]:
    """Say what became of the term's late days, in the words of the columns `BANK`; none where it has none."""
    if row.standing is None or row.standing.bank_left is None:
        return {}
    used = row.standing.bank_used if row.standing.counts else 0.0
    return dict(zip(BANK, (points(used), points(row.standing.bank_left)), strict=True))


def _cells(row: Row, people: bool) -> list[str]:
    return [
        cell(row.student),
        cell(row.assignment),
        points(row.score),
        points(row.possible),
        row.status,
        cell(row.reason),
        row.tier,
        f"{row.seconds:.2f}",
        *standing_cells(row).values(),
        *(person_cells(row).values() if people else ()),
        *bank_cells(row).values(),
        *("" if score is None else points(score) for score in row.questions),
    ]


def _lines(header: list[str], rows: Iterable[Row], people: bool) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for cells in chain([header], (_cells(row, people) for row in rows)):
        writer.writerow(cells)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
