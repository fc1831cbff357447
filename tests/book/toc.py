"""The table of contents, and what kind of page each of its entries is.

The pages of numbered parts are chapters. Every other page has its kind from where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.support import ROOT

BOOK = ROOT / "book"
KINDS = {"instructors": "guide", "reference": "reference"}
"""Kinds of pages in folders that hold no chapters."""
ALONE = {
    "index": "home",
    "how-to-use-this-book": "appendix",
    "assignments": "appendix",
    "lectures": "appendix",
    "notation": "appendix",
    "glossary": "appendix",
    "references": "appendix",
}
"""Kinds of pages that lie in no folder."""


def _files(entry: Any) -> Iterator[str]:
    if isinstance(entry, list):
        for part in entry:
            yield from _files(part)
    elif isinstance(entry, dict):
        if "file" in entry:
            yield entry["file"]
        for value in entry.values():
            yield from _files(value)


@cache
def kinds(book: Path = BOOK) -> dict[str, str]:
    """Kind of every page, in the order of the table of contents."""
    toc = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    found = {toc["root"]: "home"}
    for part in toc["parts"]:
        for page in _files(part):
            folder = page.partition("/")[0] if "/" in page else ""
            found[page] = "chapter" if part.get("numbered") else KINDS.get(folder) or ALONE.get(page, "")
    return found


def pages(*wanted: str, book: Path = BOOK) -> list[str]:
    """Pages of these kinds, in order; all pages without one."""
    return [page for page, kind in kinds(book).items() if not wanted or kind in wanted]


def chapters(book: Path = BOOK) -> list[str]:
    """Chapters, in order."""
    return pages("chapter", book=book)
