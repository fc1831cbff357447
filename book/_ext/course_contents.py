"""What the course consists of: parts, chapters, homeworks and the topics of the lectures.

Each fact is read from where it stands: parts and their order from ``_toc.yml``, minutes and exercises from
chapters, the questions of a homework from the notebook that students get; nothing from ``solutions/``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

LEVELS = ("check", "derive", "implement")
_EXERCISE = re.compile(r"^[`:]{3,}\{exercise\} .* \((\w+), (\d+) minutes\)$", re.MULTILINE)
_START = re.compile(r"^:::+\{admonition\} Before you start\n(.*?)^:::", re.MULTILINE | re.DOTALL)
_DOC = re.compile(r"\{doc\}`(?:[^`<]*<)?([^`>]+)>?`")
_PRACTISE = re.compile(r"\*\*Practise:\*\*(.*?)(?:\*\*Next:\*\*|\n:::)", re.DOTALL)
_ASKED = re.compile(r"[Qq]uestions? (\d+(?:(?:, | and | to )\d+)*)(?: of \{homework\}`(\d+)`)?")
_QUESTION = re.compile(
    r"^### (?P<name>q\d+) · (?P<title>.*?) &nbsp; (?P<stars>[★☆]+) · (?P<minutes>\d+) minutes$"
)


@dataclass(frozen=True)
class Chapter:
    """One chapter, by what its text says of itself."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def title(self) -> str:
        """Its heading."""
        return _first(r"^# (.*)$", self.text)

    @cached_property
    def minutes(self) -> int:
        """Minutes of reading, without the exercises."""
        return int(yaml.safe_load(self.text.split("---\n", 2)[1])["course"]["minutes"])

    @cached_property
    def exercises(self) -> list[tuple[str, int]]:
        """Level and minutes of each exercise."""
        return [(level, int(minutes)) for level, minutes in _EXERCISE.findall(self.text)]

    @cached_property
    def quizzes(self) -> int:
        """How many questions it asks on the way."""
        return len(re.findall(r"^quiz\(", self.text, re.MULTILINE))

    @cached_property
    def needs(self) -> list[str]:
        """Chapters that its reader is asked to know."""
        start = _START.search(self.text)
        folder = self.name.rpartition("/")[0]
        return [_inside(folder, link) for link in _DOC.findall(start[1] if start else "")]

    @cached_property
    def practised(self) -> dict[str, list[str]]:
        """Homeworks that practise it, each with the names of the questions that do."""
        found: dict[str, list[str]] = {}
        said = " ".join(" ".join(_PRACTISE.findall(self.text)).split())
        homework = ""
        for numbers, named in _ASKED.findall(said):
            homework = named or homework
            if homework:
                found.setdefault(f"hw{homework}", []).extend(f"q{n}" for n in _numbers(numbers))
        return found


@dataclass(frozen=True)
class Part:
    """A numbered part of the book."""

    caption: str
    chapters: list[Chapter]


@dataclass(frozen=True)
class Question:
    """A question of a homework, as its heading announces it."""

    name: str
    title: str
    stars: str
    minutes: int
    points: int


@dataclass(frozen=True)
class Homework:
    """An assignment, as the notebook that students get presents it."""

    name: str
    title: str
    about: str
    """The first paragraph, in Markdown."""
    questions: list[Question]
    modules: list[str]
    """What may be imported beside coursekit and the standard library."""
    uses_gpu: bool
    """Whether a cell asks for a graphics card; none needs one."""

    @property
    def minutes(self) -> int:
        """Minutes of all questions."""
        return sum(question.minutes for question in self.questions)

    @property
    def points(self) -> int:
        """Points of all questions."""
        return sum(question.points for question in self.questions)


class Contents:
    """The course in a repository.

    Parameters
    ----------
    root : Path
        Folder that holds ``book/`` and ``assignments/``.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.book = root, root / "book"

    @cached_property
    def parts(self) -> list[Part]:
        """Numbered parts, in order."""
        toc = yaml.safe_load((self.book / "_toc.yml").read_text(encoding="utf-8"))
        return [
            Part(part["caption"], [self._read(entry["file"]) for entry in part["chapters"]])
            for part in toc["parts"]
            if part.get("numbered")
        ]

    @cached_property
    def chapters(self) -> dict[str, Chapter]:
        """Chapters by name, in order."""
        return {chapter.name: chapter for part in self.parts for chapter in part.chapters}

    @cached_property
    def homeworks(self) -> dict[str, Homework]:
        """Homeworks by name, in order."""
        found = sorted(self.root.glob("assignments/hw*/hw*.ipynb"))
        return {path.stem: _homework(path, self._settings(path.stem)) for path in found}

    @cached_property
    def closes(self) -> dict[str, str]:
        """Homework that closes a part, by the part's caption: that of which it prepares most."""
        prepares = {
            part.caption: Counter(name for chapter in part.chapters for name in chapter.practised)
            for part in self.parts
        }
        parts = {name: max(prepares, key=lambda caption: prepares[caption][name]) for name in self.homeworks}
        return {caption: name for name, caption in parts.items()}

    @cached_property
    def topics(self) -> list[dict[str, Any]]:
        """Topics of the lectures, each with the chapters, names and tests where it went."""
        rows: list[dict[str, Any]] = tomllib.loads(self._syllabus.read_text(encoding="utf-8"))["row"]
        return rows

    def preparing(self, homework: str, question: str = "") -> list[Chapter]:
        """Chapters that prepare a homework, or one question of it."""
        return [
            chapter
            for chapter in self.chapters.values()
            if homework in chapter.practised and (not question or question in chapter.practised[homework])
        ]

    def counts(self, figures: list[str]) -> dict[str, int]:
        """How many there are of what a book has; ``figures`` names the interactive ones that there may be."""
        chapters = self.chapters.values()
        text = "\n".join(chapter.text for chapter in chapters)
        levels = [level for chapter in chapters for level, _ in chapter.exercises]
        return {
            "chapters": len(chapters),
            "questions": sum(chapter.quizzes for chapter in chapters),
            "exercises": len(levels),
            **{f"exercises-{level}": levels.count(level) for level in LEVELS},
            "figures": sum(bool(re.search(rf"\bwidgets\.{name}\(", text)) for name in figures),
            "homeworks": len(self.homeworks),
        }

    def files(self) -> list[Path]:
        """Files that all this is read from."""
        chapters = [self.book / f"{name}.md" for name in self.chapters]
        notebooks = [path for name in self.homeworks for path in (self._notebook(name), self._bundle(name))]
        return [self.book / "_toc.yml", *chapters, *notebooks, self._syllabus]

    def _read(self, name: str) -> Chapter:
        return Chapter(name, (self.book / f"{name}.md").read_text(encoding="utf-8"))

    def _notebook(self, name: str) -> Path:
        return self.root / "assignments" / name / f"{name}.ipynb"

    def _bundle(self, name: str) -> Path:
        return self.root / "src" / "coursekit" / "assignments" / f"{name}.json"

    def _settings(self, name: str) -> dict[str, Any]:
        settings: dict[str, Any] = json.loads(self._bundle(name).read_text(encoding="utf-8"))["course"]
        return settings

    @property
    def _syllabus(self) -> Path:
        return self.root / "docs" / "syllabus.toml"


def _homework(path: Path, settings: dict[str, Any]) -> Homework:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    first = next(text for text in prose if text.startswith("# "))
    heading, about = first.split("\n\n")[:2]
    questions = []
    for line in "\n".join(prose).split("\n"):
        if opened := _QUESTION.match(line):
            questions.append({**opened.groupdict(), "minutes": int(opened["minutes"])})
        elif points := re.match(r"^_Points:_ (\d+)$", line):
            questions[-1]["points"] = int(points[1])
    return Homework(
        name=path.stem,
        title=heading.removeprefix("# "),
        about=about,
        questions=[Question(**question) for question in questions],
        modules=settings["modules"],
        uses_gpu="cuda" in code,
    )


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1] if found else ""


def _inside(folder: str, link: str) -> str:
    """Page that a link of a page in this folder leads to."""
    parts = [] if link.startswith("/") else folder.split("/")
    for step in link.strip("/").split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(part for part in parts if part)


def _numbers(words: str) -> list[int]:
    """Read numbers as a sentence lists them.

    >>> _numbers("1, 5 and 9 to 11")
    [1, 5, 9, 10, 11]
    """
    found: list[int] = []
    for joint, number in re.findall(r"(, | and | to |^)(\d+)", words):
        found += range(found[-1] + 1, int(number) + 1) if joint == " to " else [int(number)]
    return found
