"""Planted copies are found, honest notebooks rank below them, and another program agrees."""

import functools
import json
import random
from collections.abc import Callable

import pytest
from copydetect import CodeFingerprint, compare_files
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from autograder.assignment import Assignment
from autograder.release import normalize, variants
from autograder.similarity import sources
from autograder.similarity.comparison import Comparison, Pair, compare
from autograder.similarity.frequencies import Frequencies
from autograder.similarity.scoring import Likeness, likeness
from autograder.similarity.sources import Source
from autograder.similarity.texts import BaseCode, read
from tests.autograder import similar_disguises as disguises
from tests.sample_class.make import SampleClass
from tests.support import ROOT, built

pytestmark = pytest.mark.slow

STUDENT = json.loads((ROOT / "assignments" / "hw3" / "hw3.ipynb").read_text(encoding="utf-8"))


@functools.cache
def hw3() -> Assignment:
    return built("hw3")


@functools.cache
def ways() -> dict[str, list[str]]:
    """Right answers in different ways: each question's are by different hands, the first by the master."""
    solution = json.loads((hw3().folder / "solution.ipynb").read_text(encoding="utf-8"))
    alternatives = variants.folder(ROOT / "solutions" / "hw3" / "alternatives")
    return {
        question: [
            "".join(cell["source"]),
            *(v.answers[question] for v in alternatives if question in v.answers),
        ]
        for question, cell in disguises.answer_cells(solution).items()
    }


@functools.cache
def open_questions() -> list[str]:
    return [question for question, found in ways().items() if len(found) > 1]


def author(number: int) -> dict:
    """Return the notebook of one who answers the open questions in a way of their own."""
    rng = random.Random(number)
    answers = {q: ways()[q][number % len(ways()[q])] for q in open_questions()}
    return variants.answer(STUDENT, {q: disguises.renamed(source, rng) for q, source in answers.items()})


def as_class(notebooks: dict[str, dict], origin: str = "class") -> list[Source]:
    return [Source(name, origin, lambda n=n: json.dumps(n)) for name, n in notebooks.items()]


def pair(found: Comparison, one: str, other: str) -> Pair:
    names = [{found.notebooks[p.left].name, found.notebooks[p.right].name} for p in found.pairs]
    return found.pairs[names.index({one, other})]


def rank(found: Comparison, one: str, other: str) -> int:
    return found.pairs.index(pair(found, one, other))


# Answers by a hand that none of the ways above is from.
OWN_HAND = {
    "q2": """def correlate2d(image, kernel):
    def at(r, c):
        return sum(image[r + a][c + b] * w for (a, b), w in np.ndenumerate(kernel))
    rows, columns = len(image) - len(kernel) + 1, len(image[0]) - len(kernel[0]) + 1
    return np.array([[at(r, c) for c in range(columns)] for r in range(rows)])
""",
    "q11": """def receptive_field(layers):
    answer, field, step = [], 1, 1
    while len(answer) < len(layers):
        (k, s) = layers[len(answer)]
        field, step = field - step + k * step, step * s
        answer += [(field, step)]
    return answer
""",
}


COPIES: dict[str, Callable[[dict], dict]] = {
    "verbatim": lambda n: n,
    "renamed": lambda n: disguises.answers_changed(n, lambda s: disguises.renamed(s, random.Random(1))),
    "recommented": lambda n: disguises.answers_changed(
        n, lambda s: disguises.recommented(s, random.Random(2))
    ),
    "reformatted": lambda n: disguises.answers_changed(
        n, lambda s: disguises.reformatted(s, random.Random(3))
    ),
    "split": disguises.split,
    "reordered": disguises.reordered,
    "all of it": lambda n: disguises.reordered(
        disguises.answers_changed(
            n, lambda s: disguises.reformatted(disguises.renamed(s, random.Random(4)), random.Random(5))
        )
    ),
}


@pytest.mark.parametrize("disguise", COPIES)
def test_a_disguised_copy_leads_the_sample_class(disguise, tmp_path):
    """Beside it stands the sample class, in which many hand in the master's answers."""
    sample = SampleClass("hw3", hw3().folder.parents[1])
    sample.honest()
    for name, content in sample.files.items():
        (tmp_path / name).write_bytes(content)
    source = author(2)
    (tmp_path / "ann.ipynb").write_bytes(normalize.as_json(source))
    (tmp_path / "bob.ipynb").write_bytes(normalize.as_json(COPIES[disguise](source)))
    found = compare(sources.submissions(tmp_path, hw3()) + sources.reference(hw3()), hw3(), 0.3)
    like = pair(found, "ann", "bob").likeness
    assert like.score >= (0.9 if disguise == "split" else 0.97)
    assert min(like.left, like.right) >= 0.9
    names = {found.notebooks[p.left].name for p in found.pairs[: rank(found, "ann", "bob")]}
    assert not names & {"fourier", "sliding-windows", "partly-right", "blank"}
    assert pair(found, "perfect", "reference solution").likeness.score == 1
    assert any(
        {"perfect", "exported", "other-order"} <= {found.notebooks[i].name for i in g} for g in found.groups
    )
    with pytest.raises(ValueError, match="is not in list"):
        pair(found, "ann", "blank")


def test_one_copied_function_is_found_among_authors():
    """Ten different authors; one took the answer to the largest question from another, and renamed."""
    notebooks = {f"author{i}": author(i) for i in range(10)}
    taken = disguises.renamed("".join(disguises.answer_cells(author(1))["q5"]["source"]), random.Random(8))
    alone = {q: f"def {q}(x):\n    return x\n" for q in open_questions()}
    notebooks["thief"] = variants.answer(STUDENT, alone | OWN_HAND | {"q5": taken})
    found = compare(as_class(notebooks), hw3(), 0.0)
    like = pair(found, "author1", "thief").likeness
    best = max(like.questions, key=lambda q: q.bits)
    assert (best.question, best.left, best.right) == ("q5", 1.0, 1.0)
    others = [
        p.likeness.score
        for p in found.pairs
        if "thief" in (found.notebooks[p.left].name, found.notebooks[p.right].name)
        and p.likeness is not like
        # Some authors share that answer with author1, because there are only so many ways to draw from.
        and not any(q.question == "q5" and q.right > 0.9 for q in p.likeness.questions)
    ]
    assert like.score > 1.3 * max(others, default=0.0)
    assert like.score >= 0.3


def test_different_right_solutions_rank_below_copies():
    """Every pair of authors without a common answer stays far below every pair with a disguised copy."""
    notebooks = {f"author{i}": author(i) for i in range(4)}
    for name, disguise in COPIES.items():
        notebooks[name] = disguise(author(1))
    found = compare(as_class(notebooks), hw3(), 0.0)
    copies = [pair(found, "author1", name).likeness.score for name in COPIES]
    honest = []
    for i in range(4):
        for j in range(i):
            # Where two authors drew the same way for a question, it is left out by comparing the rest.
            apart = [q for q in open_questions() if i % len(ways()[q]) != j % len(ways()[q])]
            both = [
                variants.answer(STUDENT, {q: ways()[q][k % len(ways()[q])] for q in apart}) for k in (i, j)
            ]
            honest += [
                p.likeness.score for p in compare(as_class({"a": both[0], "b": both[1]}), hw3(), 0.0).pairs
            ]
    assert len(honest) >= 3
    assert max(honest) < 0.45 < 0.9 < min(copies)


def test_an_earlier_term_is_searched():
    old = disguises.answers_changed(author(3), lambda s: disguises.renamed(s, random.Random(9)))
    listed = as_class({f"author{i}": author(i) for i in range(5)})
    listed += as_class({"old": old, "older": old}, "earlier")
    found = compare(listed, hw3(), 0.5)
    assert pair(found, "author3", "old").likeness.score == 1
    assert not any(
        {found.notebooks[p.left].origin, found.notebooks[p.right].origin} == {"earlier"} for p in found.pairs
    )


def test_what_everybody_has_is_no_evidence():
    own = [f"def own{i}(a):\n    return {' + '.join(['a', 'len(a)'] * (i + 8))}\n" for i in range(60)]
    loop = "    for i in range(x):\n        y[i, x - 1 :] += x * (i + 1) - y[i]\n"
    common = f"def helper(x, y):\n{loop}    return y\n"
    listed = {f"s{i:02}": variants.answer(STUDENT, {"q1": common, "q3": own[i]}) for i in range(60)}
    found = compare(as_class(listed), hw3(), 0.0)
    assert not any(q.question == "q1" for p in found.pairs for q in p.likeness.questions)


def alike(one: str, other: str) -> Likeness:
    cells = [
        {"nbformat": 4, "cells": [{"cell_type": "code", "source": s, "metadata": {}}]} for s in (one, other)
    ]
    texts = [read(json.dumps(c), hw3(), BaseCode()).text for c in cells]
    return likeness(texts[0], texts[1], Frequencies([t.hashes for t in texts]), 2)


@functools.cache
def long() -> str:
    return "\n\n".join(answers[0] for answers in ways().values())


@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None)
def test_renaming_comments_and_layout_change_no_score(seed):
    rng = random.Random(seed)
    other = long()
    for disguise in (disguises.renamed, disguises.reformatted, disguises.recommented):
        other = disguise(other, rng)
        assert alike(long(), other).score == 1


@given(st.integers(0, 10**9), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_scores_are_symmetric_and_bounded(seed, strength):
    rng = random.Random(seed)
    one, other = (
        disguises.rewritten(rng.choice(rng.choice(list(ways().values()))), rng, strength) for _ in "ab"
    )
    there, back = alike(one + long()[:2000], other), alike(other, one + long()[:2000])
    assert 0 <= there.score <= 1
    assert 0 <= min(there.left, there.right) <= max(there.left, there.right) <= 1
    assert there.score == pytest.approx(back.score, abs=0.1)
    assert alike(one, one).score == pytest.approx(alike(one, disguises.renamed(one, rng)).score)


def test_copydetect_ranks_the_same_pairs_the_same_way(tmp_path):
    """Forty pairs: from the same answers ever more rewritten, to answers by other hands."""
    rng = random.Random(20)
    pairs = []
    for number in range(40):
        one = "\n\n".join(ways()[q][number % len(ways()[q])] for q in open_questions())
        shift = 1 if number % 6 == 5 else 0
        other = "\n\n".join(ways()[q][(number + shift) % len(ways()[q])] for q in open_questions())
        pairs.append((one, disguises.rewritten(disguises.renamed(other, rng), rng, (number % 5) / 4)))
    ours, theirs = [], []
    for one, other in pairs:
        files = [tmp_path / "one.py", tmp_path / "other.py"]
        for file, source in zip(files, (one, other), strict=True):
            file.write_text(source)
        theirs.append(max(compare_files(*(CodeFingerprint(str(f), 25, 1) for f in files))[1]))
        ours.append(alike(one, other).score)
    agreement = spearmanr(ours, theirs).statistic
    assert agreement > 0.8, f"rank correlation {agreement:.2f}"
