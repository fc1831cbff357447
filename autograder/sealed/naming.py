"""Names the known mistakes in a notebook, once its score is final."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.assignment import Question
from autograder.limits import Limits
from autograder.mistakes import known
from autograder.records.results import CaseResult, QuestionResult
from coursekit._mistakes import Seen
from coursekit._recording import Recording, recording

from . import scoring
from .errors import printable
from .session import Session

SECONDS = 20.0  # for all second runs of a notebook's tests
_watching: list[dict[str, tuple[Seen, ...]]] = []
_omitting: list[dict[str, tuple[Seen, ...]]] = []


@contextlib.contextmanager
def watched() -> Iterator[dict[str, tuple[Seen, ...]]]:
    """Gather by question what its cases see of the notebooks graded in the block; the last one is kept."""
    found: dict[str, tuple[Seen, ...]] = {}
    _watching.append(found)
    try:
        yield found
    finally:
        _watching.remove(found)


@contextlib.contextmanager
def omitted() -> Iterator[dict[str, tuple[Seen, ...]]]:
    """Name no mistakes in the notebooks graded in the block: only their points are asked for."""
    _omitting.append({})
    try:
        yield _omitting[-1]
    finally:
        _omitting.pop()


def name_mistakes(
    session: Session, questions: Sequence[Question], results: Sequence[QuestionResult], limits: Limits
) -> list[QuestionResult]:
    """Return the results with the known mistakes of the answers named; scores stay as they are.

    A case that failed has ended at the first wrong value, so it runs once more, to its last call. That takes
    at most `SECONDS`, and ends for good where the sandbox has to be stopped.

    Parameters
    ----------
    session : Session
        The notebook, with all its questions graded.
    questions : sequence of Question
        The questions.
    results : sequence of QuestionResult
        Their results, in the same order.
    limits : Limits
        Deadlines of cases.
    """
    named = list(results)
    if _omitting:
        return named
    end = time.monotonic() + SECONDS
    for place, (question, result) in enumerate(zip(questions, results, strict=True)):
        notes = scoring.recordings(session).get(question.name)
        failed = not all(case.passed for case in result.cases)
        if notes is None or not (_watching or (failed and known(question).has(question.name))):
            continue
        seen = _seen(session, question, result, notes, min(end, time.monotonic() + limits.case_seconds))
        if seen is None:
            break
        for watch in _watching:
            watch[question.name] = seen
        if mistakes := known(question).named(question.name, seen):
            told = {mistake.name: mistake.told for mistake in mistakes}
            guesses = [case.failure_message for case in scoring.read(question).test_cases]
            cases = tuple(map(_without_guess, result.cases, guesses, notes))
            named[place] = replace(result, cases=cases, mistakes=told)
    return named


def _seen(
    session: Session, question: Question, result: QuestionResult, notes: Sequence[Recording], end: float
) -> tuple[Seen, ...] | None:
    """Return what every case saw; None where the sandbox is lost or there is no time."""
    file, found = scoring.read(question), []
    cases = file.test_cases
    for number, (case, before) in enumerate(zip(result.cases, notes, strict=True)):
        prints = before.prints
        if not case.passed:
            left = end - time.monotonic()
            if session.stopped or left <= 0:
                return None
            file.test_cases = [cases[number]]
            scoring.seed_case(question, number)
            with recording(survey=True) as noted:
                _, stop = scoring.run_case(session, file, left)
            if stop:
                return None
            prints = noted.prints
        found.append(Seen(case.passed, tuple(prints)))
    return tuple(found)


def _without_guess(case: CaseResult, guess: str | None, noted: Recording) -> CaseResult:
    """Return a case without the test's own sentence on the cause, because the mistake is known.

    A public case says where the answer differs.
    """
    if case.passed:
        return case
    lines = case.message.removeprefix(guess or "").strip().splitlines()
    if not case.hidden and noted.difference:
        lines.insert(0, printable(noted.difference))
    return replace(case, message="\n".join(lines))
