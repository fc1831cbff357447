"""Compares a class: which notebooks could not be read, which pairs are alike, which groups they form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from tqdm import tqdm

from autograder.assignment import Assignment
from autograder.similarity.fingerprints import Hashes
from autograder.similarity.frequencies import PRIOR, Frequencies
from autograder.similarity.index import Index
from autograder.similarity.scoring import Likeness, likeness
from autograder.similarity.sources import Source, released
from autograder.similarity.texts import MAX_CODE, MAX_TOKENS, BaseCode, Reading, Text, base_code, read
from autograder.submissions.notebook import UnreadableError
from autograder.text import one_line

LEAST = 5  # candidates share at least the bits of so many fingerprints that only two have
CHECKED = 5_000  # candidates whose runs are compared besides the best one of each notebook


@dataclass(frozen=True)
class Pair:
    """Two notebooks, by their places in `Comparison.notebooks`, and how alike they are."""

    left: int
    right: int
    likeness: Likeness


@dataclass(frozen=True)
class Comparison:
    """What was compared and what was found.

    ``passed_over`` are notebooks and why they were not compared, whole or in part. ``pairs`` are all that
    reach the threshold, most alike first. ``groups`` are students joined by such pairs, three at least.
    """

    notebooks: tuple[Source, ...]
    passed_over: tuple[tuple[Source, str], ...]
    base: BaseCode
    pairs: tuple[Pair, ...]
    groups: tuple[tuple[int, ...], ...]


def compare(
    sources: Iterable[Source], assignment: Assignment, threshold: float, progress: bool = False
) -> Comparison:
    """Compare a class with itself, the reference and earlier terms.

    Parameters
    ----------
    sources : iterable of Source
        The notebooks.
    assignment : Assignment
        What they answer.
    threshold : float
        The least score of a pair, from 0 to 1.
    progress : bool
        Whether progress bars are drawn on standard error.
    """
    released_notebook = released(assignment)
    base = BaseCode()
    if released_notebook.exists():
        base = base_code(released_notebook.read_text(encoding="utf-8"), assignment)
    notebooks: list[Source] = []
    texts: list[Text] = []
    passed_over: list[tuple[Source, str]] = []
    for source in tqdm(list(sources), desc="reading", unit="notebook", disable=not progress):
        found = _text(source, assignment, base)
        if isinstance(found, str):
            passed_over.append((source, found))
            continue
        notebooks.append(source)
        texts.append(found)
        if found.cut:
            limit = f"{MAX_CODE:,} characters or {MAX_TOKENS:,} tokens of code"
            passed_over.append((source, f"only its first {limit} were compared"))
    pairs = _pairs(notebooks, texts, threshold, progress)
    return Comparison(
        tuple(notebooks), tuple(passed_over), base, tuple(pairs), tuple(_groups(notebooks, pairs))
    )


def reading(source: Source, assignment: Assignment, base: BaseCode) -> Reading:
    """Read a notebook again, with its lines."""
    return read(source.open(), assignment, base)


def _text(source: Source, assignment: Assignment, base: BaseCode) -> Text | str:
    """Read a notebook, or say why not; an error of our own is one notebook's, not the class's."""
    try:
        return reading(source, assignment, base).text
    except UnreadableError as why:
        return one_line(str(why), 300)
    except Exception as error:
        return f"internal error: {type(error).__name__}: {one_line(str(error), 200)}"


def _pairs(
    notebooks: Sequence[Source], texts: Sequence[Text], threshold: float, progress: bool
) -> list[Pair]:
    distinct = [np.unique(t.hashes) for t in texts]
    counted = _by_student(notebooks, distinct)
    frequencies = Frequencies(counted)
    candidates = _candidates(notebooks, distinct, frequencies, len(counted), progress)
    made = (
        Pair(a, b, likeness(texts[a], texts[b], frequencies, len(counted)))
        for a, b in tqdm(candidates, desc="comparing", unit="pair", disable=not progress)
    )
    alike = [p for p in made if p.likeness.score >= threshold and p.likeness.tiles]
    return sorted(alike, key=lambda p: (-round(p.likeness.score, 3), -p.likeness.bits, p.left, p.right))


def _by_student(notebooks: Sequence[Source], distinct: Sequence[Hashes]) -> list[Hashes]:
    """Put a student's attempts together: ten attempts of one student do not make code common."""
    found: dict[tuple[str, str], list[Hashes]] = {}
    for source, hashes in zip(notebooks, distinct, strict=True):
        if source.origin != "reference":
            found.setdefault((source.term, source.name), []).append(hashes)
    return [np.unique(np.concatenate(h)) if len(h) > 1 else h[0] for h in found.values()]


def _candidates(
    notebooks: Sequence[Source],
    distinct: Sequence[Hashes],
    frequencies: Frequencies,
    population: int,
    progress: bool,
) -> list[tuple[int, int]]:
    """List pairs with at least one notebook of the class, the most promising first.

    They are ranked by the bits in common times the part these are of the lesser notebook: a copy of something
    ordinary has few bits, but nearly all. Two attempts of one student are no pair.
    """
    least = LEAST * float(np.log2((population + PRIOR) / 2))
    places = {
        origin: [i for i, n in enumerate(notebooks) if n.origin == origin]
        for origin in ("class", "earlier", "reference")
    }
    indices = {origin: Index([distinct[i] for i in found]) for origin, found in places.items()}
    totals = [float(frequencies.bits(hashes).sum()) for hashes in distinct]
    found: list[tuple[float, int, int]] = []
    bar = tqdm(places["class"], desc="looking up", unit="notebook", disable=not progress)
    for position, i in enumerate(bar):
        bits = frequencies.bits(distinct[i])
        for origin, index in indices.items():
            after = position if origin == "class" else -1
            for place, shared in index.neighbours(distinct[i], bits, least, after):
                j = places[origin][place]
                if origin != "class" or notebooks[i].name != notebooks[j].name:
                    found.append((shared * shared / min(totals[i], totals[j]), i, j))
    found.sort(key=lambda c: (-c[0], c[1], c[2]))
    return _chosen([(i, j) for _, i, j in found])


def _chosen(ranked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take the best candidate of each notebook and the `CHECKED` best of the rest."""
    chosen: list[tuple[int, int]] = []
    met: set[int] = set()
    others = 0
    for pair in ranked:
        if met.issuperset(pair):
            others += 1
            if others > CHECKED:
                continue
        met.update(pair)
        chosen.append(pair)
    return chosen


def _groups(notebooks: Sequence[Source], pairs: Sequence[Pair]) -> list[tuple[int, ...]]:
    """Join the class's notebooks that pairs connect; the largest groups first, of three students at least."""
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for pair in pairs:
        if notebooks[pair.left].origin == notebooks[pair.right].origin == "class":
            parent[root(pair.left)] = root(pair.right)
    members: dict[int, list[int]] = {}
    for i in sorted(parent):
        members.setdefault(root(i), []).append(i)
    groups = [tuple(m) for m in members.values() if len({notebooks[i].name for i in m}) > 2]
    return sorted(groups, key=lambda g: (-len(g), g))
