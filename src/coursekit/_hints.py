"""What to try next, keyed to what Python says."""

from __future__ import annotations

import dis
import re
from collections.abc import Iterable, Iterator, Mapping
from types import CodeType, FunctionType

# Exception name, a pattern in its message, what to try. The first match wins.
_HINTS: tuple[tuple[str, str, str], ...] = (
    ("", r"'ellipsis'|\bEllipsis\b", "A `...` is still in the place of your code."),
    (
        "",
        r"'NoneType'",  # Python's word: "None" alone also stands in the calls that our messages quote
        "Something is `None`: an argument, or what a call returned. A call returns `None` where its function"
        " reaches no `return`.",
    ),
    (
        "ValueError",
        r"read-only",
        "Your code writes into a read-only array, such as one that it was given. Write into a new array, or"
        " into a copy.",
    ),
    (
        "ValueError",
        r"inhomogeneous",
        "An array is made of parts whose shapes differ. Print their shapes just before the line shown.",
    ),
    (
        "ValueError",
        r"broadcast|shapes? .*(not aligned|mismatch)|mismatch in its core dimension",
        "Two shapes do not fit. Print both `.shape`s just before the line shown, and say in words what each"
        " axis means.",
    ),
    (
        "ValueError",
        r"truth value of an array",
        "A whole array stands where one truth value is needed, as in `if` or `and`. Compare one element, or"
        " ask `.any()` or `.all()`.",
    ),
    (
        "TypeError",
        r"cannot be interpreted as an integer|slice indices must be|indices must be integers",
        "A size or an index is not an integer. If it comes from a division, `//` keeps whole numbers whole.",
    ),
    (
        "TypeError",
        r"positional argument|keyword argument|required positional",
        "A call has other arguments than the function that it calls. Keep each `def` line as it was given,"
        " and run its cell again.",
    ),
    (
        "TypeError",
        r"not callable",
        "What is called is not a function: its name now holds something else, or something else was returned"
        " in its place.",
    ),
    (
        "IndexError",
        r"out of (bounds|range)",
        "An index lies outside of what it indexes. Print the index, and the `.shape` or `len` of what it"
        " indexes, just before the line shown.",
    ),
    (
        "IndexError",
        r"too many indices",
        "There are more indices than axes. Print the `.shape` just before the line shown.",
    ),
    (
        "UnboundLocalError",
        r"",
        "A variable is read before it gets a value. Is it set on every path, also when a loop never runs?",
    ),
    ("ZeroDivisionError", r"", "Something is divided by 0. Print the divisor before the line shown."),
    ("RecursionError", r"", "A function calls itself forever. What stops it?"),
    ("MemoryError", r"", "An array is far too large. Print the shape that you are about to make."),
    (
        "ModuleNotFoundError",
        r"",
        "There is no module of this name here. Check its spelling, and run the notebook's first cell, which"
        " installs what the course needs.",
    ),
)  # fmt: skip

_IDLE = {"RESUME", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST", "NOP"}


def hint(error: BaseException, message: str) -> str:
    """Return what to try next, or an empty string when nothing useful is known.

    Parameters
    ----------
    error : BaseException
        What was raised.
    message : str
        Its text.
    """
    names = {kind.__name__ for kind in type(error).__mro__}
    for kind, pattern, advice in _HINTS:
        if (not kind or kind in names) and re.search(pattern, message):
            return advice
    return ""


def still_open(names: Iterable[str], environment: Mapping[str, object]) -> str:
    """Name the first variable that still holds the `...` that the student is to replace; empty for none.

    Parameters
    ----------
    names : iterable of str
        Names that a test asked for.
    environment : mapping
        The notebook's variables.
    """
    return next((name for name in names if environment.get(name) is ...), "")


def unwritten(names: Iterable[str], environment: Mapping[str, object]) -> tuple[str, ...]:
    """Return those of the names whose function, or class, has no code yet.

    Parameters
    ----------
    names : iterable of str
        Names that a test asked for.
    environment : mapping
        The notebook's variables.
    """
    return tuple(name for name in names if _does_nothing(environment.get(name)))


def unwritten_below(names: Iterable[str], environment: Mapping[str, object]) -> tuple[str, ...]:
    """Return the functions and classes without code that the named ones use, directly or not.

    Parameters
    ----------
    names : iterable of str
        Names that a test asked for.
    environment : mapping
        The notebook's variables. What other modules define is not looked into.
    """
    ahead = list(names)
    seen = set(ahead)
    found: list[str] = []
    while ahead:
        for used in _used(environment.get(ahead.pop(0)), environment):
            if used not in seen and used in environment:
                seen.add(used)
                (found if _does_nothing(environment[used]) else ahead).append(used)
    return tuple(found)


def _used(value: object, environment: Mapping[str, object]) -> Iterator[str]:
    """Yield the global names that a function uses, or the functions of a class."""
    if isinstance(value, type):
        for part in vars(value).values():
            if isinstance(part, FunctionType):
                yield from _used(part, environment)
    elif isinstance(value, FunctionType) and value.__globals__ is environment:
        yield from _globals_of(value.__code__)


def _globals_of(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            yield step.argval
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _globals_of(inner)


def _does_nothing(value: object) -> bool:
    """Whether a function's whole code is to return None; of a class, that of each of its own functions."""
    if isinstance(value, type):
        own = [part for part in vars(value).values() if isinstance(part, FunctionType)]
        return bool(own) and all(map(_does_nothing, own))
    if not isinstance(value, FunctionType):
        return False
    code = list(dis.get_instructions(value))
    return {step.opname for step in code} <= _IDLE and all(
        step.argval is None for step in code if step.opname in {"LOAD_CONST", "RETURN_CONST"}
    )
