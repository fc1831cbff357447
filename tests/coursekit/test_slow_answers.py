"""A check that took longer than the grader lets a call take says so: the grader would stop it."""

import json
import re
from pathlib import Path

import pytest

from coursekit import _bundle
from coursekit.notebook import Grader
from tests.coursekit.hw0 import BUNDLE, RIGHT, run, text_of

SLOW = RIGHT.replace("    return", "    import time\n    time.sleep(0.15)\n    return")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Grader:
    """A grader of an assignment that gives a call a tenth of a second."""
    shelf = tmp_path / "assignments"
    shelf.mkdir()
    course = {"modules": ["numpy"], "seconds": {"cell": 20, "call": 0.1}}
    (shelf / "hw0.json").write_text(json.dumps(BUNDLE | {"course": course}), encoding="utf-8")
    monkeypatch.setattr(_bundle, "files", lambda package: tmp_path)
    monkeypatch.chdir(tmp_path)
    return Grader("hw0")


def test_it_names_the_tests_and_the_limit(hurried: Grader) -> None:
    check = run(hurried, SLOW)
    words = r"q1 - 1 took [0-9.]+ s, .* and q1 - 3 took [0-9.]+ s. The grader stops a call .* after 0.1 s"
    assert re.search(words, repr(check))
    assert re.search(words, text_of(check._repr_html_()))
    assert check.passed, "a busy machine is slow, too"


def test_it_keeps_still_where_there_was_time(hurried: Grader, grader: Grader) -> None:
    assert "The grader stops" not in repr(run(hurried, RIGHT))
    assert "The grader stops" not in repr(run(grader, SLOW)), "without rules there is no limit to speak of"


def test_the_table_says_so_in_a_word(hurried: Grader) -> None:
    environment = {"grader": hurried}
    exec("import numpy as np\n" + SLOW, environment)
    lines = repr(eval("grader.check_all()", environment)).splitlines()
    assert "all 3 public tests passed; slow" in lines[1]
    assert "slow" not in lines[2]
