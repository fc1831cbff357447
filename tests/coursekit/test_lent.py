"""What a test lends to a student's code is copies: nothing done to them reaches the test."""

import contextlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from coursekit import _lent, checks


def test_arrays_are_copied_wherever_they_stand_and_one_stays_one() -> None:
    x = np.arange(3.0)
    value = [x, (x, {"w": [x]}), {1, 2}, len, "text", None]
    lent = _lent.lend(value)
    assert lent[0] is lent[1][0] is lent[1][1]["w"][0]
    assert lent[0] is not x
    assert lent[3:] == [len, "text", None]
    lent[1][1]["w"][0][...] = 9
    lent[1][1]["new"] = lent
    assert x.tolist() == [0, 1, 2]
    assert list(value[1][1]) == ["w"]  # type: ignore[index]


def test_a_copy_has_the_dtype_and_order_and_says_whether_it_may_be_written() -> None:
    x = np.arange(6, dtype=np.int8).reshape(2, 3).T
    x.flags.writeable = False
    lent = _lent.lend(x)
    assert (lent.dtype, lent.strides, lent.flags.writeable) == (x.dtype, x.strides, False)


def test_a_list_that_holds_itself_is_copied() -> None:
    x: list[Any] = []
    x.append(x)
    lent = _lent.lend(x)
    assert lent[0] is lent
    assert lent is not x


def test_tensors_and_generators_are_copied() -> None:
    torch = pytest.importorskip("torch")
    parameter = torch.nn.Parameter(torch.ones(2))
    parameter.grad = torch.full((2,), 3.0)
    rng, draws = np.random.default_rng(1), torch.Generator().manual_seed(1)
    lent = _lent.lend([parameter, 2 * parameter, rng, draws])
    assert isinstance(lent[0], torch.nn.Parameter)
    assert lent[0].grad.tolist() == [3, 3]
    with torch.no_grad():
        lent[0][...] = 0
        lent[1][...] = 0
    assert parameter.tolist() == [1, 1]
    assert lent[2].random() == rng.random()
    assert torch.rand(1, generator=lent[3]) == torch.rand(1, generator=draws)


def zeroes(x: Any, *rest: Any) -> Any:
    """Overwrite whatever it is given and answer what fits."""
    x[...] = 0
    return 0 * x


CALLS: dict[str, Callable[[Any], Any]] = {
    "call": lambda x: checks.call("f", zeroes, x),
    "by keyword": lambda x: checks.call("f", zeroes, x=x),
    "in turn": lambda x: checks.in_turn("f", zeroes, (x,), (x,)),
    "views": lambda x: checks.on_views("f", zeroes, x),
    "inputs": lambda x: checks.leaves_inputs("f", zeroes, x),
    "refusal": lambda x: checks.refuses("f", zeroes, x),
    "inside": lambda x: checks.inside(lambda f, x: f(x), zeroes, x),
    "changes": lambda x: checks.changes("f", zeroes, x),
}


@pytest.mark.parametrize("ask", CALLS.values(), ids=CALLS.keys())
def test_no_call_overwrites_what_the_test_has(ask: Callable[[Any], Any]) -> None:
    x = np.arange(1.0, 4)
    with contextlib.suppress(AssertionError):  # some of them say that it was overwritten
        ask(x)
    assert x.tolist() == [1, 2, 3]


def test_a_test_that_asks_sees_what_became_of_its_arguments() -> None:
    first, second = checks.changes("f", lambda a, b: a.append(b.pop("w")), [1], {"w": 2, "v": 3})
    first.is_whole([1, 2])
    assert second.value == {"v": 3}
    (after,) = checks.changes("f", zeroes, np.ones(2))
    with pytest.raises(AssertionError, match=r"argument 1 after f\(array \(2,\)\): 2 of 2 values differ"):
        after.equals([1.0, 1.0])


@pytest.mark.parametrize("given", [[1, 2], [(1, 2), (3, 4)], {"a": [1]}, [np.ones(2)], {"a": np.ones(2)}])
def test_lists_and_dicts_are_left_alone_too(given: Any) -> None:
    checks.leaves_inputs("f", lambda x: [], given)

    def spoils(x: Any) -> list[Any]:
        if isinstance(x, dict):
            x["b"] = 1
        else:
            x[0] = (7, 7)
        return []

    def deeply(x: Any) -> list[Any]:
        inner = next(iter(x.values())) if isinstance(x, dict) else x[0]
        if isinstance(inner, list | np.ndarray):
            inner[0] = 5
        else:
            x.reverse()
        return []

    for wrong in (spoils, deeply):
        with pytest.raises(AssertionError, match="changed its input"):
            checks.leaves_inputs("f", wrong, given)
