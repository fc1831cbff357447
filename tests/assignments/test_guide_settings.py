"""What the guide says of rules, files and objects: settings build, and the code is that of tested masters."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from autograder.release import build, head, master
from tests.support import ROOT

NAME = "hw8"
PAGE = ROOT / "book/instructors/rules-files-and-objects.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```", TEXT, re.M | re.S)]


@pytest.fixture
def course(tiny: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny, tmp_path / "course"))


def commented(settings: object) -> str:
    lines = yaml.safe_dump(settings, sort_keys=False).splitlines()
    return "".join(f"# {line}\n" for line in lines)


def test_the_head_that_the_guide_shows_is_told_to_students(course: Path) -> None:
    (shown,) = [block for block in BLOCKS if "course" in block]
    path = course / f"solutions/{NAME}/{NAME}.py"
    text = path.read_text(encoding="utf-8")
    at = "# requirements:\n"
    assert text.count(at) == 1
    path.write_text(text.replace(at, commented(shown) + at), encoding="utf-8")
    source = master.read(NAME, course)
    assert {key: source.course[key] for key in ("modules", "seconds")} == {
        key: shown["course"][key] for key in ("modules", "seconds")
    }
    notebook = build.render(NAME, course).files[f"assignments/{NAME}/{NAME}.ipynb"].decode()
    assert "`convnet.nn`" in notebook
    assert "A cell may run for 20 seconds, one call of your function for 10 seconds." in notebook
    assert "2 GiB" in notebook


def test_the_question_that_the_guide_shows_forbids(course: Path) -> None:
    (shown,) = [block for block in BLOCKS if "forbids" in block]
    path = course / f"solutions/{NAME}/{NAME}.py"
    text = path.read_text(encoding="utf-8")
    old = "# name: q1\n# points: 3\n"
    assert text.count(old) == 1
    path.write_text(text.replace(old, commented(shown)), encoding="utf-8")
    source = master.read(NAME, course)
    assert source.questions[0].course["forbids"] == shown["forbids"]


def test_the_guide_speaks_of_every_setting() -> None:
    assert [key for key in (*head.SETTINGS, *head.OF_A_QUESTION) if not re.search(rf"\b{key}\b", TEXT)] == []


def test_what_the_guide_shows_of_tests_stands_in_a_master_that_is_checked() -> None:
    shown = re.findall(r"literalinclude} (\S+)\n(.*?)```", TEXT, re.S)
    assert len(shown) >= 5
    for path, options in shown:
        place = (PAGE.parent / path).resolve()
        assert place.parent.parent == ROOT / "tests/assignments/small", place
        lines = place.read_text(encoding="utf-8").splitlines()
        begin = re.search(r':start-at: "(.*)"', options)
        assert begin, path
        at = [k for k, line in enumerate(lines) if begin[1] in line]
        assert at, begin[1]
        finish = re.search(r':end-(?:at|before): "(.*)"', options)
        assert finish
        assert any(finish[1] in line for line in lines[at[0] + 1 : at[0] + 30]), finish[1]


def test_a_setting_that_the_guide_does_not_know_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(head.SETTINGS, "colour_of_the_page", str)
    with pytest.raises(AssertionError):
        test_the_guide_speaks_of_every_setting()
