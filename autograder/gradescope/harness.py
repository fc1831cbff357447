"""Runs in Gradescope's container, as root: grades one submission under seal and writes results.json."""

from __future__ import annotations

import json
import sys
import time
import traceback
import warnings
from pathlib import Path

from autograder import startup
from autograder.assignment import Assignment, load
from autograder.files import write_whole
from autograder.gradescope import results, rights, room, settings
from autograder.records.results import NotebookResult, QuestionResult
from autograder.submissions.beside import handed_in
from autograder.submissions.entry import Entry
from autograder.submissions.intake import fetch
from autograder.submissions.notebook import UnreadableError
from autograder.text import plain
from coursekit._files import Wanted


class CannotGradeError(RuntimeError):
    """The container cannot grade; the message says why, for staff."""


def main(root: Path = settings.ROOT) -> int:
    """Grade what lies in ``root/submission``; return the exit code, 1 when it was not graded.

    Whatever happens, ``root/results/results.json`` is whole. Where grading failed it holds no score: a zero
    would look like a student's failure. The tracebacks of failed tests, expected values in them, go to
    standard output, which Gradescope keeps for instructors.
    """
    start = time.monotonic()
    try:
        written, code = graded(root, start), 0
    except CannotGradeError as why:
        print(f"Not graded: {why}")
        written, code = results.not_graded(str(why)), 1
    except Exception as error:
        traceback.print_exc(file=sys.stdout)
        words = f"{type(error).__name__}: {error}; the traceback is in the autograder's output"
        written, code = results.not_graded(words), 1
    write_whole(root / "results" / "results.json", json.dumps(written, indent=1, ensure_ascii=True) + "\n")
    return code


def graded(root: Path, start: float) -> results.Results:
    """Grade the submission and return the results.

    Raises
    ------
    CannotGradeError
        When a notebook could read the tests or write the results.
    """
    startup.skip_init("otter")
    from autograder.sealed import Grader, Limits, tiers  # the first loads Otter's test files

    source = root / "source"
    chosen = settings.read(source)
    assignment = load(chosen.assignment, source / settings.BUILD)
    missing = tiers.why_no_bubblewrap()
    secrets = rights.secrets(root, assignment)
    if why := rights.trouble(tiers.sandbox_uid(), secrets, alone=bool(missing)):
        raise CannotGradeError(why)
    limits = room.limits(chosen.minutes, room.container_memory(), Limits.of(assignment.course))
    try:
        entry = Entry(student="submission", slug="submission", path=root / "submission")
        notebook = fetch(entry, assignment.notebook)
        files = handed_in(entry, assignment.notebook, Wanted.all(assignment.course))
    except UnreadableError as unreadable:
        result = _nothing(assignment, str(unreadable))
    else:
        warnings.filterwarnings("ignore", message="autograder: grading in the 'process' tier")
        tier, places = "process" if missing else "bubblewrap", (root / "results", root / "submission")
        with Grader(assignment, tier=tier, limits=limits, secret=places) as grader:
            result = grader.grade(notebook, files)
    _print_tracebacks(result)
    staff = f"Isolation: {result.tier}." + (f" No bubblewrap: {missing}." if missing else "") + f" {limits}"
    return results.graded(result, assignment, chosen.hidden, time.monotonic() - start, staff)


def _nothing(assignment: Assignment, reason: str) -> NotebookResult:
    questions = tuple(QuestionResult(q.name, 0.0, q.points) for q in assignment.graded)
    return NotebookResult("unreadable", reason, "none", 0.0, questions)


def _print_tracebacks(result: NotebookResult) -> None:
    for question in result.questions:
        for case in question.cases:
            if case.detail and not case.passed:
                print(f"{question.name}, {case.name}: failed\n{plain(case.detail)}\n")


if __name__ == "__main__":
    raise SystemExit(main())
