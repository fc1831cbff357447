"""A student's test is asked in a drawn order: who looks at no function does not pass."""

from collections.abc import Callable
from itertools import count

import pytest

from coursekit import checks

RIGHT = {"A function": lambda n: n % 2 == 0}
WRONG = {f"A function that says {said}": (lambda n, said=said: said) for said in (True, False, None)}


def ask(judge: Callable[..., bool], seed: int) -> bool:
    """Say whether a judge passes."""
    try:
        checks.judges_each("is_even", judge, RIGHT, WRONG, seed)
    except AssertionError:
        return False
    return True


def test_who_looks_at_the_functions_passes_in_every_order() -> None:
    assert all(ask(lambda f: bool(f(2)) and f(3) is False, seed) for seed in range(20))


@pytest.mark.parametrize("first", [{0}, {0, 1, 2}, {0, 2, 4}, set(range(6)), set()])
def test_who_counts_calls_seldom_passes(first: set[int]) -> None:
    passed = 0
    for seed in range(100):
        calls = count()
        passed += ask(lambda f, calls=calls: next(calls) in first, seed)
    assert passed <= 20, "one order of twenty is this one"


@pytest.mark.parametrize(("wrong", "right"), [(1, 2), (4, 2), (10, 5), (11, 6)])
def test_right_functions_are_at_least_half_as_many_as_wrong_ones(wrong: int, right: int) -> None:
    seen = []
    zeros = {f"zero {number}": (lambda n: 0) for number in range(wrong)}
    checks.judges_each("judge", lambda f: seen.append(f(2)) or f(2) is True, RIGHT, zeros, 1)
    assert sorted(map(bool, seen)) == [False] * wrong + [True] * right
