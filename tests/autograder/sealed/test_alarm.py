"""An alarm that rings where nothing that is raised arrives rings again, and nobody hears of the first."""

import gc
import sys
import time

import pytest

from autograder.sealed.deadline import alarm
from autograder.sealed.errors import CaseTimeout


class Slow:
    def __del__(self):
        time.sleep(0.5)


def busy(seconds, first):
    first()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        time.sleep(0.01)


@pytest.fixture
def unraised(monkeypatch):
    heard = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: heard.append(what.exc_type))
    return heard


def test_a_finalizer_does_not_swallow_an_alarm(unraised):
    with pytest.raises(CaseTimeout), alarm(-0.9) as late:
        busy(3, Slow)
    assert len(late) >= 2  # more where the first lasts for over a second, on a busy machine
    assert not unraised


@pytest.mark.slow
def test_nor_does_a_callback_of_the_garbage_collector(unraised):
    rung = []

    def slow(phase, info):
        if not rung:
            rung.append(phase)
            time.sleep(0.5)

    gc.callbacks.append(slow)
    try:
        with pytest.raises(CaseTimeout), alarm(-0.9) as late:
            busy(3, gc.collect)
    finally:
        gc.callbacks.remove(slow)
    assert len(late) >= 2  # more where the first lasts for over a second, on a busy machine
    assert not unraised


def test_what_else_is_lost_in_a_finalizer_is_told_as_before(unraised):
    class Broken:
        def __del__(self):
            raise LookupError

    hook = sys.unraisablehook
    with alarm(5):
        Broken()
    assert unraised == [LookupError]
    assert sys.unraisablehook is hook
