"""Calls in turn: who remembers, hands an input back or changes it, in any of the calls, is wrong."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from coursekit import checks

ONE, OTHER = np.array([1.0, 2.0]), np.array([5.0, 7.0])
CASES = [(ONE,), (OTHER,), (ONE,), (OTHER,), (ONE,)]  # the second and fifth come as views with gaps


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


@pytest.mark.parametrize("wrong", [Remembers, KnowsById, Compares])
def test_what_depends_on_other_calls_is_wrong(wrong: type) -> None:
    cases = 3 * [(ONE,)] + 3 * [(OTHER,)] + 3 * [(ONE,)]
    checks.call("f", wrong(), *cases[0]).matches([2, 4])  # alone it is right
    answers = checks.in_turn("f", wrong(), *cases)
    given = [np.array_equal(answer.value, 2 * x) for answer, (x,) in zip(answers, cases, strict=True)]
    assert not all(given)
    with pytest.raises(AssertionError, match=r"f\(array \(2,\)\), one of several calls: 2 of 2 values are"):
        answers[given.index(False)].matches(2 * cases[given.index(False)][0])


class Clears:
    """The right answer, until the next call; with ``inside``, in a list."""

    def __init__(self, inside: bool = False) -> None:
        self.room, self.inside = np.zeros(2), inside

    def __call__(self, x: np.ndarray) -> Any:
        np.multiply(x, 2, out=self.room)
        return [self.room, 1] if self.inside else self.room


class Grows:
    """A list that the next call makes longer."""

    def __init__(self) -> None:
        self.found: list[float] = []

    def __call__(self, x: np.ndarray) -> list[float]:
        self.found.append(float(x[0]))
        return self.found


def last_returns(change: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], Any]:
    """Return a function that is right but where the first number is 5."""
    return lambda x: change(x) if x[0] == 5 else 2 * x


def writes(x: np.ndarray) -> np.ndarray:
    x += 1
    return 2 * x - 2


def writes_and_restores_the_copy(x: np.ndarray) -> np.ndarray:
    x.base[...] = 3
    return 2 * x


def reshapes(x: np.ndarray) -> np.ndarray:
    x.shape = (2, 1)
    return 2 * x.ravel()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Clears(), "returned what changed later"),
        (Clears(inside=True), "returned what changed later"),
        (Grows(), "returned what changed later"),
        (last_returns(lambda x: x), "returned its input, or a view of it"),
        (last_returns(lambda x: x[::-1]), "returned its input, or a view of it"),
        (last_returns(lambda x: (x.sum(), x.reshape(1, 2))), "returned its input, or a view of it"),
        (last_returns(writes), "changed its input"),
        (last_returns(writes_and_restores_the_copy), "changed its input"),
        (last_returns(reshapes), "changed its input"),
    ],
)
def test_what_every_function_promises_is_asked_in_every_call(wrong: Any, words: str) -> None:
    with pytest.raises(AssertionError, match=rf"f\(array \(2,\)\), one of several calls {words}"):
        checks.in_turn("f", wrong, *CASES)


def test_a_changed_list_is_a_changed_input() -> None:
    with pytest.raises(AssertionError, match="changed its input"):
        checks.in_turn("f", lambda pairs: pairs.pop(), ([(1, 2), (3, 4)],))
    checks.in_turn("f", lambda pairs: [(a, [b, 1.5, "c"]) for a, b in pairs], ([(1, 2), (3, 4)],))


def test_who_counts_on_the_order_of_memory_is_found() -> None:
    x = np.arange(6.0).reshape(2, 3)
    answers = checks.in_turn("f", lambda x: x.ravel(order="K").reshape(x.shape) + 0.0, (x,), (x,), (x,))
    answers[0].matches(x)
    for answer in answers[1:]:
        with pytest.raises(AssertionError, match="values are wrong"):
            answer.matches(x)


def test_arrays_come_in_three_layouts() -> None:
    seen: list[tuple[Any, ...]] = []

    def look(x: np.ndarray) -> None:
        seen.append((id(x), x.flags.c_contiguous, x.flags.f_contiguous, max(x.strides) < 0))

    checks.in_turn("look", look, *18 * [(np.ones((2, 3)),)])
    assert [flags for _, *flags in seen[:3]] == [
        [True, False, False],
        [False, False, True],
        [False, True, False],
    ]
    threes = [seen[n : n + 3] for n in range(0, 18, 3)]
    assert all(sorted(three) == sorted(seen[:3]) for three in threes)
    for number, (one, other) in enumerate(pairwise(threes)):
        assert other[0] == one[0 if number % 2 else 2]  # the same object, with other numbers


class Last:
    """The last answer again, where the last array comes again."""

    def __init__(self) -> None:
        self.last: Any = (None, None)

    def __call__(self, x: np.ndarray, k: int) -> np.ndarray:
        if self.last[0] is not x:
            self.last = (x, k * x)
        return self.last[1].copy()  # type: ignore[no-any-return]


def test_each_argument_changes_alone() -> None:
    cases = checks.one_changed((ONE, 2), (OTHER, 2), (OTHER, 3))
    assert cases == [(ONE, 2), (OTHER, 2), (ONE, 2), (OTHER, 2), (ONE, 2), (ONE, 3), (ONE, 2)]
    cases = [case for case in checks.one_changed((ONE, 2), (OTHER, 3)) for _ in range(3)]
    answers = checks.in_turn("f", Last(), *cases)
    wrong = [not np.array_equal(a.value, x * k) for a, (x, k) in zip(answers, cases, strict=True)]
    assert any(wrong[:6])
    assert any(wrong[9:12])


def test_numbers_keep_within_the_bounds_of_a_notebook() -> None:
    rng = np.random.default_rng(1)
    for scale in (0, 0.01, 1, 30, 1e3, 1e6):
        x = checks.drawn(rng, (40, 50), scale)
        assert x.shape == (40, 50)
        assert np.abs(x).min() >= 0.001
        assert np.abs(x).max() <= 1000
        assert 800 < np.sum(x > 0) < 1200
    assert checks.drawn(rng, 3).shape == (3,)


def test_mixed_arrays_cannot_be_written_into() -> None:
    def puts_back(x: np.ndarray) -> np.ndarray:
        x *= 2
        found = x.astype(float)
        x //= 2
        return found

    for case in checks.mixed([(ONE,)] * 3):
        with pytest.raises(ValueError, match="read-only"):
            checks.call("f", puts_back, *case)


def test_small_numbers_are_compared_as_they_are() -> None:
    answer = checks.call("f", lambda x: 0 * x, ONE)
    answer.matches([1e-6, 2e-6])
    with pytest.raises(AssertionError, match="values are wrong"):
        answer.matches([1e-6, 2e-6], unit=1e-6)
    with pytest.raises(AssertionError, match="values are wrong"):
        answer.matches([1e-12, 0], fine=True, unit=1e-6)


def test_precision_is_that_of_what_came_in() -> None:
    cases = checks.mixed([(ONE, OTHER)] * 9)
    assert len({tuple(value.dtype for value in case) for case in cases}) == 9
    for answer, case in zip(checks.in_turn("f", np.add, *cases), cases, strict=True):
        if np.result_type(*case).kind == "f":
            answer.matches(np.add(*checks.in_float64(case)))

    def narrow(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return (x + y).astype(np.float32)

    for answer, case in zip(checks.in_turn("f", narrow, *cases), cases, strict=True):
        right = np.add(*checks.in_float64(case))
        if np.float64 in (case[0].dtype, case[1].dtype):
            with pytest.raises(
                AssertionError, match=r"float32, and an array of float64 came in. Return float64"
            ):
                answer.matches(right)
        else:
            answer.matches(right)


def test_where_float64_came_in_rounding_shows() -> None:
    for rough in (lambda x: (x / 3).astype(np.float32).astype(float), lambda x: np.round(x / 3, 7)):
        wide, narrow = (checks.call("f", rough, x) for x in (ONE, ONE.astype(np.float32)))
        narrow.matches(ONE / 3, fine=True)
        wide.matches(ONE / 3)
        with pytest.raises(AssertionError, match="values are wrong"):
            wide.matches(ONE / 3, fine=True)


def test_parts_of_an_answer_know_what_came_in() -> None:
    answer = checks.call("f", lambda x: (x.astype(np.float32), 3), ONE)
    answer.part(1, "number").is_whole(3)
    with pytest.raises(AssertionError, match=r"array of f\(array \(2,\)\) returned dtype float32, and"):
        answer.part(0, "array").matches(ONE)
    for value, words in ((None, "returned None"), (ONE, "returned an ndarray"), ((1,), "returned a tuple")):
        with pytest.raises(AssertionError, match=words):
            checks.Answer(value, "f(1)").part(1, "bias")


def test_right_functions_pass_and_errors_tell_the_function() -> None:
    for answer, (x,) in zip(checks.in_turn("f", lambda x: 2 * x, *CASES), CASES, strict=True):
        answer.matches(2 * x)
    with pytest.raises(ZeroDivisionError) as caught:
        checks.in_turn("f", lambda x: 1 // 0, *CASES)
    assert caught.value.__notes__ == ["raised by one of 5 calls of f"]
    with pytest.raises(AssertionError, match="f is not defined"):
        checks.in_turn("f", None, *CASES)
