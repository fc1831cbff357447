"""Under seal a notebook has the modules that are allowed, and an answer that breaks a rule gets nothing."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.assignment import Assignment, Question
from autograder.gradescope import results
from autograder.pages.cases import case_views
from autograder.sealed import Grader, Limits, rules, visible
from coursekit._rules import Rules
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed

ELSEWHERE = (
    "torch",
    "scipy",
    "sklearn",
    "skimage",
    "pandas",
    "convnet",
    "autograder",
    "requests",
    "otter.assign",
)
# Takes the finder away that refuses, so that only what lies in the sandbox counts.
DETERMINED = """
import sys
sys.meta_path[:] = [f for f in sys.meta_path if type(f).__name__ != 'Hide']
import {0}
print('an empty folder' if {0}.__file__ is None else {0}.__file__)
"""
ASKS = {"double": ["double"], "size": ["output_size"], "layer": ["Scale"]}


def strict(folder: Path, *modules: str, **forbids: list[str]) -> Assignment:
    """Return the tiny assignment with rules; ``forbids`` by question."""
    made = class_of_one.make(folder, modules=modules)
    questions = tuple(replace(q, course={"forbids": forbids.get(q.name, [])}) for q in made.questions)
    return replace(made, questions=questions, cells={"asks": ASKS})


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory, tier: str) -> Iterator[Grader]:
    assignment = strict(tmp_path_factory.mktemp("narrow"), double=["np.add", "sum"], size=["loops"])
    with Grader(assignment, tier=tier) as grader:
        yield grader


def raised(result) -> list[str]:
    """Return what each code cell raised, in words."""
    cells = json.loads(result.executed)["cells"]
    return ["".join(o["evalue"] for o in cell["outputs"] if o["output_type"] == "error") for cell in cells]


def test_what_is_not_allowed_is_not_there_and_the_notebook_says_so(narrow):
    result = narrow.grade(notebook(*(f"import {name}" for name in ELSEWHERE), *HONEST))
    allowed = "allowed are `numpy`, `coursekit`, `matplotlib` and the standard library"
    refused = [f"{name.partition('.')[0]} is not allowed in tiny: {allowed}" for name in ELSEWHERE]
    assert raised(result)[: len(ELSEWHERE) - 1] == refused[:-1]
    assert raised(result)[len(ELSEWHERE) - 1], "of Otter there is a stand-in without parts"
    assert scores(result) == POSSIBLE
    assert "a cell imports torch, which tiny does not allow" in result.reason


def test_no_trick_brings_back_what_is_hidden(narrow):
    result = narrow.grade(notebook(*(DETERMINED.format(name) for name in ELSEWHERE[:-1])))
    for name, words, shown in zip(ELSEWHERE, raised(result), outputs(result), strict=False):
        assert words or shown == "an empty folder\n", (name, words, shown)


def test_what_is_allowed_works(narrow):
    cells = [
        "import numpy.fft, matplotlib.pyplot, coursekit.plots, IPython, json, math, fractions; print('well')"
    ]
    assert outputs(narrow.grade(notebook(*cells))) == ["well\n"]


@pytest.mark.parametrize(
    "cell",
    [
        "def double(x):\n    return np.add(x, x)",
        "from numpy import add as plus\ndef double(x):\n    return plus(x, x)",
        "def double(x):\n    return getattr(np, 'add')(x, x)",
        "def double(x):\n    return sum([x, x])",
    ],
)
def test_a_forbidden_name_takes_the_points_of_its_question_alone(narrow, cell):
    result = narrow.grade(notebook(HONEST[0], cell, *HONEST[2:]))
    assert scores(result) == {**POSSIBLE, "double": 0.0}
    name = "sum" if "sum" in cell else "np.add"
    words = f"double must do without `{name}`, and its answer uses it. Such an answer gets no points."
    first, *rest = next(q for q in result.questions if q.name == "double").cases
    assert (first.name, first.passed, first.hidden, first.message) == ("the rules", False, False, words)
    assert [case.passed for case in rest] == [True, True], "its tests are shown all the same"
    assert result.status == "graded"
    assert words.replace("`", "").rstrip(".") in result.reason


def test_feedback_and_gradescope_say_it(narrow):
    result = narrow.grade(notebook(HONEST[0], "def double(x):\n    return np.add(x, x)", *HONEST[2:]))
    views = case_views(next(q for q in result.questions if q.name == "double"))
    assert views[0].name == "the rules"
    assert "must do without `np.add`" in views[0].message
    made = results.graded(result, narrow.assignment, "visible", 1.0, "")
    assert made["tests"][0]["score"] == 0
    assert made["tests"][0]["output"].startswith("the rules: failed\n    double must do without `np.add`")


def test_loops(narrow):
    slow = "def output_size(n, k):\n    return len([r for r in range(n - k + 1)])"
    assert scores(narrow.grade(notebook(*HONEST[:2], slow, HONEST[3]))) == {**POSSIBLE, "size": 0.0}


def test_code_that_nobody_can_read_counts_as_broken(narrow, monkeypatch):
    def deep(*arguments: object) -> None:
        raise RecursionError

    monkeypatch.setattr(rules, "breaches", deep)
    result = narrow.grade(notebook(*HONEST))
    assert scores(result) == {"double": 0.0, "size": 0.0, "layer": 2.0}
    assert "code cannot be read" in result.reason


def test_convnet_is_there_where_it_is_allowed_and_only_the_part_that_is(tmp_path, tier):
    cell = "from convnet import nn\ndef double(x):\n    nn.ReLU()\n    return 2 * x"
    other = "from convnet import functional as F\ndef output_size(n, k):\n    F.relu\n    return n - k + 1"
    for kind in (tier, "process"):
        with Grader(strict(tmp_path / kind, "convnet.nn"), tier=kind) as grader:
            result = grader.grade(notebook(HONEST[0], cell, other, HONEST[3]))
        assert scores(result) == {**POSSIBLE, "size": 0.0}, (kind, outputs(result))
        assert "size uses convnet.functional, which tiny does not allow" in result.reason


def test_limits_are_those_that_the_assignment_declares():
    course = {"seconds": {"cell": 100, "call": 40}, "memory": 3 << 30}
    limits = Limits.of(course)
    assert (limits.cell_seconds, limits.call_seconds, limits.memory) == (100, 40, 3 << 30)
    assert limits.notebook_seconds >= 3 * limits.cell_seconds
    assert limits.grading_seconds >= limits.case_seconds > limits.call_seconds
    assert Limits.of({}) == Limits()
    assert Limits.of(course, cell_seconds=2.0, memory=1 << 30).cell_seconds == 2.0
    assert Limits.of(course, memory=1 << 30).memory == 1 << 30


def test_a_cell_over_its_seconds_and_a_notebook_over_its_memory_are_stopped(tmp_path, tier):
    made = strict(tmp_path)
    tight = replace(made, course={**made.course, "seconds": {"cell": 1, "call": 1}, "memory": 256 << 20})
    with Grader(tight, tier=tier) as grader:
        result = grader.grade(notebook("import time\ntime.sleep(1.6)", *HONEST))
        assert "cell 1 ran longer than 1 s" in result.reason
        slow = "def double(x):\n    import time\n    time.sleep(1.6)\n    return 2 * x"
        result = grader.grade(notebook(HONEST[0], slow, *HONEST[2:]))
        assert scores(result)["double"] == 0
        assert "a call ran longer than 1 s" in result.reason
    patient = {
        **tight.course,
        "seconds": {"cell": 60, "call": 60},
    }  # a busy machine takes time to fill memory
    with Grader(replace(tight, course=patient), tier=tier) as grader:
        result = grader.grade(notebook(HONEST[0], "held = np.ones(60 << 20)", *HONEST[1:]))
        assert "MemoryError" in result.reason or "more than 256 MiB" in result.reason, result.reason


def test_what_a_module_needs_is_visible_too():
    assert {"numpy", "matplotlib", "PIL", "dateutil", "IPython", "traitlets"} <= visible.allowed(("numpy",))
    assert not {"scipy", "torch", "sympy"} & visible.allowed(("numpy",))
    assert {"torch", "sympy", "networkx"} <= visible.allowed(("torch.nn",))
    assert "array_api_compat" in visible.allowed(("convnet.nn",))


def test_one_truth(narrow):
    """The kernel reads rules from a bundle, the grader from a manifest: the same words make the same."""
    course, cells = narrow.assignment.course, narrow.assignment.cells
    questions = {q.name: q.course for q in narrow.assignment.graded}
    assert Rules.of("tiny", course, questions, cells) == narrow.assignment.rules
    assert all(isinstance(q, Question) for q in narrow.assignment.graded)
