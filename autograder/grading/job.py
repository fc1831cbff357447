"""Grades one submission, from the file to its row: the unit of work of every scheduler."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.assignment import Assignment
from autograder.files import write_whole
from autograder.grades import coursedir
from autograder.limits import Limits
from autograder.pages.feedback import student_page
from autograder.records.gradesheet import Row
from autograder.records.results import NotebookResult, QuestionResult, Status
from autograder.records.store import Conditions, Record, Store, conditions, finished
from autograder.submissions import intake
from autograder.submissions.beside import Handed, handed_in
from autograder.submissions.entry import Entry
from autograder.submissions.intake import UncountedError
from autograder.submissions.notebook import UnreadableError
from autograder.text import one_line, plain
from coursekit._files import Wanted


@dataclass(frozen=True)
class Setup:
    """What every grading process gets.

    ``conditions`` is what a result must have been graded under to count. It is worked out here, once, so that
    all processes go by the same. ``submissions`` are the folders in which these lie: no notebook may see
    them, nor ``out``.
    """

    assignment: Assignment
    out: Path
    tier: str = "auto"
    limits: Limits | None = None
    submissions: tuple[Path, ...] = ()
    conditions: Conditions = field(init=False)

    def __post_init__(self) -> None:
        now = conditions(self.assignment, self.limits or Limits.of(self.assignment.course), self.tier)
        object.__setattr__(self, "conditions", now)  # the way to set a field of a frozen class


@dataclass(frozen=True)
class Graded:
    """A submission's row, and the digests of its written answers for the gradebook."""

    row: Row
    answers: dict[str, str] = field(default_factory=dict)


def grade_submission(
    entry: Entry, setup: Setup, grade: Callable[..., NotebookResult], handed: Handed | None = None
) -> Graded:
    """Grade one submission; write its feedback page, its log, its notebook for the formgrader, its result.

    The result comes last: where there is one, everything else is there too. Nothing that a submission holds
    makes this raise. An exception in our own code becomes a row that says ``internal error``, and its
    traceback goes to ``OUT/log``.

    Parameters
    ----------
    entry : Entry
        The submission.
    setup : Setup
        What it is graded against, and where to.
    grade : callable
        Takes a notebook's bytes and, where there are any, the files beside it; yields the result:
        `autograder.sealed.Grader.grade`.
    handed : mapping, optional
        The files, where they are known already.
    """
    start = time.perf_counter()
    content: bytes | UnreadableError = UnreadableError("")
    try:
        entry, content = opened(entry, setup)
        if isinstance(content, UnreadableError):
            raise content
        handed = beside(entry, setup) if handed is None else handed
        result = grade(content, handed) if handed else grade(content)
    except UnreadableError as why:
        kind: Status = "uncounted" if isinstance(why, UncountedError) else "unreadable"
        result = _nothing(setup.assignment, str(why), kind)
    except Exception as error:
        return _failed(entry, content, f"{type(error).__name__}: {error}", traceback.format_exc(), setup)
    row = _row(entry, setup.assignment, result, time.perf_counter() - start)
    record = Record(intake.fingerprint(entry, content, handed), setup.conditions, row, result)
    return _leave_files(record, setup, _log(result))


def reuse_earlier(entry: Entry, setup: Setup) -> Graded | None:
    """Return what an earlier run made of a submission, if it is the same and would be graded the same way.

    An attempt that was graded while it could count keeps its result. A result that had been put into the
    history already is taken back. Its pages are written again, and so are pages that somebody deleted.
    """
    store = Store(setup.out)
    kept = store.read(entry.slug)
    record = kept or store.restore(entry.slug)
    prints = [_fingerprint(entry, setup)]
    if entry.uncounted:
        prints.append(intake.fingerprint(entry, UncountedError(entry.uncounted)))
    if record is None or not any(finished(record, known, setup.conditions) for known in prints):
        return None
    record = replace(record, row=_about(entry, record.row))
    if kept and all(_there(path) for path in _pages(record, setup)):
        return restated(kept, entry, setup)
    return _leave_files(record, setup, _log(record.result))


def restated(record: Record, entry: Entry, setup: Setup) -> Graded:
    """Reuse a result, updated with what is known now of its time of hand-in and the number of attempts."""
    row = _about(entry, record.row)
    if row != record.row:
        Store(setup.out).write(replace(record, row=row))
    return Graded(row, record.answers)


def reuse_nothing(entry: Entry, setup: Setup) -> None:
    """Take no earlier result, so that everything is graded."""


def lost(entry: Entry, setup: Setup, why: str) -> Graded:
    """Make the row of a submission whose grading process died while grading it."""
    return _failed(entry, UnreadableError(""), why, why, setup)


def opened(entry: Entry, setup: Setup) -> tuple[Entry, bytes | UnreadableError]:
    """Open a submission; return it with what its row should say of the choice among several files."""
    if entry.uncounted:
        return entry, UncountedError(entry.uncounted)
    try:
        content, note = intake.fetch_with_note(entry, setup.assignment.notebook)
    except UnreadableError as why:
        return entry, why
    return replace(entry, note="; ".join(n for n in (entry.note, note) if n)), content


def beside(entry: Entry, setup: Setup) -> Handed:
    """Return the files of a submission that the assignment asks for."""
    return handed_in(entry, setup.assignment.notebook, Wanted.all(setup.assignment.course))


def _fingerprint(entry: Entry, setup: Setup) -> str:
    try:
        entry, content = opened(replace(entry, uncounted=""), setup)
        return intake.fingerprint(entry, content, beside(entry, setup) if isinstance(content, bytes) else {})
    except Exception:
        return ""  # no result has it: whatever is wrong shows when the submission is graded


def _failed(entry: Entry, content: bytes | UnreadableError, why: str, trace: str, setup: Setup) -> Graded:
    result = _nothing(setup.assignment, f"internal error: {why}")
    row = replace(_row(entry, setup.assignment, result, 0.0), status="error")
    record = Record(intake.fingerprint(entry, content), setup.conditions, row, result)
    return _leave_files(record, setup, [trace])


def _nothing(assignment: Assignment, reason: str, kind: Status = "unreadable") -> NotebookResult:
    questions = tuple(QuestionResult(q.name, 0.0, q.points) for q in assignment.graded)
    return NotebookResult(kind, reason, "none", 0.0, questions)


def _about(entry: Entry, row: Row) -> Row:
    submitted = entry.submitted.isoformat() if entry.submitted else ""
    return replace(
        row,
        attempt=entry.attempt,
        attempts=entry.attempts,
        submitted=submitted,
        account=entry.account,
        members=entry.members,
    )


def _row(entry: Entry, assignment: Assignment, result: NotebookResult, seconds: float) -> Row:
    scores = {q.name: q.score for q in result.questions}
    reason = "; ".join(one_line(r) for r in (result.reason, entry.note, *result.credits) if r)
    row = Row(
        student=entry.student,
        slug=entry.slug,
        assignment=assignment.name,
        score=sum(scores.get(q.name, 0.0) for q in assignment.graded),
        possible=assignment.possible,
        status=result.status,
        reason=one_line(reason, 500),
        tier=result.tier,
        seconds=seconds,
        questions=tuple(None if q.manual else scores.get(q.name, 0.0) for q in assignment.questions),
    )
    return _about(entry, row)


def _leave_files(record: Record, setup: Setup, log: list[str]) -> Graded:
    """Write what a person will open. A page that cannot be written never costs the score."""
    row, result, out, assignment = record.row, record.result, setup.out, setup.assignment
    store = Store(out)
    answers: dict[str, str] = {}
    try:
        store.retire(row.slug)  # a kill between here and the end must not leave an old result to new pages
        notebook = coursedir.notebook_path(out, row.student, assignment)
        # With several attempts the formgrader is shown the one that counts, which is not known here.
        alone = row.attempts == 1
        answers = (
            coursedir.write_notebook(notebook, result, assignment)
            if alone
            else coursedir.digests(result, assignment)
        )
        page = student_page(row, result, assignment)
        write_whole(out / "feedback" / f"{row.slug}.html", page, sync=False)
    except Exception as error:
        log = [*log, traceback.format_exc()]
        trouble = f"internal error: the pages were not written: {type(error).__name__}"
        row = replace(row, reason="; ".join(r for r in (row.reason, trouble) if r))
    path = out / "log" / f"{row.slug}.log"
    if log:
        write_whole(path, plain("\n\n".join(log)) + "\n", sync=False)
    else:
        path.unlink(missing_ok=True)
    store.write(replace(record, row=row, answers=answers))
    return Graded(row, answers)


def _pages(record: Record, setup: Setup) -> list[Path]:
    row, notebook = record.row, coursedir.notebook_path(setup.out, record.row.student, setup.assignment)
    page = setup.out / "feedback" / f"{row.slug}.html"
    return [page, notebook] if record.result.executed is not None and row.attempts == 1 else [page]


def _there(path: Path) -> bool:
    """Say whether a page is there; one that a power cut left empty is not."""
    return path.exists() and path.stat().st_size > 0


def _log(result: NotebookResult) -> list[str]:
    """Collect the tracebacks of failed cases, which hold expected values and are for the instructor alone."""
    return [
        f"{question.name}, {case.name}{' (hidden)' if case.hidden else ''}: failed\n{case.detail}"
        for question in result.questions
        for case in question.cases
        if case.detail and not case.passed
    ]
