"""Executed pages for the tests of the book.

Each page is executed once, by the build. Tests read what it saved:

    def test_parameters(saved):
        page = saved("convolution/channels")        # the page's place in the table of contents
        assert page["parameters"] == (3 * 3 * 3 + 1) * 64   # a cell of the page: record(parameters=…)
        np.testing.assert_allclose(page["y"], expected)     # arrays come back as lists
        assert "28 × 28" in page.output             # text of what its cells show
        page.records, page.cells, page.text         # everything recorded; code cells; the page's source

When the page, or a module that it imports, has changed since, `saved` fails with one line that says what to
run: ``make book``, or ``python book/_ext/chapter_execution.py convolution/channels`` for one page.

What holds for every page (numbers of the prose, frame, length, terms) is tested in ``test_pages.py`` and its
neighbours, not in a chapter's own file.

`run_chapter` executes a chapter in this process. It goes when no test needs it any longer.
"""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jupytext
import matplotlib
import pytest

from tests.book.saved import Saved
from tests.book.saved import saved as saved_page

matplotlib.use("Agg")

BOOK = Path(__file__).resolve().parents[2] / "book"

# Two digits and up, with thousands separators or decimals: 268,801,000 · 44,800 · 0.93 · 65.
# An angle is a name, not a result.
_NUMBER = re.compile(
    r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,/-])\d+\.\d+|(?<![\w.,/-])\d{3,}(?![\d°])"
)
# What a reader does not read as prose: fenced blocks of options, targets, roles, links, inline code.
_NOT_PROSE = re.compile(
    r"^:[\w-]+:.*$|^\(.*\)=$|\{[\w:-]+\}`[^`]*`|\]\([^)]*\)|^```.*$|^:::.*$|`[^`]*`", re.MULTILINE
)
# What a page holds and nobody reads: code, styles, and tags with the coordinates of a drawing's lines.
_UNREAD = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SPOKEN = re.compile(r'aria-label="([^"]*)"')


def _readable(markup: str) -> str:
    """Return what a reader sees or hears of HTML: the text between tags, and labels read aloud."""
    return _UNREAD.sub(" ", _SPOKEN.sub(r">\1<", markup))


@dataclass
class Chapter:
    """One executed chapter: its names, what its cells showed, and its prose."""

    name: str
    namespace: dict[str, Any] = field(default_factory=dict)
    output: str = ""
    prose: str = ""

    def __getitem__(self, name: str) -> Any:
        """Value of a name defined by the chapter's cells."""
        if name not in self.namespace:
            raise KeyError(f"chapter {self.name} defines no name {name!r}")
        return self.namespace[name]

    def numbers_without_a_cell(self) -> list[str]:
        """Numbers of the prose (three digits and more, or decimals) which no cell printed."""
        written = _NUMBER.findall(_NOT_PROSE.sub(" ", self.prose.replace("{,}", ",")))
        shown = set(_NUMBER.findall(self.output)) | set(re.findall(r"\d[\d,]*(?:\.\d+)?", self.output))
        plain = {number.replace(",", "") for number in shown}
        return [number for number in dict.fromkeys(written) if number.replace(",", "") not in plain]


def _text_of(value: object) -> str:
    """What a page shows of a value: its HTML or Markdown where it has any, its repr otherwise."""
    for form in ("_repr_html_", "_repr_markdown_"):
        render = getattr(value, form, None)
        shown = render() if callable(render) else None
        if shown:
            return _readable(str(shown))
    return repr(value)


def _execute(source: str, label: str, namespace: dict[str, Any], out: io.StringIO) -> None:
    """Run one cell; show the value of a last expression as a notebook does."""
    linecache.cache[label] = (len(source), None, source.splitlines(keepends=True), label)
    body = ast.parse(source, label).body
    shows = bool(body) and isinstance(body[-1], ast.Expr) and not source.rstrip().endswith(";")
    last = body.pop() if shows else None
    exec(compile(ast.Module(body, []), label, "exec"), namespace)
    if isinstance(last, ast.Expr):
        value = eval(compile(ast.Expression(last.value), label, "eval"), namespace)
        if value is not None:
            print(_text_of(value), file=out)


@cache
def _run(name: str) -> Chapter:
    import matplotlib.pyplot as plt

    path = BOOK / f"{name}.md"
    notebook = jupytext.read(path)
    assert notebook.metadata.get("kernelspec"), f"{path} has no kernelspec: the book would not execute it"
    chapter = Chapter(name)
    out = io.StringIO()

    def display(*values: object, **_: object) -> None:
        for value in values:
            print(_text_of(value), file=out)

    chapter.namespace.update(__name__="__main__", display=display)
    with contextlib.redirect_stdout(out):
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type != "code":
                chapter.prose += cell.source + "\n\n"
                continue
            expected = "raises-exception" in cell.metadata.get("tags", [])
            try:
                _execute(cell.source, f"<{name}, cell {number}>", chapter.namespace, out)
            except Exception as error:
                if not expected:
                    raise
                print(f"{type(error).__name__}: {error}", file=out)
            else:
                assert not expected, f"{name}, cell {number} is tagged raises-exception and did not raise"
            plt.close("all")
    chapter.output = out.getvalue()
    return chapter


@pytest.fixture(scope="session")
def saved() -> Callable[[str], Saved]:
    """Give ``saved("convolution/pooling")``: the page as the build executed it."""
    return saved_page


@pytest.fixture(scope="session")
def run_chapter() -> Callable[[str], Chapter]:
    """Give ``run_chapter("convolution/pooling")``: the executed chapter (each runs once a session)."""
    return _run
