"""An alarm that interrupts what runs in this process for too long."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from .errors import CaseTimeout

_held = 0


@contextlib.contextmanager
def unbroken() -> Iterator[None]:
    """Let no alarm interrupt what stands in the block: it rings a moment after.

    For talk that has deadlines of its own and must not be left in the middle of an answer, because the rest
    of it would be taken for the answer to the next question.
    """
    global _held
    _held += 1
    try:
        yield
    finally:
        _held -= 1


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

    def lost(what: sys.UnraisableHookArgs) -> None:
        if what.exc_type is not CaseTimeout:
            told(what)

    # Where Python itself calls a function (a finalizer, the garbage collector's callbacks), nothing that it
    # raises arrives anywhere. An alarm that falls into one has not failed: it rings again in a second.
    told, sys.unraisablehook = sys.unraisablehook, lost
    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds + 1, 1.0)  # the call's own deadline comes first
        yield late
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        sys.unraisablehook = told
