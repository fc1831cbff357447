"""Runs the test files that Otter Assign writes, without Otter.

A student's session does not install Otter: that would replace packages under a running Colab. The public
tests are in Otter's exception format: a Python file whose functions carry ``@test_case(...)`` and raise when
an answer is wrong. This module reads such a file and gives the same results as Otter.
"""

from __future__ import annotations

import builtins
import contextlib
import inspect
import io
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from coursekit import _bands
from coursekit._mistakes import Seen
from coursekit._recording import recording

STAND_INS = "otter.test_files"
_NOTHING = Seen(False, ())


@dataclass
class test_case:  # noqa: N801 (the name that test files import)
    """Stand-in for Otter's decorator: keeps the function and its settings."""

    name: str | None = None
    points: float | None = None
    hidden: bool = False
    success_message: str | None = None
    failure_message: str | None = None

    def __call__(self, function: Callable[..., None]) -> test_case:
        """Take the decorated function."""
        self.function = function
        return self


@dataclass(frozen=True)
class Outcome:
    """The outcome of one test case.

    ``error`` is None where it passed. ``arguments`` names what the case asked of the notebook; Otter hands it
    None for a name that is not there, and so does this module. ``seen`` and ``difference`` are what
    `coursekit.checks` noted of the answer, and ``seconds`` is how long the case ran.
    """

    name: str
    points: float
    error: BaseException | None
    arguments: tuple[str, ...] = ()
    success_message: str | None = None
    failure_message: str | None = None
    seen: Seen = _NOTHING
    difference: str = ""
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether the test ran to its end."""
        return self.error is None


@dataclass(frozen=True)
class QuestionTests:
    """One question's tests, in the order in which they run; ``weighted`` when each names its points."""

    name: str
    path: str
    source: str
    cases: tuple[test_case, ...]
    points: tuple[float, ...]
    weighted: bool
    all_or_nothing: bool

    def run(self, environment: Mapping[str, Any]) -> tuple[Outcome, ...]:
        """Run every case against ``environment``.

        Whatever a case raises ends only that case, even `SystemExit`. Only an interrupt by the student also
        ends the cases after it, which then count as interrupted.
        """
        _bands.forget()
        outcomes: list[Outcome] = []
        interrupt: KeyboardInterrupt | None = None
        for case, points in zip(self.cases, self.points, strict=True):
            names = tuple(inspect.signature(case.function).parameters)
            error: BaseException | None = interrupt
            start = time.monotonic()
            with recording() as noted:
                if interrupt is None:
                    error = _call(case.function, names, environment)
                    interrupt = error if isinstance(error, KeyboardInterrupt) else None
            messages = case.success_message, case.failure_message
            seen = Seen(error is None, tuple(noted.prints))
            took = time.monotonic() - start
            said = *messages, seen, noted.difference, took
            outcomes.append(Outcome(case.name or "", points, error, names, *said))
        return tuple(outcomes)

    def survey(
        self, environment: Mapping[str, Any], outcomes: Sequence[Outcome], seconds: float = 5
    ) -> tuple[Seen, ...]:
        """Return what every case sees of an answer: those that failed run once more, to their last call.

        What they print is dropped. Nothing is recorded where that takes longer than a few seconds, or is
        interrupted.
        """
        end, found = time.monotonic() + seconds, []
        for case, outcome in zip(self.cases, outcomes, strict=True):
            if outcome.passed:
                found.append(outcome.seen)
                continue
            with recording(survey=True) as noted, _unheard():
                error = _call(case.function, outcome.arguments, environment)
            if isinstance(error, KeyboardInterrupt) or time.monotonic() > end:
                return ()
            found.append(Seen(False, tuple(noted.prints)))
        return tuple(found)

    def score(self, outcomes: Sequence[Outcome]) -> float:
        """Points that Otter would give for these outcomes."""
        if self.all_or_nothing and not all(outcome.passed for outcome in outcomes):
            return 0
        return sum(outcome.points for outcome in outcomes if outcome.passed)

    @property
    def possible(self) -> float:
        """Points that Otter would give when every case passes."""
        return sum(self.points)


@contextlib.contextmanager
def _unheard() -> Iterator[None]:
    """Drop what a second run of the same code prints and warns of."""
    drop = io.StringIO()
    with contextlib.redirect_stdout(drop), contextlib.redirect_stderr(drop), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _call(
    function: Callable[..., None], names: Sequence[str], environment: Mapping[str, Any]
) -> BaseException | None:
    arguments = {name: environment if name == "env" else environment.get(name) for name in names}
    try:
        function(**arguments)
    except BaseException as error:  # a student's sys.exit() must not end the session either
        return error
    return None


def read(source: str, path: str) -> QuestionTests:
    """Read a test file in Otter's exception format.

    Parameters
    ----------
    source : str
        Its text.
    path : str
        What to call it in messages and tracebacks.

    Returns
    -------
    QuestionTests
        The cases with their points resolved.

    Raises
    ------
    ValueError
        If the file has no ``name``, is in another format, or its points do not add up.
    """
    scope: dict[str, Any] = {"__builtins__": {**vars(builtins), "__import__": _import}}
    exec(compile(source, path, "exec"), scope)
    if scope.get("OK_FORMAT", False) or not isinstance(scope.get("name"), str):
        raise ValueError(f"{path}: no test file in Otter's exception format (OK_FORMAT = False and a name)")
    cases: list[test_case] = []
    for value in scope.values():
        if isinstance(value, test_case):
            name = f"{scope['name']} - {len(cases) + 1}" if value.name is None else value.name
            named = replace(value, name=name)
            named.function = value.function
            cases.append(named)
    total = scope.get("points")
    stated = list(total) if isinstance(total, list) else [case.points for case in cases]
    points = _resolve(None if isinstance(total, list) else total, stated, len(cases), path)
    weighted = bool(cases) and all(value is not None for value in stated)
    return QuestionTests(
        scope["name"], path, source, tuple(cases), points, weighted, bool(scope.get("all_or_nothing", False))
    )


def _resolve(total: float | None, stated: Sequence[float | None], count: int, path: str) -> tuple[float, ...]:
    """Give the cases without points an equal share of what is left, by Otter's rules."""
    if len(stated) != count:
        raise ValueError(f"{path}: points has {len(stated)} values for {count} test cases")
    given = sum(value for value in stated if value is not None)
    open_cases = sum(value is None for value in stated)
    if total is not None and given > total:
        raise ValueError(f"{path}: the test cases have {given} points, the question only {total}")
    if total is None:
        total = 1 if given == 0 else given  # a question is worth one point unless its cases say otherwise
    share = (total - given) / open_cases if open_cases else 0.0
    return tuple(share if value is None else value for value in stated)


def _import(
    name: str,
    scope: Mapping[str, object] | None = None,
    local: Mapping[str, object] | None = None,
    wanted: Sequence[str] | None = (),
    level: int = 0,
) -> Any:
    """Import for the test file alone: it finds the stand-in, and nothing lands in `sys.modules`.

    The stand-in is used even where Otter is installed, because importing Otter takes seconds.
    """
    if name == STAND_INS and wanted:
        return SimpleNamespace(test_case=test_case)
    return builtins.__import__(name, scope, local, wanted or (), level)
