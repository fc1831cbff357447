"""Walks through a master's marks, ``BEGIN QUESTION`` to ``END QUESTION``, and reports the wrong ones."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from autograder.release import attached, bands, head, testcells, unseen
from autograder.release.testcells import Wrong

MARK = "course"  # the key in a cell's metadata under which its question travels through Otter Assign
KINDS = ("QUESTION", "PROMPT", "SOLUTION", "TESTS")
KEYS = ("name", "points", "manual", "check_cell", "export", "all_or_nothing")
_BOUNDARY = re.compile(r"#\s+(\w+)\s+(\w+)\b", re.IGNORECASE)
_CONFIG = re.compile(r"#\s+assignment\s+config\b", re.IGNORECASE)


@dataclass(frozen=True)
class MasterQuestion:
    """A question as its author wrote it."""

    name: str
    points: float
    manual: bool
    course: dict[str, Any] = field(default_factory=dict)  # what Otter does not know, such as forbidden names


def starts(text: str, cells: list[Any]) -> list[int]:
    """Return the line of the master, from 1, at which the text of each cell begins."""
    lines = text.splitlines()
    marks = [k for k, line in enumerate(lines) if line.startswith("# %%")]
    if len(marks) == len(cells) - 1:  # the text above the first mark is a cell, too
        marks.insert(0, 0)
    if len(marks) != len(cells):  # a mark inside a string: no line is better than a wrong one
        return [1] * len(cells)
    found = []
    for mark in marks:
        line = mark + 1
        while line < len(lines) and not lines[line].strip("# \t"):
            line += 1
        found.append(line + 1)
    return found


class Walk:
    """One pass through the cells of a master, from top to bottom."""

    def __init__(self, cells: list[Any], lines: list[int]) -> None:
        self.cells, self.lines = cells, lines
        self.questions: list[MasterQuestion] = []
        self.blocks: list[tuple[str, int]] = []  # the open ones, with the line where each began
        self.tests: dict[str, float | None] = {}  # those of the open question, and the points they name
        self.whole = False  # whether the open question gives all its points or none
        self.held: set[str] = set()  # the kinds of block that the open question has
        self.course: dict[str, Any] = {}  # what the head says under `course:`
        self.here = 1

    @property
    def question(self) -> MasterQuestion:
        """The question that is open."""
        return self.questions[-1]

    def go(self) -> tuple[MasterQuestion, ...]:
        """Check every cell, note in its metadata its question and kind of block, and return the questions.

        Raises
        ------
        Wrong
            When something is wrong; its line is that of the master, from 1.
        """
        configured = False
        for cell, line in zip(self.cells, self.lines, strict=True):
            self.here = line
            try:
                if cell.cell_type == "raw" and _CONFIG.match(cell.source):
                    _check_config(cell.source)
                    self.course = head.read(cell.source)
                    configured = True
                elif cell.cell_type == "raw":
                    self._mark(cell.source)
                else:
                    self._text_or_code(cell)
            except Wrong as wrong:
                raise Wrong(line + wrong.line, str(wrong)) from None
        if self.blocks:
            kind, line = self.blocks[-1]
            raise Wrong(
                line, f"BEGIN {kind} has no end: write a raw cell `# END {kind}` where the block ends"
            )
        if not configured:
            raise Wrong(
                1,
                "there is no raw cell `# ASSIGNMENT CONFIG`: copy the one that `autograder new` writes",
            )
        return tuple(self.questions)

    def _mark(self, source: str) -> None:
        found = _BOUNDARY.match(source)
        way, kind = (found[1].upper(), found[2].upper()) if found else ("", "")
        if way not in ("BEGIN", "END") or kind not in KINDS:
            written = source.splitlines()[0] if source else ""
            known = [f"# {w} {k}" for w in ("BEGIN", "END") for k in KINDS] + ["# ASSIGNMENT CONFIG"]
            near = difflib.get_close_matches(written.upper(), known, 1)
            remedy = f"did you mean `{near[0]}`?" if near else f"a raw cell begins with {', '.join(known)}"
            raise Wrong(0, f"`{written}` is no mark of Otter's: {remedy}")
        if way == "BEGIN":
            self._begin(kind, source)
        else:
            self._end(kind)

    def _begin(self, kind: str, source: str) -> None:
        open_kinds = [k for k, _ in self.blocks]
        if (kind == "QUESTION") == bool(open_kinds) or len(open_kinds) > 1:
            where = f"inside the {open_kinds[-1]} of line {self.blocks[-1][1]}" if open_kinds else "alone"
            remedy = (
                f"write `# END {open_kinds[-1]}` above it"
                if open_kinds
                else "write `# BEGIN QUESTION` above it"
            )
            raise Wrong(0, f"BEGIN {kind} stands {where}: {remedy}")
        self.blocks.append((kind, self.here))
        if kind != "QUESTION":
            self.held.add(kind)
            return
        question = _question(source)
        if question.name in [q.name for q in self.questions]:
            names = [q.name for q in self.questions]
            raise Wrong(
                testcells.line_of(source, "name"),
                f"two questions have one name, {question.name}: there are {', '.join(names)} above",
            )
        self._check_below(question, source)
        self.questions.append(question)
        self.tests, self.held = {}, set()
        self.whole = bool(testcells.read_yaml(source).get("all_or_nothing"))

    def _check_below(self, question: MasterQuestion, source: str) -> None:
        """Refuse to build on a question that is not above, which also rules out circles."""
        above = {q.name: q for q in self.questions}
        for name in question.course.get("builds_on", ()):
            usable = [q.name for q in self.questions if not q.manual]
            remedy = f"take of {', '.join(usable)}" if usable else "take it out"
            if name == question.name:
                why = "builds on itself"
            elif name not in above:
                why = f"builds on {name}, which is no question above it"
            elif above[name].manual:
                why = f"builds on {name}, a written answer, which no test can fail"
            elif question.manual:
                why, remedy = "is a written answer, whose tests cannot run again", "take `builds_on` out"
            else:
                continue
            raise Wrong(testcells.line_of(source, "builds_on"), f"{question.name} {why}: {remedy}")

    def _end(self, kind: str) -> None:
        if not self.blocks:
            raise Wrong(0, f"END {kind} ends nothing: write `# BEGIN {kind}` above, or take it out")
        last, line = self.blocks.pop()
        if last != kind:
            raise Wrong(
                0, f"END {kind} stands where the {last} of line {line} is open: write `# END {last}` first"
            )
        if kind == "QUESTION":
            name = self.question.name
            if "SOLUTION" not in self.held:
                raise Wrong(0, f"{name} has no answer: write `# BEGIN SOLUTION`, cells and `# END SOLUTION`")
            if not self.question.manual and not self.tests:
                raise Wrong(0, f"{name} has no tests: write `# BEGIN TESTS` with a test, or `manual: true`")
            self._check_points()

    def _check_points(self) -> None:
        """Refuse points that Otter would distribute in a way that nobody stated."""
        name, total = self.question.name, self.question.points
        silent = [test for test, points in self.tests.items() if points is None]
        if silent and len(silent) < len(self.tests):
            raise Wrong(
                0,
                f"of the tests of {name} some name points and {silent[0]} names none: write `points: 1` into "
                "its settings, or take the others' out",
            )
        named = sum(points for points in self.tests.values() if points is not None)
        if self.tests and not silent and abs(named - total) > 1e-6:
            raise Wrong(
                0, f"the tests of {name} give {named:g} points, {name} has {total:g}: make them the same"
            )

    def _text_or_code(self, cell: Any) -> None:
        kind = self.blocks[-1][0] if self.blocks else ""
        if kind != "SOLUTION" and cell.cell_type == "code":
            stray = next((k for k, _, secret in regions(cell.source) if secret), None)
            if stray is not None:
                raise Wrong(
                    stray,
                    "a solution outside of a SOLUTION block, where Otter would leave it in the students' "
                    "notebook: write raw cells `# BEGIN SOLUTION` and `# END SOLUTION` around the cell",
                )
        given = kind not in ("SOLUTION", "TESTS") and cell.cell_type == "code"
        if given and (found := unseen.find(cell.source)):
            raise Wrong(*found)
        if not kind:
            return
        cell.metadata[MARK] = {"question": self.question.name, "block": kind.lower()}
        if kind == "TESTS":
            if cell.cell_type != "code":
                raise Wrong(0, "text stands between the tests: move it above `# BEGIN TESTS`")
            test = testcells.read(cell.source)
            if test.name in self.tests:
                raise Wrong(
                    0, f"two tests are called {test.name}; Otter would keep only the last: rename one"
                )
            bands.check(test, cell.source)
            attached.check_public(cell.source, dict.fromkeys(self.course.get("data", ())))
            if self.whole and bands.KEY in test.config:
                raise Wrong(0, f"{test.name} has bands, and {self.question.name} gives all or nothing")
            self.tests[test.name] = bands.points_of(test)
        elif kind == "SOLUTION" and cell.cell_type == "code":
            _check_solution(cell.source)


def _question(source: str) -> MasterQuestion:
    config = testcells.read_yaml(source)
    testcells.only(config, (*KEYS, *head.OF_A_QUESTION), source)
    if "name" not in config:
        raise Wrong(0, "this question has no name: write `name: q1` below `# BEGIN QUESTION`")
    name, points = config["name"], config.get("points")
    if not re.fullmatch(r"[A-Za-z]\w*", str(name)):
        raise Wrong(
            testcells.line_of(source, "name"),
            f"a question's name is like q1, got {name!r}: take letters and digits",
        )
    if "points" not in config:
        raise Wrong(0, f"{name} has no points: write `points: 2` below its name")
    if isinstance(points, bool) or not isinstance(points, int | float) or points <= 0:
        raise Wrong(
            testcells.line_of(source, "points"),
            f"the points of {name} are a number above 0, got {points!r}: write `points: 2`",
        )
    manual = config.get("manual", False)
    if not isinstance(manual, bool):
        where = testcells.line_of(source, "manual")
        raise Wrong(where, f"`manual` is true or false, got {manual!r}: write `manual: true`")
    return MasterQuestion(str(name), float(points), manual, head.of_a_question(config, source))


def _check_config(source: str) -> None:
    config = testcells.read_yaml(source)
    tests = config.get("tests")
    if not isinstance(tests, dict) or tests.get("files") is not True or tests.get("ok_format") is not False:
        raise Wrong(
            testcells.line_of(source, "tests"),
            "tests must be files in Otter's exception format: write `tests:` with `files: true` and "
            "`ok_format: false` below it",
        )


def regions(source: str) -> Iterator[tuple[int, str, bool]]:
    """Yield number and text of each line of an answer, and whether students must not see it.

    Raises
    ------
    Wrong
        When a solution region begins twice, ends without a beginning, or never ends.
    """
    begun: int | None = None
    for number, line in enumerate(source.splitlines()):
        if re.search(r"# BEGIN SOLUTION\b", line):
            if begun is not None:
                raise Wrong(number, "BEGIN SOLUTION inside a solution: write `# END SOLUTION` above it")
            begun = number
        elif re.search(r"# END SOLUTION\b", line):
            if begun is None:
                raise Wrong(number, "END SOLUTION ends nothing: write `# BEGIN SOLUTION` above the solution")
            begun = None
        else:
            yield number, line, begun is not None or bool(re.search(r"# ?SOLUTION\b", line))
    if begun is not None:
        raise Wrong(begun, "BEGIN SOLUTION has no end: write `# END SOLUTION` below the solution")


def _check_solution(source: str) -> None:
    lines = list(regions(source))  # to the last item: it notices what has no end
    if not any(secret for _, _, secret in lines):
        raise Wrong(
            0,
            "nothing of this answer is hidden: put `# BEGIN SOLUTION` and `# END SOLUTION` around what "
            "students write",
        )
    try:
        ast.parse(source)
    except SyntaxError as error:
        raise Wrong((error.lineno or 1) - 1, f"Python cannot read this answer: {error.msg}") from None
