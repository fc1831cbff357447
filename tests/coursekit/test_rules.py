"""The rules of an assignment: which code breaks them, by whatever road, and which does not."""

from dataclasses import replace

import pytest

from coursekit import _cells
from coursekit._breaches import Cell, breaches
from coursekit._rules import Rules, mark, normal, shown

GIVEN = "import numpy as np\nnp.convolve([1, 2], [1])"
RULES = Rules(
    "hw0",
    ("numpy", "convnet.nn"),
    {"q1": ("np.convolve", "scipy.signal", "sum", "half"), "q2": ("loops",), "q3": ()},
    {"q1": ("conv",), "q2": ("fast",), "q3": ("free",), "q4": ()},
    frozenset([mark(GIVEN)]),
)
NUMPY = "import numpy as np"
FINE = "def conv(a):\n    return a"


def told(*cells: str | tuple[str, str]) -> list[tuple[str, str]]:
    """Return question and what is broken, for cells that may come with the question that they answer."""
    made = [Cell(c) if isinstance(c, str) else Cell(c[0], frozenset([c[1]])) for c in cells]
    return [(b.question, b.what) for b in breaches(made, RULES)]


@pytest.mark.parametrize(
    "cells",
    [
        (NUMPY, ("def conv(a):\n    return np.convolve(a, a)", "q1")),
        ("import numpy as xyz", ("def conv(a):\n    return xyz.convolve(a, a)", "q1")),
        (("from numpy import convolve as c\ndef conv(a):\n    return c(a, a)", "q1"),),
        ("from numpy import convolve as c", ("def conv(a):\n    return c(a, a)", "q1")),
        ("from numpy import *", ("def conv(a):\n    return convolve(a, a)", "q1")),
        (NUMPY, ("def conv(a):\n    return getattr(np, 'convolve')(a, a)", "q1")),
        (NUMPY, ("def conv(a):\n    return getattr(np, 'con' + 'volve')(a, a)", "q1")),
        (NUMPY, ("def conv(a):\n    return np.__dict__['convolve'](a, a)", "q1")),
        (NUMPY, ("def conv(a):\n    return vars(np)['convolve'](a, a)", "q1")),
        (("import sys\ndef conv(a):\n    return sys.modules['numpy'].convolve(a, a)", "q1"),),
        (("def conv(a):\n    return __import__('numpy').convolve(a, a)", "q1"),),
        (("def conv(a):\n    import numpy\n    n = numpy\n    return n.convolve(a, a)", "q1"),),
        (NUMPY, ("def conv(a):\n    return eval('np.convolve(a, a)')", "q1")),
        (NUMPY, ("%%time\ndef conv(a):\n    return np.convolve(a, a)", "q1")),
        (NUMPY, ("!ls\n%matplotlib inline\ndef conv(a):\n    return np.convolve(a, a)", "q1")),
        (NUMPY, "def helper(a):\n    return np.convolve(a, a)", ("def conv(a):\n    return helper(a)", "q1")),
        (NUMPY, (FINE, "q1"), "conv = np.convolve"),
        (NUMPY, (FINE, "q1"), "globals()['conv'] = np.convolve"),
        (NUMPY, (FINE, "q1"), "exec('conv = np.convolve')"),
    ],
)
def test_a_forbidden_name_is_found_by_every_road(cells: tuple) -> None:
    assert told(*cells) == [("q1", "np.convolve")]


def test_a_forbidden_name_may_be_a_built_in_or_another_answer() -> None:
    assert told(("def conv(a):\n    return sum(a)", "q1")) == [("q1", "sum")]
    assert told("def half(x):\n    return x / 2", ("def conv(a):\n    return half(a)", "q1")) == [
        ("q1", "half")
    ]
    assert told(("def conv(a):\n    sum = a[0]\n    half = sum / 2\n    return half", "q1")) == []


@pytest.mark.parametrize(
    "cells",
    [
        (NUMPY, (FINE, "q1"), "print(conv(3), np.convolve(3, 3))"),  # a look at what NumPy says
        (NUMPY, GIVEN, (FINE, "q1")),
        (NUMPY, (FINE, "q1"), ("def free(a):\n    return conv(np.convolve(a, a))", "q3")),
        (
            NUMPY,
            ("def free(a):\n    return np.convolve(a, a)", "q3"),
            ("def conv(a):\n    return free(a)", "q1"),
        ),
        (NUMPY, ("def conv(np):\n    return np.convolve", "q1")),
        (NUMPY, ("def conv(a):\n    # np.convolve would do\n    return 'np.convolve'", "q1")),
        (NUMPY, ("def conv(:\n    return np.convolve(a, a)", "q1")),  # never runs
        ("from google.colab import drive\nimport os, math, importlib.util", (FINE, "q1")),
        (NUMPY, (FINE, "q1"), ("def fast(a):\n    return a", "q2"), "for k in dir():\n    print(eval(k))"),
        ("import matplotlib.pyplot as plt\nfrom coursekit import plots", (FINE, "q1")),
        (
            "import convnet.nn as nn\nfrom convnet import nn as n",
            ("def conv(a):\n    return nn.Conv2d(a)", "q1"),
        ),
        (NUMPY, ("def fast(a):\n    return a + 1", "q2"), "for k in range(3):\n    fast(k)"),
    ],
)
def test_what_breaks_no_rule(cells: tuple) -> None:
    assert told(*cells) == []


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (("import torch", ("def conv(a):\n    return torch.relu(a)", "q1")), "torch"),
        (("import torch.nn.functional as F", ("def conv(a):\n    return F.relu(a)", "q1")), "torch"),
        ((("def conv(a):\n    return __import__('torch').relu(a)", "q1"),), "torch"),
        ((("import importlib as i\ndef conv(a):\n    return i.import_module('torch.nn')", "q1"),), "torch"),
        (("%time import torch", ("def conv(a):\n    return torch.relu(a)", "q1")), "torch"),
        (
            ("from convnet import functional as F", ("def conv(a):\n    return F.conv2d(a)", "q1")),
            "convnet.functional",
        ),
        (
            ("import convnet.nn", ("def conv(a):\n    return convnet.functional.conv2d(a)", "q1")),
            "convnet.functional",
        ),
        ((("import subprocess\n" + FINE, "q1"),), "subprocess"),
    ],
)
def test_a_module_that_is_not_allowed_is_found(cells: tuple, what: str) -> None:
    assert told(*cells) == [("q1", what)]


def test_a_module_that_no_answer_uses_is_said_of_the_notebook() -> None:
    (breach,) = breaches([Cell("import torch"), Cell(FINE, frozenset(["q1"]))], RULES)
    assert breach.question == ""
    assert breach.words.startswith("a cell imports `torch`, which hw0 does not allow")
    assert (
        "Allowed are `numpy`, `convnet.nn`, `coursekit`, `matplotlib` and the standard library."
        in breach.words
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("for k in a:\n        pass", "a `for` loop"),
        ("while a:\n        a -= 1", "a `while` loop"),
        ("return [k for k in a]", "a comprehension"),
        ("return max(k for k in a)", "a generator expression"),
        ("return list(map(abs, a))", "`map`"),
        ("return np.vectorize(abs)(a)", "`np.vectorize`"),
    ],
)
def test_loops(body: str, words: str) -> None:
    (breach,) = breaches([Cell(NUMPY), Cell(f"def fast(a):\n    {body}", frozenset(["q2"]))], RULES)
    assert breach.words == (
        f"q2 must do without loops, and its answer has {words}. Such an answer gets no points."
    )


def test_names_as_people_write_them() -> None:
    assert [normal(n) for n in ("np.fft.fft", "sum", "scipy.signal")] == [
        "numpy.fft.fft",
        "builtins.sum",
        "scipy.signal",
    ]
    assert shown("matplotlib.pyplot.plot") == "plt.plot"


def code(source: str, grade_id: str = "") -> dict:
    marks = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": "code", "source": source.splitlines(keepends=True), "metadata": marks}


def test_answers_are_found_by_their_marks_or_by_the_checks_around_them() -> None:
    marked = [code("x"), code("a", "q1-answer"), code("grader.check('q1')", "q1"), code("b", "q2-answer-2")]
    assert [set(c.answers) for c in _cells.of_notebook(marked, ["q1", "q2"])] == [
        set(),
        {"q1"},
        set(),
        {"q2"},
    ]
    bare = [
        code("a"),
        code("b"),
        code('grader.check("q1")'),
        code("c"),
        code("grader.check('q2')"),
        code("d"),
    ]
    found = [set(c.answers) for c in _cells.of_notebook(bare, ["q1", "q2"])]
    assert found == [set(), {"q1"}, set(), {"q2"}, set(), set()]


def test_in_a_session_what_was_run_again_counts() -> None:
    bad = "import numpy as np\ndef conv(a):\n    return np.convolve(a, a)"
    assert [b.what for b in breaches(_cells.of_session(["", bad], RULES), RULES)] == ["np.convolve"]
    assert breaches(_cells.of_session([bad, FINE], RULES), RULES) == []
    assert breaches(_cells.of_session([bad, "np.convolve([1], [1])", FINE], RULES), RULES) == []
    assert [b.what for b in breaches(_cells.of_session([FINE, bad], RULES), RULES)] == ["np.convolve"]


def test_given_cells_may_use_anything() -> None:
    given = "import numpy as np\nimport torch\ndef look(a):\n    return np.convolve(a, a)"
    answer = Cell("def conv(a):\n    return look(a)", frozenset(["q1"]))
    theirs = replace(RULES, given=frozenset([mark(given + "  \n")]))
    assert breaches([Cell(given), answer], theirs) == []
    assert [b.what for b in breaches([Cell(given), answer], RULES)] == ["np.convolve", "torch"]


def test_what_a_cell_of_its_own_imports_is_no_fault_of_any_answer() -> None:
    assert told((FINE, "q1"), "import subprocess\nexec('x = 1')\nsetattr(subprocess, 'run', 1)") == [
        ("", "subprocess")
    ]


def test_an_import_that_is_gone_from_the_session_is_forgotten() -> None:
    assert breaches(_cells.of_session(["import torch", "torch = None", FINE], RULES), RULES) == []


def test_an_older_assignment_has_no_rules() -> None:
    assert Rules.of("hw0", {}, {"q1": {}}, {}) is None
