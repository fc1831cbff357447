"""Run a case of Otter's test files against a notebook in the sandbox, and describe its outcome."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from otter.test_files.abstract_test import TestCaseResult
from otter.test_files.exception_test import ExceptionTestFile

from autograder import seeds
from autograder.assignment import Question
from autograder.records.results import CaseResult
from coursekit import _bands
from coursekit._recording import Recording

from . import told
from .deadline import alarm
from .errors import printable
from .proxies import RemoteNames
from .session import Session

_recordings: WeakKeyDictionary[Session, dict[str, list[Recording]]] = WeakKeyDictionary()


class Silence(io.TextIOBase):
    """A stream that keeps nothing."""

    def write(self, text: str) -> int:
        """Drop ``text``."""
        return len(text)


class OtterTests(ExceptionTestFile):  # type: ignore[misc]
    """One of Otter's, which keeps what a case raised, and the quotes that its message begins or ends with."""

    raised: Exception | None = None

    def _generate_error_message(self, excp: Exception, context: int = 0) -> str:
        self.raised = excp
        message = str(super()._generate_error_message(excp, context))
        bare = str(excp).strip("'")
        return f"{message.removesuffix(bare)}{excp}"


def read(question: Question) -> OtterTests:
    """Read the tests of a question."""
    file: OtterTests = OtterTests.from_file(str(question.tests))
    return file


def recordings(session: Session) -> dict[str, list[Recording]]:
    """Return by question what its cases noted of a notebook, where none of them had to be stopped."""
    return _recordings.setdefault(session, {})


def seed_case(question: Question, number: int) -> None:
    """Seed the grader's generators for a case of a question."""
    secret = question.tests.read_text(encoding="utf-8") if question.tests else ""
    seeds.seed_case(secret, question.name, number)


def run_case(session: Session, file: OtterTests, seconds: float) -> tuple[TestCaseResult, str]:
    """Run the single case of ``file``; return Otter's outcome and why the sandbox was stopped, if it was.

    A test may catch the exception that says the sandbox was stopped, so the caller does not rely on it.
    """
    session.begin(seconds)
    if session.stopped:
        return TestCaseResult(file.test_cases[0], "", False), session.stopped
    file.raised = None
    try:
        with quiet(), alarm(seconds) as late:
            file.run(RemoteNames(session))
        outcome: TestCaseResult = file.test_case_results[0]
        session.failure = file.raised
    except Exception as error:  # Otter cannot describe every failure, and the alarm may ring outside the test
        outcome = TestCaseResult(file.test_cases[0], f"{type(error).__name__}: {error}", False)
    if late:
        session.lose(f"the test case took longer than {seconds:.3g} s")
    return outcome, session.stopped


def describe(outcome: TestCaseResult, stop: str, session: Session) -> CaseResult:
    """Return what is kept of a case.

    A student reads the test's own message, which names are missing, why the sandbox was stopped, and, in
    a public case, the exception of their own code; never a line of a test or an expected value.
    """
    case = outcome.test_case
    if outcome.passed:
        return CaseResult(str(case.name), True, bool(case.hidden), str(case.success_message or ""))
    detail = printable(str(outcome.message or ""), 20_000)
    words = [str(case.failure_message)] if case.failure_message else []
    words += [said] if (said := _bands.said()) else []
    if stop:
        words.append(f"The sandbox was stopped: {stop}.")
    words += told.missing(session)
    error, trace = session.raised[-1] if session.raised else (None, "")
    if error is not None and detail.endswith(f"{type(error).__name__}: {error}"):
        detail += f"\n\nThe student's code:\n{trace}"
        if not case.hidden:
            words.append(told.raised(error, session))
    elif not case.hidden and not stop:
        words += told.unusable(session)
    return CaseResult(str(case.name), False, bool(case.hidden), "\n".join(words), detail)


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what tests print and warn of out of the grader's own log."""
    with (
        contextlib.redirect_stdout(Silence()),
        contextlib.redirect_stderr(Silence()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        yield
