"""What the build saved of an executed page: its records, what it shows, its prose."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from tests.support import ROOT

sys.path.insert(0, str(ROOT / "book" / "_ext"))

from chapter_execution import RECORD, Book

# What a page holds and nobody reads: code, styles, and tags with the coordinates of a drawing's lines.
_UNREAD = re.compile(r"<(style|script|template)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SPOKEN = re.compile(r'aria-label="([^"]*)"')
_SHOWN = ("text/html", "text/markdown", "text/plain")  # what a page prefers first


def readable(markup: str) -> str:
    """Return what a reader sees or hears of HTML: the text between tags, and labels read aloud."""
    return _UNREAD.sub(" ", _SPOKEN.sub(r">\1<", markup))


@dataclass(frozen=True)
class Saved:
    """An executed page, as the build saved it.

    ``page["total"]`` is the value that a cell of the page recorded: ``record(total=65)``.
    """

    name: str
    path: Path
    cells: list[NotebookNode]
    """Code cells with their tags, source and outputs."""

    def __getitem__(self, name: str) -> Any:
        """Value that the page records under a name."""
        if name not in self.records:
            raise KeyError(
                f"{self.name} records no {name!r}; it records {', '.join(self.records) or 'nothing'}"
            )
        return self.records[name]

    @cached_property
    def records(self) -> dict[str, Any]:
        """All that the page records."""
        found: dict[str, Any] = {}
        for cell in self.cells:
            for output in cell.outputs:
                for name, value in output.get("data", {}).get(RECORD, {}).items():
                    if name in found and found[name] != value:
                        raise AssertionError(f"{self.name} records {name!r} twice, with different values")
                    found[name] = value
        return found

    @cached_property
    def output(self) -> str:
        """Text of all that the cells show: prints, tables, labels of figures, values, messages."""
        return "\n".join(text_of(output) for cell in self.cells for output in cell.outputs)

    @cached_property
    def text(self) -> str:
        """Source of the page."""
        return self.path.read_text(encoding="utf-8")


def text_of(output: NotebookNode) -> str:
    """What a reader sees or hears of one output."""
    if output.output_type == "stream":
        return str(output.text)
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    for kind in _SHOWN:
        if kind in output.data:
            shown = str(output.data[kind])
            return shown if kind == "text/plain" else readable(shown)
    return ""


@cache
def saved(page: str, source: Path = ROOT / "book") -> Saved:
    """Read an executed page; one clear line where the build is missing or old."""
    book = Book(source)
    notebook = book.saved(page)
    if notebook is None:
        pytest.fail(
            f"{page} has changed since it was last executed (or never was): run `make book`, "
            f"or for this page alone `python book/_ext/chapter_execution.py {page}`",
            pytrace=False,
        )
    return Saved(page, source / f"{page}.md", notebook.cells)
