"""The common runs of two notebooks: greedy string tiling, longest run first.

Wise, "Running Karp-Rabin matching and greedy string tiling", 1993.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import groupby
from typing import NamedTuple

import numpy as np

from autograder.similarity.fingerprints import GUARANTEE, Hashes, K, Places, grams
from autograder.similarity.index import ranges
from autograder.similarity.texts import Text

_REPEATS = 16  # most places considered for a run that one notebook repeats, such as rows of numbers


class Tile(NamedTuple):
    """A run of ``length`` tokens that begins at ``left`` in one notebook and at ``right`` in the other."""

    left: int
    right: int
    length: int


def tiles(left: Text, right: Text) -> list[Tile]:
    """Cover two notebooks with runs they have in common; no token is in two tiles, no tile in two segments.

    Returns
    -------
    list of Tile
        Sorted by their place on the left; each has at least `GUARANTEE` tokens, or is a whole segment.
    """
    found = _equal_segments(left, right)
    taken = bytearray(len(left.kinds)), bytearray(len(right.kinds))
    for tile in found:
        _take(tile, *taken)
    heap = [(-length, a, b) for a, b, length in _runs(left, right)]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        stop_a, stop_b = a - negative, b - negative
        if taken[0].find(1, a, stop_a) < 0 and taken[1].find(1, b, stop_b) < 0:
            found.append(Tile(a, b, -negative))
            _take(found[-1], *taken)
            continue
        for start, length in _free(taken[0][a:stop_a], taken[1][b:stop_b]):
            if length >= GUARANTEE:
                heapq.heappush(heap, (-length, a + start, b + start))
    return sorted(found)


def _equal_segments(left: Text, right: Text) -> list[Tile]:
    """Pair segments that are the same from end to end, so that equal notebooks are covered whole."""
    places: dict[bytes, list[int]] = defaultdict(list)
    for segment in reversed(right.segments):
        places[right.kinds[segment.start : segment.stop]].append(segment.start)
    found = []
    for segment in left.segments:
        content = left.kinds[segment.start : segment.stop]
        if len(content) >= K and places.get(content):
            found.append(Tile(segment.start, places[content].pop(), len(content)))
    return found


def _take(tile: Tile, left: bytearray, right: bytearray) -> None:
    ones = b"\1" * tile.length
    left[tile.left : tile.left + tile.length] = ones
    right[tile.right : tile.right + tile.length] = ones


def _free(left: bytearray, right: bytearray) -> list[tuple[int, int]]:
    """List the stretches that are free on both sides as (start, length)."""
    stretches, start = [], 0
    for taken, group in groupby(a | b for a, b in zip(left, right, strict=True)):
        length = len(list(group))
        if not taken:
            stretches.append((start, length))
        start += length
    return stretches


def _runs(left: Text, right: Text) -> list[tuple[int, int, int]]:
    """List the maximal common runs of at least `GUARANTEE` tokens as (left, right, length)."""
    hashes, places = _grams(left)
    others, right_places = _grams(right)
    order = np.argsort(others, kind="stable")
    others, right_places = others[order], right_places[order]
    first = np.searchsorted(others, hashes, side="left")
    length = np.minimum(np.searchsorted(others, hashes, side="right") - first, _REPEATS)
    at = np.repeat(places, length)
    diagonal = at - right_places[ranges(first, length)]
    if not len(at):
        return []
    order = np.lexsort((at, diagonal))
    at, diagonal = at[order], diagonal[order]
    # On a diagonal, seeds at consecutive places make one run.
    starts = np.flatnonzero(np.concatenate(([True], (np.diff(diagonal) != 0) | (np.diff(at) != 1))))
    tokens = np.diff(np.append(starts, len(at))) + K - 1
    starts, tokens = starts[tokens >= GUARANTEE], tokens[tokens >= GUARANTEE]
    begins = at[starts]
    return list(zip(begins.tolist(), (begins - diagonal[starts]).tolist(), tokens.tolist(), strict=True))


def _grams(text: Text) -> tuple[Hashes, Places]:
    """Hash every run of `K` tokens that lies inside a segment; return the hashes and their places."""
    hashes = grams(text.kinds)
    segment = np.repeat(np.arange(len(text.segments)), [s.stop - s.start for s in text.segments])
    places = np.flatnonzero(segment[: len(hashes)] == segment[K - 1 :]) if len(hashes) else np.arange(0)
    return hashes[places], places
