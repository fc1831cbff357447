"""A small assignment in Otter's format, an honest notebook for it, and ways to change that notebook."""

import json
from pathlib import Path

import nbformat

from autograder.assignment import Assignment, load

DOUBLE = """OK_FORMAT = False
from otter.test_files import test_case
import numpy as np

name = "double"
points = 3

@test_case(points=1, hidden=False, failure_message="double(3) should be 6")
def test_small(double):
    assert double(3) == 6

@test_case(points=None, hidden=True, failure_message="try an array")
def test_array(double):
    x = np.random.default_rng().standard_normal((50, 3))
    secret_expected = 2 * x
    np.testing.assert_allclose(double(x.copy()), secret_expected)
"""

SIZE = """OK_FORMAT = False
from otter.test_files import test_case
import numpy as np

name = "size"
points = None
all_or_nothing = True

@test_case(points=1)
def test_one(output_size):
    assert output_size(28, 5) == 24

@test_case(points=1, hidden=True)
def test_reference(env, output_size):
    from convnet.arithmetic import conv_output_size
    for n, k in np.random.randint(3, 9, (20, 2)) + [20, 0]:
        assert output_size(int(n), int(k)) == conv_output_size(int(n), int(k))
    assert "output_size" in env and env.get("nothing") is None
"""

LAYER = """OK_FORMAT = False
from otter.test_files import test_case
import numpy as np

name = "layer"
points = [1, 1]

@test_case()
def test_class(Scale):
    layer = Scale(3)
    assert isinstance(layer, Scale)
    layer.weight = np.full(3, 2.0)
    np.testing.assert_array_equal(layer(np.arange(3.0)), [0.0, 2.0, 4.0])

@test_case(hidden=True)
def test_raises(Scale):
    try:
        Scale(-1)
    except ValueError as error:
        assert "-1" in str(error)
    else:
        raise AssertionError("nothing raised")
"""

HONEST = [
    "import numpy as np",
    "def double(x):\n    return 2 * x",
    "def output_size(n, k):\n    return n - k + 1",
    """class Scale:
    def __init__(self, n):
        if n < 0:
            raise ValueError(f"n must not be negative, it is {n}")
        self.weight = np.ones(n)
    def __call__(self, x):
        return self.weight * x""",
]
WRONG = [HONEST[0], "def double(x):\n    return 0 * x", *HONEST[2:]]
POSSIBLE = {"double": 3.0, "size": 2.0, "layer": 2.0}


def make(folder: Path, tests: dict[str, str] | None = None, modules: tuple[str, ...] = ()) -> Assignment:
    """Write the assignment as `autograder build` would, and load it; ``modules`` may be imported, too."""
    tests = tests or {"double": DOUBLE, "size": SIZE, "layer": LAYER}
    home = folder / "tiny"
    (home / "tests").mkdir(parents=True)
    for name, source in tests.items():
        (home / "tests" / f"{name}.py").write_text(source)
    questions = [
        {
            "name": n,
            "points": POSSIBLE.get(n, 1.0),
            "manual": False,
            "tests": f"tests/{n}.py",
            "course": {},
        }
        for n in tests
    ]
    manifest = {
        "name": "tiny",
        "title": "Tiny",
        "notebook": "tiny.ipynb",
        "course": {"modules": ["numpy", *modules]},
    }
    (home / "manifest.json").write_text(json.dumps({**manifest, "questions": questions}))
    return load("tiny", folder)


def notebook(*cells: str) -> str:
    """Return a notebook of code cells as JSON."""
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])))
