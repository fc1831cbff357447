"""What holds for every page of the table of contents, and for every chapter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.book import rules_code, rules_frame, rules_terms, rules_words
from tests.book.chapter import chapter
from tests.book.rules_frame import Page
from tests.book.toc import BOOK, chapters, kinds, pages

Rule = Callable[[Page], list[str]]

RULES: tuple[Rule, ...] = (
    rules_frame.front_matter,
    rules_frame.head,
    rules_frame.end,
    rules_frame.exercises,
    rules_frame.one_sitting,
    rules_code.visible_code,
    rules_code.one_hand,
    rules_code.known_names,
    rules_words.citations,
    rules_words.plain_words,
    rules_terms.terms,
    rules_terms.symbols,
)
WRITTEN = [page for page in pages() if (BOOK / f"{page}.md").exists()]
"""Pages with prose; those of the reference are made from docstrings."""


def test_every_page_is_there_and_has_a_kind() -> None:
    assert chapters(), "the table of contents has no numbered part"
    missing = [
        page for page in kinds() if not any((BOOK / f"{page}{end}").exists() for end in (".md", ".rst"))
    ]
    assert missing == []
    assert [page for page, kind in kinds().items() if not kind] == [], (
        "a page that is no chapter lies in a folder of toc.KINDS, or is named in toc.ALONE"
    )


@pytest.mark.parametrize("page", chapters())
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_chapter(page: str, rule: Rule) -> None:
    problems = rule(Page(page))
    assert not problems, "\n".join(["", *problems])


@pytest.mark.parametrize("page", WRITTEN)
def test_every_number_comes_from_the_page(page: str) -> None:
    problems = rules_words.numbers(Page(page))
    assert not problems, "\n".join(["", *problems])


@pytest.mark.parametrize(
    ("explained", "what"), [(rules_terms.glossary, "introduces"), (rules_terms.notation, "symbols")]
)
def test_what_is_explained_is_introduced(explained: Callable[..., dict[str, str]], what: str) -> None:
    """The other direction is in the rules: what a chapter introduces is explained."""
    first = rules_terms.introduced(BOOK, what)
    assert [entry for entry in explained(BOOK) if entry not in first] == []


def test_the_glossary_is_in_order() -> None:
    terms = list(rules_terms.glossary(BOOK))
    assert terms == sorted(terms, key=str.lower)
    assert len(chapter("glossary").named("glossary")) == 1
