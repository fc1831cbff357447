"""Puts into words what went wrong in a test, for the student who wrote the code."""

from __future__ import annotations

import linecache
import re
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

from coursekit._hints import hint, still_open, unwritten, unwritten_below
from coursekit._otter_tests import Outcome, QuestionTests

_LINES, _CHARACTERS = 24, 1600  # of a message: enough for NumPy's comparison of two small arrays


@dataclass(frozen=True)
class Explanation:
    """A failed case in words.

    ``sentence`` says what is wrong, ``detail`` is a longer message as raised, ``trace`` the student's own
    lines that led there, ``hint`` what to try. Each but the first may be empty. ``begun`` is False where
    there is no code to judge yet. ``unwritten`` names the functions that have none, asked for by the test or,
    where ``begun`` is True, used by the answer.
    """

    sentence: str
    detail: str = ""
    trace: str = ""
    hint: str = ""
    begun: bool = True
    unwritten: tuple[str, ...] = ()

    def facts(self, difference: str) -> Explanation:
        """Return the facts, without advice: ``difference`` alone where the sentence begins with it."""
        plain = difference if difference and self.sentence.startswith(difference) else self.sentence
        return replace(self, sentence=plain, hint="")


def explain(outcome: Outcome, tests: QuestionTests, environment: Mapping[str, Any]) -> Explanation:
    """Explain why a case failed.

    Parameters
    ----------
    outcome : Outcome
        A case that did not pass.
    tests : QuestionTests
        The test file that it belongs to.
    environment : mapping
        The notebook's variables, with which it ran.
    """
    error = outcome.error
    assert error is not None, f"explain: {outcome.name} passed"
    missing = _missing(outcome, tests, error, environment)
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__)]
    own = [(frame, line) for frame, line in frames if frame.f_globals is environment]
    trace = _trace(own)
    if missing:
        return Explanation(_not_defined(missing), trace=trace, begun=bool(own))
    if name := still_open(outcome.arguments, environment):
        return Explanation(f"`{name}` is still `...`: put your answer in its place.", begun=False)
    if empty := unwritten(outcome.arguments, environment):
        return no_code(empty)
    if isinstance(error, KeyboardInterrupt):
        return Explanation(
            "You stopped this check.",
            trace=trace,
            hint="If it never ends, look for a loop that never advances.",
        )
    if isinstance(error, SystemExit):
        return Explanation(
            "Your code called `exit()` or `quit()`. Remove that: it would end the whole notebook.",
            trace=trace,
        )
    kind, message = type(error).__name__, _message(error)
    advice = hint(error, message)
    # A value may be wrong for any reason; where nothing came back, or an object has nothing, this is it.
    nothing = isinstance(error, AttributeError) or re.search(r"\bNone(Type)?\b", message)
    if nothing and (empty := unwritten_below(outcome.arguments, environment)):
        it = "it" if len(empty) == 1 else "them"
        return Explanation(
            f"{_without_code(empty)}, and this answer uses {it}.", trace=trace, unwritten=empty
        )
    if own:
        return _with_message(f"Your code raised {kind}", message, trace, advice)
    if not isinstance(error, AssertionError):
        return _with_message(f"The check could not use your answer: {kind}", message, "", advice)
    if not message:
        line = _failing_line(tests, error)
        return Explanation("This is not true of your answer:", line, hint=advice)
    if "`...`" in message:
        advice = ""  # it says so itself
    if "\n" in message:
        return Explanation("Your answer is not what this check expects.", message, hint=advice)
    return Explanation(message, hint=advice)


def no_code(names: tuple[str, ...]) -> Explanation:
    """Say that functions which a test asks for have no code yet."""
    place = "the place of the `...`" if len(names) == 1 else "the place of each `...`"
    it = "it" if len(names) == 1 else "them"
    return Explanation(f"{_without_code(names)}: write {it} in {place}.", begun=False, unwritten=names)


def _without_code(names: tuple[str, ...]) -> str:
    verb = "has" if len(names) == 1 else "have"
    return f"{listed([f'`{name}`' for name in names])} {verb} no code yet"


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _with_message(opening: str, message: str, trace: str, advice: str) -> Explanation:
    if not message:
        return Explanation(f"{opening}.", trace=trace, hint=advice)
    if "\n" in message:
        return Explanation(f"{opening}.", message, trace, advice)
    return Explanation(f"{opening}: {message}", "", trace, advice)


def _not_defined(names: tuple[str, ...]) -> str:
    quoted = listed([f"`{name}`" for name in names])
    if len(names) == 1:
        return f"{quoted} is not defined yet: run the cell that defines it."
    return f"{quoted} are not defined yet: run the cells that define them."


def _missing(
    outcome: Outcome, tests: QuestionTests, error: BaseException, environment: Mapping[str, Any]
) -> tuple[str, ...]:
    """Name what the notebook lacks: arguments, a name that the code uses, or a key that a test looks up."""
    absent = tuple(name for name in outcome.arguments if name != "env" and name not in environment)
    if absent:
        return absent
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError) and error.name:
        return (error.name,)
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], str):
        name = error.args[0]
        raised_in = list(traceback.walk_tb(error.__traceback__))[-1][0].f_code.co_filename
        if raised_in == tests.path and "env" in outcome.arguments and name not in environment:
            return (name,)
    return ()


def _message(error: BaseException) -> str:
    """Text of an error and its notes, cut to what can be read; a broken `__str__` does no harm."""
    try:
        own, notes = str(error), [*map(str, getattr(error, "__notes__", ()))]
        text = "\n".join([own or "(no message)", *notes]) if notes else own
    except Exception:
        text = "(its message cannot be shown)"
    lines = text.strip().splitlines()
    kept = "\n".join(lines[:_LINES])[:_CHARACTERS]
    return kept if len(kept) == len("\n".join(lines)) else kept + "\n…"


def _failing_line(tests: QuestionTests, error: BaseException) -> str:
    """Return the test's own line, which is all that a bare ``assert`` says."""
    lines = [
        n for frame, n in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == tests.path
    ]
    return tests.source.splitlines()[lines[-1] - 1].strip() if lines else ""


def _trace(own: list[tuple[FrameType, int]]) -> str:
    """Show the student's lines on the way to the error: the first and the last two calls."""
    shown = [_place(frame, line) for frame, line in own]
    if len(shown) > 3:
        shown = [shown[0], f"… {len(shown) - 3} more calls …", *shown[-2:]]
    return "\n".join(shown)


def _place(frame: FrameType, number: int) -> str:
    """Show one line with the line before it."""
    code = frame.f_code
    where = f"{_cell(code.co_filename)}, line {number}, in {code.co_name}:"
    lines = []
    for n in (number - 1, number):
        source = linecache.getline(code.co_filename, n).rstrip() if n >= code.co_firstlineno else ""
        if source:
            lines.append(f"{'→' if n == number else ' '} {n:3} {source}")
    return "\n".join([where, *lines])


def _cell(filename: str) -> str:
    """Name the cell a piece of code came from, as the notebook shows it where IPython can tell."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    counts: Mapping[str, int] = getattr(getattr(shell, "compile", None), "_filename_map", {})
    if filename in counts:
        return f"Cell [{counts[filename]}]"
    if filename.startswith("<ipython-input-"):
        return f"Cell [{filename.split('-')[2]}]"
    return Path(filename).name if filename.endswith(".py") and Path(filename).is_file() else "Your code"
