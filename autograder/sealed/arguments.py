"""What a test passes to the student's code: which callables may cross, and what becomes of changes.

The code works on copies. What it does to them reaches the test only where the test asks for it, by
`coursekit.checks`; otherwise whoever overwrites an array would choose what the test finds right.
"""

from __future__ import annotations

import functools
import operator
import types
import weakref
from typing import Any

import numpy as np

from coursekit import _lent

from . import errors
from .inside import generators, tensors
from .inside.rebuild import Decoder
from .inside.wire import Tree, WireError

_FUNCTIONS = (
    types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.MethodWrapperType,
    types.MethodDescriptorType, types.WrapperDescriptorType, np.ufunc, type(np.sum),
    operator.itemgetter, operator.attrgetter, operator.methodcaller, type(functools.lru_cache(len)),
)  # fmt: skip
REMEDY = (
    "Write a function that makes it, hands it to the student's code and returns values, and run that with "
    "checks.inside; for a network there is checks.module, for an optimizer checks.trajectory"
)
LATE = (
    "the code changed an array that an earlier call was given, and the test does not see that. "
    "Unless the task asks for it, work on a copy: x = x.copy(). "
    "(Authors: pass a copy, or use checks.trajectory or checks.inside.)"
)


def is_function(value: object) -> bool:
    """Say whether a callable is only that, a function, and not an object such as a layer or an optimizer."""
    if type(value) is functools.partial:
        return is_function(value.func)
    return isinstance(value, _FUNCTIONS)


class Lent:
    """The arrays and tensors that a test case passed so far, as long as the test holds them."""

    def __init__(self) -> None:
        self._arrays: weakref.WeakValueDictionary[tuple[int, int], Any] = weakref.WeakValueDictionary()

    def add(self, call: int, objects: list[object]) -> None:
        """Note the arguments of a call; a view lives as long as the array that it shows."""
        for number, value in enumerate(objects):
            owner: Any = value
            if isinstance(owner, np.ndarray):
                while isinstance(owner.base, np.ndarray):
                    owner = owner.base
            elif not hasattr(owner, "nbytes"):
                continue
            elif owner._base is not None:
                owner = owner._base
            self._arrays[call, number] = owner

    def check(self, late: Tree) -> None:
        """Raise an error if the code changed its copy of an array that the test still has.

        Raises
        ------
        StudentError
            When there is one.
        WireError
            When ``late`` is no list of numbers in pairs.
        """
        if type(late) is not list or len(late) % 2 or any(type(part) is not int for part in late):
            raise WireError("malformed changes")
        for key in zip(late[::2], late[1::2], strict=True):
            if key in self._arrays:
                raise errors.StudentError(LATE)


def after(changes: Tree, objects: list[object]) -> list[object]:
    """Return what stands for the arguments of a call from now on; `apply` makes the changes to these.

    Where the test asks for changes, the arguments themselves. Otherwise those that changed are copies: the
    test keeps what it has, and code that returns an argument which it changed returns it as it is now.

    Raises
    ------
    WireError
        When the changes are malformed.
    """
    if type(changes) is not list or len(changes) % 2 or len(changes) > 2 * len(objects):
        raise WireError("malformed changes")
    now = list(objects)
    for index in changes[::2]:
        if type(index) is not int or not 0 <= index < len(objects):
            raise WireError("a change to nothing")
        if not _lent.watched():
            now[index] = _lent.lend(objects[index])
    return now


def apply(changes: Tree, decoder: Decoder, objects: list[object]) -> None:
    """Apply to arguments, as `after` returned them, what the student's code did to its copies.

    Raises
    ------
    WireError
        When a change is malformed or does not fit.
    StudentError
        When the code changed an array's shape.
    """
    assert type(changes) is list  # as `after` found
    for index, content in zip(changes[::2], changes[1::2], strict=True):
        assert type(index) is int
        _change(objects[index], decoder.decode(content))


def _change(target: Any, new: Any) -> None:
    if generators.is_generator(target):
        if type(target) is not type(new):
            raise WireError("a change of the wrong type")
        generators.advance(target, new)
    elif hasattr(target, "copy_"):
        if not hasattr(new, "copy_"):
            raise WireError("a change of the wrong type")
        if target.shape != new.shape:
            raise errors.StudentError("the code changed the shape of an argument in place")
        tensors.overwrite(target, new)
    elif isinstance(target, np.ndarray) and type(new) is np.ndarray:
        if target.shape != new.shape:
            raise errors.StudentError("the code changed the shape of an argument in place")
        if target.dtype.newbyteorder("<") != new.dtype:
            raise WireError("a change of the wrong type")
        if target.flags.writeable:
            target[...] = new
    elif type(target) is not type(new):
        raise WireError("a change of the wrong type")
    elif type(target) is list:
        target[:] = new
    else:
        target.clear()
        target.update(new)
