"""Reads a master: the text notebook with solutions and all tests from which everything else is made."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import yaml

MARK = "course"  # the key in a cell's metadata under which its question travels through Otter Assign
_BOUNDARY = re.compile(r"#\s+(BEGIN|END)\s+(QUESTION|PROMPT|SOLUTION|TESTS)\b", re.IGNORECASE)
_UNSAFE = re.compile(r'["\\\n]')


@dataclass(frozen=True)
class MasterQuestion:
    """A question as its author wrote it down."""

    name: str
    points: float
    manual: bool


@dataclass(frozen=True)
class Master:
    """A master notebook, with the addresses filled in and every cell of a question marked with its name."""

    name: str
    title: str
    uses_torch: bool
    questions: tuple[MasterQuestion, ...]
    notebook: Any  # nbformat's NotebookNode, which has no types


def repository(root: Path) -> dict[str, str]:
    """Return the repository's address and branch from ``_config.yml``, the one place where they stand."""
    found = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["repository"]
    return {"repository": str(found["url"]), "branch": str(found["branch"])}


def read(name: str, root: Path) -> Master:
    """Read ``solutions/<name>/<name>.py``.

    Parameters
    ----------
    name : str
        The assignment, such as ``"hw3"``.
    root : Path
        The repository.

    Raises
    ------
    FileNotFoundError
        When there is no such master; the message lists those there are.
    ValueError
        When Otter would misread it in silence: two tests of one name in a question, a quote or a backslash
        in a message, a placeholder that nothing fills.
    """
    path = root / "solutions" / name / f"{name}.py"
    if not path.is_file():
        there = ", ".join(
            sorted(p.parent.name for p in root.glob("solutions/*/*.py") if p.stem == p.parent.name)
        )
        raise FileNotFoundError(f"there is no master {name!r}; there are: {there or 'none'}")
    text = path.read_text(encoding="utf-8")
    for key, value in repository(root).items():
        text = text.replace("{{" + key + "}}", value)
    if unknown := re.findall(r"\{\{\w+\}\}", text):
        raise ValueError(f"{path.name}: nothing fills {unknown[0]}")
    notebook = jupytext.reads(text, fmt="py:percent")
    questions = _mark_questions(notebook, path.name)
    return Master(name, _title(notebook, path.name), "import torch" in text, questions, notebook)


def _title(notebook: Any, where: str) -> str:
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and (heading := re.match(r"# (.+)", cell.source)):
            return heading[1].strip()
    raise ValueError(f"{where}: no cell starts with a heading '# Title'")


def _mark_questions(notebook: Any, where: str) -> tuple[MasterQuestion, ...]:
    """Walk through the blocks; note in each cell's metadata its question and kind of block."""
    questions: list[MasterQuestion] = []
    blocks: list[str] = []
    tests: set[str] = set()
    for cell in notebook.cells:
        boundary = _BOUNDARY.match(cell.source) if cell.cell_type == "raw" else None
        if boundary and boundary[1].upper() == "BEGIN":
            blocks.append(boundary[2].upper())
            if blocks[-1] == "QUESTION":
                config = yaml.safe_load(cell.source)
                questions.append(
                    MasterQuestion(config["name"], float(config["points"]), config.get("manual", False))
                )
                tests = set()
        elif boundary:
            blocks.pop()
        elif blocks:
            cell.metadata[MARK] = {"question": questions[-1].name, "block": blocks[-1].lower()}
            if blocks[-1] == "TESTS":
                _check_test(cell.source, tests, f"{where}, {questions[-1].name}")
    names = [question.name for question in questions]
    if len(set(names)) != len(names):
        raise ValueError(f"{where}: two questions have one name: {names}")
    return tuple(questions)


def _check_test(source: str, seen: set[str], where: str) -> None:
    body = ast.parse(source).body
    functions = [node.name for node in body if isinstance(node, ast.FunctionDef)]
    if len(functions) != 1:
        raise ValueError(f"{where}: a test cell holds one function and one call, found {functions}")
    if functions[0] in seen:
        raise ValueError(f"{where}: two tests are called {functions[0]}; Otter would keep only the last")
    seen.add(functions[0])
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        config = yaml.safe_load(str(body[0].value.value))
        for key in ("failure_message", "success_message"):
            if _UNSAFE.search(config.get(key, "")):
                raise ValueError(
                    f"{where}, {functions[0]}: {key} must hold no quote, backslash or line break"
                )


def write(master: Master, folder: Path) -> Path:
    """Write the master as the .ipynb that Otter Assign reads, and return its path."""
    path = folder / f"{master.name}.ipynb"
    jupytext.write(master.notebook, path)
    return path
