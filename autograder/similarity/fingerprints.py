"""Winnowing: a few hashes stand for a string of tokens, chosen so that common runs are sure to share one.

Schleimer, Wilkerson, Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

K = 12  # tokens in a hashed run, the noise threshold: no shorter coincidence counts; about two lines
WINDOW = 9  # of so many hashes in a row one is kept; it is a share 2 / (WINDOW + 1) of all
GUARANTEE = K + WINDOW - 1  # tokens: a common run of this length has a common fingerprint
_BASE = 0x9E3779B97F4A7C15  # odd, so that no token is lost modulo 2**64


def grams(kinds: bytes) -> Hashes:
    """Hash every run of `K` tokens.

    Parameters
    ----------
    kinds : bytes
        One byte a token.

    Returns
    -------
    ndarray of uint64, shape (max(0, len(kinds) - K + 1),)
        A polynomial in the tokens modulo 2**64, its bits then mixed (Steele, Lea, Flood 2014), because the
        smallest hash of a window must fall on any run alike.
    """
    tokens = np.frombuffer(kinds, np.uint8).astype(np.uint64)
    count = max(0, len(tokens) - K + 1)
    hashes = np.zeros(count, np.uint64)
    for offset in range(K):
        hashes *= np.uint64(_BASE)
        hashes += tokens[offset : offset + count]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        hashes ^= hashes >> np.uint64(shift)
        hashes *= np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(31))


def winnow(hashes: Hashes) -> Places:
    """Return the places of the hashes that are kept: in each window of `WINDOW` the rightmost smallest.

    Fewer hashes than a window give one. The places rise.
    """
    if len(hashes) <= WINDOW:
        return np.array([len(hashes) - 1 - int(hashes[::-1].argmin())] if len(hashes) else [], np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(hashes, WINDOW)
    smallest = WINDOW - 1 - windows[:, ::-1].argmin(axis=1)
    places: Places = np.unique(np.arange(len(windows)) + smallest)
    return places
