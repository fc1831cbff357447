"""Answers that compute nothing: the family is whole, each does what it says, and none is ever paid."""

import ast
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from autograder.release import build, looks, master, variants
from autograder.release.bench import Bench
from autograder.release.checking import checks, empties, gaps, nothing, taken
from coursekit import data
from tests.support import ROOT

SMALL = ROOT / "tests/assignments/small"
ASSIGNMENTS = [
    *(ROOT / "solutions" / name for name in build.names(ROOT)),
    *sorted(path.parent for path in SMALL.glob("*/*.py") if path.stem == path.parent.name),
]
# What every assignment is attacked by, whatever else there is.
FAMILY = {
    "zeros": "returns zeros of the right shape",
    "ones": "returns ones of the right shape",
    "sums of inputs": "returns the sum of its inputs",
    "empty arrays": "returns an empty array",
    "NaN": "returns NaN of the right shape",
    "always ValueError": "always raises ValueError",
    "the first argument": "returns its first argument",
    "overwritten inputs": "fills its inputs with zeros and returns zeros",
    "overwritten inputs returned": "fills its inputs with zeros and returns the first",
    "the nearest neighbour": "names the class of the nearest image that ships",
    "fabricated losses": "fabricates falling losses",
    "a counter": "returns how often it was called",
    "every second call": "raises ValueError at every second call",
    "an array that lies": "returns an array that equals everything",
    "an object that lies": "returns an object that equals everything",
    "a table of public answers": "knows the answers to the public tests",
    "a constant": "returns its first answer to every call",
    "inputs of earlier calls": "returns an input of an earlier call",
    "frames": "returns an array that it finds around it",
    "the order of calls": "returns 1 and 0 in turn",
    "the number of a callback": "says yes to the first function of a test",
    "the name of a function": "says yes to a function by its name",
    "patches": "returns zeros and exchanges what compares",
}


def test_the_family_is_whole() -> None:
    assert set(FAMILY.values()) <= set(empties.KINDS)
    assert len(set(empties.KINDS)) == len(empties.KINDS) >= 42


@pytest.mark.parametrize("folder", ASSIGNMENTS, ids=lambda folder: folder.name)
def test_no_assignment_pays_for_nothing_and_says_so(folder: Path) -> None:
    """`autograder check` finds what is paid, for each assignment, unless a gap is declared: none may be."""
    assert gaps.read(folder / gaps.DECLARED, "empty") == {}


@pytest.mark.slow
def test_every_kind_is_graded_under_seal_for_some_assignment() -> None:
    """The desk is only trusted with what the seal has seen, too."""
    seen: set[str] = set()
    for name in build.names(ROOT):
        own = variants.own_answers(master.read(name, ROOT))
        for question, kind in empties.mixed(name, list(own)).items():
            if empties.answer(own[question], kind) is not None:
                seen.add(kind)
    assert seen == set(empties.AT_DESK)
    assert {*empties.AT_DESK, *empties.SEALED} == set(empties.KINDS)


@pytest.mark.sealed
def test_what_the_desk_cannot_judge_or_would_pay_is_graded_under_seal(tiny: Path) -> None:
    bench = Bench("hw8", tiny, tiny, progress=False)
    question, right = next(iter(bench.own.items()))
    name = next(node.name for node in ast.parse(right).body if isinstance(node, ast.FunctionDef))
    zero, ends = (
        f"def {name}(*args, **kwargs):\n    {does}\n" for does in ("return 0", "import os; os._exit(0)")
    )
    try:
        assert looks.earn_at_desk(bench, [(question, one) for one in (right, zero, ends)]) == [
            True,
            False,
            True,
        ]
    finally:
        bench.close()


def test_every_assignment_is_attacked() -> None:
    assert checks.empty in [check.problems for check in checks.CHECKS]
    assert {"optimizer", "training", "checkpoint"} <= {folder.name for folder in ASSIGNMENTS}


def double(x: Any) -> Any:
    """Stand for a right answer."""
    return 2 * np.asarray(x)


def made(kind: str, real: Callable[..., Any] = double) -> Callable[..., Any]:
    return nothing.MADE[kind](real)


X = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
SAYS: dict[str, Any] = {
    "returns zeros of the right shape": 0 * X,
    "returns ones of the right shape": 0 * X + 1,
    "returns -1 in the right shape": 0 * X - 1,
    "returns 2 in the right shape": 0 * X + 2,
    "returns NaN of the right shape": 0 * X + np.nan,
    "returns its first argument in the right shape": X,
    "returns the sum of its inputs": 0 * X + 21,
    "returns the mean of its first argument": 0 * X + 3.5,
    "returns how often it was called": 0 * X + 1,
    "fills its inputs with zeros and returns zeros": 0 * X,
    "fills its inputs with ones and returns ones": 0 * X + 1,
    "fills all arrays around it with zeros and returns zeros": 0 * X,
    "returns its first answer to every call": 2 * X,
    "fabricates falling losses": 0 * X,
}


@pytest.mark.parametrize("kind", SAYS)
def test_an_answer_does_what_its_kind_says(kind: str) -> None:
    np.testing.assert_array_equal(made(kind)(X.copy()), SAYS[kind])


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("fills its inputs with zeros and returns zeros", 0),
        ("fills its inputs with ones and returns ones", 1),
        ("fills its inputs with zeros and returns the first", 0),
    ],
)
def test_inputs_are_overwritten_in_lists_and_objects_too(kind: str, left: int) -> None:
    class Parameter:
        def __init__(self) -> None:
            self.data = np.full(2, 5.0)

    x, inner, parameter = X.copy(), np.full(3, 7.0), Parameter()
    made(kind, lambda x, xs, p: x)(x, [inner], p=parameter)
    assert [(a == left).all() for a in (x, inner, parameter.data)] == [True, True, True]


def test_arrays_in_the_frames_around_are_overwritten() -> None:
    expected = np.full(3, 9.0)
    made("fills all arrays around it with zeros and returns zeros")(X.copy())
    assert (expected == 0).all()


def test_an_array_in_the_frames_around_is_found() -> None:
    expected = np.full((2, 3), 9.0)
    np.testing.assert_array_equal(made("returns an array that it finds around it")(X.copy()), expected)


@pytest.mark.parametrize("kind", [kind for kind in nothing.MADE if kind.startswith("raises ValueError at")])
def test_every_second_call_raises(kind: str) -> None:
    answer, raised = made(kind), []
    for _ in range(4):
        try:
            answer(X)
            raised.append(False)
        except ValueError:
            raised.append(True)
    assert raised in ([False, True] * 2, [True, False] * 2)


def test_functions_are_told_apart_by_anything_but_what_they_compute() -> None:
    def callback(which: int) -> Callable[..., Any]:
        return lambda x: which

    def right(x: Any) -> Any:
        return x

    first = made("says yes to the first function of a test", lambda f: f(1) == 1)
    assert [first(callback(k)) for k in (0, 1, 2)] == [True, False, False]
    named = made("says yes to a function by its name", lambda f: f(1) == 1)
    assert [named(f) for f in (right, callback(0))] == [True, False]
    turns = made("returns 1 and 0 in turn", lambda f: True)
    assert [turns(right) for _ in range(4)] == [True, False, True, False]


def test_an_input_of_an_earlier_call_comes_back() -> None:
    answer = made("returns an input of an earlier call")
    answer(X + 100)
    np.testing.assert_array_equal(answer(X), X + 100)


def test_a_first_answer_is_kept() -> None:
    answer = made("returns its first answer to every call")
    answer(X)
    np.testing.assert_array_equal(answer(X + 1), 2 * X)


def test_public_answers_stand_in_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    test = (
        "@test_case()\ndef test_public(double):\n    import numpy\n    assert double(numpy.ones(2))[0] == 2\n"
    )
    monkeypatch.setattr(taken, "PUBLIC", {"q1": test})
    answer = made("knows the answers to the public tests")
    np.testing.assert_array_equal(answer(np.ones(2)), [2, 2])
    np.testing.assert_array_equal(answer(X), 0 * X)


def test_the_nearest_image_that_ships_is_found() -> None:
    images, labels = data.fashion_mnist("test")

    def fit(images: Any) -> FunctionType:
        return lambda others: np.zeros(len(others), int)  # type: ignore[return-value]

    classify = made("names the class of the nearest image that ships", fit)(images)
    np.testing.assert_array_equal(classify(images[:20]), labels[:20])


def test_losses_fall_and_begin_as_they_should() -> None:
    found = made("fabricates falling losses", lambda: ([2.3, 2.2, 2.1], np.ones(2)))()
    assert found[0][0] == pytest.approx(2.3)
    assert found[0] == sorted(found[0], reverse=True)
    assert (found[1] == 0).all()


def test_functions_that_are_returned_compute_nothing_either() -> None:
    classify = made("returns ones of the right shape", lambda: lambda x: 2 * x)()
    np.testing.assert_array_equal(classify(X), 0 * X + 1)


OWN = '''
import numpy as np

SCALE = np.arange(3.0)

class Momentum:
    def __init__(self, rate):
        self.rate = rate

    def step(self, w):
        """Move."""
        w -= self.rate
        return w

def double(x):
    return helper(x) + helper(x)

def helper(x):
    return SCALE[1] * x

np.save("real work", SCALE)
'''


@pytest.mark.parametrize("kind", empties.KINDS)
def test_each_kind_makes_code_that_runs_where_the_answer_stood(kind: str) -> None:
    text = empties.answer(OWN, kind)
    assert text is not None
    assert "real work" not in text, "what the master does besides defining names would be handed in"
    compile(text, kind, "exec")
    if "exchanges" in kind:  # it would exchange what this process compares with
        return
    scope: dict[str, Any] = {"__name__": "__main__"}
    exec(text, scope)
    assert callable(scope["double"])
    assert callable(scope["Momentum"](0.1).step)
    assert not _is_right(scope["double"])


def _is_right(function: Callable[..., Any]) -> bool:
    """Say whether it doubles, in a second call as in a first."""
    try:
        found = [np.asarray(function(x.copy()), dtype=float) for x in (X, X + 1)]
    except (ValueError, TypeError):
        return False
    return all(np.array_equal(value, 2 * x) for value, x in zip(found, (X, X + 1), strict=True))
