"""The head of a master: its settings under ``course:`` in ``ASSIGNMENT CONFIG``, and those of its questions.

Otter knows none of these settings, so they are taken out of what Otter Assign reads (`without`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from autograder.release import attached, rules, testcells
from autograder.release.testcells import Wrong

KEY = "course"


def _builds_on(value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"the names of earlier questions, got {value!r}: write `builds_on: [q1, q2]`")
    return list(dict.fromkeys(names))


# A setting of the assignment → what turns its value into the plain JSON of manifest and bundle, or
# raises `ValueError` with the remedy.
SETTINGS: dict[str, Callable[[Any], Any]] = {
    "modules": rules.modules,
    "seconds": rules.seconds,
    "memory": rules.memory,
    "public_alone": rules.public_alone,
    "files": attached.files,
    "data": attached.data,
}
# A setting of a question that Otter does not know → the same.
OF_A_QUESTION: dict[str, Callable[[Any], Any]] = {"forbids": rules.forbids, "builds_on": _builds_on}


def read(source: str) -> dict[str, Any]:
    """Return what the head says under ``course:``, with defaults for the rules that it leaves out.

    Raises
    ------
    Wrong
        When there is no such setting, or its value is wrong.
    """
    found = testcells.read_yaml(source).get(KEY)
    if found is None:
        return rules.default()
    if not isinstance(found, dict):
        where = testcells.line_of(source, KEY)
        raise Wrong(where, f"`{KEY}:` holds settings, one on each line below it, got {found!r}")
    testcells.only(found, SETTINGS, source)
    return rules.default() | _made(found, SETTINGS, source)


def of_a_question(config: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Return those settings of a question that Otter does not know.

    Raises
    ------
    Wrong
        When a value is wrong.
    """
    return _made({k: v for k, v in config.items() if k in OF_A_QUESTION}, OF_A_QUESTION, source)


def without(source: str) -> str:
    """Return a raw cell of a master as Otter Assign may read it."""
    if not re.match(r"#\s+(BEGIN\s+QUESTION|ASSIGNMENT\s+CONFIG)\b", source, re.IGNORECASE):
        return source
    config = testcells.read_yaml(source)
    kept = {k: v for k, v in config.items() if k != KEY and k not in OF_A_QUESTION}
    if held := (config.get(KEY) or {}).get("data"):  # Otter puts these beside the notebook when it grades
        kept["autograder_files"] = [*kept.get("autograder_files", []), *held]
    if kept == config:
        return source
    return source.splitlines()[0] + "\n" + str(yaml.safe_dump(kept, sort_keys=False))


def _made(
    found: Mapping[str, Any], settings: Mapping[str, Callable[[Any], Any]], source: str
) -> dict[str, Any]:
    made = {}
    for key, value in found.items():
        try:
            made[key] = settings[key](value)
        except ValueError as error:
            raise Wrong(_line_of(source, key), f"{key}: {error}") from None
    return made


def _line_of(source: str, key: str) -> int:
    """Return the line of a setting; Otter may know another of its name above ``course:``."""
    begin = testcells.line_of(source, KEY)
    return begin + testcells.line_of("\n".join(source.splitlines()[begin:]), key)
