"""Run the tests of a notebook's questions: the public ones of all first, the hidden ones after.

What the student's code says in a public test, a student may read: the message of an exception, a wrong value.
So the code must not have seen a hidden input by then: it could keep it and reveal it later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from otter.test_files.abstract_test import TestCaseResult

from autograder.assignment import Question
from autograder.limits import Limits
from autograder.records.results import CaseResult, QuestionResult
from coursekit import _bands
from coursekit._recording import Recording, recording

from . import scoring
from .session import Session

NAME = "public tests alone"
WORDS = (
    "What the public tests expect stands in the notebook, so they earn points only where a hidden test "
    "passes, too. None does."
)


class Marking:
    """One question's tests, which are run in two parts.

    Parameters
    ----------
    question : Question
        A machine-graded question.
    limits : Limits
        Deadlines of calls and cases.
    """

    def __init__(self, question: Question, limits: Limits) -> None:
        self.question = question
        self.reasons: list[str] = []
        """Why the sandbox was stopped, if it was."""
        self._limits = limits
        self._file = scoring.read(question)
        self._cases = self._file.test_cases
        self._outcomes: dict[int, TestCaseResult] = {}
        self._results: dict[int, CaseResult] = {}
        self._notes: dict[int, Recording] = {}
        self._seconds = 0.0

    def run(self, session: Session, hidden: bool, end: float) -> None:
        """Run the hidden cases, or the public ones; nothing begins after ``end`` (``time.monotonic``)."""
        _bands.forget()
        start = time.monotonic()
        for number, case in enumerate(self._cases):
            if bool(case.hidden) is hidden:
                self._run(session, number, end)
        self._seconds += time.monotonic() - start

    def _run(self, session: Session, number: int, end: float) -> None:
        case, noted, limits = self._cases[number], Recording(), self._limits
        left = min(limits.case_seconds, end - time.monotonic())
        if len(self.reasons) > limits.case_restarts:
            stop, outcome = f"not run: {self.reasons[-1]}", TestCaseResult(case, "", False)
        elif left <= 0:
            stop = f"not run: the tests took longer than {limits.grading_seconds:g} s together"
            outcome = TestCaseResult(case, "", False)
        else:
            scoring.seed_case(self.question, number)
            self._file.test_cases = [case]
            with recording() as noted:
                outcome, stop = scoring.run_case(session, self._file, left)
            if stop:
                self.reasons.append(stop)
        if stop:
            outcome.passed = False
        self._outcomes[number], self._notes[number] = outcome, noted
        self._results[number] = scoring.describe(outcome, stop, session)

    def result(self, session: Session) -> QuestionResult:
        """Return Otter's score and the cases in their order, when all have run."""
        numbers = range(len(self._cases))
        self._file.test_cases = self._cases
        self._file.test_case_results = [self._outcomes[k] for k in numbers]
        if not self.reasons:
            scoring.recordings(session)[self.question.name] = [self._notes[k] for k in numbers]
        score, possible = float(self._file.score), float(self._file.possible)
        cases = tuple(self._results[k] for k in numbers)
        return QuestionResult(self.question.name, score, possible, cases, seconds=round(self._seconds, 3))


def mark(
    session: Session,
    questions: Sequence[Question],
    limits: Limits,
    end: float,
    between: Callable[[], None] = lambda: None,
) -> tuple[list[QuestionResult], list[str]]:
    """Run the tests of all questions.

    Parameters
    ----------
    session : Session
        The notebook.
    questions : sequence of Question
        Machine-graded questions.
    limits : Limits
        Deadlines of calls and cases.
    end : float
        When all grading must be over, on the clock of ``time.monotonic``.
    between : callable
        Called after the last public case and before the first hidden one.

    Returns
    -------
    results : list of QuestionResult
        Otter's scores, and the cases.
    reasons : list of str
        Why the sandbox was stopped, if it was, each with its question.
    """
    markings = [Marking(question, limits) for question in questions]
    for marking in markings:
        marking.run(session, hidden=False, end=end)
    between()
    for marking in markings:
        marking.run(session, hidden=True, end=end)
    reasons = [f"{m.question.name}: {reason}" for m in markings for reason in dict.fromkeys(m.reasons)]
    return [marking.result(session) for marking in markings], reasons


def confirmed(results: Sequence[QuestionResult]) -> list[QuestionResult]:
    """Take the points from answers that pass public tests and not one hidden test, with the reason.

    Whoever writes down what the public tests expect has computed nothing.
    """
    return [
        replace(
            result,
            score=0.0,
            cases=(CaseResult(NAME, passed=False, hidden=False, message=WORDS), *result.cases),
            followed=(),
        )
        if result.score and _is_public_alone(result)
        else result
        for result in results
    ]


def _is_public_alone(result: QuestionResult) -> bool:
    hidden = [case.passed for case in result.cases if case.hidden]
    return bool(hidden) and not any(hidden)
