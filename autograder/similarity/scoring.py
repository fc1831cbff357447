"""How alike two notebooks are: the bits of their fingerprints in common runs, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.similarity.alignment import Tile, tiles
from autograder.similarity.fingerprints import K
from autograder.similarity.frequencies import PRIOR, Frequencies
from autograder.similarity.texts import Text

# Fingerprints that two have: a notebook with fewer, some ten lines, cannot score 1.
ENOUGH = 30


@dataclass(frozen=True)
class QuestionShare:
    """What part of each side's answer to a question is also in the other notebook, and its bits."""

    question: str
    left: float
    right: float
    bits: float


@dataclass(frozen=True)
class Likeness:
    """How alike two notebooks are.

    ``score`` is from 0 to 1; ``left`` and ``right`` are the parts of each one's weight that stand in the
    other; ``shared`` counts distinct improbable fingerprints, ``longest`` the tokens of the longest run.
    """

    score: float
    left: float
    right: float
    bits: float
    shared: int
    longest: int
    questions: tuple[QuestionShare, ...]
    tiles: tuple[Tile, ...]


def likeness(left: Text, right: Text, frequencies: Frequencies, population: int) -> Likeness:
    """Compare two notebooks.

    In one direction, with ``A_q`` the bits of all fingerprints in question q and ``S_q`` the bits of those
    inside common runs, the score is ``sqrt(sum(A_q (S_q / A_q)^2) / sum(A_q))``: the root mean square of the
    shares, so that one answer copied whole counts more than as much scattered over all of them. It is scaled
    down for a notebook that says little (`ENOUGH`). The larger direction counts, so that what is added to a
    copy does not hide it.

    Parameters
    ----------
    left, right : Text
        The notebooks.
    frequencies : Frequencies
        The weights.
    population : int
        How many notebooks these were counted in.
    """
    enough = ENOUGH * float(np.log2((population + PRIOR) / 2))
    found = tiles(left, right)
    sides = (
        _Side(left, frequencies, [(t.left, t.length) for t in found]),
        _Side(right, frequencies, [(t.right, t.length) for t in found]),
    )
    # A run of base code or common knowledge alone is no evidence.
    kept = [t for t in found if sides[0].weighs(t.left, t.length) or sides[1].weighs(t.right, t.length)]
    questions = sorted({*sides[0].inside, *sides[1].inside}, key=lambda q: (len(q), q))
    shares = [
        QuestionShare(q, sides[0].share(q), sides[1].share(q), max(s.inside.get(q, 0.0) for s in sides))
        for q in questions
    ]
    return Likeness(
        score=max(side.score(enough) for side in sides),
        left=sides[0].contained,
        right=sides[1].contained,
        bits=max(sum(side.inside.values()) for side in sides),
        shared=max(side.distinct for side in sides),
        longest=max((t.length for t in kept), default=0),
        questions=tuple(s for s in shares if s.bits),
        tiles=tuple(kept),
    )


class _Side:
    """One notebook's fingerprints, weighed, and which of them lie in common runs."""

    def __init__(self, text: Text, frequencies: Frequencies, runs: Sequence[tuple[int, int]]) -> None:
        self._places = text.places
        distinct, which, repeats = np.unique(text.hashes, return_inverse=True, return_counts=True)
        # What a notebook repeats, such as rows of numbers, weighs once.
        self._bits = (frequencies.bits(distinct) / repeats)[which]
        within = np.zeros(len(self._places), bool)
        for start, length in runs:
            within[self._slice(start, length)] = True
        questions = [s.question for s in text.segments]
        owner = text.owner()
        self.all = _by_question(questions, owner, self._bits)
        self.inside = _by_question(questions, owner, np.where(within, self._bits, 0.0))
        self.distinct = len(np.unique(text.hashes[within & (self._bits > 0)]))

    @property
    def contained(self) -> float:
        """The part of the weight that lies in common runs."""
        total = sum(self.all.values())
        return min(1.0, sum(self.inside.values()) / total) if total else 0.0

    def share(self, question: str) -> float:
        """Return the part of one question's weight that lies in common runs."""
        total = self.all.get(question, 0.0)
        return min(1.0, self.inside.get(question, 0.0) / total) if total else 0.0

    def score(self, enough: float) -> float:
        """Return the score in this side's direction."""
        total = sum(self.all.values())
        if not total:
            return 0.0
        mean = sum(bits * self.share(q) ** 2 for q, bits in self.all.items()) / total
        return min(1.0, float(np.sqrt(mean))) * min(1.0, total / enough)

    def weighs(self, start: int, length: int) -> bool:
        """Whether a run holds a fingerprint with weight."""
        return bool(self._bits[self._slice(start, length)].any())

    def _slice(self, start: int, length: int) -> slice:
        """Find the fingerprints whose run of `K` tokens lies inside a run."""
        first, stop = np.searchsorted(self._places, [start, start + length - K + 1])
        return slice(int(first), int(stop))


def _by_question(
    questions: Sequence[str], owner: NDArray[np.int64], bits: NDArray[np.float64]
) -> dict[str, float]:
    sums = np.bincount(owner, weights=bits, minlength=len(questions))
    found: dict[str, float] = {}
    for question, value in zip(questions, sums.tolist(), strict=True):
        found[question] = found.get(question, 0.0) + value
    return found
