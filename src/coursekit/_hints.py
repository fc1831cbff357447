"""What to try next, keyed to what Python says."""

from __future__ import annotations

import dis
import re
from collections.abc import Iterable, Mapping
from types import FunctionType

# Exception name, a pattern in its message, what to try. The first match wins.
_HINTS: tuple[tuple[str, str, str], ...] = (
    ("", r"'ellipsis'|\bEllipsis\b", "A `...` is still in the place of your code."),
    (
        "",
        r"'NoneType'",  # Python's word: "None" alone also stands in the calls that our messages quote
        "Something is `None`. Is it an argument that may be? Or does a function of yours not end with"
        " `return`?",
    ),
    (
        "ValueError",
        r"read-only",
        "Your code writes into an array it was given. Write into a new array, or into `x.copy()`.",
    ),
    (
        "ValueError",
        r"broadcast|shapes? .*(not aligned|mismatch)|mismatch in its core dimension|inhomogeneous",
        "Two shapes do not fit. Print both `.shape`s just before the line shown, and say in words what each"
        " axis means.",
    ),
    (
        "ValueError",
        r"truth value of an array",
        "An `if` got a whole array. Compare one element, or ask `.any()` or `.all()`.",
    ),
    (
        "TypeError",
        r"cannot be interpreted as an integer|slice indices must be|indices must be integers",
        "A size or an index is a float. Divide with `//`, which keeps whole numbers whole.",
    ),
    (
        "TypeError",
        r"positional argument|keyword argument|required positional",
        "The check calls your function with other arguments. Keep the `def` line as it was given, and run its"
        " cell again.",
    ),
    (
        "TypeError",
        r"not callable",
        "What is called is not a function: its name now holds something else, or something else was returned"
        " in its place.",
    ),
    (
        "IndexError",
        r"",
        "An index runs past the end. Check the output size and where each loop stops.",
    ),
    (
        "UnboundLocalError",
        r"",
        "A variable is read before it gets a value. Is it set on every path, also when a loop never runs?",
    ),
    ("ZeroDivisionError", r"", "Something is divided by 0. Print the divisor before the line shown."),
    ("RecursionError", r"", "A function calls itself forever. What stops it?"),
    ("MemoryError", r"", "An array is far too large. Print the shape that you are about to make."),
    ("ModuleNotFoundError", r"", "A package is missing. Run the notebook's first cell, which installs it."),
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


def unfinished(names: Iterable[str], environment: Mapping[str, object]) -> str:
    """Say which of the names still hold the `...` that the student is to replace.

    Parameters
    ----------
    names : iterable of str
        Names that a test asked for.
    environment : mapping
        The notebook's variables.
    """
    values = {name: environment[name] for name in names if name in environment}
    for name, value in values.items():
        if value is ...:
            return f"`{name}` is still `...`: put your answer in its place."
        if _does_nothing(value):
            return f"`{name}` has no code yet: write it in the place of the `...`."
    return ""


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
