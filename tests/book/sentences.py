"""Sentences of a page that say what an experiment found, held to its numbers one by one.

The rule for numbers asks that each number of the prose is somewhere among what the page computes. A page that
computes hundreds has nearly any number. So what a chapter claims is written once more in its test, with the
number computed there.
"""

from __future__ import annotations

from tests.book.chapter import chapter

WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def unsaid(page: str, *sentences: str) -> list[str]:
    """Return the sentences that the prose of a page does not have; line breaks do not matter."""
    said = " ".join(" ".join(words for _, words in chapter(page).prose).split())
    return [sentence for sentence in sentences if " ".join(sentence.split()) not in said]
