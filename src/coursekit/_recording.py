"""Records fingerprints of what a student's code gave back to a test.

Whoever runs a test opens a recording around it. The helpers in `coursekit.checks` note what came back; where
nobody records, that costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from coursekit import _fingerprint
from coursekit._fingerprint import Print

_KEPT_BYTES = 1 << 20  # of values whose fingerprints are not made yet, in one test
_PLAIN_BYTES = 64
_KEPT_STATE = 1 << 24  # bytes of an argument that are kept during a call: a digest takes five times as long


@dataclass(eq=False)
class Recording:
    """What was noted during one test.

    ``difference`` is the last comparison that failed,
    in words that guess no cause. In a ``survey`` no comparison and no error of the student's code ends the
    test, so that every call is made: where the first one is wrong, the others tell mistakes apart.

    Fingerprints are needed of wrong answers alone, and take longer than a copy. So small values are copied
    when they are noted, and their fingerprints are made when somebody asks.
    """

    survey: bool = False
    difference: str = ""
    _notes: list[Callable[[], Print]] = field(default_factory=list)
    _room: int = _KEPT_BYTES

    @property
    def prints(self) -> list[Print]:
        """A fingerprint for each call, in order."""
        made = [note() for note in self._notes]
        self._notes = [partial(_itself, known) for known in made]
        self._room = _KEPT_BYTES
        return made

    def add(self, value: Any, changed: Sequence[tuple[int, Any]] = ()) -> None:
        """Note a value, and the arguments that the call changed, each with its place."""
        room = self._room
        try:
            copy, room = _copied(value, room)
            parts = []
            for place, part in changed:
                part, room = _copied(part, room)
                parts.append((place, part))
        except Exception:  # too much; or a strange value, which must not break the test that got it
            self.add_print(_print(value, changed))
            return
        self._room = room
        self._notes.append(partial(_print, copy, parts))

    def add_print(self, known: Print) -> None:
        """Note a fingerprint."""
        self._notes.append(partial(_itself, known))


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
        _open[-1].add(value)


def note_raised(error: BaseException) -> None:
    """Note what a call of the student's code raised."""
    if _open:
        _open[-1].add_print(_fingerprint.of_error(error))


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
        changed = [(k, now) for k, (before, now) in pairs if before != _state(now)]
        _open[-1].add(value, changed)


class _TooMuch(Exception):
    """A value is too large to be copied."""


def _copied(value: Any, room: int) -> tuple[Any, int]:
    """Return a copy that has the same fingerprint as the value, and how many bytes there is room for now."""
    array = _fingerprint.as_array(value)
    if room < 0 or (array is not None and array.nbytes > room):
        raise _TooMuch
    if array is not None:
        return (value.copy() if array is value else value.detach().clone()), room - array.nbytes
    kind = type(value)
    if kind in (list, tuple, dict):
        parts = []
        for part in value.values() if kind is dict else value:
            part, room = _copied(part, room - _PLAIN_BYTES)
            parts.append(part)
        return (dict(zip(value, parts, strict=True)) if kind is dict else kind(parts)), room
    if isinstance(value, str | bytes) and len(value) > room:
        raise _TooMuch
    return value, room - _PLAIN_BYTES


def _print(value: Any, changed: Sequence[tuple[int, Any]]) -> Print:
    found = _safely(value)
    return ["changed", [[place, _safely(part)] for place, part in changed], found] if changed else found


def _itself(known: Print) -> Print:
    return known


def _safely(value: Any) -> Print:
    try:
        return _fingerprint.of(value)
    except Exception:  # a strange value must not break the test that got it
        return _fingerprint.OPAQUE


def _state(value: Any) -> object:
    """Return what shows that a mutable argument has changed; None for what cannot change."""
    array = _fingerprint.as_array(value)
    if array is not None:
        content = array.tobytes()
        large = array.nbytes > _KEPT_STATE
        return (
            array.shape,
            array.dtype,
            hashlib.blake2b(content, digest_size=16).digest() if large else content,
        )
    return _safely(value) if type(value) in (list, dict) else None
