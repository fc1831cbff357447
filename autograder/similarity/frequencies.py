"""How improbable a fingerprint is: how many notebooks of the class and of earlier terms have it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from autograder.similarity.fingerprints import Hashes

PRIOR = 20  # imagined notebooks without it, so that even a class of two has weights
COMMON = 1 / 3  # share of all, imagined ones included; what more have is common knowledge
Bits = NDArray[np.float64]


class Frequencies:
    """The number of notebooks that have each fingerprint.

    Parameters
    ----------
    notebooks : sequence of ndarray of uint64
        The distinct fingerprints of each notebook.
    """

    def __init__(self, notebooks: Sequence[Hashes]) -> None:
        together = np.concatenate(notebooks) if notebooks else np.empty(0, np.uint64)
        self._hashes, self._counts = np.unique(together, return_counts=True)
        self._all = len(notebooks) + PRIOR

    def bits(self, hashes: Hashes) -> Bits:
        """Return the weight of each fingerprint.

        Returns
        -------
        ndarray of float64
            ``log2((n + PRIOR) / df)``, and 0 where ``df > COMMON * (n + PRIOR)``. A fingerprint that no
            notebook has, as one of the reference may be, weighs like one that a single notebook has.
        """
        if not len(self._hashes):
            return np.full(len(hashes), np.log2(self._all))
        at = np.minimum(np.searchsorted(self._hashes, hashes), len(self._hashes) - 1)
        df = np.where(self._hashes[at] == hashes, self._counts[at], 1)
        weight: Bits = np.where(df > COMMON * self._all, 0.0, np.log2(self._all / df))
        return weight
