"""`autograder.toml` with every key and its meaning, written from the list of keys."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from typing import Any

from autograder.grades.schema import SECTIONS, Section

_HEAD = """\
# autograder.toml: the rules of a course, read from the folder in which `autograder` is called.
# A line that begins with # sets nothing; it shows an example.
"""


def written(text: str = "") -> str:
    """Write the settings of a file, or the defaults, with every key explained.

    Parameters
    ----------
    text : str
        A file that was checked; what it does not set is shown as a comment.
    """
    content = tomllib.loads(text.removeprefix("\ufeff"))
    return "\n".join([_HEAD, *(_section(s, content) for s in SECTIONS)])


def _section(section: Section, content: dict[str, Any]) -> str:
    table = content.get(section.name, {}) if section.name else content
    lines = [f"# {line}" for line in section.says.splitlines()]
    if section.named and not table:
        lines.append(f"# [{section.name}.{section.named}]")
        lines += [f"# {key.name} = {key.example}" for key in section.keys] or ["# hw3 = 2"]
    elif section.named:
        for name, entry in table.items():
            lines.append(f"[{section.name}.{_key(name)}]")
            lines += [f"{_key(key)} = {_value(value)}" for key, value in entry.items()]
    else:
        lines += [f"[{section.name}]"] if section.name else []
        for key in section.keys:
            lines += [f"# {line}" for line in key.says.splitlines()]
            value = table.get(key.name, key.default)
            lines.append(
                f"{key.name} = {_value(value)}" if value is not None else f"# {key.name} = {key.example}"
            )
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    bare = name and all(c.isascii() and (c.isalnum() or c in "-_") for c in name)
    return name if bare else json.dumps(name)


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value)
