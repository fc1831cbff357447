"""Wrong and alternative answers of a master, which replace its own: tests of the tests.

An alternative or a worthless answer is a Python file beside the master. A line ``# question: q5`` opens the
answer to that question; what stands above the first such line (a docstring that says why, the imports)
belongs to each answer. A mutant is an entry of ``mutants.toml``: the master's own answer with a few edits.

Files that a variant would have written and the grader cannot make lie in a folder of its name: those handed
in with ``alternatives/other.py`` in ``alternatives/other/``, those of a mutant in ``mutants/<name>/``.
"""

from __future__ import annotations

import ast
import copy
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.release import blocks, master
from coursekit._cells import question_of

MUTANTS = "mutants.toml"
SHELF = "mutants"  # with a folder for each mutant that brings files
_HEADER = re.compile(r"^# question: (\w+)[ \t]*$", re.MULTILINE)
_KEYS = ("question", "why", "edits", "also", "told")


@dataclass(frozen=True)
class Variant:
    """Other answers to some questions; ``why`` says what is wrong with them, or how they differ.

    ``also`` names questions that may lose points with those that are answered; ``told`` is what a student who
    made this mistake reads instead of ``why``. ``files`` are handed in with it, instead of the master's.
    """

    name: str
    why: str
    answers: Mapping[str, str]
    also: tuple[str, ...] = ()
    told: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def read(path: Path) -> Variant:
    """Read one variant that is a file.

    Raises
    ------
    ValueError
        When the file does not say why in a docstring or answers no question.
    """
    text = path.read_text(encoding="utf-8")
    above, *parts = _HEADER.split(text)
    why = ast.get_docstring(ast.parse(text))
    if not why or not parts:
        raise ValueError(f"{path.name}: a variant has a docstring and at least one line '# question: q1'")
    imports = ast.unparse([node for node in ast.parse(above).body if not isinstance(node, ast.Expr)])  # type: ignore[arg-type]
    names, codes = parts[::2], parts[1::2]
    answers = {n: f"{imports}\n\n{c.strip()}\n" for n, c in zip(names, codes, strict=True)}
    return Variant(path.stem, why, answers, files=_files(path.with_suffix("")))


def folder(path: Path) -> list[Variant]:
    """Read every variant in a folder, in the order of their names.

    Raises
    ------
    ValueError
        When one cannot be read, or a folder of files belongs to none.
    """
    found = [read(file) for file in sorted(path.glob("*.py"))]
    _no_strays(path, found)
    return found


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*")) if file.is_file()}


def _no_strays(shelf: Path, found: Iterable[Variant]) -> None:
    folders = {p.name for p in shelf.glob("*") if p.is_dir() and not p.name.startswith(("_", "."))}
    if strays := sorted(folders - {variant.name for variant in found}):
        raise ValueError(f"{shelf.name}/{strays[0]}: files of no variant: give the folder the name of one")


def own_answers(source: master.Master) -> dict[str, str]:
    """Return the master's own answers by question, as code without the marks around the solution."""
    found: dict[str, list[str]] = {}
    for cell in source.notebook.cells:
        place = cell.metadata.get(master.MARK, {})
        if place.get("block") == "solution" and cell.cell_type == "code":
            lines = (line for _, line, _ in blocks.regions(cell.source))
            found.setdefault(place["question"], []).append("\n".join(lines) + "\n")
    return {question: "\n\n".join(cells) for question, cells in found.items()}


def mutants(source: master.Master, root: Path) -> list[Variant]:
    """Read ``mutants.toml`` beside a master: its own answers, each with a known mistake.

    Raises
    ------
    ValueError
        When an entry cannot be read, or the text it replaces does not stand exactly once in the master's
        answer; the message names file, line, mutant and remedy.
    """
    path = root / "solutions" / source.name / MUTANTS
    if not path.is_file():
        return []
    text = path.read_text(encoding="utf-8")
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{source.name}/{MUTANTS}: {error}") from None
    answers = own_answers(source)
    graded = [question.name for question in source.questions]
    shelf = path.with_name(SHELF)
    found = [
        replace(_mutant(name, entry, text, answers, graded, source.name), files=_files(shelf / name))
        for name, entry in entries.items()
    ]
    _no_strays(shelf, found)
    return found


def _mutant(
    name: str, entry: Any, text: str, answers: Mapping[str, str], graded: list[str], assignment: str
) -> Variant:
    header = re.search(rf"^\s*\[+{re.escape(name)}[\].]", text, re.MULTILINE)
    line = text.count("\n", 0, header.end()) + 1 if header else 1
    where = f"{assignment}/{MUTANTS}, line {line}, {name}"
    if not isinstance(entry, dict):
        raise ValueError(f"{where}: a mutant is a table: write [{name}] above its question, why and edits")
    if unknown := [key for key in entry if key not in _KEYS]:
        raise ValueError(f"{where}: there is no key {unknown[0]!r}; there are {', '.join(_KEYS)}")
    if missing := [key for key in _KEYS[:3] if not entry.get(key)]:
        raise ValueError(f"{where}: {missing[0]} is missing; a mutant has question, why and edits")
    question, also = str(entry["question"]), tuple(entry.get("also", ()))
    if question not in answers:
        raise ValueError(f"{where}: no answer to {question!r} in the master; there is {', '.join(answers)}")
    if strange := [q for q in also if q not in graded or q == question]:
        raise ValueError(f"{where}: also names {strange[0]!r}, which is no other question of the master")
    changed = answers[question]
    for edit in entry["edits"]:
        if not isinstance(edit, dict) or set(edit) != {"old", "new"} or not edit["old"]:
            raise ValueError(f"{where}: an edit is {{ old = '...', new = '...' }}, got {edit!r}")
        old, new = edit["old"], edit["new"]
        if (count := changed.count(old)) != 1:
            remedy = (
                "copy the line from the master again"
                if count == 0
                else "take more of the line or its neighbours until it is the only one"
            )
            times = "not found" if count == 0 else f"found {count} times"
            raise ValueError(f"{where}: the text {old!r} is {times} in the answer to {question}: {remedy}")
        changed = changed.replace(old, new)
    if changed == answers[question]:
        raise ValueError(f"{where}: the edits change nothing: write the mistake in `new`")
    try:
        ast.parse(changed)
    except SyntaxError as error:
        raise ValueError(f"{where}: after the edits Python cannot read the answer: {error}") from None
    return Variant(name, str(entry["why"]), {question: changed}, also, str(entry.get("told", "")))


def answer(notebook: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy of a notebook with ``answers`` in the answer cells of their questions.

    Where a question has several answer cells, the first gets the answer and the others become empty.

    Parameters
    ----------
    notebook : mapping
        The student's or the solution notebook as JSON, as `autograder build` made it.
    answers : mapping of str
        Source by question name.

    Raises
    ------
    ValueError
        When the notebook has no answer cell for a question.
    """
    changed = copy.deepcopy(dict(notebook))
    cells = {c["metadata"].get("nbgrader", {}).get("grade_id"): c for c in changed["cells"]}
    written = _written(changed["cells"])
    for question, source in answers.items():
        own = _own(changed["cells"], question)
        if not own and question in written:
            own = [cells[question]]
        if not own:
            raise ValueError(f"the notebook has no answer cell for {question}")
        own[0]["source"] = source
        for rest in own[1:]:
            rest["source"] = ""
    return changed


def answer_of(notebook: Mapping[str, Any], question: str) -> str:
    """Return the code of the answer cells of a question."""
    return "\n\n".join("".join(cell["source"]) for cell in _own(notebook["cells"], question))


def _own(cells: Iterable[Mapping[str, Any]], question: str) -> list[Any]:
    """Return the answer cells of a question, those with code where there are such."""
    own = [c for c in cells if question_of(c) == question]
    return [c for c in own if c["cell_type"] == "code"] or own


def _written(cells: Iterable[Mapping[str, Any]]) -> set[str]:
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {mark["grade_id"] for mark in marks if mark.get("grade") and mark.get("solution")}
