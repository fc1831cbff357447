"""Exercises of chapters: what is wrong is said in words, and nothing is ever raised."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coursekit.practice import practice


def doubled(x: Any) -> Any:
    return 2.0 * np.asarray(x)


CASES = [(np.array([1.0, 2.0]),), (np.array([[0.25, -1.0], [3.0, 4.0]]),)]


def unwritten(x: Any) -> Any: ...


def overwrites(x: Any) -> Any:
    x *= 2
    return x.copy()


def truncates(x: Any) -> Any:
    return (2 * x).astype(int)


def misses_one(x: Any) -> Any:
    out = 2 * x
    out[..., -1] += 1e-3
    return out


def hoards(x: Any) -> Any:
    return [2 * x, [1]]


@pytest.mark.parametrize(
    ("yours", "state", "words"),
    [
        (doubled, "right", "All 2 cases agree."),
        (lambda x: (2 * x).tolist(), "right", "All 2 cases agree."),
        (unwritten, "waiting", "Not written yet: put your code in the place of `...` in unwritten."),
        (lambda x: x / None, "wrong", "raised TypeError"),
        (lambda x: 2 * x[:1], "wrong", "got shape (1,), expected (2,)."),
        (misses_one, "wrong", "1 of 2 values differ, the first at [1]: got 4.001, expected 4.0."),
        (truncates, "wrong", "np.zeros(shape)"),
        (overwrites, "wrong", "the values agree, but argument 1 was changed."),
        (lambda x: "four", "wrong", "got a str, expected numbers."),
        (hoards, "wrong", "no array of numbers"),
        (lambda: 1, "wrong", "Keep each `def` line as it was given"),
        (lambda x: np.full_like(x, np.nan), "wrong", "got nan, expected 2.0"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_says_what_is_wrong(yours: Callable[..., Any], state: str, words: str) -> None:
    found = practice(yours, doubled, CASES)
    assert found.state == state
    assert words in found.sentence
    assert f"ck-practice-{state}" in found._repr_html_()


def test_several_values_are_compared_one_by_one() -> None:
    def both(x: Any) -> tuple[Any, Any]:
        return x.min(), x.max()

    assert practice(both, both, CASES).state == "right"
    wrong = practice(lambda x: (x.min(), x.min()), both, CASES)
    assert "value 2 of 2: got 1.0, expected 2.0." in wrong.sentence
    assert "expected 2 values" in practice(lambda x: x.min(), both, CASES).sentence


def test_the_right_function_never_sees_what_the_reader_wrote_over() -> None:
    assert practice(overwrites, doubled, [(np.ones(2),)]).sentence.startswith("Case 1 of 1")


def test_words_of_an_answer_cannot_break_the_page() -> None:
    def shout(x: Any) -> Any:
        raise RuntimeError("<script>alert(1)</script>")

    assert "<script" not in practice(shout, doubled, CASES)._repr_html_()


def test_a_check_without_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="cases expects at least one"):
        practice(doubled, doubled, [])
    with pytest.raises(ValueError, match="each case is a tuple of arguments, got list"):
        practice(doubled, doubled, [[1]])  # type: ignore[list-item]
