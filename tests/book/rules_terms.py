"""Rules for terms and symbols: each is introduced once, before it is used, and means one thing.

A chapter's front matter lists what it introduces. The glossary explains each term, the notation page each
symbol; both say in which chapter it is met first. A letter that a chapter needs for itself alone is listed
under ``local`` in the front matter, and is then no symbol of the notation page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.book import chapter as text
from tests.book.rules_frame import Page
from tests.book.toc import chapters

# TeX that stands for a symbol, and how the front matter and the notation page call it.
_NAMED = {
    r"\eta": "η", r"\beta": "β", r"\gamma": "γ", r"\sigma": "σ", r"\tau": "τ", r"\mu": "μ", r"\lambda": "λ",
    r"\alpha": "α", r"\theta": "θ", r"\epsilon": "ε", r"\varepsilon": "ε", r"\delta": "δ", r"\Delta": "Δ",
    r"\ast": "∗", r"\star": "⋆", r"\odot": "⊙", r"\ell": "ℓ", r"\phi": "φ", r"\varphi": "φ", r"\rho": "ρ",
    r"\omega": "ω", r"\pi": "π", r"\Sigma": "Σ", r"\xi": "ξ", r"\kappa": "κ",
}  # fmt: skip
CONSTANTS = {"e", "π", "Σ"}
"""Letters of mathematics itself."""
_WORDS_OF_TEX = re.compile(
    r"\\(?:text|mathrm|operatorname|mathbf|mathit|mathtt|begin|end|label|color|textbf)\*?\{[^{}]*\}"
)
_MATHS = re.compile(r"(?<!\\)\$(?!\$)([^$]+)\$")


@cache
def glossary(book: Path) -> dict[str, str]:
    """Terms of the glossary, each with the chapter that it names."""
    page = text.chapter("glossary", book)
    found: dict[str, str] = {}
    for block in page.named("glossary"):
        term = ""
        for _, line in block.body:
            if line and not line.startswith(" "):
                term = line.strip()
                found[term] = ""
            elif link := re.search(r"\{doc\}`(?:[^`<]*<)?([^`>]+)>?`", line):
                found[term] = link[1].removeprefix("/")
    return found


@cache
def notation(book: Path) -> dict[str, str]:
    """Symbols of the notation page, each with the chapter that it names."""
    found: dict[str, str] = {}
    for _, line in text.chapter("notation", book).prose:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
        link = re.search(r"\{doc\}`(?:[^`<]*<)?([^`>]+)>?`", cells[-1]) if len(cells) == 4 else None
        if link:
            for tex in _MATHS.findall(cells[0]):
                found[key(tex)] = link[1].removeprefix("/")
    return found


def key(tex: str) -> str:
    """Symbol as the front matter writes it: ``k_h`` for ``k_{h}``, ``η`` for ``\\eta``."""
    for command, letter in _NAMED.items():
        tex = re.sub(re.escape(command) + r"(?![A-Za-z])", letter, tex)
    tex = re.sub(r"\{([^{}]*)\}", r"\1", tex).replace(r"\prime", "′").replace("^′", "′").replace("'", "′")
    return tex.replace(" ", "")


def introduced(book: Path, what: str) -> dict[str, str]:
    """Chapter that introduces each term or symbol; the first one, where several do."""
    found: dict[str, str] = {}
    for name in chapters(book):
        for entry in text.chapter(name, book).course.get(what) or []:
            found.setdefault(entry, name)
    return found


def declared(page: Page, what: str, explained: dict[str, str], where: str) -> list[str]:
    """What a chapter introduces is explained on one page, which names this chapter, and introduced once."""
    found = []
    for entry in page.chapter.course.get(what) or []:
        first = introduced(page.book, what).get(entry, page.name)
        if first != page.name:
            found.append(page.at(1, f"introduces {entry!r}, which {first} has introduced before"))
        elif entry not in explained:
            found.append(page.at(1, f"introduces {entry!r}, which book/{where}.md does not explain"))
        elif explained[entry] != page.name:
            found.append(page.at(1, f"introduces {entry!r}; book/{where}.md says {explained[entry]} does"))
    return found


def terms(page: Page) -> list[str]:
    """A term of the glossary is used from the chapter on that introduces it; before, only as {term}."""
    found = declared(page, "introduces", glossary(page.book), "glossary")
    order = chapters(page.book)
    first = introduced(page.book, "introduces")
    later = [term for term, name in first.items() if order.index(name) > page.place]
    met = sorted((term for term in first if term not in later), key=len, reverse=True)
    for line, words in _spoken(page):
        bare = re.sub(r"\{[\w:-]+\}`[^`]*`|`[^`]*`|\$[^$]*\$", " ", words)
        for term in met:  # a convolution layer is no mention of a convolution
            if " " in term:
                bare = _mention(term).sub(" ", bare)
        for term in later:
            if _mention(term).search(bare):
                found.append(page.at(line, f"uses {term!r}, which {first[term]} introduces later"))
    return found


def _spoken(page: Page) -> Iterator[tuple[int, str]]:
    yield from page.chapter.prose
    yield from page.chapter.tasks
    for line, level, words in page.chapter.headings:
        if level > 1:  # titles are in the table of contents, before any chapter
            yield line, words


@cache
def _mention(term: str) -> re.Pattern[str]:
    """Pattern of a term as it is or in the plural; abbreviations in capitals only."""
    head, _, last = term.rpartition(" ")
    plural = rf"{re.escape(last)}(?:s|es)?" if not last.endswith("y") else rf"{re.escape(last[:-1])}(?:y|ies)"
    exact = any(letter.isupper() for letter in term[1:])
    return re.compile(
        rf"(?<![\w-]){re.escape(head) + ' ' if head else ''}{plural}(?![\w-])", 0 if exact else re.IGNORECASE
    )


def symbols(page: Page) -> list[str]:
    """Every letter of a formula is a symbol met by then, or the chapter's own; none is both."""
    found = declared(page, "symbols", notation(page.book), "notation")
    first = introduced(page.book, "symbols")
    order = chapters(page.book)
    met = {symbol for symbol, name in first.items() if order.index(name) <= page.place}
    own = set(page.chapter.course.get("local") or [])
    for letter in sorted(own & (set(first) | set(notation(page.book)))):
        found.append(page.at(1, f"has {letter!r} for itself, which book/notation.md has for all chapters"))
    seen: set[str] = set()
    for line, tex in _formulas(page):
        for letter in _letters(tex, set(first) | own):
            if letter in met | own | CONSTANTS | seen:
                continue
            seen.add(letter)
            later = (
                f"which {first[letter]} introduces later" if letter in first else "which nothing introduces"
            )
            found.append(page.at(line, f"uses the symbol {letter!r}, {later}"))
    return found


def _formulas(page: Page) -> Iterator[tuple[int, str]]:
    yield from page.chapter.formulas
    for line, words in _spoken(page):
        for tex in _MATHS.findall(words):
            yield line, tex


def _letters(tex: str, known: set[str]) -> list[str]:
    """Symbols of a piece of TeX: a letter with its index where that is one symbol, else letter by letter."""
    tex = _WORDS_OF_TEX.sub(" ", tex)
    tex = re.sub(r"\\(?:frac|partial|mathbb|mathcal|left|right|sum|prod|int|iint)(?![A-Za-z])", " ", tex)
    for command, letter in _NAMED.items():
        tex = re.sub(re.escape(command) + r"(?![A-Za-z])", f" {letter} ", tex)
    tex = re.sub(r"\\[A-Za-z]+|\\.", " ", tex)
    tex = re.sub(r"_\{\s*(\w+)\s*(?:[-+]\s*\d+\s*)?\}", r"_\1", tex)  # v_{t-1} is v_t, a step before
    found = []
    for match in re.finditer(r"(?P<base>[^\W\d_]|[∗⋆⊙])(?:_(?P<index>\w+))?", tex):
        whole = f"{match['base']}_{match['index']}"
        if match["index"] and whole in known:
            found.append(whole)
            continue
        found.append(match["base"])
        found += [letter for letter in match["index"] or "" if letter.isalpha()]
    return found
