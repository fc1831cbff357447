"""Known gaps: what `check.toml` beside a master declares, with a reason, as long as the gap is there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from autograder.release.bench import Bench
from autograder.release.checking import empties

DECLARED = "check.toml"
# A table of the file → the key that says which gap it is.
KEYS = {"empty": "kind", "probe": "probe", "line": "line", "sample": "sample", "paste": "paste"}


def read(path: Path, table: str) -> dict[tuple[str, str], str]:
    """Return the gaps that a file declares in one table, by question and gap, with the reason for each.

    Raises
    ------
    ValueError
        When the file cannot be read, or an entry has no question, gap or reason.
    """
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from None
    if unknown := [name for name in tables if name not in KEYS]:
        raise ValueError(f"{path.name}: no table {unknown[0]!r}; there are {', '.join(KEYS)}")
    found, key = {}, KEYS[table]
    for entry in tables.get(table, []):
        if missing := [name for name in ("question", key, "reason") if not entry.get(name)]:
            raise ValueError(f"{path.name}: {missing[0]} is missing in {entry}")
        if table == "empty" and entry[key] not in empties.KINDS:
            raise ValueError(f"{path.name}: no kind {entry[key]!r}; there are {', '.join(empties.KINDS)}")
        found[entry["question"], entry[key]] = entry["reason"]
    return found


def judge(bench: Bench, table: str, found: Mapping[tuple[str, str], str]) -> list[str]:
    """Return the gaps that were found and are not declared, and the declared ones that are closed."""
    known = read(bench.root / "solutions" / bench.name / DECLARED, table)
    problems = [words for gap, words in found.items() if gap not in known]
    for question, gap in sorted(known.keys() - found.keys()):
        problems.append(f"{DECLARED} declares a gap that is closed: take out {question}, {gap!r}")
    return problems
