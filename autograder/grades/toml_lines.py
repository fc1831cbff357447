"""Where in a TOML file something stands: errors name the line, which `tomllib` does not tell."""

from __future__ import annotations

import contextlib
import difflib
import tomllib
from typing import Any

Where = tuple[str, ...]  # names of tables, and of a key in the last of them


def line_of(text: str, where: Where) -> int:
    """Find the line on which a key or table begins: the first line whose end completes it.

    The beginning of the file up to a line is read as TOML, so every way of writing a key is understood.
    """
    lines = text.splitlines(keepends=True)
    start = line_of(text, where[:-1]) if len(where) > 1 else 1
    for number in range(start, len(lines) + 1):
        if where[-1] in lines[number - 1] and _holds(_beginning(lines, number), where):
            return number
    return start


def meant(name: str, known: list[str]) -> str:
    """Return a question that suggests the name most like an unknown one; empty without one that is close."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f" (did you mean {close[0]}?)" if close else ""


def _beginning(lines: list[str], count: int) -> Any:
    """Read the first lines, and as many more as the value on the last of them needs."""
    for end in range(count, len(lines) + 1):
        with contextlib.suppress(ValueError):
            return tomllib.loads("".join(lines[:end]))
    return {}


def _holds(content: Any, where: Where) -> bool:
    for name in where:
        if not isinstance(content, dict) or name not in content:
            return False
        content = content[name]
    return True
