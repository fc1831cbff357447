"""Run a function of a test beside the student's code."""

from __future__ import annotations

import builtins
import dis
import marshal
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from coursekit import _lent, _recording

PROTOCOL = "__course_inside__"
"""The method of a student's object that stands for one elsewhere: it runs a function where the object is."""

DEPTH = 8  # of lists in lists that are looked through for objects which stand elsewhere
_ENDLESS = 0x20 | 0x80 | 0x200  # flags of generators and coroutines, which would run after the call is over
_GLOBALS = ("LOAD_GLOBAL", "STORE_GLOBAL", "DELETE_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")
_OF_A_CLASS = {"__name__", "__module__", "__qualname__", "__annotations__", "__classdict__"}
_KNOWN = set(dir(builtins)) | _OF_A_CLASS


def inside(function: Callable[..., Any], *args: Any, **keywords: Any) -> Any:
    """Run a function of the test beside the student's code, and return what it returns.

    Under seal a test holds copies of values, and handles of the student's other objects: it cannot ask
    ``isinstance(net, nn.Module)``, give ``net.parameters()`` to an optimizer or call ``backward()``. A
    function that runs inside has the real objects, and can. In a student's notebook, and under Otter's own
    grader, it is simply called, so a test says the same everywhere.

    The function stands in the test cell. It imports what it needs in its own body, takes everything else as
    arguments, and returns values: numbers, texts, arrays, tensors, and lists, tuples and dicts of them. What
    else it returns comes back as a handle, to be passed on.

    **The student's code may read it**, with its arguments. So it holds no expected value, and what it returns
    is worth as much as what a student's function returns: compare in the test, with what the test computed.

    Parameters
    ----------
    function : function
        What to run. It may define functions and classes of its own.
    *args, **keywords
        Its arguments: objects of the student's, values, functions of the test.

    Returns
    -------
    object
        What the function returned. It works on copies of arrays: what it changes in place it has to return.

    Raises
    ------
    TypeError
        When the function uses a name of the test around it, or is no plain function.
    Exception
        What the function raised, an `AssertionError` with its words among others.

    Examples
    --------
    >>> def learns(train):
    ...     import numpy as np
    ...
    ...     class Model:
    ...         weight = np.zeros(2)
    ...
    ...     model = Model()
    ...     train(model)
    ...     return model.weight
    >>> def train(model):
    ...     model.weight = model.weight + 1
    >>> inside(learns, train)
    array([1., 1.])
    """
    found = unnoted(function, args, keywords)
    _recording.note(found)
    return found


def unnoted(function: Callable[..., Any], args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """Do what `inside` does, and leave it to the caller to note what came back."""
    if not isinstance(function, FunctionType):
        raise TypeError(f"inside: function must be a function that the test defines, got {function!r:.80}")
    _check(function)
    args, keywords = _lent.lend((args, keywords))
    away = next(_elsewhere([args, keywords]), None)
    try:
        return function(*args, **keywords) if away is None else _send(away, function, args, keywords)
    except Exception as error:
        _recording.note_raised(error)
        raise


def _send(away: Any, function: FunctionType, args: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    """Have the function run where an argument really is; both sides are the same Python."""
    around, dot, _ = function.__qualname__.rpartition("<locals>.")
    code = marshal.dumps(_anonymous(function.__code__, around + dot))
    parts = [code, function.__name__, list(function.__defaults__ or ()), function.__kwdefaults__]
    return getattr(type(away), PROTOCOL)(away, [*parts, list(args), keywords])


def _check(function: FunctionType) -> None:
    name, code = function.__name__, function.__code__
    if code.co_flags & _ENDLESS:
        raise TypeError(f"inside: {name} must return a value, got a generator or a coroutine: return a list")
    if foreign := _foreign(code):
        raise TypeError(
            f"inside: {name} uses `{foreign[0]}` of the test around it, which is not there where it runs. "
            f"If it is a module, import it inside {name}; else make it an argument: "
            f"checks.inside({name}, ..., {foreign[0]})"
        )


@lru_cache(maxsize=256)
def _foreign(code: CodeType) -> list[str]:
    """Return what a function uses of the code around it; the functions of checks are asked in every call."""
    return list(code.co_freevars) + [n for n in dict.fromkeys(_globals(code)) if n not in _KNOWN]


def _globals(code: CodeType) -> Iterator[str]:
    """Yield the names that a function and those in it look up outside of all of them."""
    steps = list(dis.get_instructions(code))
    own = {step.argval for step in steps if step.opname == "STORE_NAME"}
    yield from (s.argval for s in steps if s.opname in _GLOBALS and s.argval not in own)
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _globals(part)


def _elsewhere(value: Any, depth: int = 0) -> Iterator[Any]:
    """Yield the arguments that stand for objects elsewhere, those in lists, tuples and dicts, too."""
    if hasattr(type(value), PROTOCOL):
        yield value
    elif depth < DEPTH and type(value) in (list, tuple, dict):
        for part in value.values() if type(value) is dict else value:
            yield from _elsewhere(part, depth + 1)


def _anonymous(code: CodeType, around: str) -> CodeType:
    """Return a function's code without the names of the test and of the file in which it stands."""
    parts = []
    for part in code.co_consts:
        if isinstance(part, CodeType):
            part = _anonymous(part, around)
        elif isinstance(part, str) and around:
            part = part.removeprefix(around)
        parts.append(part)
    return code.replace(
        co_filename="<check>", co_consts=tuple(parts), co_qualname=code.co_qualname.removeprefix(around)
    )
