"""A call with arrays that do not lie in one piece: who counts on that, or hands a view back, fails."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coursekit import checks

X = np.arange(24.0).reshape(2, 3, 4)


def by_strides(x: np.ndarray) -> np.ndarray:
    steps = (x[0].size * x.itemsize, x.shape[2] * x.itemsize, x.itemsize)
    return np.lib.stride_tricks.as_strided(x, x.shape, steps) + 0.0


def in_order_of_memory(x: np.ndarray) -> np.ndarray:
    return x.ravel(order="K").reshape(x.shape) + 0.0


@pytest.mark.parametrize("wrong", [by_strides, in_order_of_memory])
def test_who_counts_on_the_order_of_memory_is_found(wrong: Callable[..., Any]) -> None:
    checks.call("f", wrong, X).matches(X)  # in one piece it is right
    with pytest.raises(AssertionError, match=r"on views of larger arrays: \d+ of \d+ values are wrong"):
        checks.on_views("f", wrong, X).matches(X)


def test_numbers_dtype_and_other_arguments_arrive_as_given() -> None:
    seen: list[bool] = []

    def add(x: np.ndarray, k: int, *, bias: np.ndarray) -> np.ndarray:
        seen.append(x.flags.contiguous)
        assert x.dtype == np.int8
        return x + k * bias

    answer = checks.on_views("add", add, X.astype(np.int8), 2, bias=np.ones(4))
    answer.equals(X + 2)
    assert not seen[0]
    assert answer.label == "add(array (2, 3, 4), 2, bias=array (4,)) on views of larger arrays"


def writes(x: np.ndarray) -> np.ndarray:
    x[0] += 1
    return x - 1


def writes_beside(x: np.ndarray) -> np.ndarray:
    x.base[...] = np.where(x.base == 1, 2, x.base)
    return x.copy()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (writes, "changed its input array"),
        (writes_beside, "changed its input array"),
        (lambda x: x, "returned its input array, or a part of it. Return a new array."),
        (lambda x: x[:, ::-1], "returned its input array"),
        (lambda x: x.reshape(len(x), -1), "returned its input array"),
    ],
)
def test_the_argument_is_neither_changed_nor_returned(wrong: Callable[..., Any], words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        checks.on_views("f", wrong, X)


def test_errors_tell_the_call_and_a_missing_function_is_named() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        checks.on_views("f", lambda x: 1 // 0, X)
    assert caught.value.__notes__ == ["raised by f(array (2, 3, 4)) on views of larger arrays"]
    with pytest.raises(AssertionError, match="f is not defined"):
        checks.on_views("f", None, X)
