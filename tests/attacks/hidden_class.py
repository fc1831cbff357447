"""The assignment under attack: questions of every kind a test can ask, with canaries in what is hidden."""

import secrets
from pathlib import Path

from autograder.assignment import Assignment
from tests.autograder.sealed import class_of_one

CANARY = f"canary-{secrets.token_hex(8)}"  # unknown to every attack; nothing a student sees may hold it

_HEAD = """OK_FORMAT = False
from otter.test_files import test_case
import itertools
import numpy as np

name = "{name}"
points = {points}
SECRET = "{canary}"

"""
_TESTS = {
    "double": """
@test_case(points=1, hidden=False, failure_message="double(3) should be 6")
def test_small(double):
    assert double(3) == 6

@test_case(points=2, hidden=True, failure_message="try an array")
def test_array(double):
    x = np.random.standard_normal((50, 3))
    secret_expected = 2 * x
    np.testing.assert_allclose(double(x.copy()), secret_expected, err_msg=SECRET)
""",
    "size": """
@test_case(points=1)
def test_one(output_size):
    assert output_size(28, 5) == 24

@test_case(points=1, hidden=True)
def test_reference(env, output_size):
    from convnet.arithmetic import conv_output_size
    for n, k in np.random.randint(3, 9, (20, 2)) + [20, 0]:
        right = conv_output_size(int(n), int(k))
        assert output_size(int(n), int(k)) == right, f"{SECRET}: {right}"
""",
    "layer": """
@test_case(points=1)
def test_class(Scale):
    layer = Scale(3)
    assert isinstance(layer, Scale)
    layer.weight = np.full(3, 2.0)
    np.testing.assert_array_equal(layer(np.arange(3.0)), [0.0, 2.0, 4.0])

@test_case(points=1, hidden=True)
def test_raises(Scale):
    try:
        Scale(-1)
    except ValueError as error:
        assert "-1" in str(error), SECRET
    else:
        raise AssertionError(SECRET)
""",
    "each": """
@test_case(points=1, hidden=True)
def test_calls(each):
    seen = []
    def third(x):
        secret_local = SECRET
        seen.append(x)
        return x / 3
    xs = np.random.standard_normal(4).tolist()
    assert each(third, xs) == [x / 3 for x in xs], SECRET
    assert seen == xs, SECRET
""",
    "count": """
@test_case(points=1, hidden=True)
def test_items(count):
    assert list(itertools.islice(count(9), 5)) == [0, 1, 2, 3, 4], SECRET
    assert list(count(6)) == [0, 1, 2, 3, 4, 5], SECRET
""",
    "accuracy": """
@test_case(points=1, hidden=True)
def test_share(accuracy):
    labels = np.random.randint(0, 2, 40)
    guess = np.random.randint(0, 2, 40)
    assert abs(accuracy(guess, labels) - np.mean(guess == labels)) < 1e-9, SECRET
""",
    "predict": """
@test_case(points=1, hidden=True)
def test_labels(predict):
    x = np.random.standard_normal((40, 3))
    np.testing.assert_array_equal(predict(x.copy()), (x.sum(1) > 0).astype(int), err_msg=SECRET)
""",
}
_POINTS = {"double": 3.0, "size": 2.0, "layer": 2.0}  # what class_of_one gives; the others have one each
POSSIBLE = {name: _POINTS.get(name, 1.0) for name in _TESTS}
NAMES = {**{name: name for name in _TESTS}, "size": "output_size", "layer": "Scale"}  # what they ask for
HONEST = [
    *class_of_one.HONEST,
    "def each(f, xs):\n    return [f(x) for x in xs]",
    "def count(n):\n    yield from range(n)",
    "def accuracy(guess, labels):\n    return float(np.mean(guess == labels))",
    "def predict(x):\n    return (x.sum(1) > 0).astype(int)",
]


def make(folder: Path) -> Assignment:
    """Write the assignment below ``folder``, whose path holds the canary too, and load it."""
    tests = {
        name: _HEAD.format(name=name, points=None, canary=CANARY) + source for name, source in _TESTS.items()
    }
    return class_of_one.make(folder / CANARY, tests)
