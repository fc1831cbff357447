"""Attacks on disk made into notebooks, and what must hold after each.

A file in ``notebooks/`` is one attack. Its docstring is a header of four fields; ``# %%`` begins a cell, and
JSON after it sets the cell's metadata (``id`` and ``cell_type`` too). The files are read, never imported:
they attack whoever runs them. An attack that gets what it is after says so by printing or raising ``WON``.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.records.results import NotebookResult
from tests.attacks.hidden_class import CANARY, HONEST, NAMES, POSSIBLE

FOLDER = Path(__file__).parent / "notebooks"
STRAY = "stray-of-an-attack"  # what an attack calls the files it leaves
WON = "the attack won"
_FIELDS = ("family", "tries", "honest", "metadata")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

LOOK = """
import os
from pathlib import Path
print({place: sorted(os.listdir(place)) for place in ('/tmp', '/tmp/home', '/tmp/work', '/dev/shm')})
print(sum(name.isdigit() for name in os.listdir('/proc')), Path('/proc/net/unix').read_text().count('\\n'))
print(sorted(os.listdir('/proc/self/fd')), sorted(os.environ))
"""  # what an honest notebook finds in its sandbox: the same whoever was graded before


@dataclass(frozen=True)
class Attack:
    """One attack: what it is, and the notebook that carries it.

    ``honest`` is the most that honest code of the same content would score, by question.
    """

    name: str
    family: str
    tries: str
    honest: dict[str, float]
    notebook: str


def attacks() -> list[Attack]:
    """Return every attack in ``notebooks/``, by family."""
    return sorted(map(_read, FOLDER.glob("*.py")), key=lambda a: (a.family, a.name))


def notebook(*sources: str) -> str:
    """Return a notebook of these code cells."""
    return _notebook([_cell(source, {}) for source in sources], {})


def _read(path: Path) -> Attack:
    text = path.read_text(encoding="utf-8")
    header = text.split('"""')[1]
    parts = re.split(rf"^({'|'.join(_FIELDS)}): ", header, flags=re.MULTILINE)[1:]
    fields = {name: " ".join(value.split()) for name, value in zip(parts[::2], parts[1::2], strict=True)}
    cells = [_cell(source, {}) for source in HONEST]
    for chunk in re.split(r"^# %%", text, flags=re.MULTILINE)[1:]:
        first, _, source = chunk.partition("\n")
        cells.append(_cell(source.strip("\n"), json.loads(first) if first.strip() else {}))
    honest = _honest(path, fields["honest"])
    lost = [name for name, points in honest.items() if not points]
    # First the answers of an honest student who does not know these: an attack may lose its own cells.
    cells[len(HONEST) : len(HONEST)] = [_cell("\n".join(f"def {NAMES[q]}(*x): ..." for q in lost), {})]
    whole = _notebook(cells, json.loads(fields.get("metadata", "{}")))
    return Attack(path.stem, fields["family"], fields["tries"], honest, whole)


def _honest(path: Path, words: str) -> dict[str, float]:
    """Read ``all`` or ``all but double, size``."""
    start, *lost = re.split(r" but |, ", words)
    if start != "all" or not set(lost) <= set(POSSIBLE):
        raise ValueError(f"{path.name}: honest must be 'all' or 'all but ...', it is {words!r}")
    return {name: 0.0 if name in lost else points for name, points in POSSIBLE.items()}


def _cell(source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    own = {key: metadata[key] for key in ("id", "cell_type", "source", "outputs") if key in metadata}
    rest = {key: value for key, value in metadata.items() if key not in own}
    blank = {"cell_type": "code", "metadata": rest, "source": source, "outputs": [], "execution_count": None}
    return blank | own


def _notebook(cells: list[dict[str, Any]], metadata: dict[str, Any]) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells})


def scores(result: NotebookResult) -> dict[str, float]:
    """Return the score of each question."""
    return {q.name: q.score for q in result.questions}


def shown(result: NotebookResult) -> list[str]:
    """Return every text of a result that a student may read, sources of cells left out."""
    texts = [result.reason, *(case.message for q in result.questions for case in q.cases)]
    for cell in json.loads(result.executed or '{"cells": []}')["cells"]:
        texts += [json.dumps(output, ensure_ascii=False) for output in cell.get("outputs", [])]
    return texts


def complaints(attack: Attack, result: NotebookResult, page: str) -> list[str]:
    """Return what the attack got away with, in words; nothing when it was fought off."""
    wrong = [
        f"{name}: {score} points, honest code gets {attack.honest[name]}"
        for name, score in scores(result).items()
        if not score <= attack.honest[name]
    ]
    if list(scores(result)) != list(POSSIBLE) or result.possible != sum(POSSIBLE.values()):
        wrong.append("the questions or their points changed")
    texts = shown(result)
    details = [case.detail for q in result.questions for case in q.cases]
    if any(CANARY in text for text in (*texts, result.executed or "", page)):
        wrong.append("hidden material is shown")
    if any(WON in text for text in (*texts, *details)):
        wrong.append("it reached what it was after: " + next(t for t in (*texts, *details) if WON in t)[:500])
    messages = [result.reason, *(case.message for q in result.questions for case in q.cases)]
    if any(_CONTROL.search(text) for text in (*messages, *details)):
        wrong.append("control characters reach the log")
    if any(len(text) > 50_000 for text in messages) or len(result.executed or "") > 12_000_000:
        wrong.append("what is kept of it is huge")
    return wrong
