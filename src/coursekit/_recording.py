"""Records fingerprints of what a student's code gave back to a test.

Whoever runs a test opens a recording around it. The helpers in `coursekit.checks` note what came back; where
nobody records, that costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from coursekit import _fingerprint
from coursekit._fingerprint import Print


@dataclass(eq=False)
class Recording:
    """What was noted during one test.

    ``prints`` has a fingerprint for each call, in order. ``difference`` is the last comparison that failed,
    in words that guess no cause. In a ``survey`` no comparison and no error of the student's code ends the
    test, so that every call is made: where the first one is wrong, the others tell mistakes apart.
    """

    survey: bool = False
    prints: list[Print] = field(default_factory=list)
    difference: str = ""


_open: list[Recording] = []


@contextmanager
def recording(*, survey: bool = False) -> Iterator[Recording]:
    """Record what is noted inside."""
    found = Recording(survey)
    _open.append(found)
    try:
        yield found
    finally:
        _open.remove(found)


def surveying() -> bool:
    """Say whether a test goes on where it would fail, because its verdict is known."""
    return bool(_open) and _open[-1].survey


@contextmanager
def surviving() -> Iterator[None]:
    """Let a comparison fail; in a survey the test goes on behind it."""
    try:
        yield
    except AssertionError:
        if not surveying():
            raise


def note(value: Any) -> None:
    """Note what a call of the student's code returned, or values that were made by it inside."""
    if _open:
        _open[-1].prints.append(_safely(value))


def note_raised(error: BaseException) -> None:
    """Note what a call of the student's code raised."""
    if _open:
        _open[-1].prints.append(_fingerprint.of_error(error))


def note_difference(words: str) -> None:
    """Note where an answer differs from the right one: the facts, without a guess at their cause."""
    if _open:
        _open[-1].difference = words


class Arguments:
    """What a call is given; afterwards, which of it the call has changed."""

    def __init__(self, given: Sequence[Any]) -> None:
        self._given = given if _open else ()
        self._before = [_state(value) for value in self._given]

    def note(self, value: Any) -> None:
        """Note what the call returned, and the arguments that it changed in place."""
        if not _open:
            return
        pairs = enumerate(zip(self._before, self._given, strict=True))
        changed = [[k, _safely(now)] for k, (before, now) in pairs if before != _state(now)]
        found = _safely(value)
        _open[-1].prints.append(["changed", changed, found] if changed else found)


def _safely(value: Any) -> Print:
    try:
        return _fingerprint.of(value)
    except Exception:  # a strange value must not break the test that got it
        return _fingerprint.OPAQUE


def _state(value: Any) -> object:
    """Return what shows that a mutable argument has changed; None for what cannot change."""
    array = _fingerprint.as_array(value)
    if array is not None:
        return array.shape, array.dtype.str, hashlib.blake2b(array.tobytes(), digest_size=16).digest()
    return _safely(value) if type(value) in (list, dict) else None
