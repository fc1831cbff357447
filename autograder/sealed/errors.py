"""Exceptions of the student's code as they arrive in a test: known classes by name, bounded messages."""

from __future__ import annotations

import builtins
import re

import numpy as np

from .inside.wire import Tree, WireError

MESSAGE = 2_000


class StudentError(Exception):
    """The student's code raised something that no test can name, such as SystemExit or its own class."""


class SandboxStopped(Exception):
    """The sandbox was stopped during a test: the student's code hung, died or broke the protocol."""


class CaseTimeout(Exception):
    """A test case took too long, its own work included."""


class Exhausted(Exception):
    """The student's iterator has no more items."""


class Undefined(Exception):
    """The notebook defines no such name."""


_NOT_FROM_ONE_STRING = {
    "UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError", "ExceptionGroup",
    "StopIteration", "StopAsyncIteration",
}  # fmt: skip
KNOWN: dict[str, type[Exception]] = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception) and name not in _NOT_FROM_ONE_STRING
}
KNOWN["LinAlgError"] = np.linalg.LinAlgError
KNOWN["AxisError"] = np.exceptions.AxisError
_CONTROL = re.compile(  # no terminal escapes in a log, and no right-to-left overrides
    r"[^\n\t\x20-\x7e\xa0-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def printable(text: str, limit: int = MESSAGE) -> str:
    """Return ``text`` cut to ``limit`` characters and without control characters."""
    return _CONTROL.sub("�", text[:limit])


def rebuild(parts: list[Tree]) -> tuple[Exception, str]:
    """Return the exception that a ``raise`` message describes, and the traceback of the student's code."""
    if (
        len(parts) != 3
        or type(parts[0]) is not list
        or type(parts[1]) is not str
        or type(parts[2]) is not str
    ):
        raise WireError("a malformed exception")
    names, message, trace = parts[0], printable(parts[1]), printable(parts[2], 10_000)
    if not names or any(type(name) is not str for name in names):
        raise WireError("a malformed exception")
    if names[0] in ("SystemExit", "KeyboardInterrupt", "GeneratorExit"):
        return StudentError(f"the code raised {names[0]}"), trace
    for name in names:
        kind = KNOWN.get(str(name))
        if kind is not None and kind is not Exception:
            return kind(message), trace
    return StudentError(f"{printable(str(names[0]), 80)}: {message}"), trace
