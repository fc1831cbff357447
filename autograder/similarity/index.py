"""An inverted index over fingerprints, and the notebooks that have much in common with one.

Not all pairs are ever listed. A fingerprint pairs a notebook with the next `REACH` notebooks that have it, in
the order they stand in: with all of them where it is rare, with a few where many have it. So a ring of
hundreds, who share nearly all their fingerprints, is found as a chain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from autograder.similarity.fingerprints import Hashes, Places
from autograder.similarity.frequencies import Bits

REACH = 128
NEIGHBOURS = 50  # candidates that one notebook may bring


class Index:
    """Which notebooks have which fingerprint.

    Parameters
    ----------
    notebooks : sequence of ndarray of uint64
        The distinct fingerprints of each notebook.
    """

    def __init__(self, notebooks: Sequence[Hashes]) -> None:
        lengths = np.array([len(n) for n in notebooks], np.int64)
        together = np.concatenate([np.empty(0, np.uint64), *notebooks])
        order = np.argsort(together, kind="stable")
        self._hashes = together[order]
        self._notebooks = np.repeat(np.arange(len(notebooks), dtype=np.int32), lengths)[order]
        self._count = len(notebooks)

    def neighbours(
        self, hashes: Hashes, bits: Bits, least: float, after: int = -1
    ) -> list[tuple[int, float]]:
        """Find notebooks that share improbable fingerprints.

        Parameters
        ----------
        hashes : ndarray of uint64
            Distinct fingerprints.
        bits : ndarray of float64
            Their weights; those without weight are passed over.
        least : float
            Bits that must be shared.
        after : int
            Only notebooks behind this one count: its own position, when it is in the index itself.

        Returns
        -------
        list of (int, float)
            At most `NEIGHBOURS` notebooks and the bits in common, most first.
        """
        hashes, bits = hashes[bits > 0], bits[bits > 0]
        first = np.searchsorted(self._hashes, hashes, side="left")
        stop = np.searchsorted(self._hashes, hashes, side="right")
        if after >= 0:
            first = self._behind(first, stop, after)
        length = np.minimum(stop - first, REACH)
        # A list that is cut counts for the part looked at: nearness in the class must not make a pair.
        bits = bits * length / np.maximum(stop - first, 1)
        others = self._notebooks[ranges(first, length)]
        shared = np.bincount(others, weights=np.repeat(bits, length), minlength=self._count)
        found = np.flatnonzero(shared >= least)
        best = found[np.argsort(-shared[found], kind="stable")[:NEIGHBOURS]]
        return [(int(i), float(shared[i])) for i in best]

    def _behind(self, first: Places, stop: Places, after: int) -> Places:
        """Move each start behind the notebook ``after``: a binary search in every list at once."""
        low, high = first.copy(), stop.copy()
        while (open_ := low < high).any():
            middle = (low + high) // 2
            # Where low == high the middle may lie behind the last posting.
            before = open_ & (self._notebooks[np.minimum(middle, len(self._notebooks) - 1)] <= after)
            low = np.where(before, middle + 1, low)
            high = np.where(open_ & ~before, middle, high)
        return low


def ranges(first: Places, length: Places) -> NDArray[np.int64]:
    """Concatenate ``range(first, first + length)`` of all entries; two arrays of whole numbers."""
    ends = np.cumsum(length)
    total = int(ends[-1]) if len(ends) else 0
    places: NDArray[np.int64] = np.arange(total) + np.repeat(first - (ends - length), length)
    return places
