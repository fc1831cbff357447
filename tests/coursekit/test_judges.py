"""A student's own test is judged by what it says of right functions and of wrong ones."""

from typing import Any

import numpy as np
import pytest
import torch

from coursekit import _recording, checks


def double(x: Any) -> Any:
    return 2 * x


def triple(x: Any) -> Any:
    return 3 * x


def tries_zeros(f: Any) -> bool:
    return bool(np.array_equal(f(np.zeros((2, 3))), np.zeros((2, 3))))


def tries_ones(f: Any) -> Any:
    return np.all(f(np.ones(2)) == 2)


def double_first(x: Any, _others: Any) -> Any:
    return 2 * x


def test_a_good_judge_passes_with_any_bool() -> None:
    checks.judges("check", tries_ones, double, True, "Double")
    checks.judges("check", tries_ones, triple, False, "Triple")


@pytest.mark.parametrize(
    ("judge", "function", "right", "words"),
    [
        (tries_zeros, triple, False, "Triple is wrong, and check returned True. It called the function with "
         "(array (2, 3) float64 from 0 to 0)."),
        (lambda f: f(1) == 3, double, True, "returned False. It called the function with (1)."),
        (lambda f: True, triple, False, "It never called the function."),
        (lambda f: None, triple, False, "check returned None."),
        (lambda f: 0, triple, False, "check returned 0. Return True or False."),
        (lambda f: [f(k) for k in range(5)] == [], double, True, "(0), (1), (2), and 2 others."),
        (lambda f: [f(k) for k in range(4)] == [], double, True, "(0), (1), (2), and 1 other."),
        (lambda f: f(torch.ones(2, 3, requires_grad=True)) is None, double, True,
         "(tensor (2, 3) torch.float32 from 1 to 1)"),
        (lambda f: f(torch.zeros(0)) is None, double, True, "(tensor (0,) torch.float32)"),
        (lambda f: f(np.zeros(2), [torch.ones(1), np.ones((4, 1))] * 2) is None, double_first, True,
         "0 to 0, [tensor (1,) torch.float32 from 1 to 1, array (4, 1) float64 from 1 to 1, tensor (1,) "
         "torch.float32 from 1 to 1, ...])"),
        (lambda f: f(2, {"bias": torch.ones(1)}) is None, double_first, True,
         "(2, {'bias': tensor (1,) torch.float32 from 1 to 1})"),
        (lambda f: f(2, (1, 2)) is None, double_first, True, "(2, (1, 2))"),
        (None, triple, False, "check is not defined"),
    ],
)  # fmt: skip
def test_what_a_judge_misses_is_told_with_its_calls(
    judge: Any, function: Any, right: bool, words: str
) -> None:
    with pytest.raises(AssertionError) as caught:
        checks.judges("check", judge, function, right, "Triple" if function is triple else "Double")
    assert words in str(caught.value)


def test_a_survey_goes_on_behind_a_wrong_verdict() -> None:
    with _recording.recording(survey=True) as found:
        checks.judges("check", tries_zeros, triple, False, "Triple")
        checks.judges("check", tries_zeros, double, True, "Double")
    assert len(found.prints) == 2
