"""A student's grader: which tests it finds, what `check_all` counts, and when it keeps still."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import numpy as np
import pytest

from coursekit.notebook import Grader
from tests.coursekit.hw0 import Q1, Q2, RIGHT, run, text_of


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


def test_a_cell_that_needs_answers_asks_and_says_which_are_missing(
    grader: Grader, capsys: pytest.CaptureFixture[str]
) -> None:
    environment: dict[str, Any] = {"np": np, "grader": grader}
    assert eval("grader.ready('q1', 'q2')", environment) is False
    assert capsys.readouterr().out.startswith("Solve q1 and q2 first:")
    exec(RIGHT, environment)
    assert eval("grader.ready('q1')", environment) is True
    assert capsys.readouterr().out == ""
    assert eval("grader.ready('q1', 'q2')", environment) is False
    assert capsys.readouterr().out.startswith("Solve q2 first:")
    with pytest.raises(ValueError, match="no question 'q9'"):
        grader.ready("q9")


def test_while_a_grader_runs_the_notebook_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEKIT_GRADING", "1")
    silent = Grader("no such assignment")
    assert silent.ready("q1") is False
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
