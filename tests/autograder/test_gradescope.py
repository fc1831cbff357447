"""The zip for Gradescope and results.json, looked at without a container."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from autograder.assignment import Assignment
from autograder.commands.group import autograder
from autograder.gradescope import bundle, pins, results, rights, room
from autograder.gradescope.settings import MINUTES, MOST_MINUTES, SHOWN, Settings, read
from autograder.limits import GIB, MIB, Limits
from autograder.records.results import NotebookResult, QuestionResult
from tests.autograder import tiny
from tests.autograder.gradescope_schema import GRADED, NOT_GRADED
from tests.support import ROOT

SETTINGS = Settings("tiny", "after_published", MINUTES)


@pytest.fixture
def built(tmp_path: Path) -> Assignment:
    return tiny.assignment(tmp_path / "build")


def graded(built: Assignment, result: NotebookResult, hidden: str = "after_published") -> dict:
    made = json.loads(json.dumps(results.graded(result, built, hidden, 1.234, "Isolation: process.")))
    jsonschema.validate(made, GRADED)
    return made


def boxes(made: dict) -> list[tuple]:
    """Return each box's name, score, state and when it is shown."""
    return [(t["name"], t.get("score"), t.get("status"), t["visibility"]) for t in made["tests"]]


def test_the_score_waits_with_the_hidden_tests_that_decide_it(built):
    made = graded(built, tiny.result(q1=(True, False)))
    assert boxes(made) == [
        ("q1: public tests", None, "passed", "visible"),
        ("q1", 1.0, "failed", "after_published"),
        ("q2", 2.0, "passed", "visible"),
        ("For staff", None, None, "hidden"),
    ]
    assert (made["score"], made["execution_time"], made["stdout_visibility"]) == (3.0, 1.23, "hidden")
    assert made["tests"][0]["output"] == "test_two: passed\n    Doubles 2."
    assert made["tests"][1]["output"].endswith("hidden test: failed\n    Try numbers below zero.")
    assert "secret" not in json.dumps(made)
    assert made["output"] == (
        "The notebook ran to its end.\nRead by a person, and not in this score: q3 (4 points)."
    )


def test_hidden_tests_may_be_shown_at_once(built):
    made = graded(built, tiny.result(q1=(False, True)), "visible")
    assert boxes(made)[:-1] == [("q1", 2.0, "failed", "visible"), ("q2", 2.0, "passed", "visible")]
    assert "secret" not in json.dumps(made)


def test_what_was_no_notebook_scores_nothing_and_says_why(built):
    nothing = tuple(QuestionResult(q.name, 0.0, q.points) for q in built.graded)
    made = graded(built, NotebookResult("unreadable", "no notebook in the folder", "none", 0.0, nothing))
    assert made["score"] == 0
    assert (
        "There was no notebook to run, so there are no points.\nno notebook in the folder" in made["output"]
    )
    assert {t["output"] for t in made["tests"][:-1]} == {"Its tests did not run."}


def test_a_missing_question_is_zero_of_its_points(built):
    whole = tiny.result()
    made = graded(built, replace(whole, questions=whole.questions[:1]))
    assert (made["score"], boxes(made)[2]) == (3.0, ("q2", 0.0, "failed", "visible"))
    assert sum(t.get("max_score", 0) for t in made["tests"]) == built.possible


def test_what_was_not_graded_has_no_score_anywhere():
    made = json.loads(json.dumps(results.not_graded("the tests are open to all")))
    jsonschema.validate(made, NOT_GRADED)
    assert [(t["visibility"], t["output"]) for t in made["tests"]] == [
        ("hidden", "Not graded: the tests are open to all")
    ]
    assert "the tests are open" not in made["output"]


def test_the_schema_refuses_what_is_wrong(built):
    good = graded(built, tiny.result())
    wrong = [
        {**good, "score": "3"}, {**good, "visibility": "later"}, {**good, "stdout_visibility": "visible"},
        {**good, "tests": [{**good["tests"][0], "status": "half"}]}, {**good, "points": 3},
    ]  # fmt: skip
    for made in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(made, GRADED)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(good, NOT_GRADED)


def test_the_zip_holds_what_grading_needs_and_nothing_else(built, tmp_path):
    (built.folder / "solution.ipynb").write_text("{}")
    (built.folder / "student.zip").write_bytes(b"")
    path = tmp_path / "out" / "tiny.zip"
    bundle.write(built, SETTINGS, path)
    first = path.read_bytes()
    bundle.write(built, SETTINGS, path)
    assert path.read_bytes() == first
    assert [p.name for p in path.parent.iterdir()] == ["tiny.zip"]
    with zipfile.ZipFile(path) as archive:
        modes = {e.filename: e.external_attr >> 16 & 0o777 for e in archive.infolist()}
        archive.extractall(tmp_path / "source")
    assert {name for name, mode in modes.items() if mode == 0o755} == {"setup.sh", "run_autograder"}
    assert read(tmp_path / "source") == SETTINGS
    released = "nbgrader/release/tiny/tiny.ipynb"
    names = {name.removeprefix("build/tiny/") for name in modes if name.startswith("build/")}
    assert names == {"manifest.json", "tests/q1.py", "tests/q2.py", released}
    for left in ("commands/", "autograder/release/", "gradebook", "__pycache__", "solution"):
        assert not [name for name in modes if left in name]
    assert "@" not in (tmp_path / "source" / "run_autograder").read_text()
    load = """
import importlib, pathlib, sys
home = pathlib.Path(sys.argv[1])
for path in sorted(home.glob("autograder/**/*.py")):
    name = ".".join(path.relative_to(home).with_suffix("").parts).removesuffix(".__init__")
    if "inside" not in name:
        importlib.import_module(name)
ours = [m for n, m in sys.modules.items() if n.partition(".")[0] in ("autograder", "convnet", "coursekit")]
print({m.__file__ for m in ours if not pathlib.Path(m.__file__).is_relative_to(home)})
"""
    packages = str(tmp_path / "source" / "packages")
    done = subprocess.run(
        [sys.executable, "-P", "-c", load, packages],
        env={**os.environ, "PYTHONPATH": packages}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("set()\n", "")


def test_a_build_without_tests_makes_no_zip(built, tmp_path):
    (built.folder / "tests" / "q2.py").unlink()
    with pytest.raises(ValueError, match="q2 has no tests: run `autograder build tiny`"):
        bundle.write(built, SETTINGS, tmp_path / "out" / "tiny.zip")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("modules", [("numpy",), ("numpy", "torch"), ("convnet.nn", "scipy.signal")])
def test_the_pins_are_those_of_the_lock(modules):
    locked = {line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()}
    made = pins.pins(modules)
    assert not set(made) - locked
    names = {line.partition("==")[0] for line in made}
    assert {"numpy", "matplotlib", "ipython", "msgpack", "nbformat", "otter-grader", "traitlets"} <= names
    assert ("torch" in names) == ("torch" in modules)
    assert ("scipy" in names) == ("scipy.signal" in modules)
    assert not names & {"nbgrader", "jupyter-book", "pytest"}


def test_a_package_that_is_missing_is_named():
    with pytest.raises(ValueError, match="no-such-package is not installed here"):
        pins.pin("no-such-package")


@pytest.mark.parametrize("minutes", [5, MINUTES, MOST_MINUTES])
def test_grading_ends_before_gradescope_ends_it(minutes):
    limits = room.limits(minutes, None)
    assert limits.total_seconds <= minutes * 60 - room.START < minutes * 60 - bundle.FAREWELL
    assert limits.cell_seconds <= limits.notebook_seconds
    assert limits.notebook_seconds >= 10


def test_the_container_keeps_to_what_the_assignment_declares():
    declared = Limits.of({"seconds": {"cell": 7, "call": 3}, "memory": 300 * MIB})
    limits = room.limits(MINUTES, 8 * GIB, declared)
    assert (limits.cell_seconds, limits.call_seconds, limits.memory) == (7, 3, 300 * MIB)
    long = room.limits(MINUTES, None, Limits.of({"seconds": {"cell": 900, "call": 10}}))
    assert long.cell_seconds <= long.notebook_seconds < 60 * MINUTES, "Gradescope would end it"


def test_the_packages_that_notebooks_see_are_opened_to_the_students_user(built):
    for modules, opened in {("numpy",): "coursekit", ("convnet.nn",): "coursekit convnet"}.items():
        there = replace(built, course={"modules": list(modules)})
        script = bundle.contents(there, SETTINGS)["setup.sh"].decode()
        assert f"for package in {opened};" in script
        assert "@" not in script.split("set_permissions()")[1].split("}")[0]


@pytest.mark.parametrize(
    ("memory", "left"), [(768 * MIB, 384 * MIB), (512 * MIB, 256 * MIB), (GIB, 640 * MIB), (8 * GIB, 2 * GIB)]
)
def test_a_notebook_gets_what_the_container_leaves(memory, left):
    limits = room.limits(MINUTES, memory)
    assert limits.memory == left
    assert limits.message_bytes < limits.case_bytes < left


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("memory.max", "805306368\n", 768 * MIB),
        ("memory.max", "max\n", None),
        ("memory/memory.limit_in_bytes", "805306368\n", 768 * MIB),
        ("memory/memory.limit_in_bytes", "9223372036854771712\n", None),
        ("nothing", "", None),
    ],
)
def test_the_containers_memory_is_read(name, text, found, tmp_path):
    path = tmp_path / "sys" / "fs" / "cgroup" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert room.container_memory(tmp_path) == found


def test_without_root_nothing_parts_the_student_from_the_tests(built, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    why = rights.trouble(1001, rights.secrets(built.folder, built), alone=True)
    assert why == "the grader must start as root, to run the notebook as another user"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, ("gradescope", *arguments), prog_name="autograder")


def test_the_command_says_what_to_choose_in_gradescope(built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run("tiny", "--minutes", "20", "--hidden", SHOWN[0])
    assert said.exit_code == 0, said.output
    assert said.output.startswith("tiny-gradescope.zip (")
    for words in ("time limit   20 minutes", "5 by the autograder, 9 in all", "by a person  q3"):
        assert words in said.output
    with zipfile.ZipFile("tiny-gradescope.zip") as archive:
        assert json.loads(archive.read("gradescope.json")) == {
            "assignment": "tiny", "hidden": "visible", "minutes": 20
        }  # fmt: skip
        assert b"--kill-after=5 1180 " in archive.read("run_autograder")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("hw9",), "in build/hw9: run `autograder build hw9`"),
        (("tiny", "--minutes", "41"), "41 is not in the range 5<=x<=40"),
        (("tiny", "--hidden", "never"), "'never' is not one of"),
        (("tiny", "--to", "."), "is a directory"),
    ],
)
def test_a_wrong_call_is_explained(arguments, words, built, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run(*arguments)
    assert said.exit_code == 2
    assert words in " ".join(said.output.split())
    assert [p.name for p in tmp_path.iterdir()] == ["build"]
