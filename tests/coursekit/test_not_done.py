"""What a half-solved notebook hears: missing code is named once, and the export names what is not done."""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from coursekit import _bundle
from coursekit._before import _slow
from coursekit._rules import Rules
from coursekit._runs import Runs
from coursekit.notebook import Grader
from tests.coursekit.hw0 import text_of

HEAD = "from otter.test_files import test_case\n\nOK_FORMAT = False\n\nname = {!r}\npoints = 2\n"
CASE = (
    "\n@test_case(points=1, hidden=False, failure_message='Look at the sum.')\ndef test_{0}({0}):\n    {1}\n"
)
TESTS = {
    "q1": HEAD.format("q1")
    + CASE.format("ramp", "assert ramp(2) == 2, f'ramp(2) is {ramp(2)}'")
    + CASE.format("decay", "assert decay(2)(1) == 0.5, 'decay is wrong'"),
    "q2": HEAD.format("q2") + CASE.format("train", "assert train(2) == 3, f'train(2) gives {train(2)}'"),
}
SHELF = {
    "name": "hw0",
    "notebook": "hw0.ipynb",
    "questions": [
        {"name": "q1", "points": 2, "manual": False},
        {"name": "q2", "points": 2, "manual": False, "course": {"builds_on": ["q1"]}},
        {"name": "q3", "points": 1, "manual": True},
    ],
    "tests": TESTS,
}
SETUP = "from coursekit.notebook import Grader\ngrader = Grader('hw0')"
EMPTY = "def ramp(n):\n    ...\n\ndef decay(n):\n    ...\n"
RATE = "class Rate:\n    def __init__(self, n):\n        self.at = decay(n)\n"
TRAIN = RATE + "\ndef train(n):\n    return Rate(n).at(1)\n"
RIGHT = "def ramp(n):\n    return n\n\ndef decay(n):\n    return lambda step: step / n\n"


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Grader:
    """A grader of two questions of which one builds on the other, beside its blank notebook."""
    shelf = tmp_path / "package" / "assignments"
    shelf.mkdir(parents=True)
    (shelf / "hw0.json").write_text(json.dumps(SHELF), encoding="utf-8")
    monkeypatch.setattr(_bundle, "files", lambda package: tmp_path / "package")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    cells = [
        nbformat.v4.new_code_cell(s) for s in (SETUP, "grader.check('q1')", "grader.check('q2')", "# q3")
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), "hw0.ipynb")
    return Grader("hw0")


def say(grader: Grader, code: str, call: str) -> Any:
    environment = {"grader": grader}
    exec(code, environment)
    return eval(f"grader.{call}", environment)


def test_the_export_names_what_has_no_code_and_what_fails_and_still_writes(grader: Grader) -> None:
    wrong = "def train(n):\n    return 7\n"
    sent = say(grader, EMPTY + wrong, "export()")
    assert sent.path.is_file()
    assert sent.warnings == (
        "q1 has no code yet (checked just now).",
        "q2: its check fails (run just now). See what `grader.check('q2')` says.",
    )
    sent = say(grader, "def ramp(n):\n    return 7\ndef decay(n):\n    return ramp\n" + wrong, "export()")
    assert sent.warnings == (
        "q1 and q2: their checks fail (run just now). See what `grader.check('q1')` says.",
    )


def test_the_export_of_a_blank_notebook_names_every_question(grader: Grader) -> None:
    sent = say(grader, EMPTY + "def train(n):\n    ...\n", "export()")
    assert sent.warnings == ("q1 and q2 have no code yet (checked just now).",)
    (warning,) = say(grader, "train = ...", "export()").warnings
    assert warning.startswith("q1 and q2 could not be checked just now: answers of them are not defined")


def test_the_export_of_a_solved_notebook_says_nothing(grader: Grader) -> None:
    sent = say(grader, RIGHT + "def train(n):\n    return 3\n", "export()")
    assert sent.warnings == ()


def test_what_an_answer_uses_and_nobody_wrote_is_named(grader: Grader) -> None:
    told = repr(say(grader, EMPTY + TRAIN, "check('q2')"))
    assert "`decay` has no code yet, and this answer uses it." in told
    assert "NoneType" not in told
    assert "Try:" not in told
    assert "Look at the sum." not in told
    assert "ramp" not in told, "train does not use it"


@pytest.mark.parametrize(("value", "words"), [("4", "train(2) gives 4"), ("[][n]", "raised IndexError")])
def test_another_mistake_is_not_laid_to_what_is_unwritten(grader: Grader, value: str, words: str) -> None:
    code = EMPTY + f"def train(n):\n    return {value} if n else decay(n)\n"
    told = repr(say(grader, code, "check('q2')"))
    assert words in told
    assert "no code yet" not in told


def test_code_that_is_missing_is_said_once(grader: Grader) -> None:
    told = say(grader, EMPTY, "check('q1')")
    assert repr(told) == (
        "q1: no code yet\n"
        "  q1 - 1 and q1 - 2 failed: `ramp` and `decay` have no code yet: write them in the place of"
        " each `...`."
    )
    assert text_of(told._repr_html_()).count("no code yet") == 2  # the summary and the sentence
    blank = repr(say(grader, EMPTY + "def train(n):\n    ...\n", "check('q2')"))
    assert "builds on" not in blank
    assert blank.count("\n") == 1


def test_the_table_says_what_a_failing_question_builds_on(grader: Grader) -> None:
    table = repr(say(grader, EMPTY + "def train(n):\n    return 7\n", "check_all()"))
    rows = table.splitlines()
    assert "0 of 1 public tests passed; builds on q1, which fails  0 of 1  " in rows[2]
    assert "builds on" not in rows[1]
    assert "a written answer, which a person reads  " in rows[3]
    assert "builds on" not in repr(say(grader, RIGHT + "def train(n):\n    return 7\n", "check_all()"))


class Clock:
    """A clock that goes only where it is moved."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


class Result:
    """What IPython tells of a cell that ran."""

    error_before_exec = error_in_exec = None

    def __init__(self, source: str) -> None:
        self.info = type("Info", (), {"raw_cell": source})


def test_slow_cells_are_named_also_where_they_ask_the_grader(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, runs = Clock(), Runs()
    monkeypatch.setattr("coursekit._runs.time", clock)

    def ran(source: str, own: float, checking: float = 0.0) -> None:
        runs._begin(None)
        clock.now += own
        with runs.apart():
            clock.now += checking
        runs._end(Result(source))

    ran("fit(x)\ngrader.check('q1')", 21, 3)
    ran("grader.check('q2')", 0, 30)
    ran("if grader.ready('q1'):\n    fit(x)", 22, 5)
    ran("if grader.ready('q2'):\n    fit(x)", 19, 5)
    code = [{"cell_type": "code", "source": s} for s in (
        "fit(x)\ngrader.check('q1')", "grader.check('q2')",
        "if grader.ready('q1'):\n    fit(x)", "if grader.ready('q2'):\n    fit(x)",
    )]  # fmt: skip
    assert list(_slow(code, runs, Rules("hw0", ()))) == [
        "the cell that begins with `if grader.ready('q1'):` took 22 s, more than the 20 s of a cell; the"
        " grader leaves out what stands under `grader.ready`, but no call of a function of yours may take"
        " more than 10 s",
        "the cell that begins with `fit(x)` took 21 s; the grader stops it after 20 s",
    ]
