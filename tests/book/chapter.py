"""A chapter's text taken apart: front matter, lines of prose, code cells, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.support import ROOT

_FENCE = re.compile(
    r"^\s*(?P<fence>`{3,}|:{3,})(?:\{(?P<name>[\w:-]+)\}|(?P<language>\w+))? *(?P<argument>.*)$"
)
_TITLE = re.compile(r"^(?P<title>.*?) \((?P<level>check|derive|implement), (?P<minutes>\d+) minutes\)$")
_ROLE = re.compile(r"\{(?P<role>[\w:-]+)\}`(?P<body>[^`]*)`")
_FOLDED = re.compile(r"(?:hide|remove)-")


@dataclass(frozen=True)
class Block:
    """A directive: what it is, its argument and options, and the lines between its fences."""

    name: str
    argument: str
    line: int
    body: list[tuple[int, str]] = field(default_factory=list, compare=False)
    options: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def text(self) -> str:
        """Its lines, joined."""
        return "\n".join(text for _, text in self.body)


@dataclass(frozen=True)
class Cell:
    """A code cell and where it stands."""

    line: int
    code: str
    tags: frozenset[str]
    options: dict[str, Any]
    section: str
    exercise: str
    """Title of the exercise that it belongs to; empty outside of exercises."""
    in_solution: bool

    @property
    def visible(self) -> bool:
        """Whether readers see its code without unfolding anything."""
        return not any(map(_FOLDED.match, self.tags))

    @property
    def lines(self) -> int:
        """Lines of code, blank ones not counted."""
        return sum(bool(line.strip()) for line in self.code.split("\n"))


@dataclass(frozen=True)
class Exercise:
    """Title, level and minutes of an exercise."""

    line: int
    title: str
    level: str
    minutes: int


@dataclass
class Chapter:
    """A page's text, taken apart once."""

    name: str
    text: str
    front: dict[str, Any] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    """Line, level and words."""
    prose: list[tuple[int, str]] = field(default_factory=list)
    """Lines that are read one after another: no code, no formulas on lines of their own, no options."""
    tasks: list[tuple[int, str]] = field(default_factory=list)
    """Lines of exercises and solutions."""
    formulas: list[tuple[int, str]] = field(default_factory=list)
    """Lines of formulas that stand alone."""
    examples: list[tuple[int, str]] = field(default_factory=list)
    """Lines of fenced blocks that are no cells: what a page shows as code or as a terminal."""

    @property
    def course(self) -> dict[str, Any]:
        """What the front matter says under ``course``."""
        return self.front.get("course") or {}

    @cached_property
    def words(self) -> int:
        """Words of the prose, without exercises, solutions and quizzes."""
        plain = "\n".join(_ROLE.sub("word", line) for _, line in self.prose)
        plain = re.sub(r"\$[^$]*\$", "formula", plain)
        return len(re.findall(r"[\w'’%°×−]+(?:[-.,/][\w]+)*", plain))

    @cached_property
    def exercises(self) -> list[Exercise]:
        """Exercises with their levels; ``level`` is empty where the title does not say."""
        found = []
        for block in self.blocks:
            if block.name == "exercise":
                said = _TITLE.match(block.argument)
                level, minutes = (said["level"], int(said["minutes"])) if said else ("", 0)
                found.append(Exercise(block.line, block.argument, level, minutes))
        return found

    def named(self, name: str, css: str = "") -> list[Block]:
        """Directives of a name, with a CSS class where one is given."""
        found = [block for block in self.blocks if block.name == name]
        return (
            [block for block in found if css in str(block.options.get("class", "")).split()] if css else found
        )


def _front(lines: list[str]) -> tuple[dict[str, Any], int]:
    if not lines or lines[0] != "---":
        return {}, 0
    end = lines.index("---", 1)
    return yaml.safe_load("\n".join(lines[1:end])) or {}, end + 1


def _options(body: list[tuple[int, str]]) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """Split the options at the head of a directive from its body."""
    texts = [text for _, text in body]
    if texts and texts[0].strip() == "---":
        end = next(place for place, text in enumerate(texts[1:], 1) if text.strip() == "---")
        return yaml.safe_load("\n".join(texts[1:end])) or {}, body[end + 1 :]
    found: dict[str, Any] = {}
    for place, text in enumerate(texts):
        said = re.match(r"^\s*:([\w-]+):\s*(.*)$", text)
        if not said:
            return found, body[place:]
        found[said[1]] = yaml.safe_load(said[2]) if said[2].startswith("[") else said[2]
    return found, []


def parse(name: str, text: str) -> Chapter:
    """Take a page's text apart."""
    lines = text.split("\n")
    front, start = _front(lines)
    chapter = Chapter(name, text, front)
    walk = _Walk(chapter)
    walk.through([(number, line) for number, line in enumerate(lines, 1) if number > start])
    return chapter


class _Walk:
    """Goes through the lines once and remembers where it is."""

    def __init__(self, chapter: Chapter) -> None:
        self.chapter = chapter
        self.section = self.exercise = ""
        self.in_solution = False

    def through(self, lines: list[tuple[int, str]], task: bool = False) -> None:
        rest, in_formula = list(lines), False
        while rest:
            number, line = rest.pop(0)
            opened = _FENCE.match(line)
            if in_formula or line.startswith("$$"):
                closed = re.search(r"\$\$(?:\s*\(.*\))?$", line[2:] if not in_formula else line)
                in_formula = not closed
                self.chapter.formulas.append((number, re.sub(r"\$\$(?:\s*\([\w:-]+\))?$|^\$\$", "", line)))
            elif opened and (opened["name"] or opened["language"] or opened["fence"][0] == "`"):
                self._directive(opened, number, _until_closed(rest, opened["fence"]), task)
            elif re.match(r"^\([\w:-]+\)=$", line):
                continue
            elif heading := re.match(r"^(#+) (.*)$", line):
                self.chapter.headings.append((number, len(heading[1]), heading[2]))
                self.exercise = ""
                if len(heading[1]) == 2:
                    self.section = heading[2]
            else:
                (self.chapter.tasks if task or self.in_solution else self.chapter.prose).append(
                    (number, line)
                )

    def _directive(self, opened: re.Match[str], number: int, raw: list[tuple[int, str]], task: bool) -> None:
        name = opened["name"]
        if name is None or name in {"code-block", "literalinclude"}:
            self.chapter.examples += raw
            return
        options, body = _options(raw)
        if name == "code-cell":
            tags = options.get("tags") or []
            self.chapter.cells.append(
                Cell(number, "\n".join(text for _, text in body).strip("\n"), frozenset(tags), options,
                     self.section, self.exercise, self.in_solution)
            )  # fmt: skip
            return
        self.chapter.blocks.append(Block(name, opened["argument"].strip(), number, body, options))
        if name == "exercise":
            self.exercise = opened["argument"].strip() or "without a title"
        if name in {"solution-start", "solution-end"}:
            self.in_solution = name == "solution-start"
        if name == "math":
            self.chapter.formulas += body
        elif name not in {"bibliography", "glossary"}:
            self.through(body, task or name in {"exercise", "solution"})


def _until_closed(rest: list[tuple[int, str]], fence: str) -> list[tuple[int, str]]:
    body = []
    while rest:
        number, line = rest.pop(0)
        if line.strip() and set(line.strip()) == {fence[0]} and len(line.strip()) >= len(fence):
            break
        body.append((number, line))
    return body


@cache
def chapter(page: str, source: Path = ROOT / "book") -> Chapter:
    """Read a page and take it apart."""
    return parse(page, (source / f"{page}.md").read_text(encoding="utf-8"))
