"""The pages of the book, read from its table of contents."""

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

from tests.book import toc

PAGES = toc.pages()
REFERENCE = toc.pages("reference")
CHAPTERS = toc.chapters()


@cache
def parse(site: Path, page: str) -> BeautifulSoup:
    """Parse the HTML of a page as built."""
    return BeautifulSoup((site / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
