"""A ranking for the class, of those who gave themselves a nickname: how many predictions are right.

A nickname is data from strangers, who may write anything: it is read without running the notebook, shortened,
and holds letters, digits and a few signs alone. What is ranked is read from the bytes that were handed in and
graded, and is compared with answers that never left the grader.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autograder.notebooks.cells import cells
from autograder.pages.page import render
from autograder.records.store import Record
from coursekit._files import Desk, Wanted

MOST = 24  # characters of a nickname
NAME = "nickname"
_CELL = 2000  # characters of a cell that may hold one: a longer one is not parsed
_SIGNS = " -_."


@dataclass(frozen=True)
class Place:
    """One line of the ranking; ``numbers`` is how many numbers the network's file holds, None without one."""

    nickname: str
    right: int
    count: int
    numbers: int | None


def nickname(notebook: str) -> str:
    """Return the nickname that a notebook gives itself: a text that is assigned to `nickname`; often empty.

    Examples
    --------
    >>> import json
    >>> cell = {"cell_type": "code", "source": "nickname = 'Ada <b>'"}
    >>> nickname(json.dumps({"cells": [cell]}))
    'Ada b'
    """
    found = ""
    for cell in cells(notebook):
        if cell.kind != "code" or NAME not in cell.source or len(cell.source) > _CELL:
            continue
        try:
            body = ast.parse(cell.source).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in body:
            if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
                continue
            if [ast.unparse(target) for target in node.targets] == [NAME] and isinstance(
                node.value.value, str
            ):
                found = node.value.value
    kept = "".join(sign for sign in found[: 10 * MOST] if sign.isalnum() or sign in _SIGNS)
    return " ".join(kept.split())[:MOST].strip()


def right_ones(folder: Path, wanted: Iterable[Wanted]) -> tuple[Wanted, NDArray[np.generic]] | None:
    """Return the file of predictions and the right ones: data that hold an array by the name of such a file.

    Parameters
    ----------
    folder : Path
        The data of a built assignment.
    wanted : iterable of Wanted
        The files that it asks for.
    """
    for path in sorted(folder.glob("*.npz")):
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as archive:
            for each in wanted:
                stem = Path(each.name).stem
                if each.kind == "npy" and stem in archive.files:
                    return each, np.asarray(archive[stem])
    return None


def place(
    record: Record,
    notebook: str,
    handed: Mapping[str, bytes | str],
    wanted: tuple[Wanted, ...],
    right: tuple[Wanted, NDArray[np.generic]],
    asking: Collection[str],
) -> Place | None:
    """Return the line of one submission; none without a nickname, or where its files do not count.

    They count where each can be read, and where the questions in ``asking``, whose tests read them, pass
    their public tests: so the predictions are those of the network that was handed in.
    """
    said, (asked, answers) = nickname(notebook), right
    those = [question for question in record.result.questions if question.name in asking]
    sound = all(case.passed for question in those for case in question.cases if not case.hidden)
    desk = Desk(wanted, handed)
    if not said or not sound or any(desk.wrong(each) for each in wanted if each.required):
        return None
    predictions = desk.read(asked)
    if isinstance(predictions, dict) or predictions.shape != answers.shape:
        return None
    numbers = None
    for each in wanted:
        held = desk.read(each) if each.kind == "safetensors" and each.name in handed else None
        if isinstance(held, dict):
            numbers = (numbers or 0) + sum(array.size for array in held.values())
    return Place(said, int((predictions == answers).sum()), answers.size, numbers)


def ranked(places: Iterable[Place]) -> list[tuple[int, Place]]:
    """Return the lines with their ranks: most right first, then the smaller network; equals share a rank."""
    ordered = sorted(places, key=lambda p: (-p.right, p.numbers or 0, p.nickname.casefold()))
    merits = [(p.right, p.numbers) for p in ordered]
    return [(merits.index(merit) + 1, p) for merit, p in zip(merits, ordered, strict=True)]


def leaderboard_page(name: str, title: str, places: Iterable[Place]) -> str:
    """Render the ranking as one page, without a script and with every text escaped."""
    return render("leaderboard.html", name=name, title=title, places=ranked(places))
