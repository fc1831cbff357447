"""Which pasted functions ever agree with the master: the others earn nothing, and need no test.

This runs in a fork of the desk's process, beside the master's answers.
"""

from __future__ import annotations

import contextlib
import copy
import random
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from types import FrameType
from typing import Any

import numpy as np

CALLS, SECONDS = 12, 0.3
Kept = tuple[tuple[Any, ...], dict[str, Any], Any]


class Late(BaseException):
    """A call took too long; no page's ``except Exception`` keeps it."""


def agreeing(
    pasted: Sequence[tuple[int, str, str]],
    answer: str,
    helpers: str,
    question: Any,
    names: dict[str, Any],
    pages: Sequence[Mapping[str, Any]],
) -> list[int]:
    """Return the places in a list of pasted functions that agree with the master in a call of the tests.

    Parameters
    ----------
    pasted : sequence of (int, str, str)
        The number of the page; the name of the function there; source of a list of the answer's parameters
        and a dict of their defaults.
    answer : str
        The name of the master's function.
    helpers : str
        Source of `_adapted`, which calls a page's function with the answer's arguments.
    question : coursekit._otter_tests.QuestionTests
        The tests of its question.
    names : dict
        The notebook's names.
    pages : sequence of mapping
        What `page` made of each page.
    """
    calls = _calls(answer, question, names)
    scope: dict[str, Any] = {}
    exec(helpers, scope)
    found = []
    for number, (place, name, parameters) in enumerate(pasted):
        if name not in pages[place]:
            continue
        arguments, defaults = eval(parameters, dict(names))
        adapted = scope["_adapted"](pages[place][name], arguments, defaults)
        if any(_agrees(adapted, call) for call in calls):
            found.append(number)
    return found


def page(source: str, names: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the names that the code of a page defines, as far as it runs, among those of the notebook."""
    scope = dict(names)
    with contextlib.suppress(Exception, Late), _alarm(10 * SECONDS):
        exec(compile(source, "<a page>", "exec"), scope)
    return scope


def _calls(answer: str, question: Any, names: dict[str, Any]) -> list[Kept]:
    """Return calls of the master's answer that its tests make, the first of each case before the second."""
    real, kept = names[answer], []
    by_case: list[list[Kept]] = []

    @wraps(real)
    def recorder(*args: Any, **keywords: Any) -> Any:
        given = None
        if len(by_case[-1]) < CALLS:
            with contextlib.suppress(Exception):
                given = copy.deepcopy((args, keywords))
        value = real(*args, **keywords)
        if given is not None:
            with contextlib.suppress(Exception):
                by_case[-1].append((*given, copy.deepcopy(value)))
        return value

    names[answer] = recorder
    for case in question.cases:
        by_case.append([])
        random.seed(0)
        np.random.seed(0)
        replace(question, cases=(case,), points=(0.0,)).run(names)
    names[answer] = real
    for place in range(CALLS):
        kept += [calls[place] for calls in by_case if place < len(calls)]
    of_type_alone = [call for call in kept if not _compared(call[2])]
    kept = [call for call in kept if _compared(call[2])] + of_type_alone[:1]  # another says no more
    return kept[: 2 * CALLS]


def _agrees(function: Callable[..., Any], call: Kept) -> bool:
    args, keywords, right = call
    try:
        with _alarm(SECONDS):
            return alike(function(*copy.deepcopy(args), **copy.deepcopy(keywords)), right)
    except (Exception, Late):
        return False


def _compared(right: Any) -> bool:
    """Say whether more is compared of a value than its type."""
    return isinstance(right, list | tuple | int | float | np.ndarray | np.number) or hasattr(right, "detach")


def alike(value: Any, right: Any) -> bool:
    """Say whether two values are the same to a test: shapes and numbers, whatever their types."""
    if isinstance(right, (list, tuple)):
        same = isinstance(value, (list, tuple)) and len(value) == len(right)
        return same and all(map(alike, value, right))
    if _compared(right):
        mine, its = (np.asarray(v.detach() if hasattr(v, "detach") else v) for v in (value, right))
        if mine.dtype.kind not in "biuf" or mine.shape != its.shape:
            return False
        return bool(np.allclose(mine, its, rtol=1e-4, atol=1e-4))
    return type(value) is type(right)


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise Late

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)  # of computing: a busy machine is no reason
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
