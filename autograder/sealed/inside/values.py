"""The strict list of plain types that may cross the wire, and how each is encoded.

Encoding turns a value into lists and scalars plus raw buffers; decoding rebuilds plain, exact types and
nothing else, so that no method of a student's class ever runs in the grader. A value of any other type
is left to the ``foreign`` function of the side that encodes: the sandbox makes a handle of it, the
grader makes a callback of a function and refuses the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword
from typing import Any

import numpy as np

from . import generators, tensors
from .arrays import LIMITS, ValueLimits, array_code, expanse, raw
from .wire import Buffer, Tree

Foreign = Callable[[object], Tree]
Resolve = Callable[[list[Tree]], object]

TYPES: dict[str, type] = {
    **{t.__name__: t for t in (bool, int, float, complex, str, bytes, list, tuple, dict, set, frozenset)},
    **{
        f"numpy.{t.__name__}": t
        for t in (
            np.ndarray, np.bool_, np.int8, np.int16, np.int32, np.int64, np.uint8, np.uint16, np.uint32,
            np.uint64, np.float16, np.float32, np.float64, np.complex64, np.complex128,
        )
    },
}  # fmt: skip
TYPE_NAMES = {t: name for name, t in TYPES.items()}


class Refused(Exception):
    """A value that may not cross, with the reason in words.

    No `ValueError`: a test that asks the student's code to raise one must not take ours for theirs.
    """


class Encoder:
    """Turns values into trees and buffers.

    Parameters
    ----------
    foreign : callable
        Makes the tree of a value that is not of a plain type, or raises :class:`Refused`.
    objects : list, optional
        Collects, in order, the mutable objects encoded (arrays, tensors, lists, dicts, sets): the other
        side numbers its copies in the same order. One met again is sent as a reference. With it,
        random generators cross, too: their state can come back.
    known : dict, optional
        ``id -> number`` of the arrays and tensors the other side already holds; they are sent as
        references, so that returning the argument itself gives the caller's own object back.
    limits : ValueLimits
        Values beyond these raise :class:`Refused`.
    """

    def __init__(
        self,
        foreign: Foreign,
        objects: list[object] | None = None,
        known: dict[int, int] | None = None,
        limits: ValueLimits = LIMITS,
    ) -> None:
        self.buffers: list[Buffer] = []
        self._foreign = foreign
        self._objects = objects
        self._numbers: dict[int, int] = {}
        self._known = known or {}
        self._limits = limits
        self._nodes = 0
        self._open: set[int] = set()

    def encode(self, value: object, depth: int = 0) -> Tree:
        """Return the tree of ``value``; its raw bytes are appended to ``buffers``."""
        self._nodes += 1
        if self._nodes > self._limits.nodes or depth > self._limits.depth:
            raise Refused("the value is too large or too deeply nested")
        kind = type(value)  # not isinstance: an object may lie about its class
        if value is None or kind is bool or kind is float:
            return value  # type: ignore[return-value]
        if issubclass(kind, np.ndarray):
            return self._mutable(value, depth, self._array)
        if issubclass(kind, np.generic):
            return self._scalar(value)
        if kind is type:
            return ["type", TYPE_NAMES[value]] if value in TYPE_NAMES else self._foreign(value)
        for base, method in self._plain:
            if issubclass(kind, base):
                return method(self, value, depth)
        torch = tensors.kind_of(kind)
        if torch == "tensor":
            return self._mutable(value, depth, self._tensor)
        if torch == "torch.dtype" or (torch and str(value) == "cpu"):
            return [torch, str(value).removeprefix("torch.")]
        if self._objects is not None and generators.is_generator(value):
            return self._mutable(value, depth, self._generator)
        return self._foreign(value)

    def _number(self, value: Any, depth: int) -> Tree:
        if issubclass(type(value), float):
            return float.__float__(value)
        whole = int.__int__(value)
        if -(1 << 63) <= whole < 1 << 64:
            return whole
        if whole.bit_length() > self._limits.bits:
            raise Refused(f"an int of {whole.bit_length()} bits is too large")
        return ["int", hex(whole)]

    def _complex(self, value: Any, depth: int) -> Tree:
        return ["complex", value.real, value.imag]

    def _text(self, value: Any, depth: int) -> Tree:
        text = str.__str__(value)
        if len(text) > self._limits.text:
            raise Refused(f"a string of {len(text)} characters is too long")
        return text.encode("utf-8", "backslashreplace").decode("utf-8")

    def _bytes(self, value: Any, depth: int) -> Tree:
        if len(value) > self._limits.text:
            raise Refused(f"{len(value)} bytes are too many")
        return bytes(value)

    def _list(self, value: Any, depth: int) -> Tree:
        return self._mutable(value, depth, self._items, "list")

    def _tuple(self, value: Any, depth: int) -> Tree:
        names = _field_names(value)
        if names:
            return ["named", names, *self._items(value, depth)]
        return ["tuple", *self._items(value, depth)]

    def _dict(self, value: Any, depth: int) -> Tree:
        return self._mutable(value, depth, self._pairs, "dict")

    def _set(self, value: Any, depth: int) -> Tree:
        return self._mutable(value, depth, self._items, "set")

    def _frozenset(self, value: Any, depth: int) -> Tree:
        return ["frozenset", *self._items(value, depth)]

    def _slice(self, value: Any, depth: int) -> Tree:
        return ["slice", *(self.encode(v, depth + 1) for v in (value.start, value.stop, value.step))]

    def _range(self, value: Any, depth: int) -> Tree:
        self._nodes += length(value)
        if self._nodes > self._limits.nodes:
            raise Refused(f"a range of {length(value)} numbers is too long")
        return ["range", *(self.encode(v, depth + 1) for v in (value.start, value.stop, value.step))]

    def _ellipsis(self, value: Any, depth: int) -> Tree:
        return ["ellipsis"]

    def _dtype(self, value: Any, depth: int) -> Tree:
        code = array_code(value)
        return self._foreign(value) if code is None else ["dtype", code]

    _plain: tuple[tuple[type, Callable[[Encoder, Any, int], Tree]], ...] = (
        (float, _number), (int, _number), (str, _text), (list, _list), (tuple, _tuple), (dict, _dict),
        (bytes, _bytes), (complex, _complex), (set, _set), (frozenset, _frozenset), (slice, _slice),
        (range, _range), (type(Ellipsis), _ellipsis), (np.dtype, _dtype),
    )  # fmt: skip

    def _items(self, value: Any, depth: int) -> list[Tree]:
        iterate = next(t for t in (list, tuple, set, frozenset) if issubclass(type(value), t)).__iter__
        self._count(value)
        return [self.encode(item, depth + 1) for item in iterate(value)]

    def _pairs(self, value: Any, depth: int) -> list[Tree]:
        self._count(value)
        return [self.encode(part, depth + 1) for pair in dict.items(value) for part in pair]

    def _count(self, value: Any) -> None:
        if not issubclass(type(value), (list, tuple)) and len(value) > self._limits.entries:
            raise Refused(f"a {type(value).__name__} of {len(value)} entries is too large")

    def _mutable(
        self, value: Any, depth: int, encode: Callable[[Any, int], list[Tree]], tag: str | None = None
    ) -> Tree:
        key = id(value)
        if key in self._known and tag is None:
            return ["arg", self._known[key]]
        if key in self._open:
            raise Refused("a value that holds itself cannot be compared")
        if self._objects is not None:
            if key in self._numbers:
                return ["same", self._numbers[key]]
            self._numbers[key] = len(self._objects)
            self._objects.append(value)
        self._open.add(key)
        tree = encode(value, depth)
        self._open.discard(key)
        return tree if tag is None else [tag, *tree]

    def _array(self, value: Any, depth: int) -> list[Tree]:
        array = np.ndarray.view(value, np.ndarray)
        code = array_code(array.dtype)
        if code is None or array.ndim > 32:
            raise Refused(f"an array of dtype {array.dtype!s:.40} cannot be compared")
        if array.size == 0 and expanse(array.shape) > self._limits.empty:
            raise Refused(f"an array of shape {array.shape!s:.80} is too large")
        self.buffers.append(raw(array.astype(np.dtype(code), copy=False)))
        return ["nd", code, list(array.shape), len(self.buffers) - 1, bool(array.flags.writeable)]

    def _scalar(self, value: Any) -> Tree:
        array = np.array(value)
        code = array_code(array.dtype)
        if code is None or array.ndim:
            return self._foreign(value)
        self.buffers.append(raw(array))
        return ["np", code, len(self.buffers) - 1]

    def renewed(self, value: object) -> Tree:
        """Return the tree of a tensor or generator that the other side holds and that changed."""
        return (self._generator if generators.is_generator(value) else self._tensor)(value, 0)

    def _tensor(self, value: Any, depth: int) -> list[Tree]:
        return _or_refuse(tensors.encode(value, self.buffers))

    def _generator(self, value: Any, depth: int) -> list[Tree]:
        return _or_refuse(generators.encode(value))


def length(numbers: range) -> int:
    """Return the length of a range, however long: ``len`` fails beyond the size of a machine word."""
    steps = numbers.stop - numbers.start
    return max(0, -(-steps // numbers.step))


def _or_refuse(tree: list[Tree] | str) -> list[Tree]:
    if isinstance(tree, str):
        raise Refused(tree)
    return tree


def _field_names(value: Any) -> list[Tree]:
    """Return the names of a named tuple's fields; none for a plain tuple or names that are no identifiers."""
    fields = getattr(type(value), "_fields", None)
    if type(value) is tuple or type(fields) is not tuple or not 0 < len(fields) <= 100:
        return []
    plain = all(
        type(f) is str
        and f.isascii()
        and f.isidentifier()
        and f[0] != "_"
        and len(f) <= 100
        and not iskeyword(f)
        for f in fields
    )
    fits = plain and len(set(fields)) == len(fields) == tuple.__len__(value)
    return list(fields) if fits else []
