"""Answers that students might write, drawn from the banks: wrong ones lose points, right ones keep theirs.

`make answers` tries every answer. Here a few are drawn; with ANSWERS_SEED set to a number, others.
"""

import os
import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from autograder.release.bench import Bench
from tests.answers import bank
from tests.answers.bank import Answer
from tests.answers.seen import shown
from tests.answers.trial import grade

WRONG, RIGHT = 12, 4
EVERYTHING = [(name, answer) for name in bank.assignments() for answer in bank.answers(name)]


def drawn() -> list[tuple[str, Answer]]:
    """Return the answers to try in this run, the same in every process of it."""
    draw = random.Random(int(os.environ.get("ANSWERS_SEED", "0")))
    kinds = [[(n, a) for n, a in EVERYTHING if a.right is right and not a.excused] for right in (False, True)]
    return [
        pair for kind, count in zip(kinds, (WRONG, RIGHT), strict=True) for pair in draw.sample(kind, count)
    ]


@pytest.mark.sealed
@pytest.mark.parametrize(
    ("name", "answer"), [pytest.param(n, a, id=f"{n}, {a.question}, {a.what}") for n, a in drawn()]
)
def test_an_answer_gets_what_it_deserves(
    name: str, answer: Answer, on_the_bench: Callable[[str], Bench]
) -> None:
    trial = grade(on_the_bench(name), answer)
    deserved = "all" if answer.right else "not all"
    assert not trial.surprising, (
        f"{answer.place} got {trial.score:g} of {trial.possible:g} points and deserves {deserved}: "
        f"{answer.breaks or trial.words}"
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", bank.assignments())
def test_what_a_student_reads_comes_from_the_check(name: str, on_the_bench: Callable[[str], Bench]) -> None:
    bench = on_the_bench(name)
    first = bench.assignment.graded[0].name
    right = next(a for n, a in EVERYTHING if n == name and a.right and a.question == first)
    stops = replace(right, code="x = 1 / 0\n", what="stops")
    with closing(shown(name, bench.solution, bench.built, [right, stops])) as told:
        passes, fails = (words for _, words in islice(told, 2))
    assert passes.startswith(f"{first}: all ")
    assert "public tests passed" in passes
    assert fails.startswith("(the cell stops: ZeroDivisionError")


@pytest.mark.parametrize("name", bank.assignments())
def test_few_answers_are_excused(name: str) -> None:
    found = bank.answers(name)
    excused = [a.place for a in found if a.excused]
    assert len(excused) <= len(found) / 100, excused


@pytest.mark.parametrize("name", bank.assignments())
def test_no_answer_stands_in_a_bank_twice(name: str) -> None:
    codes: dict[tuple[str, str], str] = {}
    twice = [
        f"{a.place} is {codes[a.question, a.code]}"
        for a in bank.answers(name)
        if codes.setdefault((a.question, a.code), a.place) != a.place
    ]
    assert twice == []


BROKEN = {
    "no answers": ("x = 1\n", "no line"),
    "does not say what it breaks": ("# answer: q1, odd\nx = 1\n", "wrong_odd.py:1: a line '# breaks"),
    "no Python": ("'''Odd.'''\n\n# answer: q1, odd\n# breaks: all\nx = (\n", "wrong_odd.py:3: Python cannot"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_bank_that_cannot_be_read_says_why(tmp_path: Path, broken: str) -> None:
    text, words = BROKEN[broken]
    (tmp_path / "wrong_odd.py").write_text(text)
    with pytest.raises(ValueError, match=words):
        bank.read(tmp_path / "wrong_odd.py")


def test_a_right_answer_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "right_odd.py").write_text("# answer: q1, odd\n# breaks: all\nx = 1\n")
    with pytest.raises(ValueError, match="no right one"):
        bank.read(tmp_path / "right_odd.py")


def test_answers_know_their_place_and_excuse(tmp_path: Path) -> None:
    lines = [
        "'''Odd.'''",
        "",
        "# answer: q1, one",
        "# breaks: all",
        "x = 1",
        "",
        "# answer: q2, two",
        "# breaks: most",
        "# excused: nobody can see it",
        "x = 2",
    ]
    (tmp_path / "wrong_odd.py").write_text("\n".join(lines) + "\n")
    one, two = bank.read(tmp_path / "wrong_odd.py")
    assert one == Answer("q1", "one", "x = 1\n", False, "wrong_odd.py:3", "all")
    assert two == Answer("q2", "two", "x = 2\n", False, "wrong_odd.py:7", "most", "nobody can see it")
