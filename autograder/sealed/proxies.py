"""Handles: what a test holds of a student's object that has no plain value.

A handle is inert. Comparing, hashing, printing or converting it never calls the student's code, so that an
object which claims to equal everything equals only itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn, Protocol

from autograder.limits import Limits

from . import copies
from .errors import Exhausted, StudentError, Undefined

_READABLE = ("__name__", "__qualname__", "__doc__", "__module__")


class Asked(Protocol):
    """What handles need of an `autograder.sealed.session.Session`."""

    generation: int
    limits: Limits
    missing: list[str]

    def ask(self, op: str, operands: list[object], handle: int | None = None, generation: int = -1) -> Any:
        """Ask the child one thing and return the value."""


class StudentObject:
    """A student's object. Attributes, items, ``len`` and iteration are asked of the sandbox.

    Values that come back are copies: arrays read from an attribute or an item are read-only, so that a
    test which means to change the student's array by writing into the copy fails loudly. Assign the
    whole attribute instead.
    """

    __array_ufunc__ = None  # numpy's operators return NotImplemented, and Python raises TypeError

    def __init__(self, session: Asked, number: int, kind: str) -> None:
        object.__setattr__(self, "_sealed", (session, session.generation, number, kind))

    def _ask(self, op: str, *operands: object) -> Any:
        session, generation, number, _ = object.__getattribute__(self, "_sealed")
        return session.ask(op, list(operands), number, generation)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name not in _READABLE:
            raise AttributeError(name)
        return _frozen(self._ask("getattr", name))

    def __setattr__(self, name: str, value: object) -> None:
        self._ask("setattr", name, value)

    def __getitem__(self, key: object) -> Any:
        return _frozen(self._ask("getitem", key))

    def __setitem__(self, key: object, value: object) -> None:
        self._ask("setitem", key, value)

    def __len__(self) -> int:
        length = self._ask("len")
        session = object.__getattribute__(self, "_sealed")[0]
        if type(length) is not int or not 0 <= length <= max(session.limits.items, 10_000_000):
            raise TypeError(f"the len of {self!r} is no sensible number")
        return length

    def __iter__(self) -> Iterator[Any]:
        session = object.__getattribute__(self, "_sealed")[0]
        iterator = self._ask("iter")
        if not isinstance(iterator, StudentObject):
            raise TypeError(f"{self!r} cannot be iterated")
        for _ in range(session.limits.items):
            try:
                item = iterator._ask("next")
            except Exhausted:
                return
            yield item
        raise StudentError(f"{self!r} yields more than {session.limits.items} items")

    def __next__(self) -> Any:
        try:
            return self._ask("next")
        except Exhausted:
            raise StopIteration from None

    def __instancecheck__(self, instance: object) -> bool:
        return isinstance(instance, StudentObject) and self._ask("isinstance", instance) is True

    def __course_inside__(self, parts: Sequence[object]) -> Any:
        """Call a function of the test in the sandbox; this is what `coursekit.checks.inside` asks for."""
        return object.__getattribute__(self, "_sealed")[0].ask("inside", list(parts))

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<the student's {object.__getattribute__(self, '_sealed')[3]}>"

    def __array__(self, *args: object, **kwargs: object) -> NoReturn:
        raise TypeError(f"expected an array or a number, the code gave {self!r}")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a handle cannot be copied or pickled")


class StudentFunction(StudentObject):
    """A student's function or class: a handle that can be called."""

    def __call__(self, *args: object, **kwargs: object) -> Any:
        """Call it in the sandbox, on copies: what it does to its arguments changes nothing here.

        A test that wants to see what becomes of them asks with `coursekit.checks.changes`.
        """
        return self._ask("call", list(args), kwargs)


class RemoteNames(Mapping[str, Any]):
    """The notebook's global names, as Otter's test files want them: a mapping with ``get`` and ``[]``."""

    def __init__(self, session: Asked) -> None:
        self._session = session

    def __getitem__(self, name: str) -> Any:
        try:
            return self._session.ask("get", [name])
        except Undefined:
            self._session.missing.append(name)
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        names = self._session.ask("names", [])
        if type(names) is not list or any(type(name) is not str for name in names):
            raise TypeError("the notebook's names are no strings")
        return iter(names)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _frozen(value: Any) -> Any:
    """Mark the arrays and tensors in a copy of a student's value read-only."""
    if type(value) is list:
        value[:] = map(_frozen, value)
    elif isinstance(value, tuple):
        parts = map(_frozen, value)
        return tuple(parts) if type(value) is tuple else type(value)._make(parts)  # type: ignore[attr-defined]
    elif type(value) is dict:
        for key in value:
            value[key] = _frozen(value[key])
    elif hasattr(type(value), "setflags"):
        value.setflags(write=False)
    elif hasattr(type(value), "requires_grad_"):
        return copies.read_only(value)
    return value
