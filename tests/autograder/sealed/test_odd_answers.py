"""Answers of the wrong type, errors in Python's own words, and names that a student gave another meaning."""

import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.pages.cases import case_views
from autograder.records.results import NotebookResult
from autograder.sealed import Grader, Limits
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.accidents import ANSWERS, NUMBERS, handed_in, make
from tests.autograder.sealed.class_of_one import POSSIBLE, notebook
from tests.autograder.sealed.observed import scores

pytestmark = pytest.mark.sealed

CHECKED = """OK_FORMAT = False
from otter.test_files import test_case
import numpy as np
from coursekit import checks

name = "{name}"
points = None

@test_case()
def test_compared_by_us(give):
    checks.call("give", give, {k}).equals([5.0])

@test_case()
def test_compared_by_numpy(give):
    np.testing.assert_allclose(give({k}), [5.0])

@test_case(hidden=True)
def test_hidden(give):
    checks.call("give", give, {k}).matches([5.0])
"""
WRONG_TYPE = "Return a NumPy array (np.ndarray)."
# What a student returns by accident, what our own comparison says of it, and what follows from NumPy's.
ANSWERED = {
    "map(abs, [5.0])": ("returned a map. " + WRONG_TYPE, "expected an array or a number"),
    "(x for x in [5.0])": ("returned a generator. " + WRONG_TYPE, "expected an array or a number"),
    "zip([5.0])": ("returned a zip. " + WRONG_TYPE, "expected an array or a number"),
    "lambda: 5.0": ("returned a function. " + WRONG_TYPE, "expected an array or a number"),
    "Result()": ("returned a Result. " + WRONG_TYPE, "expected an array or a number"),
    "Tensor()": ("returned a Tensor. " + WRONG_TYPE, "expected an array or a number"),
    "{5.0}": ("returned a set. " + WRONG_TYPE, "The test could not use your answer: TypeError"),
    "[5.0]": ("returned a list. " + WRONG_TYPE, ""),
    "None": ("returned None.", "The test could not use your answer: TypeError"),
    "np.array([5.0, None])": (
        "array of dtype object cannot be compared. Return NumPy arrays",
        "dtype object",
    ),
    "np.zeros(2, dtype=np.longdouble)": ("cannot be compared. Return NumPy arrays", "cannot be compared"),
    "held": ("a value that holds itself cannot be compared", "a value that holds itself"),
    "np.zeros(40 << 20)": ("335544320 bytes of arrays, 134217728 are allowed", "are allowed"),
}


@pytest.fixture(scope="module")
def answered(tmp_path_factory, tier: str) -> NotebookResult:
    tests = {f"v{k}": CHECKED.format(name=f"v{k}", k=k) for k in range(len(ANSWERED))}
    assignment = class_of_one.make(tmp_path_factory.mktemp("build"), tests)
    given = "import numpy as np\nclass Result: pass\nclass Tensor: pass\nheld = []\nheld.append(held)\n"
    cell = f"{given}def give(k): return [{', '.join(f'lambda: {value}' for value in ANSWERED)}][k]()"
    with Grader(assignment, tier=tier) as grader:
        return grader.grade(notebook(cell))


def test_no_honest_value_breaks_the_protocol(answered):
    assert (answered.status, answered.reason) == ("graded", "")


@pytest.mark.parametrize("value", ANSWERED)
def test_what_was_returned_is_said(answered, value):
    place = list(ANSWERED).index(value)
    ours, numpy, hidden = (view.message for view in case_views(answered.questions[place]))
    assert ANSWERED[value][0] in ours
    assert ANSWERED[value][1] in numpy
    assert hidden == ""


TORCH = """OK_FORMAT = False
from otter.test_files import test_case
from coursekit import checks

name = "give"
points = None

@test_case()
def test_compared(give):
    checks.call("give", give, 1).equals([5.0])
"""


def test_a_tensor_is_named(tmp_path: Path, tier: str):
    assignment = class_of_one.make(tmp_path, {"give": TORCH}, modules=("torch",))
    with Grader(assignment, tier=tier) as grader:
        result = grader.grade(notebook("import torch\ndef give(k): return torch.tensor([5.0])"))
    (view,) = case_views(result.questions[0])
    assert (result.status, view.message) == ("graded", f"give(1) returned a Tensor. {WRONG_TYPE}")


def test_tensors_stay_where_they_are_unless_the_assignment_uses_torch(monkeypatch):
    import torch

    from autograder.sealed.inside import tensors
    from autograder.sealed.inside.values import Encoder

    monkeypatch.setattr(tensors, "CROSS", False)
    assert Encoder(lambda value: ["handle", 0, type(value).__name__, False]).encode(torch.ones(2)) == [
        "handle", 0, "Tensor", False,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def grader(tmp_path_factory, tier: str) -> Iterator[Grader]:
    small = make(tmp_path_factory.mktemp("build"))
    with Grader(small, tier=tier, limits=Limits(cell_seconds=5.0)) as grader:
        yield grader


def public(result: NotebookResult, question: str) -> str:
    found = next(q for q in result.questions if q.name == question)
    return "\n".join(case.message for case in found.cases if not case.hidden)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 5(x)", "TypeError: 'int' object is not callable"),
        ("return {}['it''s']", "KeyError: 'its'"),
        ("raise ValueError(\"'quoted'\")", "ValueError: 'quoted'"),
        ("return x.nothing", "AttributeError: 'int' object has no attribute 'nothing'"),
        ("raise ValueError", "ValueError"),
        ("return unknown", "NameError: name 'unknown' is not defined"),
        ("class Own(Exception): pass\n    raise Own('mine')", "Own: mine"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_pythons_messages_keep_their_words(grader, body, said):
    result = grader.grade(handed_in(double=f"def double(x):\n    {body}"))
    assert f"Your code raised {said}" in public(result, "double").splitlines()
    detail = next(q for q in result.questions if q.name == "double").cases[0].detail
    assert said.partition(": ")[2] in detail


def test_names_of_pythons_that_a_student_uses_do_not_break_the_grader(grader):
    """The answers need none of them, so only the grader could miss them."""
    names = [
        name for name in dir(builtins) if not name.startswith("_") and name not in ("None", "True", "False")
    ]
    taken = "\n".join(f"{name} = 5" for name in names)
    layer = (
        f"def make(np=np, error=ValueError):\n{indented(ANSWERS['layer'])}\n    return Scale\nScale = make()"
    )
    own = {
        "double": "def double(x, two=2):\n    return two * x",
        "size": ANSWERS["size"],
        "layer": layer.replace("ValueError(", "error("),
    }
    result = grader.grade(handed_in(taken, **own))
    assert (result.status, scores(result)) == ("graded", POSSIBLE)


def indented(source: str) -> str:
    return "\n".join(f"    {line}" for line in source.splitlines())


@pytest.mark.parametrize(
    ("more", "double", "clause"),
    [
        (
            "len = 5\nlist = [1]",
            "def double(x):\n    len([])\n    return 2 * x",
            "cell 8 gives Python's own names len, list another value",
        ),
        (
            "sum = 0",
            "def double(x):\n    return sum([x, x])",
            "cell 8 gives Python's own name sum another value",
        ),
        (
            "np = 3",
            "def double(x):\n    return np.multiply(2, x)",
            "cell 8 gives the name np of a module another value",
        ),
    ],
)
def test_a_name_that_means_something_else_is_named_in_row_and_message(grader, more, double, clause):
    result = grader.grade(handed_in(more, double=double))
    assert clause in result.reason
    assert clause[1:] in public(result, "double")
    assert scores(result)["double"] < POSSIBLE["double"]


def test_a_star_takes_names_of_python_and_of_answers(grader):
    """NumPy has a ``max`` and, which few know, a ``double``."""
    uses = "def output_size(n, k):\n    return max(n - k + 1, -1e9)"
    result = grader.grade(handed_in("from numpy import *", size=uses))
    assert scores(result) == {"double": 0.0, "size": 0.0, "layer": 2.0}
    assert "cell 8 imports * from numpy: names such as max" in result.reason
    assert "cells 2 and 8 define double: the last one counts" in result.reason


def test_warnings_as_errors_are_the_notebooks_own_business(grader):
    """They break neither the grader nor what it runs beside the notebook."""
    strict = f"{NUMBERS}\nimport warnings\nwarnings.simplefilter('error')\nnp.seterr(all='raise')"
    result = grader.grade(handed_in(first=strict))
    assert (result.reason, scores(result)) == ("", POSSIBLE)
