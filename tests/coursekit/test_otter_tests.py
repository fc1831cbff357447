"""The verdicts of `coursekit._otter_tests` beside Otter's own, on files from Otter Assign's own formatter."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from otter.assign.assignment import Assignment
from otter.assign.tests_manager import AssignmentTestsManager
from otter.test_files import ExceptionTestFile
from otter.test_files.abstract_test import TestCase as OtterCase

from coursekit._otter_tests import read

SHAPE = '''def test_shape(conv, np):
    """The size comes from the formula."""
    assert conv(np.ones((4, 5)), 3).shape == (2, 3), "wrong shape"'''
VALUES = "def test_values(conv, np):\n    np.testing.assert_allclose(conv(np.ones((3, 3)), 3), [[9.0]])"
WHOLE = "def test_env(env, answer):\n    assert env['answer'] == answer == 42"
IMPORTS = """def test_imports(conv):
    import math
    from otter.test_files import test_case
    assert test_case and math"""


def format_file(points: Any, all_or_nothing: bool, cases: list[tuple[str, float | None]]) -> str:
    assignment = Assignment()
    assignment.tests.ok_format = False
    manager = AssignmentTestsManager(assignment)
    otter_cases = [OtterCase("", body, k % 2 == 1, p, "Good.", "Bad.") for k, (body, p) in enumerate(cases)]
    text = manager._format_test("q1", points, all_or_nothing, otter_cases)
    assert isinstance(text, str)
    return text


FILES = {
    "shared points": format_file(2, False, [(SHAPE, None), (VALUES, None), (WHOLE, None)]),
    "some weighted": format_file(3, False, [(SHAPE, 0.5), (VALUES, None), (WHOLE, None)]),
    "all weighted": format_file(None, False, [(SHAPE, 1), (VALUES, 0), (WHOLE, 2)]),
    "none weighted": format_file(None, False, [(SHAPE, None), (VALUES, None)]),
    "one weighted, no total": format_file(None, False, [(SHAPE, None), (VALUES, 2)]),
    "list": format_file([1, 2.5], False, [(SHAPE, None), (VALUES, None)]),
    "list with a gap": format_file([0, None], False, [(SHAPE, None), (VALUES, None)]),
    "all or nothing": format_file(4, True, [(SHAPE, None), (WHOLE, None)]),
    "one name twice": format_file(2, False, [(SHAPE, None), (VALUES, None), (SHAPE, None)]),
    "imports": format_file(1, False, [(IMPORTS, None)]),
    "no points": format_file(0, False, [(SHAPE, None), (VALUES, 0)]),
}


def right(x: Any, size: int) -> Any:
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size))
    return windows.sum((2, 3))


def square_only(x: Any, size: int) -> Any:
    return right(x[:, : len(x)], size)


def raises(x: Any, size: int) -> Any:
    raise ValueError("no")


ENVIRONMENTS: dict[str, dict[str, Any]] = {
    "right": {"np": np, "conv": right, "answer": 42},
    "square only": {"np": np, "conv": square_only, "answer": 42},
    "raises": {"np": np, "conv": raises, "answer": 41},
    "empty": {},
    "unfinished": {"np": np, "conv": lambda x, size: None, "answer": ...},
}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("file", FILES)
def test_verdicts_and_points_are_otters(file: str, environment: str, tmp_path: Path) -> None:
    path = tmp_path / "q1.py"
    path.write_text(FILES[file], encoding="utf-8")
    theirs = ExceptionTestFile.from_file(str(path))
    theirs.run(dict(ENVIRONMENTS[environment]))

    ours = read(FILES[file], str(path))
    outcomes = ours.run(dict(ENVIRONMENTS[environment]))

    expected = [(r.test_case.name, r.passed, r.test_case.points) for r in theirs.test_case_results]
    assert [(o.name, o.passed, o.points) for o in outcomes] == expected
    messages = [(c.success_message, c.failure_message) for c in theirs.test_cases]
    assert [(o.success_message, o.failure_message) for o in outcomes] == messages
    assert ours.possible == theirs.possible
    if theirs.possible or not theirs.all_or_nothing:
        assert ours.score(outcomes) == theirs.score


@pytest.mark.parametrize(
    "text",
    [
        format_file(1, False, [(SHAPE, 2), (VALUES, None)]),
        format_file([1], False, [(SHAPE, None), (VALUES, None)]),
    ],
    ids=["too many points", "list too short"],
)
def test_points_that_do_not_add_up_are_refused_as_otter_does(text: str) -> None:
    with pytest.raises(ValueError, match="oints"):
        ExceptionTestFile.from_string(text)
    with pytest.raises(ValueError, match=r"q1\.py: .*point"):
        read(text, "q1.py")


@pytest.mark.parametrize("text", ["OK_FORMAT = True\ntest = {'name': 'q1'}", "OK_FORMAT = False", "x = 1"])
def test_other_formats_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"q1\.py: no test file in Otter's exception format"):
        read(text, "q1.py")


@pytest.mark.parametrize("ending", [SystemExit, GeneratorExit, RecursionError])
def test_whatever_one_case_raises_the_next_still_runs(ending: type[BaseException]) -> None:
    def conv(x: Any, size: int) -> Any:
        if x.shape != (3, 3):
            raise ending
        return right(x, size)

    outcomes = read(FILES["all weighted"], "q1.py").run({"np": np, "conv": conv, "answer": 42})
    assert [type(o.error) for o in outcomes] == [ending, type(None), type(None)]


def test_an_interrupt_ends_the_cases_after_it() -> None:
    calls = []

    def conv(x: Any, size: int) -> Any:
        calls.append(x)
        raise KeyboardInterrupt

    outcomes = read(FILES["all weighted"], "q1.py").run({"np": np, "conv": conv, "answer": 42})
    assert [type(o.error) for o in outcomes] == [KeyboardInterrupt] * 3
    assert len(calls) == 1


BLOCKED = """
import importlib.abc, json, sys
class Block(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "otter":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Block())
from coursekit._otter_tests import read
import numpy as np
def conv(x, size):
    return np.lib.stride_tricks.sliding_window_view(x, (size, size)).sum((2, 3))
outcomes = read(sys.stdin.read(), "q1.py").run({"np": np, "conv": conv, "answer": 41})
try:
    import otter
except ModuleNotFoundError:
    blocked = True
print(json.dumps([blocked, [o.passed for o in outcomes], sorted(m for m in sys.modules if "otter" in m)]))
"""


def test_runs_where_otter_is_missing_and_leaves_nothing_behind() -> None:
    run = subprocess.run(
        [sys.executable, "-c", BLOCKED],
        input=FILES["all weighted"],
        capture_output=True,
        text=True,
        check=True,
    )
    blocked, verdicts, modules = json.loads(run.stdout)
    assert blocked
    assert verdicts == [True, True, False]
    assert modules == ["coursekit._otter_tests"]
