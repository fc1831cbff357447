"""`autograder.toml`: the instructor's rules and settings, checked before anything is done with them.

A mistake is named with file, line and what was probably meant.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from autograder.files import write_whole
from autograder.grades.attempts import WINDOWS, AttemptRules
from autograder.grades.comments import CommentBank, read_comments
from autograder.grades.policy import Policy
from autograder.grades.roster import Roster, read_groups, read_roster
from autograder.grades.schema import SECTIONS, Key, Section, number
from autograder.grades.toml_lines import Where, line_of, meant
from autograder.submissions.names import Naming
from autograder.submissions.times import Times, read_times
from autograder.text import file_stem

NAME = "autograder.toml"
TABLES = "tables"  # in a folder of results: copies of the roster, of groups and of comments
_DAYS = number(0, 3660)
_SECTION = {section.name: section for section in SECTIONS}


@dataclass(frozen=True)
class Settings:
    """What `autograder.toml` says.

    ``grading`` holds the keys of that section that are set, ``text`` the file itself, ``times`` the path of
    the table of times, if there is one. ``roster`` is the list of the course, ``groups`` has it by assignment
    with the groups of that one, and ``tables`` the files that both came from, by the names in the file.
    ``results`` are the folders of results by assignment, and ``spent`` the late days that students used in
    earlier ones (`autograder.grades.bank`). ``comments`` are those that persons use again.
    """

    policy: Policy = field(default_factory=Policy)
    attempts: AttemptRules = field(default_factory=AttemptRules)
    grading: dict[str, Any] = field(default_factory=dict)
    naming: Naming = field(default_factory=Naming)
    text: str = ""
    times: Path | None = None
    roster: Roster | None = None
    groups: dict[str, Roster] = field(default_factory=dict)
    tables: dict[str, Path] = field(default_factory=dict)
    results: dict[str, Path] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    comments: CommentBank = field(default_factory=CommentBank)

    def roster_for(self, assignment: str) -> Roster | None:
        """Return the list of the course with the groups that hold for an assignment; none without a list."""
        return self.groups.get(assignment, self.roster)

    def with_times(self, path: Path) -> Settings:
        """Return these settings with the times of hand-in of another table."""
        naming = replace(self.naming, times=read_times(path, self.policy.zone))
        return replace(self, naming=naming, times=path)


def effective_settings(config: Path | None = None, out: Path | None = None) -> Settings:
    """Return the settings that apply.

    They are those of ``config``; else of `autograder.toml` in the working folder; else of the copy that
    grading left in ``out``; else the defaults.

    Raises
    ------
    ValueError
        With file and line, when something in the file is unknown or makes no sense.
    """
    if config is not None:
        return load(config)
    if Path(NAME).is_file():
        return load(Path(NAME))
    # The table of times need not be there any more, and the results hold what it said.
    return load(out / NAME, tables=False) if out and (out / NAME).is_file() else Settings()


def keep_settings(out: Path, settings: Settings) -> None:
    """Leave a copy of the settings in ``out``, with the tables it names, for when no other file is there."""
    for name, path in settings.tables.items():
        write_whole(_kept(out, name), path.read_text(encoding="utf-8-sig"))
    if settings.text:
        write_whole(out / NAME, settings.text)
    else:
        (out / NAME).unlink(missing_ok=True)


def _kept(out: Path, name: str) -> Path:
    return out / TABLES / file_stem(name)


def load(path: Path, *, tables: bool = True) -> Settings:
    """Read and check a file of settings and the tables that it names.

    With ``tables`` false it is the copy in a folder of results: roster and groups lie there too, and times
    are passed over, because the results have them.

    Raises
    ------
    ValueError
        With file and line, when something in it is unknown or makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise ValueError(f"there is no {path}" if missing else f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text: {error.reason}") from None
    except ValueError as error:  # TOML's own errors, and Python's about numbers of thousands of digits
        words = re.sub(r" \(at .*\)$", "", str(error))
        at = re.search(r"at line (\d+)", str(error))
        line = at[1] if at else len(text.splitlines())
        raise ValueError(f"{path}:{line}: this is not TOML: {words}") from None
    return _Reader(path, text, tables).settings(content)


class _Reader:
    """Checks what a file says; its errors name the line."""

    def __init__(self, path: Path, text: str, tables: bool) -> None:
        self._path, self._text, self._tables = path, text, tables
        self._named: dict[str, Path] = {}

    def settings(self, content: dict[str, Any]) -> Settings:
        top = {k: v for k, v in content.items() if k in {key.name for key in _SECTION[""].keys}}
        tables = {k: v for k, v in content.items() if k not in top}
        known = [*(k.name for k in _SECTION[""].keys), *(s for s in _SECTION if s)]
        for name in tables:
            self._known((), name, known)
        zone = self._keys((), top, _SECTION[""])["timezone"]
        due = self._due(self._table((), "assignments", content), zone)
        late = self._section(content, "late")
        attempts = self._section(content, "attempts")
        rates = {w: attempts[f"per_{w}"] for w in WINDOWS if attempts[f"per_{w}"] is not None}
        said = self._section(content, "submissions")
        grading = {k: v for k, v in self._section(content, "grading").items() if v is not None}
        extensions = self._extensions(self._table((), "extensions", content), list(due))
        roster = self._roster(content)
        groups = self._groups(self._table((), "assignments", content), roster)
        return Settings(
            Policy(
                due,
                late["free_days"],
                late["penalty_per_day"],
                late["most_days"],
                extensions,
                zone,
                late["bank"] or 0.0,
            ),
            AttemptRules(attempts["count"], attempts["most"], rates),
            grading,
            Naming(
                said["pattern"],
                said["time_format"] or "",
                zone or UTC,
                self._read_times(said["times"], zone),
                said["timestamps"],
            ),
            self._text,
            self._path.parent / said["times"] if said["times"] else None,
            roster,
            groups,
            self._named,
            {
                name: (self._path.parent if self._tables else Path()) / table["results"]
                for name, table in content.get("assignments", {}).items()
                if table.get("results")
            },
            comments=self._comments(self._section(content, "marks")["comments"]),
        )

    def _roster(self, content: dict[str, Any]) -> Roster | None:
        said = self._section(content, "roster")
        if not said["file"]:
            if keys := [key for key in content.get("roster", {}) if key != "absent"]:
                raise self._wrong(("roster", keys[0]), 'means nothing without file = "roster.csv"')
            return None
        columns = {key: said[key] for key in ("student", "name", "email", "group")}
        try:
            return read_roster(self._file(said["file"]), columns, said["absent"])
        except ValueError as error:
            raise self._wrong(("roster", "file"), str(error)) from None

    def _groups(self, tables: dict[str, Any], roster: Roster | None) -> dict[str, Roster]:
        found: dict[str, Roster] = {}
        for name, table in tables.items():
            where = ("assignments", name, "groups")
            if not table.get("groups"):
                continue
            if roster is None:
                raise self._wrong(where, "needs a roster: set file in [roster]")
            try:
                path = self._file(table["groups"])
                found[name] = roster.with_groups(read_groups(path), path)
            except ValueError as error:
                raise self._wrong(where, str(error)) from None
        return found

    def _comments(self, name: str | None) -> CommentBank:
        try:
            return read_comments(self._file(name)) if name else CommentBank()
        except ValueError as error:
            raise self._wrong(("marks", "comments"), str(error)) from None

    def _file(self, name: str) -> Path:
        """Return the path of a table, and remember it."""
        folder = self._path.parent
        self._named[name] = folder / name if self._tables else _kept(folder, name)
        return self._named[name]

    def _section(self, content: dict[str, Any], name: str) -> dict[str, Any]:
        return self._keys((name,), self._table((), name, content), _SECTION[name])

    def _keys(self, where: Where, table: dict[str, Any], section: Section) -> dict[str, Any]:
        """Check a table; return a value for each of the section's keys."""
        known = {key.name: key for key in section.keys}
        for name in table:
            self._known(where, name, list(known))
        return {
            name: self._checked((*where, name), key, table[name]) if name in table else key.default
            for name, key in known.items()
        }

    def _due(self, tables: dict[str, Any], zone: tzinfo | None) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for name in tables:
            where = ("assignments", name)
            due = self._keys(where, self._table(where[:1], name, tables), _SECTION["assignments"])["due"]
            if due is not None and due.tzinfo is None and zone is None:
                raise self._wrong(
                    (*where, "due"),
                    "must name its zone: 2026-03-01T23:59:00+01:00, or set timezone at the top",
                )
            if due is not None:
                found[name] = due if due.tzinfo else due.replace(tzinfo=zone)
        return found

    def _extensions(self, tables: dict[str, Any], assignments: list[str]) -> dict[tuple[str, str], float]:
        found: dict[tuple[str, str], float] = {}
        for student in tables:
            for name, days in self._table(("extensions",), student, tables).items():
                where = ("extensions", student, name)
                if name not in assignments:
                    raise self._wrong(where, f"has no due time in [assignments]{meant(name, assignments)}")
                found[student, name] = self._checked(where, Key(name, "", _DAYS, ""), days)
        return found

    def _read_times(self, name: str | None, zone: tzinfo | None) -> Times:
        try:
            return read_times(self._path.parent / name, zone) if name and self._tables else Times()
        except ValueError as error:
            raise self._wrong(("submissions", "times"), str(error)) from None

    def _checked(self, where: Where, key: Key, value: object) -> Any:
        try:
            return key.check(value)
        except ValueError as error:
            raise self._wrong(where, str(error)) from None

    def _table(self, where: Where, name: str, tables: dict[str, Any]) -> dict[str, Any]:
        found = tables.get(name, {})
        if not isinstance(found, dict):
            raise self._wrong((*where, name), f"must be a table: [{'.'.join((*where, name))}]")
        return found

    def _known(self, where: Where, name: str, known: list[str]) -> None:
        if name not in known:
            raise self._wrong((*where, name), f"unknown{meant(name, known)}; there is {', '.join(known)}")

    def _wrong(self, where: Where, why: str) -> ValueError:
        return ValueError(f"{self._path}:{line_of(self._text, where)}: {'.'.join(where)}: {why}")
