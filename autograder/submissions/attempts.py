"""One student's files in order: attempts are numbered, and each has the files that lie beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from autograder.submissions.entry import Entry
from autograder.submissions.names import Name, Naming
from autograder.text import one_line

Found = tuple[Entry, Name]


def in_order(same: list[Found], naming: Naming, wanted: str, files: Sequence[str]) -> list[Entry]:
    """Put one student's files in order: attempts are numbered, a stray file becomes a note.

    Parameters
    ----------
    same : list of (Entry, Name)
        All that the student handed in, and how its names were read.
    naming : Naming
        Which times an instructor gave.
    wanted : str
        The student's own name for a notebook of this assignment, such as ``"hw3"``.
    files : sequence of str
        The files that the assignment asks for beside it.

    Raises
    ------
    ValueError
        When a time was given for a student who handed in several notebooks.
    """
    able = _notebooks([f for f in same if not f[0].reason], wanted)
    if not able and len(same) == 1:
        return [same[0][0]]
    chosen = {id(f) for f in able}
    others = [f for f in same if id(f) not in chosen]
    given = naming.times.students.get(same[0][0].student)
    if given and len(able) > 1:
        files = ", ".join(one_line(e.path.name, 40) for e, _ in able)
        who = same[0][0].student
        raise ValueError(
            f"a time is given for {who}, who handed in {files}: give the times by file, in a column file"
        )
    if given:
        able = [(replace(e, submitted=given), name) for e, name in able]
    if not able or (len(able) > 1 and not _ordered(able)):
        files = ", ".join(one_line(e.path.name, 40) for e, _ in same)
        why = f"{len(same)} files for one student: {files}; keep one, or say when each was handed in"
        return [replace(e, reason=why) for e, _ in same]
    able.sort(
        key=lambda f: (f[0].submitted.timestamp() if f[0].submitted else 0.0, f[1].order, f[0].path.name)
    )
    numbered = [replace(e, attempt=i, attempts=len(able)) for i, (e, _) in enumerate(able, 1)]
    numbered, used = _with_files(numbered, others, files)
    if strays := [f[0].path for f in others if f[0].path not in used]:
        also = f"also handed in: {', '.join(one_line(p.name, 40) for p in strays)}"
        numbered[-1] = replace(numbered[-1], note="; ".join(n for n in (numbered[-1].note, also) if n))
    return numbered


def _with_files(
    attempts: list[Entry], others: list[Found], wanted: Sequence[str]
) -> tuple[list[Entry], set[Path]]:
    """Put the files that a platform lists beside notebooks to their attempts; return those that were put.

    Where there are as many as attempts, each has its own; otherwise the last attempt has the newest.
    """
    used: set[Path] = set()
    for name in wanted:
        mine = [f for f in others if _own_file(f).casefold() == name.casefold()]
        mine.sort(key=_order)
        at = len(attempts) - len(mine) if len(mine) == len(attempts) else len(attempts) - 1
        for entry, _ in mine if len(mine) == len(attempts) else mine[-1:]:
            kept = attempts[at]
            attempts[at] = replace(kept, beside=(*kept.beside, (name, entry.path)))
            used.add(entry.path)
            at += 1
    return attempts, used


def _own_file(found: Found) -> str:
    """Return the student's own name for a file that is no notebook."""
    entry, name = found
    return name.own + entry.path.suffix


def _order(found: Found) -> tuple[float, int, str]:
    entry, name = found
    return entry.submitted.timestamp() if entry.submitted else 0.0, name.order, entry.path.name


def _notebooks(able: list[Found], wanted: str) -> list[Found]:
    """Tell attempts at the assignment from a hand-in's other notebooks, by the student's own names."""
    if len({name.own for _, name in able}) > 1:
        named = [f for f in able if f[1].own == wanted]
        return named or able
    return able


def _ordered(able: list[Found]) -> bool:
    """Say whether it is known which attempt came first, and that they are attempts at the same."""
    alike = len({name.own for _, name in able}) == 1
    return alike and (all(e.submitted for e, _ in able) or all(name.order for _, name in able))
