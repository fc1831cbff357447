"""`autograder.toml`: when work is due and what lateness costs, checked before it is used.

[assignments.hw3]
due = 2026-03-01T23:59:00+01:00

[late]
free_days = 1          # days nobody pays for
penalty_per_day = 0.1  # part of the score lost for each day begun after them
most_days = 5          # after so many days there are no points

[extensions.ann]
hw3 = 3                # days
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

NAME = "autograder.toml"
_DAY = timedelta(days=1)
_SECTIONS = ("assignments", "late", "extensions")


@dataclass(frozen=True)
class Policy:
    """When work is due and what lateness costs.

    ``due`` is by assignment; ``extensions`` are days by student and assignment. ``most_days`` none: a late
    notebook counts however late.
    """

    due: Mapping[str, datetime] = field(default_factory=dict)
    free_days: float = 0.0
    penalty_per_day: float = 0.0
    most_days: float | None = None
    extensions: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def days_late(self, student: str, assignment: str, submitted: datetime) -> int:
        """Count the days begun after the student's own due time; 0 when the work was in time."""
        due = self.due.get(assignment)
        if due is None:
            return 0
        late = submitted - due - self.extensions.get((student, assignment), 0.0) * _DAY
        return max(math.ceil(late / _DAY), 0)

    def kept(self, days: int) -> float:
        """Return the part of the score that is left after ``days`` of lateness.

        Examples
        --------
        >>> Policy(free_days=1, penalty_per_day=0.25).kept(3)
        0.5
        """
        if self.most_days is not None and days > self.most_days:
            return 0.0
        return max(1.0 - self.penalty_per_day * max(days - self.free_days, 0.0), 0.0)


def load(path: Path) -> Policy:
    """Read and check a policy.

    Raises
    ------
    ValueError
        With the file and the line, when something in it is unknown or makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except FileNotFoundError:
        raise ValueError(f"there is no {path}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text: {error.reason}") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from None
    return _Reader(path, text).policy(content)


class _Reader:
    """Checks what a file says; its errors name the line."""

    def __init__(self, path: Path, text: str) -> None:
        self._path, self._lines = path, text.splitlines()

    def policy(self, content: dict[str, Any]) -> Policy:
        for name in content:
            if name not in _SECTIONS:
                raise self._wrong((), name, f"unknown; there is {', '.join(_SECTIONS)}")
        late = self._table((), "late", content.get("late", {}))
        known = ("free_days", "penalty_per_day", "most_days")
        for name in late:
            if name not in known:
                raise self._wrong(("late",), name, f"unknown; there is {', '.join(known)}")
        numbers = {name: self._number(("late",), name, value) for name, value in late.items()}
        if numbers.get("penalty_per_day", 0.0) > 1:
            raise self._wrong(("late",), "penalty_per_day", "must be a part of the score, from 0 to 1")
        return Policy(due=self._due(content), extensions=self._extensions(content), **numbers)

    def _due(self, content: dict[str, Any]) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for name, entry in self._table((), "assignments", content.get("assignments", {})).items():
            for key, value in self._table(("assignments",), name, entry).items():
                where = ("assignments", name)
                if key != "due":
                    raise self._wrong(where, key, "unknown; there is due")
                if not isinstance(value, datetime) or value.tzinfo is None:
                    raise self._wrong(where, key, "must be a time with its zone: 2026-03-01T23:59:00+01:00")
                found[name] = value
        return found

    def _extensions(self, content: dict[str, Any]) -> dict[tuple[str, str], float]:
        return {
            (student, name): self._number(("extensions", student), name, days)
            for student, entry in self._table((), "extensions", content.get("extensions", {})).items()
            for name, days in self._table(("extensions",), student, entry).items()
        }

    def _table(self, where: tuple[str, ...], name: str, value: object) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(where, name, f"must be a table: [{'.'.join((*where, name))}]")
        return value

    def _number(self, where: tuple[str, ...], name: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
            raise self._wrong(where, name, f"must be a number, 0 or more, it is {value!r}")
        return float(value)

    def _wrong(self, where: tuple[str, ...], name: str, why: str) -> ValueError:
        return ValueError(f"{self._path}:{self._line(where, name)}: {'.'.join((*where, name))}: {why}")

    def _line(self, where: tuple[str, ...], name: str) -> int:
        """Find the line of a key or table; the first line where it is written in another way."""
        table: tuple[str, ...] = ()
        for number, line in enumerate(self._lines, 1):
            if head := re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line):
                table = tuple(part.strip(" \t\"'") for part in head[1].split("."))
                if table[: len(where) + 1] == (*where, name):
                    return number
            elif key := re.match(r"\s*([^=#]+?)\s*=", line):
                path = (*table, *(part.strip(" \t\"'") for part in key[1].split(".")))
                if path[: len(where) + 1] == (*where, name):
                    return number
        return 1
