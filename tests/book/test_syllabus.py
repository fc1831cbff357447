"""Every topic of docs/syllabus.toml is in a chapter, in code that imports, and in a test that asserts."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.book.rules_frame import Page
from tests.book.toc import BOOK, chapters
from tests.support import ROOT

Row = dict[str, Any]
ROWS: list[Row] = tomllib.loads((ROOT / "docs" / "syllabus.toml").read_text(encoding="utf-8"))["row"]
PROMISED = {1: 5, 2: 8, 3: 6, 4: 20, 5: 4, 6: 11, 7: 8}
"""Topics in each section that is written. A row that is taken out, or a new one, is counted here too."""
KEYS = {"section", "topic", "chapters", "terms", "symbols", "tests"}


def problems(row: Row) -> list[str]:
    """Say what is wrong with a row; nothing where all that it names is there."""
    if set(row) != KEYS or not all(row.values()):
        return [f"a row has {sorted(KEYS)}, none of them empty; got {sorted(row)}"]
    there = [name for name in row["chapters"] if name in chapters() and (BOOK / f"{name}.md").is_file()]
    found = [f"no chapter {name} in the table of contents" for name in row["chapters"] if name not in there]
    pages = " ".join(words(name) for name in there)
    found += [f"no chapter of the row says {term!r}" for term in row["terms"] if not says(pages, term)]
    found += [f"nothing to import as {symbol}" for symbol in row["symbols"] if not importable(symbol)]
    found += [f"{test}: {why}" for test in row["tests"] if (why := missing(test))]
    return found


@cache
def words(name: str) -> str:
    """What a chapter says: its prose, formulas, headings, exercises and questions, but no other code."""
    chapter = Page(name).chapter
    said = [*chapter.prose, *chapter.tasks, *chapter.formulas]
    lines = [line for _, line in said] + [line for _, _, line in chapter.headings]
    questions = [cell.code for cell in chapter.cells if re.search(r"\bquiz\(", cell.code)]
    return " ".join(" ".join([*lines, *questions]).split())


def says(text: str, term: str) -> bool:
    """Whether a text has a term as words of its own, whatever their case; a plural will do."""
    before, after = (r"\b" if end.isalnum() else "" for end in (term[0], term[-1]))
    plural = r"(?:s|es)?" if after else ""
    return bool(re.search(f"{before}{re.escape(' '.join(term.split()))}{plural}{after}", text, re.IGNORECASE))


def importable(symbol: str) -> bool:
    """Whether a dotted name leads to something, in a package of the course."""
    parts = symbol.split(".")
    if parts[0] not in {"convnet", "coursekit"}:
        return False
    for length in range(len(parts) - 1, 0, -1):
        try:
            value: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            value = getattr(value, part, None)
        return value is not None
    return False


def missing(test: str) -> str:
    """Why a test's name, ``path::function``, names no test; empty where it does."""
    path, _, name = test.partition("::")
    if not (ROOT / path).is_file():
        return "no such file"
    functions = {
        node.name: node for node in ast.walk(parsed(ROOT / path)) if isinstance(node, ast.FunctionDef)
    }
    if not name.startswith("test_") or name not in functions:
        return "no such test"
    return "" if any(map(asserts, ast.walk(functions[name]))) else "it asserts nothing"


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def asserts(node: ast.AST) -> bool:
    """Whether a piece of code is an assert, or calls what raises if two things differ."""
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return called.startswith(("assert_", "like_")) or called in {"raises", "close"}
    return isinstance(node, ast.Assert)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['section']}-{row['topic'][:40]}")
def test_what_a_row_names_is_there(row: Row) -> None:
    found = problems(row)
    assert not found, "\n".join(["", row["topic"], *found])


def test_every_topic_has_one_row() -> None:
    topics = [row["topic"] for row in ROWS]
    assert len(set(topics)) == len(topics)
    assert dict(Counter(row["section"] for row in ROWS)) == PROMISED


def test_every_chapter_of_these_parts_has_a_topic() -> None:
    """A chapter that no row names teaches what nobody asked for, or its row was forgotten."""
    named = {name for row in ROWS for name in row["chapters"]}
    parts = {name.partition("/")[0] for name in named}
    assert {name for name in chapters() if name.partition("/")[0] in parts} == named


BROKEN = [
    ({"chapters": ["networks/nowhere"]}, "no chapter networks/nowhere"),
    ({"chapters": ["index"]}, "no chapter index"),
    ({"chapters": ["networks/losses"]}, "no chapter of the row says 'multilayer perceptron'"),
    ({"terms": ["multilayer preceptron"]}, "says 'multilayer preceptron'"),
    ({"terms": ["epend"]}, "says 'epend'"),
    ({"symbols": ["convnet.plain.mpl"]}, "nothing to import as convnet.plain.mpl"),
    ({"symbols": ["convnet.plane.mlp"]}, "nothing to import as convnet.plane.mlp"),
    ({"symbols": ["numpy.ones"]}, "nothing to import as numpy.ones"),
    ({"tests": ["tests/book/test_nowhere.py::test_mlp"]}, "no such file"),
    ({"tests": ["tests/convnet/plain/test_perceptron.py::test_mpl"]}, "no such test"),
    ({"tests": ["tests/convnet/plain/test_perceptron.py::drawn"]}, "no such test"),
    ({"tests": ["tests/book/test_syllabus.py::test_that_asserts_nothing"]}, "it asserts nothing"),
    ({"terms": []}, "none of them empty"),
]


@pytest.mark.parametrize(("change", "expected"), BROKEN, ids=lambda value: str(value)[:50])
def test_a_broken_row_is_noticed(change: Row, expected: str) -> None:
    whole = ROWS[0]
    assert problems(whole) == []
    found = problems(whole | change)
    assert any(expected in problem for problem in found), found


def test_a_row_without_a_key_is_noticed() -> None:
    for key in KEYS:
        assert problems({name: value for name, value in ROWS[0].items() if name != key})


class Specimen:
    """Holds what `missing` is to refuse; pytest collects no class of this name."""

    def test_that_asserts_nothing(self) -> None:
        print("This looks like a test.")
