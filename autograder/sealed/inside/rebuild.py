"""Rebuild values from the wire: exact plain types, each part checked before it is used."""

from __future__ import annotations

import collections
import weakref
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import numpy as np

from . import generators, tensors
from .arrays import LIMITS, ValueLimits, parse_code, rebuild
from .values import TYPES, Resolve, length
from .wire import Buffer, Tree, WireError

NAMED_TYPES = 100  # in one value: each is a class that has to be made, which takes a tenth of a millisecond
_namedtuple: Any = collections.namedtuple  # its fields are known when it is called, not to a type checker


class Decoder:
    """Turns trees and buffers back into values.

    Parameters
    ----------
    buffers : sequence of bytes
        The frame's raw buffers; each is used once, in order.
    resolve : callable
        Makes the object of a tree whose tag is not a plain value (a handle, a callback).
    objects : list, optional
        Collects the mutable objects in the order they are met; ``["same", k]`` may then refer to them.
    known : sequence, optional
        The objects of the call that is being answered; ``["arg", k]`` may refer to its arrays.
    limits : ValueLimits
        Values beyond these raise :class:`WireError`.
    guard : callable, optional
        What each tensor is turned into, such as one that knows that it is a copy.

    Attributes
    ----------
    made : list
        With ``objects``: the number of each array and tensor there, and a weak reference to the array that
        holds its numbers, which lives as long as any view of it.
    """

    def __init__(
        self,
        buffers: Sequence[Buffer],
        resolve: Resolve,
        objects: list[object] | None = None,
        known: Sequence[object] = (),
        limits: ValueLimits = LIMITS,
        guard: Callable[[Any], Any] = lambda tensor: tensor,
    ) -> None:
        self.made: list[tuple[int, weakref.ref[np.ndarray[Any, Any]]]] = []
        self._guard = guard
        self._buffers = buffers
        self._resolve = resolve
        self._objects = objects
        self._known = known
        self._limits = limits
        self._used = 0
        self._nodes = 0
        self._text = 0
        self._named_types: dict[tuple[Tree, ...], Any] = {}
        self._room = 256 << 20  # bytes that references to known arrays may add up to

    def decode(self, tree: Tree, depth: int = 0) -> Any:
        """Return the value of ``tree``; raise :class:`WireError` at anything out of the ordinary."""
        self._nodes += 1
        if self._nodes > self._limits.nodes or depth > self._limits.depth:
            raise WireError("a value too large or too deeply nested")
        if tree is None or type(tree) in (bool, int, float):
            return tree
        if type(tree) in (str, bytes):
            if len(tree) > self._limits.text:  # type: ignore[arg-type]
                raise WireError("a text too long")
            self._text += len(tree)  # type: ignore[arg-type]
            return tree
        if type(tree) is not list or not tree or type(tree[0]) is not str:
            raise WireError("not a value")
        build = self._builders.get(tree[0])
        if build is None:
            return self._resolve(tree)
        return build(self, tree, depth)

    @property
    def size(self) -> int:
        """About the bytes that what was decoded takes up."""
        return 64 * self._nodes + 4 * self._text + sum(map(len, self._buffers[: self._used]))

    def finish(self) -> None:
        """Check that every buffer of the frame was used."""
        if self._used != len(self._buffers):
            raise WireError("a frame with more buffers than values")

    def _list(self, tree: list[Tree], depth: int) -> object:
        items: list[object] = []
        self._register(items)
        items.extend(self.decode(item, depth + 1) for item in tree[1:])
        return items

    def _tuple(self, tree: list[Tree], depth: int) -> object:
        return tuple(self.decode(item, depth + 1) for item in tree[1:])

    def _named(self, tree: list[Tree], depth: int) -> object:
        names = tree[1] if len(tree) > 1 else None
        if type(names) is not list or len(names) != len(tree) - 2 or len(names) > 100:
            raise WireError("a named tuple whose names do not fit")
        for name in names:
            if type(name) is not str or len(name) > 100 or not name.isascii():
                raise WireError("a named tuple with a wrong name")
        values = tuple(self.decode(item, depth + 1) for item in tree[2:])
        key = tuple(names)
        if key not in self._named_types:
            if len(self._named_types) >= NAMED_TYPES:
                raise WireError("too many kinds of named tuples")
            try:
                self._named_types[key] = _namedtuple("namedtuple", names)
            except ValueError:  # names that are no identifiers, or twice the same
                raise WireError("a named tuple with a wrong name") from None
        return self._named_types[key]._make(values)

    def _dict(self, tree: list[Tree], depth: int) -> object:
        entries: dict[object, object] = {}
        if len(tree) % 2 == 0 or len(tree) // 2 > self._limits.entries:
            raise WireError("a dict that is odd or too large")
        self._register(entries)
        parts = iter(tree[1:])
        for key in parts:
            name = self.decode(key, depth + 1)
            entries[self._hashable(name)] = self.decode(next(parts), depth + 1)
        return entries

    def _set(self, tree: list[Tree], depth: int) -> object:
        members: set[object] = set()
        self._register(members)
        members.update(self._members(tree, depth))
        return members

    def _frozenset(self, tree: list[Tree], depth: int) -> object:
        return frozenset(self._members(tree, depth))

    def _members(self, tree: list[Tree], depth: int) -> list[object]:
        if len(tree) > self._limits.entries:
            raise WireError("a set that is too large")
        return [self._hashable(self.decode(item, depth + 1)) for item in tree[1:]]

    def _int(self, tree: list[Tree], depth: int) -> object:
        (digits,) = self._parts(tree, str)
        if len(digits) > self._limits.bits // 4 + 3:
            raise WireError("an int that is too large")
        try:
            return int(digits, 16)
        except ValueError:
            raise WireError("not an int") from None

    def _complex(self, tree: list[Tree], depth: int) -> object:
        real, imag = self._parts(tree, float, float)
        return complex(real, imag)

    def _slice(self, tree: list[Tree], depth: int) -> object:
        if len(tree) != 4:
            raise WireError("not a slice")
        return slice(*(self.decode(part, depth + 1) for part in tree[1:]))

    def _range(self, tree: list[Tree], depth: int) -> object:
        start, stop, step = self._parts(tree, int, int, int)
        if step == 0:
            raise WireError("not a range")
        numbers = range(start, stop, step)
        self._nodes += length(numbers)  # a list as soon as it is used
        if self._nodes > self._limits.nodes:
            raise WireError("a value too large or too deeply nested")
        return numbers

    def _ellipsis(self, tree: list[Tree], depth: int) -> object:
        self._parts(tree)
        return ...

    def _dtype(self, tree: list[Tree], depth: int) -> object:
        return parse_code(*self._parts(tree, str))

    def _type(self, tree: list[Tree], depth: int) -> object:
        (name,) = self._parts(tree, str)
        if name not in TYPES:
            raise WireError("an unknown type")
        return TYPES[name]

    def _array(self, tree: list[Tree], depth: int) -> object:
        code, shape, index, writeable = self._parts(tree, str, list, int, bool)
        array = rebuild(code, shape, self._take(index), self._limits)
        array.flags.writeable = writeable
        self._note(array)
        self._register(array)
        return array

    def _scalar(self, tree: list[Tree], depth: int) -> object:
        code, index = self._parts(tree, str, int)
        return rebuild(code, [], self._take(index), self._limits)[()]

    def _tensor(self, tree: list[Tree], depth: int) -> object:
        tensor = self._guard(tensors.decode(tree, self._take, self._limits, self._note))
        self._register(tensor)
        return tensor

    def _torch_dtype(self, tree: list[Tree], depth: int) -> object:
        return tensors.dtype(*self._parts(tree, str))

    def _device(self, tree: list[Tree], depth: int) -> object:
        return tensors.device(*self._parts(tree, str))

    def _generator(self, tree: list[Tree], depth: int) -> object:
        generator = generators.decode(tree)
        self._register(generator)
        return generator

    def _same(self, tree: list[Tree], depth: int) -> object:
        (index,) = self._parts(tree, int)
        if self._objects is None or not 0 <= index < len(self._objects):
            raise WireError("a reference to nothing")
        return self._objects[index]

    def _arg(self, tree: list[Tree], depth: int) -> object:
        (index,) = self._parts(tree, int)
        if not 0 <= index < len(self._known):
            raise WireError("a reference to nothing")
        value: Any = self._known[index]
        if not hasattr(value, "nbytes"):
            raise WireError("a reference to something that is no array")
        self._room -= int(value.nbytes)
        if self._room < 0:
            raise WireError("the same array too often")
        return value

    _builders: ClassVar[dict[str, Callable[[Decoder, list[Tree], int], object]]] = {
        "list": _list, "tuple": _tuple, "named": _named, "dict": _dict, "set": _set,
        "frozenset": _frozenset, "int": _int, "complex": _complex, "slice": _slice, "range": _range,
        "ellipsis": _ellipsis, "dtype": _dtype, "type": _type, "nd": _array, "np": _scalar,
        "tensor": _tensor, "parameter": _tensor, "torch.dtype": _torch_dtype, "torch.device": _device,
        "generator": _generator, "torch.generator": _generator, "same": _same, "arg": _arg,
    }  # fmt: skip

    @staticmethod
    def _parts(tree: list[Tree], *types: type) -> list[Any]:
        parts = tree[1:]
        if len(parts) != len(types) or any(type(p) is not t for p, t in zip(parts, types, strict=True)):
            raise WireError(f"a malformed {tree[0]!s}")
        return parts

    @staticmethod
    def _hashable(value: object) -> object:
        try:
            hash(value)
        except TypeError:
            raise WireError("a key that cannot be one") from None
        return value

    def _register(self, value: object) -> None:
        if self._objects is not None:
            self._objects.append(value)

    def _note(self, array: np.ndarray[Any, Any]) -> None:
        if self._objects is not None:
            self.made.append((len(self._objects), weakref.ref(array)))

    def _take(self, index: int) -> Buffer:
        if index != self._used or index >= len(self._buffers):
            raise WireError("an array without its bytes")
        self._used += 1
        return self._buffers[index]
