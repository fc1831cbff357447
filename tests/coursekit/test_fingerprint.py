"""Fingerprints: equal where tests see equal values, different where they differ, with nothing to read."""

import json
from typing import Any

import numpy as np
import pytest

from coursekit import _fingerprint as prints
from coursekit import _recording, checks

RNG = np.random.default_rng(1)
DRAWN = RNG.normal(size=(3, 4, 5))
LONG = RNG.normal(size=20_000)


def moved(values: np.ndarray, by: float) -> np.ndarray:
    """Return a copy in which one value is another."""
    changed = values.copy()
    changed.flat[7] += by
    return changed


DIFFERENT: list[Any] = [
    None, True, False, 0, 1, 2, 10**15, 10**15 + 1, 0.0, 1.0, 2.5, float("nan"), float("inf"), "a", "b",
    DRAWN, DRAWN[::-1], DRAWN.reshape(4, 3, 5), DRAWN.reshape(12, 5), moved(DRAWN, 1e-3), -DRAWN, LONG,
    LONG[::-1], moved(LONG, 0.1), np.zeros(3), np.zeros((3, 1)), np.zeros(3, int), np.array([1, 2]),
    np.array([1, 3]), np.array([True, False]), np.array([np.nan, 1.0]), np.array([1.0, np.nan]),
    np.array([np.inf, 1.0]), np.array([-np.inf, 1.0]), [], [1, 2], [1, [2]], {"a": 1}, {"a": 2}, {"b": 1},
    [float(v) for v in range(20)], [float(v) for v in range(19)], DRAWN + 1j * DRAWN, DRAWN - 1j * DRAWN,
    object(),
]  # fmt: skip


def test_different_values_have_different_fingerprints_that_survive_json() -> None:
    found = [json.loads(json.dumps(prints.of(value))) for value in DIFFERENT]
    equal = [(a, b) for a, one in enumerate(found) for b, two in enumerate(found) if prints.same(one, two)]
    assert equal == [(k, k) for k in range(len(found))]


@pytest.mark.parametrize("values", [DRAWN, LONG, 1e-200 * DRAWN, 1e200 * DRAWN])
def test_rounding_and_precision_make_no_difference(values: np.ndarray) -> None:
    near = values * (1 + 1e-9 * RNG.normal(size=values.shape))
    assert prints.same(prints.of(values), prints.of(near))
    if np.abs(values).max() < 1e30:
        assert prints.same(prints.without_precision(prints.of(values)), prints.of(values.astype(np.float32)))
        assert not prints.same(prints.of(values), prints.of(values.astype(np.float32)))


def test_what_cancels_may_be_rounded_as_much_as_the_numbers_beside_it() -> None:
    """Sums of 30 000 float32 numbers, in two orders, as two processors add them up: what is left differs."""
    rng = np.random.default_rng(2)
    half = rng.normal(size=15_000).astype(np.float32) * 100
    numbers = np.concatenate([half, -half])
    first = np.cumsum(numbers, dtype=np.float32)[-1]
    second = np.cumsum(rng.permutation(numbers), dtype=np.float32)[-1]
    assert abs(first - second) > 1e-4
    beside = {"gradient": np.abs(half).sum()}
    one, two = ({**beside, "bias": float(left)} for left in (first, second))
    assert prints.same(prints.of(one), prints.of(two))
    assert not prints.same(prints.of(one), prints.of({**beside, "bias": float(first) + 100}))
    assert not prints.same(prints.of({"bias": float(first)}), prints.of({"bias": float(second)}))


@pytest.mark.parametrize(("one", "two"), [((1, 2.0), [np.int8(1), np.float64(2)]), (np.True_, True)])
def test_lists_and_numbers_of_numpy_are_as_tests_see_them(one: object, two: object) -> None:
    assert prints.same(prints.of(one), prints.of(two))


def test_tensors_are_read_and_are_no_arrays() -> None:
    torch = pytest.importorskip("torch")
    tensor = torch.arange(6.0, requires_grad=True)
    assert prints.same(prints.of(tensor), prints.of(torch.arange(6.0)))
    assert not prints.same(prints.of(tensor), prints.of(np.arange(6, dtype=np.float32)))
    assert prints.same(prints.of(tensor.bfloat16()), prints.of(torch.arange(6).bfloat16()))


def test_what_says_something() -> None:
    said = [2, -7, 0.5, "no", np.array([0.0, 1e-3]), np.array([0, 2]), [0, 5], {"a": 3}]
    empty = [0, 1, -1, True, 0.0, "", np.zeros(4), np.eye(2, dtype=int), [], [0], None, object(), [None]]
    assert all(prints.says_something(prints.of(value)) for value in said)
    assert not any(prints.says_something(prints.of(value)) for value in empty)
    assert not prints.is_value(prints.of(None))
    assert not prints.is_value(prints.of_error(KeyError()))


def test_no_value_can_be_read_in_a_fingerprint() -> None:
    text = json.dumps([prints.of(v) for v in ("secret", 123456, 0.3217, np.full(4, 0.3217), {"secret": 1})])
    assert "secret" not in text
    assert "123456" not in text
    projections = prints.of(0.3217)[1]
    assert all(abs(abs(v) - 0.3217) > 1e-3 for v in projections[1:])


def test_exceptions_have_the_class_that_every_python_knows() -> None:
    class Own(ValueError):
        pass

    assert prints.of_error(Own("x")) == prints.of_error(ValueError("y")) == ["raised", "ValueError"]
    assert prints.of_error(np.linalg.LinAlgError()) == ["raised", "ValueError"]


def test_calls_are_recorded_in_order_and_only_while_somebody_records() -> None:
    def writes(x: np.ndarray) -> np.ndarray:
        x += 1
        return x

    def fails(x: object) -> None:
        raise KeyError(x)

    checks.call("f", abs, -2)
    with _recording.recording() as outer:
        checks.call("f", abs, -2)
        checks.refuses("f", int, "x")
        with pytest.raises(KeyError):
            checks.call("f", fails, 1)
        with pytest.raises(AssertionError, match=r"changed its input array\. Write into a copy"):
            checks.leaves_inputs("f", writes, np.zeros(2))
        assert outer.difference == "f(array (2,)) changed its input array."
        checks.call("f", list.append, [1], 2)
        _recording.note({"loss": 0.5})
    kinds = [found[0] for found in outer.prints]
    assert kinds == ["int", "raised", "raised", "changed", "changed", "dict"]
    assert outer.prints[1] == ["raised", "ValueError"]


def test_a_failing_comparison_leaves_the_facts_without_the_hint() -> None:
    with _recording.recording() as found, pytest.raises(AssertionError, match="Mind the corner"):
        checks.call("f", np.zeros, 2).equals(np.ones(2), "Mind the corner.")
    assert "yours 0, expected 1." in found.difference
    assert "corner" not in found.difference


def test_a_value_that_cannot_be_read_breaks_no_test() -> None:
    class Trap(list):  # type: ignore[type-arg]
        def __len__(self) -> int:
            raise RuntimeError

    endless: list[object] = []
    endless.append(endless)
    with _recording.recording() as found:
        for value in (Trap(), endless, np.array([object()]), np.ma.array([1.0]), iter([1])):
            checks.call("f", lambda value=value: value)
    assert [print_[0] for print_ in found.prints] == ["opaque", "sequence", "opaque", "opaque", "opaque"]


@pytest.mark.parametrize("value", [*DIFFERENT, np.zeros(200_000), [np.zeros(100_000)] * 3, [[0] * 999] * 99])
def test_a_fingerprint_that_is_made_later_is_that_of_the_moment(value: Any) -> None:
    wanted = prints.of(value)
    with _recording.recording() as found:
        _recording.note(value)
        arguments = _recording.Arguments([[1]])
        arguments.note(value)
        if isinstance(value, np.ndarray):
            value = value.copy()  # the others of this list stay as they are
            _recording.note(value)
            value[...] = 7
        elif isinstance(value, list):
            value = [*value]
            _recording.note(value)
            value.append("more")
    assert all(found.prints[k] == wanted for k in range(len(found.prints)))
    assert found.prints == found.prints
    assert len(found.prints) >= 2


def test_little_is_kept_of_what_waits_for_its_fingerprint() -> None:
    with _recording.recording() as found:
        for number in range(50):
            _recording.note(np.full(10_000, number))
        twice: list[Any] = []
        for _ in range(60):
            twice = [twice, twice]
        _recording.note(twice)
    kept = [argument for note in found._notes for argument in note.args if type(argument) is np.ndarray]
    assert 0 < sum(array.nbytes for array in kept) <= 1 << 20
    assert [print_[0] for print_ in found.prints] == ["array"] * 50 + ["sequence"]


def test_the_largest_numbers_have_fingerprints_in_json() -> None:
    largest = np.finfo(float).max
    found = prints.of(np.array([largest, -largest, largest]))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert not prints.same(found, prints.of(np.array([largest, largest, largest])))


@pytest.mark.parametrize("size", [1, 5, 4096, 4097, 20_000])
def test_projections_are_sums_over_the_blocks(size: int) -> None:
    values = RNG.normal(size=size)
    blocks = -(-size // 4096)
    inner, outer = prints._weights(min(size, 4096)), prints._weights(blocks)
    padded = np.zeros((blocks, inner.shape[1]))
    padded.flat[:size] = values
    wanted = np.einsum("bi,pi,pb->p", padded, inner, outer) / np.sqrt(size)
    np.testing.assert_allclose(prints.of(values)[3][1:], wanted, rtol=1e-7)
