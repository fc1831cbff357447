"""The words of the tests: every way of going wrong has its own, and hidden tests give nothing away."""

import numpy as np
import pytest

from coursekit import checks

RIGHT = np.array([[1.0, 2.0], [3.0, 4.125]])


def answer(value: object) -> checks.Answer:
    """Return what a function that always says ``value`` answers."""
    return checks.call("f", lambda *_: value, np.zeros((2, 3)), 7)


def said(compare: object, *args: object, **keywords: object) -> str:
    """Return what a failing comparison says."""
    with pytest.raises(AssertionError) as caught:
        compare(*args, **keywords)  # type: ignore[operator]
    return str(caught.value)


class Liar(np.ndarray):
    """An array that agrees with everybody."""

    def __eq__(self, other: object) -> np.ndarray:  # type: ignore[override]
        return np.True_


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "Put your code in the place of the `...`"),
        ([[1.0, 2.0]], "returned a list. Return a NumPy array"),
        (RIGHT.astype(int), "dtype int64. Return floating-point numbers"),
        (RIGHT.T[:1], "returned shape (1, 2)"),
        (np.full((2, 2), np.nan), "returned nan or inf"),
        (np.zeros((2, 2)).view(Liar), "returned a Liar"),
    ],
)
@pytest.mark.parametrize("compare", ["equals", "matches"])
def test_what_is_no_answer_is_told_apart(value: object, words: str, compare: str) -> None:
    message = said(getattr(answer(value), compare), RIGHT)
    assert words in message
    assert message.startswith("f(array (2, 3), 7)")


def test_a_public_test_shows_the_first_difference() -> None:
    message = said(answer(RIGHT + np.array([[0, 0], [0, 1]])).equals, RIGHT, "Mind the corner.")
    assert (
        "1 of 4 values differ, first at index (1, 1): yours 5.125, expected 4.125. Mind the corner."
        in message
    )


def test_what_wrong_values_have_in_common_is_told() -> None:
    message = said(answer(RIGHT + np.array([[0, 0], [1, 1]])).equals, RIGHT)
    assert "2 of 4 values differ, first at index (1, 0), all at index 1 of axis 0: yours" in message
    message = said(answer(RIGHT + np.array([[0, 1], [0, 1]])).matches, RIGHT)
    assert (
        message
        == "f(array (2, 3), 7): 2 of 4 values are wrong, first at index (0, 1), all at index 1 of axis 1."
    )
    message = said(answer([(3, 2), (7, 5)]).is_whole, [(3, 2), (7, 4)], secret=True)
    assert message.endswith("returned [(3, 2), (7, 5)]; wrong from index [1][1] on.")
    assert said(answer([(3, 2)]).is_whole, [(3, 2), (7, 4)], secret=True).endswith("1 is a wrong length.")
    assert said(answer([3]).is_whole, [(3, 2)], secret=True).endswith("wrong from index [0] on.")


def test_values_that_are_only_moved_keep_every_bit() -> None:
    large = np.array([2**53 + 1, 5])
    answer(large).matches(large, dtype=np.int64, exact=True)
    assert "1 of 2 values are wrong" in said(
        answer(large - 1).matches, large - [0, 1], dtype=np.int64, exact=True
    )


def test_digits_that_cancel_in_float32_are_forgiven() -> None:
    right = np.array([1e4, 1.0])
    answer(np.array([1e4, 1.01])).matches(right)
    assert "1 of 2 values are wrong" in said(answer(np.array([1e4, 1.5])).matches, right)


def test_a_hidden_test_keeps_values_and_shape_to_itself() -> None:
    message = said(answer(RIGHT + 1).matches, RIGHT)
    assert message == "f(array (2, 3), 7): 4 of 4 values are wrong, first at index (0, 0)."
    assert "(2, 2)" not in said(answer(np.zeros((3, 3))).matches, RIGHT)
    assert "5" not in said(answer(4).is_whole, 5, secret=True)


@pytest.mark.parametrize("compare", ["equals", "matches"])
@pytest.mark.parametrize(
    ("came", "least"), [("float64", "float64"), ("float32", "float32"), ("int64", "float32")]
)
def test_floats_come_back_as_precise_as_what_came_in(compare: str, came: str, least: str) -> None:
    for dtype in ("float16", "float32", "float64"):
        made = checks.call("f", lambda x, dtype=dtype: RIGHT.astype(dtype), RIGHT.astype(came))
        if np.dtype(dtype).itemsize >= np.dtype(least).itemsize:
            getattr(made, compare)(RIGHT)
        else:
            assert f"returned dtype {dtype}, and" in said(getattr(made, compare), RIGHT)


@pytest.mark.parametrize("compare", ["equals", "matches"])
@pytest.mark.parametrize(
    ("dtype", "right", "wrong", "words"),
    [
        (np.int8, "int8", "float64", "dtype float64. Return dtype int8."),
        (np.float32, "float32", "float64", "dtype float64. Return dtype float32."),
        (np.bool_, "bool", "uint8", "dtype uint8. Return dtype bool."),
        (np.integer, "uint16", "float32", "dtype float32. Return whole numbers: an array of integers."),
    ],
)
def test_another_dtype_than_floating_may_be_asked_for(
    compare: str, dtype: type, right: str, wrong: str, words: str
) -> None:
    ones = np.ones((2, 2))
    getattr(answer(ones.astype(right)), compare)(ones, dtype=dtype)
    assert words in said(getattr(answer(ones.astype(wrong)), compare), ones, dtype=dtype)


def test_whole_numbers() -> None:
    answer(5).is_whole(5)
    answer(np.int64(5)).is_whole(5)
    assert "a float. Return an int, no float." in said(answer(5.0).is_whole, 5)
    assert said(answer("5").is_whole, 5).endswith("a str. Return an int.")
    assert "Return an int" in said(answer(True).is_whole, 1)
    assert "the right answer is 5. Round down." in said(answer(6).is_whole, 5, "Round down.")
    assert "returned None" in said(answer(None).is_whole, 5)


def test_lists_of_whole_numbers() -> None:
    pairs = [(3, 2), (7, 4)]
    for value in (pairs, ((3, 2), [7, 4]), [(np.int64(3), 2), (7, np.uint8(4))]):
        answer(value).is_whole(pairs)
    assert "returned [(3, 2), (7, 5)], the right answer is [(3, 2), (7, 4)]. Mind the jump." in said(
        answer([(3, 2), (7, 5)]).is_whole, pairs, "Mind the jump."
    )
    assert "7, 4" not in said(answer([(3, 2), (7, 5)]).is_whole, pairs, secret=True)
    assert "Each number must be an int" in said(answer([(3, 2.0), (7, 4)]).is_whole, pairs)
    assert "Each number must be an int" in said(answer([(3, True), (7, 4)]).is_whole, pairs)
    assert "an int. Return a list" in said(answer(3).is_whole, pairs)
    assert "returned an ndarray. Return a list" in said(answer(np.array(pairs)).is_whole, pairs)
    assert len(said(answer([(3, 2)] * 1000).is_whole, pairs)) < 300


def test_a_function_that_is_not_there_is_named() -> None:
    assert "conv2d is not defined" in said(checks.call, "conv2d", None, 1)


def test_an_error_of_the_student_keeps_its_type_and_names_the_call() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        checks.call("f", lambda x: 1 / x, 0)
    assert caught.value.__notes__ == ["raised by f(0)"]


def test_changed_inputs_are_found_and_untouched_ones_pass() -> None:
    def writes(x: np.ndarray) -> np.ndarray:
        x += 1
        return x

    assert "changed its input array" in said(checks.leaves_inputs, "f", writes, np.zeros(2))
    checks.leaves_inputs("f", lambda x, n: x + n, np.zeros(2), 1).equals(np.ones(2))
    checks.leaves_inputs("f", lambda x, bias: x.copy(), np.zeros(2), bias=np.full(2, np.nan))


def test_inputs_are_compared_where_several_things_or_a_function_come_back() -> None:
    x = np.ones((2, 3))

    def spoil(x: np.ndarray) -> object:
        x[:] = 0
        return [x, 3] if len(x) == 2 else max

    for given in (x, np.ones((1, 3))):
        assert "changed its input array" in said(checks.leaves_inputs, "spoil", spoil, given)
    assert checks.leaves_inputs("f", lambda x: (x, 3), x).value[1] == 3
    assert checks.leaves_inputs("f", lambda x: max, x).value is max
    assert "returned a str" in said(checks.leaves_inputs, "f", lambda x: "text", x)


def test_the_smallest_change_of_any_array_is_found() -> None:
    def nudges(x: np.ndarray, bias: np.ndarray | None = None) -> np.ndarray:
        target = x if bias is None else bias
        target[0] = np.nextafter(target[0], 2)
        return x + 1

    assert "changed its input" in said(checks.leaves_inputs, "f", nudges, np.ones(2))
    assert "changed its input" in said(checks.leaves_inputs, "f", nudges, np.ones(2), np.ones(2))
    assert "changed its input" in said(checks.leaves_inputs, "f", nudges, np.ones(2), bias=np.ones(2))


@pytest.mark.parametrize("compare", ["equals", "matches"])
@pytest.mark.parametrize("size", [0.0, 1.0, -1000.0])
def test_tolerance_is_what_rounding_needs_and_no_more(compare: str, size: float) -> None:
    right = np.array([size, 0.0])
    allowed = checks.TOLERANCE * (1 + abs(size))
    assert checks.TOLERANCE == 1e-5
    getattr(answer(right + np.array([0.9 * allowed, 0])), compare)(right)
    said(getattr(answer(right + np.array([1.2 * allowed, 0])), compare), right)


def test_refusal_is_a_value_error_and_nothing_else() -> None:
    def refuse(x: int) -> None:
        raise ValueError("no")

    checks.refuses("f", refuse, 1)
    assert "raise ValueError" in said(checks.refuses, "f", lambda x: x, 1)
    with pytest.raises(KeyError):
        checks.refuses("f", {}.__getitem__, 1)
