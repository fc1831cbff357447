"""Calls in turn: who remembers a shape, or clears what an earlier call returned, is wrong."""

from typing import Any

import numpy as np
import pytest

from coursekit import checks

CASES = [(np.array([1.0, 2.0]),), (np.array([5.0, 7.0]),), (np.array([1.0, 2.0]),)]


class Remembers:
    """The answer to the first array of each shape."""

    def __init__(self) -> None:
        self.known: dict[Any, np.ndarray] = {}

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self.known.setdefault(x.shape, 2 * x)


class KnowsById:
    """The answer to what an array was when it came first."""

    def __init__(self) -> None:
        self.known: dict[int, Any] = {}

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self.known.setdefault(id(x), (x, 2 * x))[1].copy()  # type: ignore[no-any-return]


class Compares:
    """The last answer again, where the last array is equal to this one; it kept no copy."""

    def __init__(self) -> None:
        self.last = (np.zeros(0), np.zeros(0))

    def __call__(self, x: np.ndarray) -> np.ndarray:
        if not np.array_equal(self.last[0], x):
            self.last = (x, 2 * x)
        return self.last[1].copy()


class Clears:
    """The right answer, until the next call."""

    def __init__(self) -> None:
        self.room = np.zeros(2)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        np.multiply(x, 2, out=self.room)
        return self.room


@pytest.mark.parametrize("wrong", [Remembers, KnowsById, Compares, Clears])
def test_what_depends_on_other_calls_is_wrong(wrong: type) -> None:
    checks.call("f", wrong(), *CASES[0]).matches([2, 4])  # alone it is right
    answers = checks.in_turn("f", wrong(), *CASES)
    given = [np.array_equal(answer.value, 2 * x) for answer, (x,) in zip(answers, CASES, strict=True)]
    assert not all(given)
    with pytest.raises(AssertionError, match=r"f\(array \(2,\)\), one of several calls: 2 of 2 values are"):
        answers[given.index(False)].matches(2 * CASES[given.index(False)][0])


def test_right_functions_pass_and_errors_tell_the_function() -> None:
    for answer, (x,) in zip(checks.in_turn("f", lambda x: 2 * x, *CASES), CASES, strict=True):
        answer.matches(2 * x)
    with pytest.raises(ZeroDivisionError) as caught:
        checks.in_turn("f", lambda x: 1 // 0, *CASES)
    assert caught.value.__notes__ == ["raised by one of 3 calls of f"]
    with pytest.raises(AssertionError, match="f is not defined"):
        checks.in_turn("f", None, *CASES)
