"""Find what a call changed in place: in the arguments it was given, and in those of earlier calls."""

from __future__ import annotations

import weakref
import zlib
from typing import Any

import numpy as np

from . import generators, tensors
from .arrays import raw
from .values import Encoder, Refused
from .wire import Tree

KEPT_BYTES = 32 << 20  # of arrays that are looked at after every call; it takes a hundredth of a second

Made = list[tuple[int, "weakref.ref[np.ndarray[Any, Any]]"]]


class Watch:
    """Remembers the mutable arguments of a call as they came, and finds those that changed since.

    Parameters
    ----------
    objects : list
        The arrays, tensors, lists, dicts, sets and generators of the call, in the order both sides number
        them.
    """

    def __init__(self, objects: list[object]) -> None:
        self._objects = objects
        self._before = [_state(value) for value in objects]

    @property
    def known(self) -> dict[int, int]:
        """The numbers of the arrays and tensors, by identity."""
        return {id(v): k for k, v in enumerate(self._objects) if not isinstance(v, (list, dict, set))}

    def changes(self, encoder: Encoder) -> list[Tree]:
        """Return ``[number, content, …]`` of every argument that changed since the last time."""
        found: list[Tree] = []
        for number, value in enumerate(self._objects):
            state = _state(value)
            if not _same(state, self._before[number]):
                self._before[number] = state
                found += [number, _content(value, encoder)]
        return found


class Kept:
    """The arrays of a test case's earlier calls that the student's code still holds.

    What it does to them later would be lost, because the test has its own. So after each call the changed
    ones are looked for. Where nothing is held, as by a plain function, there is nothing to do.
    """

    def __init__(self) -> None:
        self._arrays: dict[tuple[int, int], tuple[weakref.ref[np.ndarray[Any, Any]], int]] = {}

    def forget(self) -> None:
        """Begin a new test case."""
        self._arrays.clear()

    def add(self, call: int, made: Made) -> None:
        """Note which arrays of a call are still there, now that nothing of ours holds them."""
        for number, reference in made:
            array = reference()
            if array is not None:
                self._arrays[call, number] = reference, _digest(array)

    def changed(self) -> list[Tree]:
        """Return ``[call, number, …]`` of each that changed since the last time."""
        found: list[Tree] = []
        room = KEPT_BYTES
        for key, (reference, before) in reversed(list(self._arrays.items())):
            array = reference()
            if array is None or array.nbytes > room:
                del self._arrays[key]
                continue
            room -= array.nbytes
            now = _digest(array)
            if now != before:
                self._arrays[key] = reference, now
                found += key
        return found


def _digest(array: np.ndarray[Any, Any]) -> int:
    return zlib.crc32(raw(array))


def _state(value: Any) -> Any:
    if type(value) in (list, set):
        return list(value)
    if type(value) is dict:
        return [part for pair in value.items() for part in pair]
    if isinstance(value, np.ndarray):
        return value.shape, bytes(raw(value))
    if generators.is_generator(value):
        return (str(generators.encode(value)),)
    return tensors.state(value)


def _same(now: Any, before: Any) -> bool:
    if type(now) is tuple:
        return bool(now == before)
    return len(now) == len(before) and all(a is b for a, b in zip(now, before, strict=True))


def _content(value: Any, encoder: Encoder) -> Tree:
    if type(value) in (list, dict, set):
        return encoder.encode(value)
    if not isinstance(value, np.ndarray):
        return encoder.renewed(value)
    if value.dtype.kind == "O":
        raise Refused("an argument was turned into an array of objects")
    encoder.buffers.append(raw(value))
    return ["nd", value.dtype.newbyteorder("<").str, list(value.shape), len(encoder.buffers) - 1, True]
