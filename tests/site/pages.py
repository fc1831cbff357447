"""The pages of the book, read from its table of contents."""

from pathlib import Path
from typing import Any

import yaml
from bs4 import BeautifulSoup

from tests.support import ROOT

TOC = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))


def _files(entry: Any) -> list[str]:
    if isinstance(entry, list):
        return [name for part in entry for name in _files(part)]
    if isinstance(entry, dict):
        here = [entry["file"]] if "file" in entry else []
        return here + [name for value in entry.values() for name in _files(value)]
    return []


PAGES = [TOC["root"], *_files(TOC["parts"])]
REFERENCE = [page for page in PAGES if page.startswith("reference/")]
GUIDE = [page for page in PAGES if page.startswith("instructors/")]
CHAPTERS = [page for page in PAGES if "/" in page and page not in (*REFERENCE, *GUIDE)]


def parse(site: Path, page: str) -> BeautifulSoup:
    """Parse the HTML of a page as built."""
    return BeautifulSoup((site / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
