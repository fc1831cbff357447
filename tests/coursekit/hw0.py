"""A small packaged assignment, and a student who checks answers to it."""

from html.parser import HTMLParser
from typing import Any

import numpy as np

from coursekit.notebook import Check, Grader

Q1 = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = 2

@test_case(points=0.5, hidden=False,
    success_message="The shape fits.",
    failure_message="Read the `size` formula <b>again</b>.")
def test_shape(conv, np):
    shape = conv(np.ones((4, 5)), 3).shape
    assert shape == (2, 3), f"conv gives shape {shape}; it must be (2, 3)"

@test_case(points=0.5, hidden=False)
def test_values(conv, np):
    np.testing.assert_allclose(conv(np.ones((3, 3)), 3), [[9.0]])

@test_case(points=0.5, hidden=False)
def test_bare(conv, np):
    assert conv(np.ones((3, 3)), 1).sum() == 9

"""


Q2 = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "q2"
points = 1

@test_case(points=None, hidden=False)
def test_answer(env):
    assert env["answer"] == 42, "the answer is another one"

"""


BUNDLE = {
    "name": "hw0",
    "notebook": "hw0.ipynb",
    "questions": [
        {"name": "q1", "points": 2, "manual": False},
        {"name": "q2", "points": 1, "manual": False},
        {"name": "q3", "points": 1, "manual": False},
        {"name": "q4", "points": 3, "manual": True},
    ],
    "tests": {"q1": Q1, "q2": Q2},
}


RIGHT = "def conv(x, size):\n    return np.lib.stride_tricks.sliding_window_view(x, (size, size)).sum((2, 3))"


def run(grader: Grader, code: str, question: str = "q1", **names: Any) -> Check:
    """Define what a student wrote and check it, as one module outside IPython would."""
    environment = {"np": np, "grader": grader, **names}
    exec(compile(code, "student.py", "exec"), environment)
    result = eval(f"grader.check({question!r})", environment)
    assert isinstance(result, Check)
    return result


def text_of(html: str) -> str:
    """Return what a browser would show, after checking that every tag is closed in order."""
    shown: list[str] = []
    opened: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

        def handle_data(self, data: str) -> None:
            shown.append(data)

    Reader().feed(html)
    assert opened == []
    return "".join(shown)
