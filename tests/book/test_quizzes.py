"""The right answer gives nothing away by its place: over the book it is in each equally often."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import pytest

from coursekit.quiz import Answer, Quiz
from tests.book.rules_frame import Page
from tests.book.toc import chapters

MOST_OFF = 2
"""How far the count of a place may lie from an equal share. Every second book of thirty questions that nobody
looks after is off by more: then a seed has to be set."""


@dataclass(frozen=True)
class Asked:
    """A question with one right answer, as a page shows it."""

    where: str
    question: str
    rights: tuple[bool, ...]

    @property
    def place(self) -> int:
        return self.rights.index(True)


def asked(html: str, where: str) -> Asked | None:
    """Read a question from the markup of a quiz; nothing where several answers are right."""
    rights = tuple(right == "true" for right in re.findall(r'data-correct="(true|false)"', html))
    said = re.search(r"<legend>(.*?)</legend>", html, re.DOTALL)
    return Asked(where, said[1] if said else "", rights) if sum(rights) == 1 else None


@cache
def shown() -> list[tuple[str, str]]:
    """The markup of every question of the book, and where it stands."""
    found = []
    for name in chapters():
        page = Page(name)
        for cell, done in zip(page.chapter.cells, page.saved.cells, strict=True):
            for output in done.outputs:
                html = str(output.get("data", {}).get("text/html", ""))
                if 'data-coursekit="quiz"' in html:
                    found.append((html, page.at(cell.line, "")))
    return found


@cache
def questions() -> list[Asked]:
    """All questions of the book with one right answer."""
    return [question for html, where in shown() if (question := asked(html, where))]


def starred(html: str) -> list[str]:
    """Words between asterisks that a reader would see: Markdown, where a quiz knows tags."""
    words = re.sub(r"<(style|script|code)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.findall(r"\*+[^\s*][^*<>]*\*+", re.sub(r"<[^>]*>", "<>", words))


def crowded(found: list[Asked]) -> list[str]:
    """Say which places hold the right answer too often or too seldom, and which questions to move."""
    by_length = defaultdict(list)
    for question in found:
        by_length[len(question.rights)].append(question)
    problems = []
    for length, alike in sorted(by_length.items()):
        share = len(alike) / length
        counts = [sum(question.place == place for question in alike) for place in range(length)]
        for place, count in enumerate(counts):
            if abs(count - share) > MOST_OFF:
                fullest = max(range(length), key=counts.__getitem__)
                movable = "\n  ".join(f"{q.where}{q.question}" for q in alike if q.place == fullest)
                problems.append(
                    f"{count} of {len(alike)} questions with {length} answers have the right one in place "
                    f"{place + 1}, and an equal share is {share:.1f}. Give one of these another order, with "
                    f"quiz(…, seed=1) or the next that helps:\n  {movable}"
                )
    return problems


def test_the_right_answer_is_in_each_place_equally_often() -> None:
    assert len(questions()) >= 2 * len(chapters()), "a chapter asks its reader something"
    problems = crowded(questions())
    assert not problems, "\n".join(problems)


def test_no_reader_sees_asterisks() -> None:
    problems = [f"{where}{words}: write <em>…</em>" for html, where in shown() for words in starred(html)]
    assert not problems, "\n".join(problems)


def test_asterisks_of_markdown_are_noticed() -> None:
    def seen(text: str) -> list[str]:
        return starred(Quiz("Which?", [Answer("a", True, text), Answer("b", False, "")])._repr_html_())

    assert seen("Those that *are* read, **all of them**.") == ["*are*", "**all of them**"]
    assert not seen("<em>Those</em> of `a * b * c`, 2 * 3 * 4.")


def test_a_book_with_a_habit_is_noticed() -> None:
    answers = [Answer(text, text == "a", "Because of this.") for text in "abcd"]
    drawn = [asked(Quiz(f"Question {n}?", answers)._repr_html_(), f"{n}: ") for n in range(24)]
    assert None not in drawn
    first = [question for question in drawn if question and question.place == 0]
    assert crowded([*first * 4, *[question for question in drawn if question]])
    assert "seed=1" in crowded(first * 4)[0]


@pytest.mark.parametrize("several", [True, False])
def test_only_questions_with_one_right_answer_have_a_place(several: bool) -> None:
    html = Quiz(
        "Which?", [Answer("a", True, ""), Answer("b", several, ""), Answer("c", False, "")]
    )._repr_html_()
    assert (asked(html, "") is None) is several
