"""Tests that would pay for nothing are found by reading, with what to write instead."""

import ast

import pytest

from autograder.release import build
from autograder.release.checking import checks, worth
from tests.support import ROOT

HEAD = "def test_f(f, g):\n    import numpy as np\n    from coursekit import checks\n    x = np.ones(3)\n"


def found(*lines: str, earns: bool = True) -> list[str]:
    (function,) = ast.parse(HEAD + "\n".join(f"    {line}" for line in lines)).body
    assert isinstance(function, ast.FunctionDef)
    return [words for _, words in worth.find(function, earns)]


@pytest.mark.parametrize(
    "line",
    [
        "checks.call('f', f, x).equals([2, 2, 2])",
        "checks.Answer(f(x), 'f').matches(2 * np.ones(3))",
        "checks.call('f', f, 3).is_whole(3)",
        "assert f(3) == 6",
        "assert np.array_equal(f(np.ones(2)), [2, 2])",
        "assert f(3).shape == (2,) and f(3)[0] == 1",
        "np.testing.assert_array_equal(f(np.ones(2)), [2, 2])",
        "return np.mean(f(np.ones(2)) == 1)",
    ],
)
def test_a_value_is_worth_points(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "assert f(np.ones(2)).shape == (2,)",
        "assert np.shape(f(np.ones(2))) == (2,)",
        "assert f(np.ones(2)).dtype == np.float64",
        "assert len(f(3)) == 3 and isinstance(f(3), list)",
        "assert np.isfinite(f(3))",
        "assert f(3) is not None",
        "checks.call('f', f, x).array((3,))",
        "assert f(3) != None",
    ],
)
def test_shapes_alone_earn_nothing(line: str) -> None:
    (words,) = found(line)
    assert words.startswith("test_f asks only for shapes, types or properties")
    assert "or write `points: 0`" in words
    assert found(line, earns=False) == []


@pytest.mark.parametrize(
    "lines",
    [
        ["checks.refuses('f', f, -1)"],
        ["try:", "    f(-1)", "except ValueError:", "    pass", "else:", "    raise AssertionError"],
    ],
)
def test_refusals_alone_earn_nothing(lines: list[str]) -> None:
    (words,) = found(*lines)
    assert "asks only whether something raises, and code that raises ValueError at every call passes" in words
    assert found(*lines, "checks.call('f', f, 1).is_whole(2)") == []


@pytest.mark.parametrize("call", ["np.allclose(f(3), 2)", "np.isclose(f(3), 2).all()"])
def test_comparisons_that_broadcast_are_found(call: str) -> None:
    (words,) = found(f"assert {call} and f(1) == 1")
    assert "broadcasts, and is true of empty arrays" in words
    assert found("assert f(3).shape == (2,)", f"assert {call}") == []


def test_an_array_that_is_passed_itself_and_used_below_is_found() -> None:
    (words,) = found("y = f(x)", "assert np.array_equal(y, 2 * x)")
    assert words.startswith("test_f passes `x` itself to f and uses it below")
    assert found("y = f(x.copy())", "assert np.array_equal(y, 2 * x)") == []
    assert found("right = 2 * x", "assert np.array_equal(f(x), right)") == []
    assert found("y = checks.call('f', f, x)", "y.equals(2 * x)") == []


def test_each_build_says_so() -> None:
    (check,) = [check for check in checks.CHECKS if check.problems is worth.points]
    assert check.quick


@pytest.mark.parametrize("name", build.names(ROOT))
def test_the_masters_are_read_through(name: str) -> None:
    tree = ast.parse((ROOT / f"solutions/{name}/{name}.py").read_text(encoding="utf-8"))
    tests = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    assert len(tests) > 20
    assert [words for test in tests for _, words in worth.find(test)] == []
