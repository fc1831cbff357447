"""Find what a call changed in place in the arguments it was given."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from .arrays import raw
from .values import Encoder, Refused
from .wire import Tree


class Watch:
    """Remembers the mutable arguments of a call as they came, and tells which changed since.

    Parameters
    ----------
    objects : list
        The arrays, tensors, lists, dicts and sets of the call, in the order both sides number them.
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


def _plain(value: Any) -> np.ndarray[Any, Any]:
    if isinstance(value, np.ndarray):
        return value
    torch = sys.modules["torch"]
    tensor = value.detach().cpu().contiguous()
    plain: np.ndarray[Any, Any] = (
        tensor.view(torch.int16) if tensor.dtype is torch.bfloat16 else tensor
    ).numpy()
    return plain


def _state(value: Any) -> Any:
    if type(value) in (list, set):
        return list(value)
    if type(value) is dict:
        return [part for pair in value.items() for part in pair]
    array = _plain(value)
    return array.shape, bytes(raw(array))


def _same(now: Any, before: Any) -> bool:
    if type(now) is tuple:
        return bool(now == before)
    return len(now) == len(before) and all(a is b for a, b in zip(now, before, strict=True))


def _content(value: Any, encoder: Encoder) -> Tree:
    if type(value) in (list, dict, set):
        return encoder.encode(value)
    array = _plain(value)
    if array.dtype.kind == "O":
        raise Refused("an argument was turned into an array of objects")
    encoder.buffers.append(raw(array))
    return ["nd", array.dtype.newbyteorder("<").str, list(array.shape), len(encoder.buffers) - 1, True]
