"""Finds an assignment's questions and public tests, wherever the notebook runs.

They lie in a folder ``tests`` beside the notebook, as Otter Assign leaves them, and also inside this package,
because Colab opens a notebook alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from coursekit import _mistakes
from coursekit._otter_tests import QuestionTests, read
from coursekit._rules import Rules

_MISTAKES = ".mistakes"  # between name and suffix of the file of known mistakes


@dataclass(frozen=True)
class Question:
    """One question: its name, its total points, whether a person grades it, and what its head says."""

    name: str
    points: float
    manual: bool
    course: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Bundle:
    """What is known of an assignment.

    Parameters
    ----------
    name : str
        The assignment, such as ``"hw3"``.
    notebook : str
        File name of its notebook.
    listed : tuple of Question
        The questions in the order of the notebook; empty where this package does not know the assignment.
    packaged : dict of str
        Text of each question's public tests, by question.
    folder : Path
        Where test files beside the notebook are looked for; these win over the packaged ones.
    course : mapping
        What the assignment's head says under ``course:``, such as the modules that are allowed.
    cells : mapping
        What the build knows about the cells that it handed out.
    """

    name: str
    notebook: str
    listed: tuple[Question, ...]
    packaged: dict[str, str]
    folder: Path
    course: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def rules(self) -> Rules | None:
        """The rules of the assignment; None where this package does not know it."""
        questions = {q.name: q.course for q in self.listed if not q.manual}
        return Rules.of(self.name, self.course, questions, self.cells)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions, or else those that the test files beside the notebook name."""
        if self.listed:
            return self.listed
        found = sorted(self._files(), key=_number_aware)
        return tuple(Question(name, self._parse(name).possible, False) for name in found)

    def question(self, name: str) -> Question:
        """Return the question called ``name``.

        Raises
        ------
        ValueError
            If there is none; the message lists those that there are.
        """
        for question in self.questions:
            if question.name == name:
                return question
        names = ", ".join(question.name for question in self.questions)
        raise ValueError(f"check: {self.name} has no question {name!r}; its questions are {names}")

    def below(self, question: Question) -> tuple[Question, ...]:
        """Return the questions that one builds on, directly or not, in the notebook's order."""
        names: set[str] = set()
        ahead = list(question.course.get("builds_on", ()))
        while ahead:
            name = ahead.pop()
            names.add(name)
            found = (q for q in self.questions if q.name == name)
            ahead += [n for q in found for n in q.course.get("builds_on", ()) if n not in names]
        return tuple(q for q in self.questions if q.name in names)

    def tests(self, question: str) -> QuestionTests | None:
        """Return the public tests of a question; None where it has none."""
        return self._parse(question) if question in self.packaged or question in self._files() else None

    @cached_property
    def mistakes(self) -> _mistakes.Known:
        """The known mistakes of the assignment; none where their file is missing or broken."""
        path = files("coursekit") / "assignments" / f"{self.name}{_MISTAKES}.json"
        try:
            return _mistakes.read(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return _mistakes.Known()

    def _files(self) -> dict[str, Path]:
        return {path.stem: path for path in self.folder.glob("*.py") if "OK_FORMAT" in _text(path)}

    def _parse(self, question: str) -> QuestionTests:
        path = self._files().get(question)
        if path is not None:
            return read(_text(path), str(path))
        return read(self.packaged[question], f"<public tests of {question}>")


def find(name: str, folder: Path) -> Bundle:
    """Find the assignment called ``name``.

    Parameters
    ----------
    name : str
        The assignment, such as ``"hw3"``.
    folder : Path
        Where test files beside the notebook would be.

    Raises
    ------
    ValueError
        If neither this package nor ``folder`` has its tests; the message lists the assignments known.
    """
    shelf = files("coursekit") / "assignments"
    stems = [Path(entry.name).stem for entry in shelf.iterdir()] if shelf.is_dir() else []
    known = [stem for stem in stems if not stem.endswith(_MISTAKES)]
    if name in known:
        content = json.loads((shelf / f"{name}.json").read_text(encoding="utf-8"))
        listed = tuple(
            Question(q["name"], q["points"], q["manual"], q.get("course", {})) for q in content["questions"]
        )
        return Bundle(
            name,
            content["notebook"],
            listed,
            content["tests"],
            folder,
            content.get("course", {}),
            content.get("cells", {}),
        )
    bundle = Bundle(name, f"{name}.ipynb", (), {}, folder)
    if not bundle.questions:
        there = ", ".join(sorted(known)) or "none"
        raise ValueError(
            f"Grader: no tests of {name!r} found: no test files in {str(folder)!r}, and the assignments that"
            f" coursekit knows are: {there}"
        )
    return bundle


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _number_aware(name: str) -> list[tuple[bool, int, str]]:
    """Sort q2 before q10."""
    return [
        (part.isdigit(), int(part or 0) if part.isdigit() else 0, part) for part in re.split(r"(\d+)", name)
    ]
