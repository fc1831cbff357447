"""The doctor: what it finds where all is well, and what it advises where something is missing."""

import json
import shutil
import sys
import sysconfig

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.grading import doctor
from autograder.sealed import tiers
from tests.autograder import tiny


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with `tiny` built, on a machine where everything is as it should be."""
    monkeypatch.chdir(tmp_path)
    tiny.assignment(tmp_path / "build")
    monkeypatch.setattr(tiers, "why_no_bubblewrap", lambda: "")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, ("doctor", *arguments), prog_name="autograder")


def found(what: str, *arguments: str) -> dict[str, str]:
    """Return the first finding about ``what`` that is not good, else the first."""
    listed = [f for f in json.loads(run("--json", *arguments).stdout) if f["what"] == what]
    return next((f for f in listed if f["state"] != "good"), listed[0])


def test_a_machine_in_order(folder):
    said = run()
    assert said.exit_code == 0, said.output
    lines = {line.split()[1]: line for line in said.output.splitlines()}
    assert lines["isolation"].endswith("bubblewrap works")
    assert lines["assignments"].endswith("tiny built")
    assert "→" not in said.output
    assert {f["state"] for f in json.loads(run("--json").stdout)} == {"good"}


def test_no_seal_is_exit_code_3_and_says_why(folder, monkeypatch):
    monkeypatch.setattr(tiers, "why_no_bubblewrap", lambda: "the program bwrap is missing: install it")
    said = run()
    assert said.exit_code == 3
    assert "the program bwrap is missing: install it" in said.output
    assert "→ without it notebooks run in the process tier" in said.output


@pytest.mark.sealed
def test_the_sandbox_is_asked_what_it_shows(folder):
    (folder / "submissions").mkdir()
    finding = found("hidden", "submissions")
    assert finding["state"] == "good"
    assert {str(folder), str(folder / "build"), str(folder / "submissions")} <= set(
        finding["said"].removeprefix("a notebook sees nothing of ").split(", ")
    )


@pytest.mark.sealed
def test_a_folder_that_a_notebook_would_see_is_bad(folder):
    libraries = sysconfig.get_path("purelib")
    finding = found("hidden", libraries)
    assert finding["state"] == "bad"
    assert libraries in finding["said"]
    assert run(libraries).exit_code == 1


@pytest.mark.parametrize(
    ("name", "version", "state", "advice"),
    [
        ("nbgrader", None, "bad", doctor._INSTALL),
        ("otter-grader", "6.1.0", "weak", "pip install otter-grader==7.0.0"),
        ("torch", None, "weak", doctor._INSTALL),
    ],
)
def test_packages_are_missed(name, version, state, advice, folder, monkeypatch):
    real = doctor._version
    monkeypatch.setattr(doctor, "_version", lambda n: version if n == name else real(n))
    finding = found(name)
    assert (finding["state"], finding["advice"]) == (state, advice)
    assert run().exit_code == (1 if state == "bad" else 0)


def test_a_missing_dependency_is_named(folder, monkeypatch):
    real = doctor._version
    monkeypatch.setattr(doctor, "_version", lambda n: None if n in ("msgpack", "jinja2") else real(n))
    assert found("packages")["said"] == "msgpack, jinja2 missing"
    assert run().exit_code == 1


def test_alembic_is_missed(folder, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    assert found("alembic")["state"] == "bad"


def test_another_python_is_named(folder, monkeypatch):
    monkeypatch.setattr(doctor, "PYTHONS", ((3, 98), (3, 99)))
    finding = found("Python")
    assert (finding["state"], finding["advice"]) == ("bad", "use Python 3.98 to 3.99")
    assert finding["said"] == sys.version.split()[0]


def test_a_full_disk_is_named(folder, monkeypatch):
    monkeypatch.setattr(doctor, "ROOM", 2**62)
    assert found("disk")["state"] == "weak"


def test_nothing_built(folder):
    finding = found("assignments", "--build-dir", "elsewhere")
    assert (finding["state"], finding["said"]) == ("bad", "none is built in elsewhere")
    assert run("--build-dir", "elsewhere").exit_code == 1


def test_a_master_that_was_not_built(folder):
    (folder / "solutions" / "hw1").mkdir(parents=True)
    (folder / "solutions" / "hw1" / "hw1.py").write_text("")
    finding = found("assignments")
    assert (finding["state"], finding["advice"]) == ("weak", "autograder build hw1")


@pytest.mark.parametrize("spoilt", ["{", "[]", "{}"])
def test_a_spoilt_manifest(spoilt, folder):
    (folder / "build" / "tiny" / "manifest.json").write_text(spoilt)
    finding = found("tiny")
    assert (finding["state"], finding["advice"]) == ("bad", "autograder build tiny")


def test_tests_that_are_gone(folder):
    (folder / "build" / "tiny" / "tests" / "q2.py").unlink()
    assert found("tiny")["said"] == "no tests of q2"
    assert run().exit_code == 1
