"""Rules for the words of a page: its numbers, its citations, and what readers never saw."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pybtex.database import parse_file

from tests.book import chapter as text
from tests.book.rules_frame import Page
from tests.book.saved import text_of

# Three digits and up, or decimals: 268,801,000 · 44,800 · 0.93. An angle is a name, not a result.
_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d{3,}(?![\d°]))(?P<percent>(?:\\?%|\s%)?)"
)
# What nobody reads as prose: roles, addresses, inline code. A version is a name.
_ASIDE = re.compile(
    r"\{[\w:-]+\}`[^`]*`|\]\([^)]*\)|https?://\S+|`[^`]*`|\b(?:Python|Ubuntu) \d+\.\d+(?: to \d+\.\d+)?"
)
_FEW = 100  # numbers: a longer array of numbers proves nothing about one of them
UNSEEN = re.compile(r"\berrat(?:um|a)\b|\blectur\w*|\bas you know\b", re.IGNORECASE)
STALE = {
    r"\bis of use\b": "is useful",
    r"\bof use here\b": "useful here",
    r"\ba rest of\b": "a remainder of",
    r"\bstands? written\b": "is written",
    r"\bshall keep\b": "is to keep",
}
"""Words that read translated, and what to say instead."""


def numbers(page: Page) -> list[str]:
    """Every number of the prose appears in an output, a record or shown code of its page."""
    shown = _shown(page)
    printed = {_plain(number) for number in re.findall(r"\d[\d,_]*(?:\.\d+)?", shown)}
    recorded = [value for record in _records(page) for value in _scalars(record)]
    found = []
    for line, words in _read(page.chapter):
        for match in _NUMBER.finditer(_ASIDE.sub(" ", words.replace("{,}", ","))):
            number = match[0].removesuffix(match["percent"])
            if _plain(number) not in printed and not _recorded(number, bool(match["percent"]), recorded):
                found.append(page.at(line, f"no output, record or shown code of this page has {number}"))
    return found


def _read(chapter: text.Chapter) -> Iterator[tuple[int, str]]:
    """Lines with numbers that somebody reads: prose, exercises, formulas, headings, captions."""
    yield from chapter.prose
    yield from chapter.tasks
    yield from chapter.formulas
    for line, _, words in chapter.headings:
        yield line, words
    for block in chapter.blocks:
        yield block.line, block.argument
    for cell in chapter.cells:
        figure = (cell.options.get("mystnb") or {}).get("figure") or {}
        yield cell.line, str(figure.get("caption", ""))


def _shown(page: Page) -> str:
    """Text of what a page shows: outputs but for quizzes, whose words are written by hand; and code."""
    outputs = []
    for cell in page.saved.cells if page.chapter.cells else []:
        for output in cell.outputs:
            if "data-coursekit=&quot;quiz" not in str(output) and 'data-coursekit="quiz"' not in str(output):
                outputs.append(text_of(output))
    code = [cell.code for cell in page.chapter.cells if cell.visible]
    return "\n".join(outputs + code + [words for _, words in page.chapter.examples])


def _records(page: Page) -> list[Any]:
    return list(page.saved.records.values()) if page.chapter.cells else []


def _scalars(value: Any) -> Iterator[float]:
    """Numbers of a recorded value; none of a long array."""
    flat = list(_flat(value))
    if len(flat) <= _FEW:
        for one in flat:
            if isinstance(one, bool | None):
                continue
            if isinstance(one, int | float):
                yield one
            else:
                yield from (float(_plain(number)) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", str(one)))


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _flat(one)
    else:
        yield value


def _plain(number: str) -> str:
    return number.replace(",", "").replace("_", "").rstrip(".")


def _recorded(number: str, percent: bool, recorded: list[float]) -> bool:
    """Whether a recorded value, rounded as the prose rounds it, is the number."""
    plain = _plain(number)
    places = len(plain.partition(".")[2])
    values = [abs(value) for value in recorded]
    values += [100 * value for value in values] if percent else []
    return any(f"{value:.{places}f}" == plain for value in values)


@cache
def _entries(bibliography: Path) -> frozenset[str]:
    return frozenset(parse_file(str(bibliography), bib_format="bibtex").entries)


def citations(page: Page) -> list[str]:
    """Works are cited by {cite:t} in a sentence and {cite}, and further reading names some."""
    found, cited = [], 0
    for line, words in [*page.chapter.prose, *page.chapter.tasks]:
        for role, keys in re.findall(r"\{((?:foot)?cite[\w:]*)\}`([^`]+)`", words):
            cited += 1
            if role not in {"cite", "cite:t"}:
                found.append(page.at(line, f"cites with {{{role}}}: chapters use {{cite:t}} and {{cite}}"))
            for key in keys.split(","):
                if key.strip() not in _entries(page.book / "references.bib"):
                    found.append(page.at(line, f"no entry `{key.strip()}` in references.bib"))
    if not cited:
        found.append(page.at(1, "further reading cites no work"))
    return found


def plain_words(page: Page) -> list[str]:
    """Nothing speaks of what readers never saw, or reads translated."""
    found = []
    quizzes = [(cell.line, cell.code) for cell in page.chapter.cells if re.search(r"\bquiz\(", cell.code)]
    for line, words in [*_read(page.chapter), *quizzes]:
        bare = re.sub(r"\{[\w:-]+\}`[^`]*`", " ", words)
        found += [
            page.at(line, f"speaks of {match[0]!r}, which readers never saw")
            for match in UNSEEN.finditer(bare)
        ]
        found += [
            page.at(line, f"{match[0]!r} reads translated: {better!r}")
            for pattern, better in STALE.items()
            for match in re.finditer(pattern, bare)
        ]
    return found
