"""The rules for chapters notice what they are for: small breaks in a chapter that keeps all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import rules_code as code
from tests.book import rules_frame as frame
from tests.book import rules_terms as terms
from tests.book import rules_words as words
from tests.book import tiny
from tests.book.rules_frame import Page
from tests.book.saved import Book
from tests.book.test_pages import RULES
from tests.book.toc import kinds


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two chapters as the scaffold makes them, executed."""
    made = tiny.make(tmp_path_factory.mktemp("tiny"))
    assert Book(made).run([tiny.FIRST, tiny.SECOND]) == []
    return made


@pytest.mark.parametrize("page", [tiny.FIRST, tiny.SECOND])
@pytest.mark.parametrize("rule", [*RULES, words.numbers], ids=lambda rule: rule.__name__)
def test_what_the_scaffold_makes_keeps_every_rule(
    book: Path, page: str, rule: Callable[..., list[str]]
) -> None:
    assert rule(Page(page, book)) == []


def test_what_is_in_no_known_place_has_no_kind(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("root: index\nparts: [{chapters: [{file: stray/page}]}]\n")
    assert kinds(tmp_path) == {"index": "home", "stray/page": ""}


BREAKS: list[tuple[Callable[[Page], list[str]], str, str, str]] = [
    (frame.front_matter, "  minutes: 10\n", "", "`course` expects"),
    (frame.front_matter, "minutes: 10", "minutes: ten", "`minutes` expects"),
    (frame.front_matter, "introduces: [kernel]", "introduces: kernel", "`introduces` expects a list"),
    (frame.front_matter, "  minutes: 10", "  hours: 1\n  minutes: 10", "`course` expects"),
    (frame.head, "**10 minutes.**", "**20 minutes.**", "does not say **10 minutes.**"),
    (frame.head, "# Second\n", "# Second\n\nA word before.\n", "between the title and"),
    (frame.head, "- compute its example by hand\n- write its function yourself\n", "", "to be able to do"),
    (frame.head, "- say what", "- The knowledge of what", "begins no verb"),
    (frame.head, "You need {doc}`/one/first`.", "You need nothing.", "links no chapter"),
    (frame.head, "{doc}`/one/first`", "{doc}`second`", "which comes later"),
    (frame.head, ":class: chapter-start", ":class: tip", "Before you start"),
    (frame.end, "- The fifth.\n", "", "expects five lines, got 4"),
    (frame.end, "## Further reading", "## Reading on", "expects to end with"),
    (frame.end, "{homework}`3`", "homework 3", "expects **Practise:**"),
    (frame.end, "the homework.", "{doc}`/instructors/ten-minutes`.", "leads to the instructor's guide"),
    (frame.exercises, "(check, 5 minutes)", "(5 minutes)", "the exercise expects a title"),
    (frame.exercises, "(derive, 5 minutes)", "(check, 5 minutes)", "no exercise of level derive"),
    (frame.exercises, ":label: ex-second-check\n", "", "has no :label:"),
    (frame.exercises, "{solution} ex-second-check", "{solution} ex-second-derive", "no solution for"),
    (frame.exercises, "ex-second-check\n:class: dropdown", "ex-second-check", "not folded"),
    (frame.exercises, '    ...\n', "    return 6\n", "no starter cell"),
    (frame.exercises, "practice(total, np.sum", "print(total, np.sum", "no check with practice"),
    (frame.one_sitting, "Begin with", "word " * 1_700 + "Begin with", "words of prose, more than 1700"),
    (frame.one_sitting, "numbers = np.arange(4)\n", "numbers = 1\n" * 60, "lines of code, more than 60"),
    (code.visible_code, "numbers = np.arange(4)\n", "assert np.arange(4).any()\n", "shows an assert"),
    (code.visible_code, "numbers = np.arange(4)\n", "import os\n", "shows an import"),
    (code.visible_code, "numbers.sum() / 8", "print(f'{numbers.sum():.2f}')", "a formatted print"),
    (code.visible_code, "numbers.sum() / 8", "print('sum', numbers.sum())", "a formatted print"),
    (code.visible_code, "numbers.sum() / 8", "try:\n    numbers\nfinally:\n    pass", "shows a try"),
    (code.visible_code, "numbers.sum() / 8", "plots.matrix(numbers)", "shows plots"),
    (code.visible_code, "numbers.sum() / 8", "numbers" + " + numbers" * 8, "more than 68"),
    (code.one_hand, "import numpy as np", "import torch", "imports import torch"),
    (code.one_hand, "import numpy as np", "import numpy", "imports import numpy"),
    (code.one_hand, "import numpy as np", "from convnet.nn import Conv2d", "imports `from convnet.nn"),
    (code.one_hand, ":tags: [hide-cell]\n\nimport", ":tags: [hide-input]\n\nimport", "tagged hide-cell"),
    (code.one_hand, "import numpy as np", "import numpy as np\nimport time", "imports import time"),
    (code.one_hand, "numbers.sum() / 8", "np.random.default_rng().normal()", "draws other numbers each time"),
    (code.one_hand, "numbers.sum() / 8", "np.random.normal()", "draws other numbers each time"),
    (code.one_hand, "record(part", "import time\nrecord(part", "imports stand in the first cell"),
    (code.one_hand, "record(part", "'<div>'\nrecord(part", "writes HTML"),
    (code.one_hand, "name: fig-second", "name: second", "begins with fig-"),
    (code.one_hand, "    caption: What is to be seen here, in a sentence.\n", "", "and a caption"),
    (code.one_hand, ":tags: [remove-input]", ":tags: [hide-input]", "tagged remove-input"),
    (code.one_hand, "That is the largest of them, not their sum.", "No.", "says too little"),
    (code.known_names, "numbers.sum() / 8", "hidden.sum() / 8", "visible code uses hidden"),
    (code.known_names, "numbers.sum() / 8", "np.einsum('i->', numbers)", "uses np.einsum, which no"),
    (words.numbers, "such as 0.75,", "such as 12,345,", "has 12,345"),
    (words.numbers, "such as 0.75,", "such as 0.74,", "has 0.74"),
    (words.numbers, "in a sentence.", "in 4,321 words.", "has 4,321"),
    (words.numbers, "It is 6 + 4 = 10.", "It is 1234.", "has 1234"),
    (words.citations, "goodfellow2016deep", "nobody1900", "no entry `nobody1900`"),
    (words.citations, "{cite:t}", "{cite:ps}", "cites with {cite:ps}"),
    (words.citations, "{cite:t}`goodfellow2016deep` cover", "They cover", "cites no work"),
    (words.plain_words, "## The idea", "## Erratum", "'Erratum', which readers never saw"),
    (words.plain_words, "Begin with", "As the lecture says, begin with", "'lecture'"),
    (words.plain_words, "Begin with", "This is of use. Begin with", "reads translated"),
    (terms.terms, "introduces: [kernel]", "introduces: [number]", "has introduced before"),
    (terms.terms, "introduces: [kernel]", "introduces: [kernel, jump]", "glossary.md does not explain"),
    (terms.symbols, "symbols: [k_h]", "symbols: [x]", "has introduced before"),
    (terms.symbols, "symbols: [k_h]", "symbols: [k_h, q]", "notation.md does not explain"),
    (terms.symbols, "Begin with", "Let $q = 2$. Begin with", "'q', which nothing introduces"),
    (terms.symbols, "symbols: [k_h]", "symbols: [k_h]\n  local: [x]", "'x' for itself"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new", "expected"), BREAKS)
def test_a_break_is_noticed(
    book: Path, rule: Callable[[Page], list[str]], old: str, new: str, expected: str
) -> None:
    whole = Page(tiny.SECOND, book)
    text = (book / f"{tiny.SECOND}.md").read_text(encoding="utf-8")
    assert old in text, f"the scaffold has no {old!r} to break"
    assert rule(whole) == []
    found = rule(Page(tiny.SECOND, book, text.replace(old, new, 1)))
    assert any(expected in problem for problem in found), found


@pytest.mark.parametrize(
    ("rule", "new", "expected"),
    [
        (terms.terms, "Two kernels. ", "'kernel', which one/second introduces later"),
        (terms.terms, "A {term}`kernel`. ", ""),
        (terms.terms, "A colonel. ", ""),
        (terms.symbols, "Let $k_{h} = 2$. ", "'k_h', which one/second introduces later"),
        (terms.symbols, "Let $k_{h - 1} = 2$. ", "'k_h', which one/second introduces later"),
        (terms.symbols, "Let $x = 2$. ", ""),
    ],
)
def test_a_term_before_its_chapter(
    book: Path, rule: Callable[[Page], list[str]], new: str, expected: str
) -> None:
    text = (book / f"{tiny.FIRST}.md").read_text(encoding="utf-8").replace("Begin with", f"{new}Begin with")
    found = rule(Page(tiny.FIRST, book, text))
    assert bool(found) is bool(expected)
    assert all(expected in problem for problem in found)


def test_a_recorded_number_may_be_rounded_and_a_percentage(book: Path) -> None:
    text = (book / f"{tiny.SECOND}.md").read_text(encoding="utf-8")
    for written, fits in (
        ("0.8", True),
        ("0.750", True),
        ("75.0 %", True),
        ("75.1 %", False),
        ("0.76", False),
    ):
        assert (
            words.numbers(Page(tiny.SECOND, book, text.replace("such as 0.75,", f"such as {written},"))) == []
        ) is fits


def test_a_page_that_changed_since_it_ran_says_what_to_run(book: Path) -> None:
    path = book / f"{tiny.FIRST}.md"
    before = path.read_text(encoding="utf-8")
    assert Book(book).saved(tiny.FIRST) is not None
    path.write_text(before.replace("Begin with", "Start with"), encoding="utf-8")
    assert Book(book).saved(tiny.FIRST) is not None, "words need no new run"
    path.write_text(before.replace("numbers.sum() / 8", "numbers.sum() / 9"), encoding="utf-8")
    assert Book(book).saved(tiny.FIRST) is None
    path.write_text(before, encoding="utf-8")
