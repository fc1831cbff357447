"""What `grader.check` tells a student about an answer: right, missing, wrong or raising."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coursekit._hints import hint
from coursekit.notebook import Grader
from tests.coursekit.hw0 import RIGHT, run, text_of


def test_right_code_passes(grader: Grader) -> None:
    result = run(grader, RIGHT)
    assert result.passed
    assert (result.score, result.possible, result.worth) == (1.5, 1.5, 2)
    assert repr(result) == "q1: all 3 public tests passed\n  q1 - 1 passed: The shape fits."
    assert "q1: all 3 public tests passed" in text_of(result._repr_html_())


def test_an_undefined_name_is_told_first(grader: Grader) -> None:
    result = run(grader, "")
    assert repr(result) == (
        "q1: no code yet\n"
        "  q1 - 1 failed: `conv` is not defined yet: run the cell that defines it.\n"
        "  q1 - 2 failed for the same reason.\n"
        "  q1 - 3 failed for the same reason."
    )


def test_a_name_looked_up_in_env_is_told_alike(grader: Grader) -> None:
    assert "`answer` is not defined yet: run the cell that defines it." in repr(run(grader, "", "q2"))
    assert "the answer is another one" in repr(run(grader, "answer = 41", "q2"))


def test_a_name_missing_inside_the_students_function(grader: Grader) -> None:
    told = repr(run(grader, "def conv(x, size):\n    return window(x)"))
    assert "`window` is not defined yet: run the cell that defines it." in told
    assert "line 2, in conv" in told


def test_a_note_does_not_stand_where_an_error_has_no_message(grader: Grader) -> None:
    noted = "error = ValueError()\n    error.add_note('raised by conv(x, 3)')\n    raise error"
    told = repr(run(grader, f"def conv(x, size):\n    {noted}"))
    assert "ValueError: raised" not in told
    assert "(no message)\n" in told
    assert "raised by conv(x, 3)" in told
    assert "(no message)" not in repr(run(grader, "def conv(x, size):\n    raise ValueError"))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("def conv(x, size):\n    ...", "`conv` has no code yet"),
        ("def conv(x, size):\n    'Slide.'\n    ...", "`conv` has no code yet"),
        ("conv = ...", "`conv` is still `...`"),
        (
            "class conv:\n    'Slide.'\n    def __init__(self, x, size):\n        'Keep.'\n        ...\n"
            "    def sum(self):\n        ...",
            "`conv` has no code yet",
        ),
    ],
)
def test_an_empty_answer_is_told_without_blame(grader: Grader, code: str, sentence: str) -> None:
    told = repr(run(grader, code))
    assert sentence in told
    assert "formula" not in told  # the failure message speaks about code that is there


def test_a_class_with_some_code_is_not_called_empty(grader: Grader) -> None:
    begun = "    def __init__(self, x, size):\n        self.shape = x.shape\n"
    code = f"class conv:\n{begun}    def sum(self):\n        ..."
    told = repr(run(grader, code))
    assert "no code yet" not in told
    assert "conv gives shape (4, 5); it must be (2, 3)" in told


def test_a_wrong_answer_gets_the_tests_own_words(grader: Grader) -> None:
    told = repr(run(grader, "def conv(x, size):\n    return np.full((2, 2), 9.0)"))
    assert "q1 - 1 failed: conv gives shape (2, 2); it must be (2, 3)\n" in told
    assert "Read the `size` formula <b>again</b>." in told
    assert "Not equal to tolerance" in told
    assert "assert conv(np.ones((3, 3)), 1).sum() == 9" in told
    assert "Traceback" not in told


def test_an_error_shows_the_students_own_lines_and_a_hint(grader: Grader, tmp_path: Path) -> None:
    source = tmp_path / "student.py"
    code = (
        "def helper(x):\n    return x @ np.ones(99)\n\n"
        "def conv(x, size):\n    y = x + 1\n    return helper(y)\n"
    )
    source.write_text(code, encoding="utf-8")
    environment: dict[str, Any] = {"np": np, "grader": grader}
    exec(compile(code, str(source), "exec"), environment)
    told = repr(eval("grader.check('q1')", environment))
    assert "Your code raised ValueError: matmul" in told
    assert "student.py, line 6, in conv:\n" in told
    assert "→   6     return helper(y)" in told
    assert "→   2     return x @ np.ones(99)" in told
    assert "Try: Two shapes do not fit." in told
    assert "test_shape" not in told
    assert "_otter_tests" not in told


@pytest.mark.parametrize(
    ("body", "sentence", "advice"),
    [
        ("raise SystemExit(0)", "Your code called `exit()`", ""),
        ("raise KeyboardInterrupt", "You stopped this check.", "a loop that never advances"),
        ("return conv(x, size)", "RecursionError", "What stops it?"),
        ("x[0, 99] = 1", "IndexError", "Print the index"),
        ("x[0, 0, 0] = 1", "IndexError", "more indices than axes"),
        ("[].pop()", "IndexError", ""),
        ("return np.zeros((x.shape[0] / 2, 2))", "TypeError", "`//` keeps whole numbers whole"),
        ("x.flags.writeable = False; x[0] = 1", "read-only", "Write into a new array"),
        ("if x: return x", "ValueError", "one truth value is needed"),
        ("if False: y = 1\n    return y", "Your code raised UnboundLocalError", "on every path"),
        ("import not_there", "ModuleNotFoundError", "first cell"),
        ("x = 1", "'NoneType'", "reaches no `return`"),
        ("return (1, 2)()", "TypeError", "was returned in its place"),
    ],
)
def test_each_way_of_failing_has_its_words(grader: Grader, body: str, sentence: str, advice: str) -> None:
    result = run(grader, f"def conv(x, size):\n    {body}\n")
    told = repr(result)
    assert not result.passed
    assert sentence in told
    assert advice in told


@pytest.mark.parametrize(
    ("error", "accused"),
    [
        (TypeError("'NoneType' object is not callable"), "of yours"),  # what the test handed in returned it
        (IndexError("list index out of range"), "output size"),
        (IndexError("pop from empty list"), "runs past"),
        (TypeError("f() takes 1 positional argument but 2 were given"), "The check calls"),
        (TypeError("'tuple' object cannot be interpreted as an integer"), "float"),
        (ValueError("output array is read-only"), "an array it was given. "),
        (ModuleNotFoundError("No module named 'nunpy'"), "A package is missing"),
    ],
)
def test_a_hint_accuses_nothing_that_it_does_not_know(error: Exception, accused: str) -> None:
    assert accused not in hint(error, str(error))


def test_a_call_that_is_quoted_is_not_taken_for_what_went_wrong() -> None:
    message = "scaled(array (2, 2), None): 1 of 4 values differs, first at index (0, 0): yours 2, expected 1."
    assert hint(AssertionError(message), message) == ""


def test_a_deep_trace_is_cut(grader: Grader) -> None:
    told = repr(run(grader, "def conv(x, size):\n    return conv(x, size)"))
    assert "more calls" in told
    assert told.count("in conv:") <= 9


def test_a_broken_or_endless_message_does_not_break_the_check(grader: Grader) -> None:
    broken = "class E(Exception):\n    def __str__(self): return 1 / 0\ndef conv(x, size):\n    raise E"
    assert "its message cannot be shown" in repr(run(grader, broken))
    endless = "def conv(x, size):\n    raise ValueError('long ' * 10**6)"
    assert len(repr(run(grader, endless))) < 8000


def test_nothing_of_the_student_reaches_the_page_as_markup(grader: Grader) -> None:
    attack = '<script>alert("x")</script><img src=x onerror=alert(1)>`<b>`'
    html = run(grader, f"def conv(x, size):\n    raise ValueError({attack!r})")._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert attack.replace("`", "") in text_of(html)
