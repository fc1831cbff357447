"""Feedback zips: under the names by which each platform finds its students, in a form that opens there."""

import json
import re
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.pages.feedback import feedback_values
from autograder.pages.feedback_text import as_notebook
from tests.autograder import tiny
from tests.autograder.attempts import folder, graded, run  # noqa: F401 - a fixture among them

MOODLE = {
    "Ann Lee_11_assignsubmission_file": "folder",
    "Bob Ö_12_assignsubmission_file_": "folder",
    "Cid_13_assignsubmission_file_tiny.ipynb": "file",
}
CANVAS = ("leeann_101_5001_tiny.ipynb", "ngbob_LATE_102_5002_tiny-2.ipynb", "coxcid_103_5003_tiny.zip",
          "anon_a1B2c_5004_tiny.ipynb", "xudee_104_5005_tiny.py")  # fmt: skip


def moodle_reads(path: str) -> tuple[int, str] | None:
    """Read a path as Moodle's importer does: the student's number, and the name that the file gets."""
    parts = path.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) < 4 or not info[1].isdigit() or info[2] != "assignsubmission" or info[3] != "file":
            continue
        return int(info[1]), "/".join([*info[4:5], *parts] if info[4:] else parts).lstrip("/")
    return None


def canvas_reads(path: str) -> tuple[str, str] | None:
    """Read a name as Canvas' re-upload does: the numbers, or the code, of the student and of the file."""
    parts = [part for part in path.rpartition("/")[2].split("_") if part != "LATE"]
    if parts[0] == "anon":
        return parts[1], parts[2]
    numbers = [part for part in parts if re.fullmatch(r"\d+", part)]
    return (numbers[0], numbers[1]) if len(numbers) > 1 else None


def hand_in(name: str, content: str, kind: str = "file") -> None:
    place = Path("in") / name
    place.parent.mkdir(exist_ok=True)
    if kind == "folder":
        place.mkdir()
        (place / "tiny.ipynb").write_text(content)
    elif name.endswith(".zip"):
        with zipfile.ZipFile(place, "w") as parcel:
            parcel.writestr("tiny.ipynb", content)
    else:
        place.write_text(content)


def packed(platform: str) -> dict[str, bytes]:
    said = run("feedback", "out", "--for", platform)
    assert said.exit_code == 0, said.output
    with zipfile.ZipFile(f"out/feedback-{platform}.zip") as parcel:
        return {name: parcel.read(name) for name in parcel.namelist()}


@pytest.mark.usefixtures("folder")
def test_moodle_finds_every_participant_and_each_gets_the_page_itself():
    for name, kind in MOODLE.items():
        hand_in(name, tiny.perfect(), kind)
    graded()
    found = packed("moodle")
    read = dict(map(moodle_reads, found))
    assert read == {11: "feedback.html", 12: "feedback.html", 13: "feedback.html"}
    assert "Ann Lee_11_assignsubmission_file/feedback.html" in found
    pages = {Path(p).read_bytes() for p in Path("out/feedback").iterdir()}
    assert set(found.values()) == pages


@pytest.mark.usefixtures("folder")
def test_canvas_finds_every_file_and_what_it_calls_a_notebook_is_one():
    for name in CANVAS:
        hand_in(name, "# %%\ndef double(x):\n    return 2 * x\n" if name.endswith(".py") else tiny.perfect())
    graded()
    found = packed("canvas")
    assert sorted(found) == sorted(CANVAS)
    assert {canvas_reads(name) for name in found} == {
        ("101", "5001"), ("102", "5002"), ("103", "5003"), ("a1B2c", "5004"), ("104", "5005"),
    }  # fmt: skip
    for name in CANVAS[:2]:
        notebook = nbformat.reads(found[name].decode(), 4)
        nbformat.validate(notebook)
        assert "## q1: 3 of 3" in notebook.cells[0].source
        assert "of 5 points" in notebook.cells[0].source
    Path("inner.zip").write_bytes(found["coxcid_103_5003_tiny.zip"])
    with zipfile.ZipFile("inner.zip") as inner:
        assert b"<!doctype html>" in inner.read("feedback.html")
    compile(found["xudee_104_5005_tiny.py"], "tiny.py", "exec")
    assert all(line.startswith(b"#") for line in found["xudee_104_5005_tiny.py"].splitlines())


@pytest.mark.usefixtures("folder")
def test_only_the_attempt_that_counts_goes_back_and_who_cannot_be_found_is_named():
    hand_in("leeann_101_5001_tiny.ipynb", tiny.notebook())
    hand_in("leeann_101_5009_tiny-1.ipynb", tiny.perfect())
    hand_in("stray.ipynb", tiny.perfect())
    graded()
    said = run("feedback", "out", "--for", "canvas")
    assert "1 are not in it, for Canvas did not name what they handed in: stray" in said.stderr
    assert said.stdout.endswith("1 for Canvas in out/feedback-canvas.zip\n")
    assert list(packed("canvas")) == ["leeann_101_5009_tiny-1.ipynb"]
    said = run("feedback", "out", "--for", "moodle")
    assert said.exit_code == 2
    assert "has a name as Moodle gives it" in " ".join(said.output.split())
    assert not Path("out/feedback-moodle.zip").exists()


@pytest.mark.usefixtures("folder")
def test_the_same_feedback_is_the_same_file():
    hand_in("leeann_101_5001_tiny.ipynb", tiny.perfect())
    graded()
    first = packed("canvas"), Path("out/feedback-canvas.zip").read_bytes()
    assert first == (packed("canvas"), Path("out/feedback-canvas.zip").read_bytes())


@pytest.mark.usefixtures("folder")
def test_submissions_that_are_gone_are_said():
    hand_in("leeann_101_5001_tiny.ipynb", tiny.perfect())
    graded()
    Path("in").rename("elsewhere")
    said = run("feedback", "out", "--for", "canvas")
    assert said.exit_code == 2
    assert "the names of the hand-ins are needed again" in " ".join(said.output.split())


def test_nothing_in_a_notebook_is_read_as_a_tag_a_link_or_a_formula(tmp_path):
    evil = "<img src=x> [a](javascript:1) $x$ `y`\n# head"
    result = tiny.result(tiny.notebook(), q1=(True, False), message=evil)
    values = feedback_values(tiny.row("*ann*"), result, tiny.assignment(tmp_path))
    source = json.loads(as_notebook(values))["cells"][0]["source"]
    assert r"\<img src\=x\> \[a\]\(javascript\:1\) \$x\$ \`y\`" in source
    assert "\n# head" not in source
    assert r"\*ann\*" in source
    assert "secret expectation" not in source
