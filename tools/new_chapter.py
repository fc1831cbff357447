"""Begin a chapter: a page that passes every test, at its place in the table of contents.

    python tools/new_chapter.py networks/backward-pass "The backward pass" [--after PAGE]

The page goes to the end of the part whose chapters are in the same folder, or after PAGE. The "Next" of the
preceding chapter links to it. A folder without a part gets one.
"""

from __future__ import annotations

import argparse
import posixpath
import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = Path(__file__).with_name("chapter_template.md")
_NEXT = re.compile(r"(\*\*Next:\*\*)\s.*?(?=\n:::)", re.DOTALL)


def chapters(book: Path) -> list[str]:
    """Chapters of the table of contents: the pages of numbered parts."""
    toc = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    return [entry["file"] for part in toc["parts"] if part.get("numbered") for entry in part["chapters"]]


def place_of(page: str, order: list[str], after: str | None) -> int:
    """Place of a new page among the chapters."""
    if after is not None:
        if after not in order:
            raise ValueError(f"--after expects a chapter of the table of contents, got {after}")
        return order.index(after) + 1
    alike = [number for number, one in enumerate(order) if one.split("/")[0] == page.split("/")[0]]
    return (alike[-1] if alike else len(order) - 1) + 1


def into_contents(text: str, page: str, before: str) -> str:
    """Table of contents with the page after another; text is edited, so that comments stay."""
    line = f"      - file: {before}\n"
    if text.count(line) != 1:
        raise ValueError(f"the table of contents expects one line {line.strip()!r}")
    new = f"      - file: {page}\n"
    if before.split("/")[0] != page.split("/")[0]:
        caption = page.split("/")[0].replace("-", " ").capitalize()
        new = f"  - caption: {caption}\n    numbered: true\n    chapters:\n{new}"
    return text.replace(line, line + new)


def link(here: str, there: str) -> str:
    """Link from one page to another."""
    return f"{{doc}}`{posixpath.relpath(there, posixpath.dirname(here))}`"


def begin(book: Path, page: str, title: str, after: str | None = None) -> Path:
    """Write the page, its line in the table of contents, and the links to and from it."""
    path = book / f"{page}.md"
    if not re.fullmatch(r"[a-z0-9-]+/[a-z0-9-]+", page):
        raise ValueError(f"page expects part/name in small letters, such as pooling/strided, got {page!r}")
    if path.exists():
        raise ValueError(f"{path} exists already")
    order = chapters(book)
    place = place_of(page, order, after)
    before, following = order[place - 1], order[place] if place < len(order) else ""
    contents = book / "_toc.yml"
    contents.write_text(into_contents(contents.read_text(encoding="utf-8"), page, before), encoding="utf-8")
    words = {
        "@TITLE@": title,
        "@NAME@": page.split("/")[1],
        "@BEFORE@": before,
        "@NEXT@": link(page, following) if following else "the homework",
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    previous = book / f"{before}.md"
    text = previous.read_text(encoding="utf-8")
    previous.write_text(_NEXT.sub(rf"\1 {link(before, page)}.", text), encoding="utf-8")
    return path


def main() -> int:
    """Begin the chapter that the command line names."""
    parser = argparse.ArgumentParser(description="Begin a chapter.")
    parser.add_argument("page", help="part/name, such as networks/backward-pass")
    parser.add_argument("title")
    parser.add_argument("--after", metavar="PAGE", help="chapter that it follows")
    asked = parser.parse_args()
    try:
        path = begin(ROOT / "book", asked.page, asked.title, asked.after)
    except ValueError as error:
        print(f"new_chapter: {error}", file=sys.stderr)
        return 1
    print(f"{path.relative_to(ROOT)} is written, and book/_toc.yml names it. Next: `make book`")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
