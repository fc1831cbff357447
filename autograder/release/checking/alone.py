"""Each known mistake costs points, and those of its own question alone.

The first mistake of each question is graded under seal to the end, several in one notebook: for each two
questions there is a notebook with the mistake in the one and not in the other, so that a mistake cannot hide
behind another what it costs. Twelve questions need six notebooks. What is lost without a reason there is
looked for in notebooks with one mistake each.

All other mistakes are tried at the desk, on their own question; those that lose nothing there are graded
under seal, too, because they may break a rule.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from tqdm import tqdm

from autograder.release import looks, sights, variants
from autograder.release.bench import Bench, Notebook, in_words, lost, until
from autograder.release.variants import Variant

WHAT = "mutants"


def mutants(bench: Bench) -> list[str]:
    """Return the mutants that slip through or cost another question, and the questions that have none."""
    answered = {q for mutant in bench.mutants for q in mutant.answers}
    graded = [q.name for q in bench.assignment.graded]
    problems = [f"{q} has no mutant: write one into mutants.toml" for q in graded if q not in answered]
    first = list({q: mutant for mutant in reversed(bench.mutants) for q in mutant.answers}.values())
    first.sort(key=bench.mutants.index)
    alone = [mutant for mutant in first if mutant.also or mutant.files]
    mixed = together([mutant for mutant in first if mutant not in alone])
    bench.ahead([(_with(bench, some), "") for some in (*mixed, *([one] for one in alone))], WHAT)
    suspect = [one for some in _watched(bench, mixed) if _strange(bench, some) for one in some]
    alone += [one for one in first if one in suspect]
    bench.ahead([(_with(bench, [one]), "") for one in alone], WHAT)
    said = {one.name: _problems(bench, one) for one in alone}
    said |= {name: words for name, words in _others(bench, first) if words}
    found = [words for mutant in bench.mutants for words in said.get(mutant.name, [])]
    if suspect and not found:
        names = ", ".join(dict.fromkeys(one.name for one in suspect))
        found = [f"some of {names} cost other points together than each alone: find out which"]
    return problems + found


def together(mutants: Sequence[Variant]) -> list[list[Variant]]:
    """Return groups of mutants: for each two there is a group with the one and without the other.

    Each gets a set of groups of its own, all of the same size, so that none is part of another.

    >>> names = [Variant(name, "", {}) for name in "abcdef"]
    >>> for some in together(names):
    ...     print("".join(mutant.name for mutant in some))
    abc
    ade
    bdf
    cef
    """
    if len(mutants) < 2:
        return [[mutant] for mutant in mutants]
    size = next(n for n in itertools.count() if math.comb(n, n // 2) >= len(mutants))
    sets = list(itertools.combinations(range(size), size // 2))
    chosen = [(one, sets[k * len(sets) // len(mutants)]) for k, one in enumerate(mutants)]
    return [some for k in range(size) if (some := [mutant for mutant, groups in chosen if k in groups])]


def _with(bench: Bench, some: Sequence[Variant]) -> Notebook:
    """Return the solution with some mistakes in it."""
    return variants.answer(bench.solution, {q: text for one in some for q, text in one.answers.items()})


def _strange(bench: Bench, some: Sequence[Variant]) -> bool:
    """Say whether a notebook loses anything but the questions of its mistakes, or keeps one of them."""
    return lost(bench.grade(_with(bench, some))).keys() != {q for one in some for q in one.answers}


def _problems(bench: Bench, mutant: Variant) -> list[str]:
    """Return what is wrong with a mutant that is graded by itself, to the end."""
    (question,) = mutant.answers
    found = lost(bench.grade(_with(bench, [mutant])))
    also = {q: words for q, words in found.items() if q not in (question, *mutant.also)}
    problems = [_kept(mutant)] if question not in found else []
    if also:
        problems.append(f"{mutant.name} also costs {in_words(also)}: if it must, add `also`")
    return problems


def _others(bench: Bench, first: Sequence[Variant]) -> list[tuple[str, list[str]]]:
    """Return the mutants that are not the first of their question and keep its points."""
    rest = [mutant for mutant in bench.mutants if mutant not in first]
    answers = [answer for _, answer in sights.answers(rest)]
    seen = looks.at_desk(bench, answers)
    unjudged = [m for m, sight in zip(rest, seen, strict=True) if not sight.seen or sight.passed]
    asked = {m.name: (until(_with(bench, [m]), q), q) for m in unjudged for q in m.answers}
    bench.ahead(asked.values(), WHAT)
    return [(m.name, [] if lost(bench.grade(*asked[m.name])) else [_kept(m)]) for m in unjudged]


def _kept(mutant: Variant) -> str:
    (question,) = mutant.answers
    return f"{mutant.name} keeps all points of {question}: {mutant.why}"


def _watched(bench: Bench, mixed: list[list[Variant]]) -> tqdm[list[Variant]]:
    hide = None if bench.progress is None else not bench.progress
    return tqdm(mixed, desc=WHAT, leave=False, disable=hide)
