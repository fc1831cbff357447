"""One student's files in order: attempts are numbered, and each has the files that lie beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from autograder.lookalikes import told_apart
from autograder.submissions.entry import Entry, Place
from autograder.submissions.names import Name, Naming
from autograder.submissions.newest import Dated, in_time
from autograder.submissions.opened import SCRIPT, ending_of


class Candidate(NamedTuple):
    """One file of a student: as it would be listed, what its name says, and when it came."""

    entry: Entry
    name: Name
    dated: Dated


def in_order(same: list[Candidate], naming: Naming, wanted: str, files: Sequence[str]) -> list[Entry]:
    """Put one student's files in order: attempts are numbered, a stray file becomes a note.

    Parameters
    ----------
    same : list of Candidate
        All that the student handed in.
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
    able = _notebooks([f for f in same if not f.entry.reason], wanted)
    if not able:
        return [f.entry for f in same]
    given = naming.times.students.get(same[0].entry.student)
    if given and len(able) > 1:
        listed = ", ".join(told_apart([f.entry.place.name for f in able]))
        who = same[0].entry.student
        raise ValueError(
            f"a time is given for {who}, who handed in {listed}: give the times by file, in a column file"
        )
    if given:
        able = [f._replace(entry=replace(f.entry, submitted=given)) for f in able]
    order = in_time([f.dated for f in able])
    if order is None:
        listed = ", ".join(told_apart([f.entry.place.name for f in same]))
        why = f"{len(same)} files for one student: {listed}; keep one, or say when each was handed in"
        return [replace(f.entry, reason=why) for f in same]
    able = [able[place] for place in order[0]]
    able = [f for f in able if f.name.own == able[-1].name.own]  # another notebook of theirs is no attempt
    numbered = [replace(f.entry, attempt=i, attempts=len(able)) for i, f in enumerate(able, 1)]
    if order[1] and len(able) > 1:
        numbered[-1] = _noted(numbered[-1], f"the newest of {len(able)} {order[1]}")
    chosen = {f.entry.place for f in able}
    others = [f for f in same if f.entry.place not in chosen]
    numbered, used = _with_files(numbered, others, files)
    if strays := [f.entry.place for f in others if f.entry.place not in used]:
        numbered[-1] = _noted(
            numbered[-1], f"also handed in: {', '.join(told_apart([p.name for p in strays]))}"
        )
    return numbered


def _noted(entry: Entry, note: str) -> Entry:
    return replace(entry, note="; ".join(n for n in (entry.note, note) if n))


def _with_files(
    attempts: list[Entry], others: list[Candidate], wanted: Sequence[str]
) -> tuple[list[Entry], set[Place]]:
    """Put the files that a platform lists beside notebooks to their attempts; return those that were put.

    They are those that the assignment asks for, and scripts, which a notebook may import. Where there are as
    many as attempts, each has its own; otherwise the last attempt has the newest.
    """
    used: set[Place] = set()
    scripts = dict.fromkeys(own for f in others if (own := _own_file(f)).endswith(SCRIPT) and f.name.own)
    for name in (*wanted, *(own for own in scripts if own.casefold() not in map(str.casefold, wanted))):
        mine = [f for f in others if _own_file(f).casefold() == name.casefold()]
        mine.sort(key=_order)
        at = len(attempts) - len(mine) if len(mine) == len(attempts) else len(attempts) - 1
        for found in mine if len(mine) == len(attempts) else mine[-1:]:
            kept = attempts[at]
            attempts[at] = replace(kept, beside=(*kept.beside, (name, found.entry.place)))
            used.add(found.entry.place)
            at += 1
    return attempts, used


def _own_file(found: Candidate) -> str:
    """Return the student's own name for a file that is no notebook."""
    name = found.entry.place.name
    return found.name.own + PurePosixPath(name).suffix if found.name.own else name


def _order(found: Candidate) -> tuple[float, int, str]:
    entry, name, _ = found
    return entry.submitted.timestamp() if entry.submitted else 0.0, name.order, entry.place.name


def _notebooks(able: list[Candidate], wanted: str) -> list[Candidate]:
    """Tell attempts at the assignment from a hand-in's other notebooks, by the student's own names.

    A script counts where there is no notebook.
    """
    able = [f for f in able if ending_of(f.entry.place.name) != SCRIPT] or able
    if len({f.name.own for f in able}) > 1:
        named = [f for f in able if f.name.own == wanted or f.dated.stem.endswith(f"_{wanted}")]
        return named or able
    return able
