"""Rules for the frame of a chapter: its front matter, head, end, exercises, and its length.

Each rule takes a page and returns what is wrong with it, a line each; nothing where all is well.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.book import chapter as text
from tests.book.saved import Saved, saved
from tests.book.toc import BOOK, chapters

MOST_WORDS = 1_700
MOST_LINES = 60
LEVELS = ("check", "derive", "implement")
KEYS = {"minutes", "introduces", "symbols"}
MAY = {"local"}
SECTIONS = ["Check yourself", "Exercises", "In short", "Further reading"]
_DOC = re.compile(r"\{doc\}`(?:[^`<]*<)?([^`>]+)>?`")


@dataclass(frozen=True)
class Page:
    """A chapter in its book."""

    name: str
    book: Path = BOOK
    source: str = ""
    """Text that it is to be read as; what is written in the book where there is none."""

    @cached_property
    def chapter(self) -> text.Chapter:
        """Its text."""
        return text.parse(self.name, self.source) if self.source else text.chapter(self.name, self.book)

    @cached_property
    def saved(self) -> Saved:
        """What the build saved of it."""
        return saved(self.name, self.book)

    def at(self, line: int, problem: str) -> str:
        """Say where a problem is."""
        return f"book/{self.name}.md:{line}: {problem}"

    def target(self, link: str) -> str:
        """Page that a link of this page leads to."""
        start = "" if link.startswith("/") else posixpath.dirname(self.name)
        return posixpath.normpath(posixpath.join(start, link.removeprefix("/")))

    @property
    def place(self) -> int:
        """Place among the chapters."""
        return chapters(self.book).index(self.name)


def front_matter(page: Page) -> list[str]:
    """The front matter says how long it takes, and which terms and symbols it introduces."""
    course, found = page.chapter.course, []
    if set(course) - MAY != KEYS:
        return [page.at(1, f"front matter: `course` expects {sorted(KEYS)}, got {sorted(course)}")]
    if not isinstance(course["minutes"], int) or not 5 <= course["minutes"] <= 60:
        found.append(page.at(1, f"front matter: `minutes` expects 5 to 60, got {course['minutes']!r}"))
    for key in sorted((KEYS | MAY) & set(course) - {"minutes"}):
        listed = course[key]
        if not isinstance(listed, list) or not all(isinstance(entry, str) for entry in listed):
            found.append(page.at(1, f"front matter: `{key}` expects a list of words, got {listed!r}"))
    if not page.chapter.front.get("kernelspec"):
        found.append(page.at(1, "front matter: no kernelspec, so the book would not run its cells"))
    return found


def head(page: Page) -> list[str]:
    """A chapter begins with what it takes, what it needs, and what its reader can do afterwards."""
    titles = [(line, words) for line, level, words in page.chapter.headings if level == 1]
    if len(titles) != 1:
        return [page.at(1, f"expects one title, got {len(titles)}")]
    boxes = page.chapter.named("admonition", "chapter-start")
    if len(boxes) != 1 or boxes[0].argument != "Before you start":
        return [page.at(titles[0][0], 'expects one box "Before you start" of class chapter-start')]
    box, found = boxes[0], []
    between = [line for line, words in page.chapter.prose if titles[0][0] < line < box.line and words.strip()]
    if between:
        found.append(page.at(between[0], 'something stands between the title and "Before you start"'))
    minutes = page.chapter.course.get("minutes")
    if not re.search(rf"\*\*{minutes} minutes\b", box.text):
        found.append(page.at(box.line, f"does not say **{minutes} minutes.**, as the front matter has it"))
    if "You need" not in box.text or "After this you can" not in box.text:
        found.append(page.at(box.line, 'expects "You need …" and "After this you can"'))
    verbs = re.findall(r"^- (\S+)", box.text, re.MULTILINE)
    if not 3 <= len(verbs) <= 5:
        found.append(page.at(box.line, f"expects three to five things to be able to do, got {len(verbs)}"))
    found += [page.at(box.line, f"{verb!r} begins no verb") for verb in verbs if not verb.islower()]
    needed = [page.target(link) for link in _DOC.findall(box.text)]
    earlier = chapters(page.book)[: page.place]
    if page.place and not needed:
        found.append(page.at(box.line, "links no chapter that it needs"))
    found += [page.at(box.line, f"needs {name}, which comes later") for name in needed if name not in earlier]
    return found


def end(page: Page) -> list[str]:
    """A chapter ends with five lines, the homework that practises it, and the chapter that comes next."""
    found = []
    sections = [words for _, level, words in page.chapter.headings if level == 2]
    if sections[-len(SECTIONS) :] != SECTIONS:
        found.append(page.at(1, f"expects to end with the sections {SECTIONS}, got {sections[-4:]}"))
    starts = [line for line, level, words in page.chapter.headings if (level, words) == (2, "In short")]
    stops = [line for line, level, _ in page.chapter.headings if level == 2]
    boxes = page.chapter.named("admonition", "chapter-end")
    if len(boxes) != 1 or boxes[0].argument != "What next":
        return [*found, page.at(1, 'expects one box "What next" of class chapter-end')]
    box = boxes[0]
    if starts:
        stop = min((line for line in stops if line > starts[0]), default=box.line)
        if not starts[0] < box.line < stop:
            found.append(page.at(box.line, '"What next" does not close the section "In short"'))
        summary = [words for line, words in page.chapter.prose if starts[0] < line < box.line]
        if (count := sum(words.startswith("- ") for words in summary)) != 5:
            found.append(page.at(starts[0], f'"In short" expects five lines, got {count}'))
    if "**Practise:**" not in box.text or not re.search(r"\{homework\}`\d+`", box.text):
        found.append(page.at(box.line, "expects **Practise:** with a {homework} that practises it"))
    after = box.text.partition("**Next:**")[2]
    links = [page.target(link) for link in _DOC.findall(after)]
    order = chapters(page.book)
    last = page.place + 1 == len(order)
    if last and any(link.startswith("instructors/") for link in links):
        found.append(page.at(box.line, "**Next:** leads to the instructor's guide"))
    if not last and links != [order[page.place + 1]]:
        found.append(page.at(box.line, f"**Next:** expects a link to {order[page.place + 1]}, got {links}"))
    return found


def exercises(page: Page) -> list[str]:
    """Exercises say their level and minutes, all levels are there, and solutions are folded."""
    found, blocks = [], page.chapter.named("exercise")
    for exercise in page.chapter.exercises:
        if not exercise.level:
            shape = 'a title such as "A layer of VGG-16 (check, 5 minutes)"'
            found.append(page.at(exercise.line, f"the exercise expects {shape}, got {exercise.title!r}"))
    there = {exercise.level for exercise in page.chapter.exercises}
    found += [page.at(1, f"has no exercise of level {level}") for level in LEVELS if level not in there]
    labels = {block.options.get("label") for block in blocks}
    solutions = [*page.chapter.named("solution-start"), *page.chapter.named("solution")]
    solved = {block.argument for block in solutions}
    found += [
        page.at(block.line, "the exercise has no :label:")
        for block in blocks
        if not block.options.get("label")
    ]
    found += [
        page.at(1, f"no solution for the exercise {label}") for label in sorted(labels - solved - {None})
    ]
    for block in solutions:
        if "dropdown" not in str(block.options.get("class")):
            found.append(page.at(block.line, "the solution is not folded: `:class: dropdown`"))
    return found + _starters(page)


def _starters(page: Page) -> list[str]:
    """An implement exercise has a cell to begin with and a check that says what is wrong."""
    found = []
    for exercise in page.chapter.exercises:
        if exercise.level != "implement":
            continue
        cells = [c for c in page.chapter.cells if c.exercise == exercise.title and not c.in_solution]
        if not any(cell.visible and re.search(r"^\s*\.\.\.$", cell.code, re.MULTILINE) for cell in cells):
            found.append(page.at(exercise.line, "no starter cell with `...` follows the exercise"))
        if not any(re.search(r"\bpractice\(", cell.code) for cell in cells):
            found.append(page.at(exercise.line, "no check with practice(…) follows the exercise"))
    return found


def one_sitting(page: Page) -> list[str]:
    """A chapter is read in one sitting."""
    found, words, lines = [], page.chapter.words, shown_lines(page)
    if words > MOST_WORDS:
        found.append(
            page.at(1, f"has {words} words of prose, more than {MOST_WORDS}: make two chapters of it")
        )
    if lines > MOST_LINES:
        found.append(page.at(1, f"shows {lines} lines of code, more than {MOST_LINES}: fold or drop some"))
    return found


def shown_lines(page: Page) -> int:
    """Count the lines of code that a reader sees outside of solutions and "implement" exercises."""
    written = sum(
        cell.lines
        for cell in page.chapter.cells
        if cell.visible and not cell.in_solution and "(implement," not in cell.exercise
    )
    shown = sum(len([line for line in code.split("\n") if line.strip()]) for _, code in sources(page))
    return written + shown


def sources(page: Page) -> list[tuple[int, str]]:
    """Code that ``source(…)`` shows outside of solutions, with the line of its cell."""
    found = []
    for cell, done in zip(page.chapter.cells, page.saved.cells, strict=True):
        for output in done.outputs:
            shown = str(output.get("data", {}).get("text/markdown", ""))
            if shown.startswith("```python\n") and not cell.in_solution:
                found.append((cell.line, shown.removeprefix("```python\n").removesuffix("\n```")))
    return found
