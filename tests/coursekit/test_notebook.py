"""What `grader.check` and `grader.check_all` tell a student."""

import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import numpy as np
import pytest

from coursekit import _bundle
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


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Grader:
    """A grader of an assignment that is packaged, in an empty folder."""
    shelf = tmp_path / "package" / "assignments"
    shelf.mkdir(parents=True)
    (shelf / "hw0.json").write_text(json.dumps(BUNDLE), encoding="utf-8")
    monkeypatch.setattr(_bundle, "files", lambda package: tmp_path / "package")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return Grader("hw0")


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


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("def conv(x, size):\n    ...", "`conv` has no code yet"),
        ("def conv(x, size):\n    'Slide.'\n    ...", "`conv` has no code yet"),
        ("conv = ...", "`conv` is still `...`"),
    ],
)
def test_an_empty_answer_is_told_without_blame(grader: Grader, code: str, sentence: str) -> None:
    told = repr(run(grader, code))
    assert sentence in told
    assert "formula" not in told  # the failure message speaks about code that is there


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
        ("x[0, 99] = 1", "IndexError", "runs past the end"),
        ("return np.zeros((x.shape[0] / 2, 2))", "TypeError", "Divide with `//`"),
        ("x.flags.writeable = False; x[0] = 1", "read-only", "Write into a new array"),
        ("if x: return x", "ValueError", "An `if` got a whole array"),
        ("if False: y = 1\n    return y", "Your code raised UnboundLocalError", "on every path"),
        ("import not_there", "ModuleNotFoundError", "first cell"),
        ("x = 1", "'NoneType'", "end with `return`"),
    ],
)
def test_each_way_of_failing_has_its_words(grader: Grader, body: str, sentence: str, advice: str) -> None:
    result = run(grader, f"def conv(x, size):\n    {body}\n")
    told = repr(result)
    assert not result.passed
    assert sentence in told
    assert advice in told


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


def test_a_question_that_is_not_there(grader: Grader) -> None:
    with pytest.raises(ValueError, match=r"hw0 has no question 'q9'; its questions are q1, q2, q3, q4"):
        run(grader, "", "q9")


def test_questions_without_public_tests(grader: Grader) -> None:
    assert repr(run(grader, "", "q3")) == "q3: no public test; hidden tests, run after you submit, decide."
    assert repr(run(grader, "", "q4")) == "q4: a written answer, which a person reads."


def test_check_all_counts_and_says_that_hidden_tests_decide(grader: Grader) -> None:
    environment: dict[str, Any] = {"np": np, "grader": grader}
    exec(RIGHT, environment)
    table = eval("grader.check_all()", environment)
    text = repr(table)
    assert [line.split("  ")[0] for line in text.splitlines()[:6]] == [
        "question",
        "q1",
        "q2",
        "q3",
        "q4",
        "all",
    ]
    assert "all 3 public tests passed" in text
    assert text.splitlines()[0].split() == ["question", "public", "tests", "points", "in", "all"]
    assert "3 of 4 public tests passed" in text
    assert "Hidden tests, run after you submit, decide the grade." in text
    assert "Next: see what `grader.check('q2')` says." in text
    shown = text_of(table._repr_html_())
    assert "Hidden tests, run after you submit, decide the grade." in shown
    assert not table.passed


def test_public_points_are_shown_where_every_test_names_its_own(grader: Grader) -> None:
    Path("tests").mkdir()
    Path("tests/q2.py").write_text(Q2.replace("points=None", "points=1"), encoding="utf-8")
    environment: dict[str, Any] = {"np": np, "grader": grader}
    exec(RIGHT, environment)
    lines = repr(eval("grader.check_all()", environment)).splitlines()
    assert "points of public tests" in lines[0]
    assert [line.split("  ")[-2:] for line in lines[1:3]] == [["", "2"], ["", "1"]]
    assert "1.5 of 1.5" in lines[1]
    assert "0 of 1" in lines[2]
    assert "1.5 of 2.5" in lines[5]


def test_a_test_file_beside_the_notebook_wins(grader: Grader) -> None:
    Path("tests").mkdir()
    Path("tests/q2.py").write_text(Q2.replace("== 42", "== 7"), encoding="utf-8")
    assert run(grader, "answer = 7", "q2").passed


def test_without_a_packaged_assignment_the_folder_tells(grader: Grader) -> None:
    Path("tests").mkdir()
    for number in (10, 2):
        Path(f"tests/q{number}.py").write_text(Q2.replace("q2", f"q{number}"), encoding="utf-8")
    Path("tests/helper.py").write_text("x = 1", encoding="utf-8")
    other = Grader("hw99")
    with pytest.raises(ValueError, match=r"hw99 has no question 'q1'; its questions are q2, q10"):
        other.check("q1")


def test_an_unknown_assignment_lists_those_known(grader: Grader) -> None:
    with pytest.raises(ValueError, match=r"Grader: no tests of 'hw99' found: .* knows are: hw0"):
        Grader("hw99")


def test_while_a_grader_runs_the_notebook_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEKIT_GRADING", "1")
    silent = Grader("no such assignment")
    assert (silent.check("q1"), silent.check_all(), silent.export()) == (None, None, None)


def test_while_otter_runs_the_notebook_nothing_happens(
    monkeypatch: pytest.MonkeyPatch, grader: Grader
) -> None:
    from otter.check.notebook import Notebook

    assert grader.check("q4") is not None
    monkeypatch.setattr(Notebook, "_grading_mode", True)
    assert (grader.check("q1"), grader.check_all(), grader.export()) == (None, None, None)


def execute(cells: list[str], folder: Path) -> list[dict[str, Any]]:
    """Run cells in a real kernel and return the data of each cell's result."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    nbformat.write(notebook, folder / "hw0.ipynb")
    environment = {**os.environ, "JPY_SESSION_NAME": ""}
    client = nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(folder)}})
    client.execute(env=environment)
    return [next((o.data for o in cell.outputs if "data" in o), {}) for cell in notebook.cells]


def test_in_a_real_kernel(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1.py").write_text(Q1, encoding="utf-8")
    results = execute(
        [
            "from coursekit.notebook import Grader\nimport numpy as np\ngrader = Grader('hw0')",
            "grader.check('q1')",
            "def conv(x, size):\n    n = len(x)\n    return x[n + 1]",
            "def ask():\n    return grader.check('q1')\nask()",
            RIGHT,
            "grader.check_all()",
            "grader.export()",
        ],
        tmp_path,
    )
    assert "`conv` is not defined yet" in results[1]["text/plain"]
    assert "Cell [3], line 3, in conv:" in results[3]["text/plain"]
    assert "→   3     return x[n + 1]" in results[3]["text/plain"]
    assert "<code>conv</code>" in results[1]["text/html"]
    assert "all 3 public tests passed" in results[5]["text/html"]
    assert "Ready to submit" in results[6]["text/html"]
    assert "Careful" not in results[6]["text/html"]
    assert len(list(tmp_path.glob("hw0_submission_*.zip"))) == 1


def test_imports_neither_otter_nor_ipython() -> None:
    heavy = ("otter", "IPython", "matplotlib")
    code = f"import sys, coursekit.notebook; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"
