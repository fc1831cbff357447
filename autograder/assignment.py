"""An assignment as the grader knows it: its questions, their points and where the tests lie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursekit._rules import Rules

MANIFEST = "manifest.json"
ANSWERS = "answers.json"  # the course's own answers to questions that others build on; for graders alone


@dataclass(frozen=True)
class Question:
    """One question of an assignment.

    ``manual`` questions are written answers that a person reads; they have no ``tests`` file.
    """

    name: str
    points: float
    manual: bool
    tests: Path | None
    course: Mapping[str, Any] = field(default_factory=dict, hash=False)  # settings that Otter does not know


@dataclass(frozen=True)
class Assignment:
    """What `autograder build` made of a master, read back from its manifest."""

    name: str
    title: str
    notebook: str
    questions: tuple[Question, ...]
    folder: Path
    course: Mapping[str, Any] = field(default_factory=dict, hash=False)  # what the head says under `course:`
    cells: Mapping[str, Any] = field(default_factory=dict, hash=False)  # what the build knows of its cells
    term: str = ""  # whose hidden inputs its tests have; empty for those that stand in the master

    @property
    def modules(self) -> tuple[str, ...]:
        """What notebooks may import, besides what every notebook may."""
        return tuple(self.course.get("modules", ("numpy",)))

    @property
    def files(self) -> tuple[str, ...]:
        """The names of the files that are handed in beside the notebook."""
        return tuple(str(entry["name"]) for entry in self.course.get("files", ()))

    @property
    def uses_torch(self) -> bool:
        """Whether notebooks may import torch."""
        return any(name.partition(".")[0] == "torch" for name in self.modules)

    @property
    def public_alone(self) -> bool:
        """Whether public tests earn points where no hidden test passes; builds before there was a rule do."""
        return bool(self.course.get("public_alone", True))

    @property
    def rules(self) -> Rules | None:
        """The rules that notebooks are judged by; None in a build that has none."""
        questions = {q.name: q.course for q in self.graded}
        return Rules.of(self.name, self.course, questions, self.cells)

    @property
    def graded(self) -> tuple[Question, ...]:
        """The questions a machine grades, in the order they stand in the notebook."""
        return tuple(q for q in self.questions if not q.manual)

    @property
    def read(self) -> tuple[Question, ...]:
        """The questions a person reads."""
        return tuple(q for q in self.questions if q.manual)

    @property
    def possible(self) -> float:
        """The points that a machine can give."""
        return sum(q.points for q in self.graded)


def load(name: str, build: Path = Path("build")) -> Assignment:
    """Read the manifest that `autograder build` wrote for assignment ``name``.

    Parameters
    ----------
    name : str
        The assignment's name, such as ``"hw3"``.
    build : Path
        The folder `autograder build` writes to; the manifest is ``build/<name>/manifest.json``.

    Raises
    ------
    FileNotFoundError
        When the assignment was never built; the message says how to build it.
    """
    folder = build / name
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(
            f"assignment {name!r} has no manifest in {folder}: run `autograder build {name}` first"
        ) from None
    questions = tuple(
        Question(
            q["name"],
            float(q["points"]),
            q["manual"],
            folder / q["tests"] if q["tests"] else None,
            q.get("course", {}),
        )
        for q in manifest["questions"]
    )
    return Assignment(
        manifest["name"],
        manifest["title"],
        manifest["notebook"],
        questions,
        folder,
        manifest.get("course", {}),
        manifest.get("cells", {}),
        manifest.get("term", ""),
    )
