"""An alarm that interrupts what runs in this process for too long."""

from __future__ import annotations

import contextlib
import functools
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import ParamSpec, TypeVar

from .errors import CaseTimeout

P = ParamSpec("P")
R = TypeVar("R")
_held = 0


def unbroken(function: Callable[P, R]) -> Callable[P, R]:
    """Let no alarm interrupt ``function``: it rings a moment after.

    For talk that has deadlines of its own and must not be left in the middle of an answer, because the rest
    of it would be taken for the answer to the next question.
    """

    @functools.wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        global _held
        _held += 1
        try:
            return function(*args, **kwargs)
        finally:
            _held -= 1

    return whole


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[list[bool]]:
    """Raise :class:`CaseTimeout` in the test itself when it takes too long; note it in the list yielded.

    Only the main thread of a process can be interrupted; elsewhere the deadlines of the calls must do.
    """
    late: list[bool] = []
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield late
        return

    def ring(number: int, frame: FrameType | None) -> None:
        late.append(True)
        if _held:
            return  # it rings again in a second
        raise CaseTimeout(f"the test case took longer than {seconds:.3g} s")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds + 1, 1.0)  # the call's own deadline comes first
        yield late
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
