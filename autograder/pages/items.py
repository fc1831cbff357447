"""Item analysis: how hard each question and test is, and whether it tells strong work from weak."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from autograder.records.results import CaseResult
from autograder.text import one_line

FEWEST = 5  # notebooks below which a correlation says nothing
_WORDS = 300  # characters of a message


class Discrimination:
    """Pearson's correlation of an item's score with the rest of the score, from pairs that come one by one.

    For a test, which is passed or not, this is the point-biserial correlation. The rest is the score without
    the question that the item belongs to: with it every item would seem to agree with the whole.
    """

    def __init__(self) -> None:
        self._count = 0
        self._mean = [0.0, 0.0]
        self._squares, self._products = [0.0, 0.0], 0.0

    def add(self, item: float, rest: float) -> None:
        """Take one notebook."""
        self._count += 1
        away = item - self._mean[0], rest - self._mean[1]
        self._mean = [mean + d / self._count for mean, d in zip(self._mean, away, strict=True)]
        new = item - self._mean[0], rest - self._mean[1]
        self._squares = [s + a * n for s, a, n in zip(self._squares, away, new, strict=True)]
        self._products += away[0] * new[1]

    @property
    def value(self) -> float | None:
        """The correlation, from -1 to 1; None for too few notebooks, or where all have the same.

        Examples
        --------
        >>> pairs = Discrimination()
        >>> for item, rest in ((0, 1), (0, 2), (1, 3), (1, 4), (1, 5)):
        ...     pairs.add(item, rest)
        >>> round(pairs.value, 3)
        0.866
        """
        spread = math.prod(self._squares)
        if self._count < FEWEST or min(self._squares) < 1e-12:
            return None
        return max(-1.0, min(1.0, self._products / math.sqrt(spread)))


def wrong_answers(cases: Iterable[CaseResult], mistakes: Iterable[str]) -> str:
    """Return what is wrong with the answer to a question, in one line; empty where nothing is.

    It is the known mistake, if it is one, else what the first test says that failed.
    """
    if known := " or ".join(mistakes):
        return one_line(known, _WORDS)
    failed = [case for case in cases if not case.passed]
    return next((one_line(case.message, _WORDS) for case in failed if case.message), "") if failed else ""


def most_frequent(counts: Counter[str]) -> tuple[str, int]:
    """Return the most frequent text, of equals the first in the alphabet, and how often it came."""
    listed = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return listed[0] if listed else ("", 0)
