"""The command as an instructor types it: what it says, what it writes, how it ends."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.sealed import tiers
from tests.autograder import tiny


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A repository with `tiny` built and one submission, as the working folder."""
    monkeypatch.chdir(tmp_path)
    tiny.assignment(tmp_path / "build")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


def test_help_says_what_there_is():
    said = run("--help")
    assert said.exit_code == 0
    for words in (
        "build",
        "grade",
        "Exit codes: 0 done, 1 something failed, 2 wrong call, 3 no such isolation",
    ):
        assert words in said.output
    said = run("grade", "-h").output
    for words in ("--out", "--jobs", "--tier [auto|bubblewrap|process]", "--cell-seconds", "OUT/grades.csv"):
        assert words in said
    assert max(map(len, said.splitlines())) <= 100


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("grade", "hw9", "in", "--out", "out"), "in build/hw9: run `autograder build hw9`"),
        (("grade", "tiny", "nowhere", "--out", "out"), "the submissions' folder nowhere does not exist"),
        (("grade", "tiny", "in/ann.ipynb", "--out", "out"), "in/ann.ipynb is not a folder"),
        (("grade", "tiny", "empty", "--out", "out"), "there is no submission in empty"),
        (("grade", "tiny", "in", "--out", "in"), "--out in lies in the submissions' folder"),
        (("grade", "tiny", "in", "--out", "in/out"), "--out in/out lies in the submissions' folder"),
        (("grade", "tiny", "in", "--out", "in/ann.ipynb"), "--out in/ann.ipynb is not a folder"),
        (("grade", "tiny", "in"), "Missing option '--out'"),
        (("grade", "tiny", "in", "--out", "out", "--jobs", "0"), "Invalid value for '--jobs'"),
        (("grade", "tiny", "in", "--out", "out", "--tier", "docker"), "Invalid value for '--tier'"),
        (("grade", "tiny", "in", "--out", "out", "--cell-seconds", "0"), "Invalid value for"),
        (("show", "empty"), "there is no grades.csv in empty: grade a class with --out empty first"),
        (("build",), "there is no solutions/NAME/NAME.py here"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_explained(arguments, words, folder):
    (folder / "empty").mkdir()
    said = run(*arguments)
    assert said.exit_code == 2
    assert words in " ".join(said.output.split())
    assert not (folder / "out").exists()


def test_a_broken_manifest_is_explained(folder):
    (folder / "build" / "tiny" / "manifest.json").write_text("{")
    said = run("grade", "tiny", "in", "--out", "out")
    assert said.exit_code == 2
    assert "Error: " in said.output


def test_an_unknown_assignment_cannot_be_built(folder):
    (folder / "solutions" / "hw1").mkdir(parents=True)
    (folder / "solutions" / "hw1" / "hw1.py").write_text("")
    said = run("build", "hw2")
    assert said.exit_code == 2
    assert "no assignment 'hw2'; there is hw1" in said.output


def test_a_build_that_fails_says_why(folder):
    (folder / "solutions" / "hw1").mkdir(parents=True)
    (folder / "solutions" / "hw1" / "hw1.py").write_text("# %%\nx = 1\n")
    said = run("build")
    assert said.exit_code == 1
    assert "hw1 was not built: " in said.output


def test_a_tier_that_is_not_there_is_exit_code_3(folder, monkeypatch):
    monkeypatch.setattr(tiers, "why_no_bubblewrap", lambda: "the program bwrap is missing")
    said = run("grade", "tiny", "in", "--out", "out", "--tier", "bubblewrap")
    assert said.exit_code == 3
    assert "the bubblewrap tier is not available: the program bwrap is missing" in said.output


@pytest.mark.sealed
def test_grading_prints_the_table_and_where_to_look(folder):
    (folder / "in" / "bob.ipynb").write_text("{")
    said = run("grade", "tiny", "in", "--out", "out", "--jobs", "1")
    assert said.exit_code == 0, said.output
    lines = said.stdout.splitlines()
    assert lines[2].split() == ["ann", "5", "5", "graded", "3", "2", "–"]
    assert lines[3].split()[:4] == ["bob", "0", "5", "unreadable"]
    assert "2 submissions: 1 graded, 1 unreadable. Mean 5.0, median 5.0 of 5. Isolation: " in said.stdout
    for path in ("out/index.html", "out/grades.csv", "out/gradebook.db"):
        assert path in said.stdout
        assert Path(path).exists()
    assert "q3 in nbgrader's formgrader: cd out && jupyter lab" in said.stdout


@pytest.mark.sealed
def test_show_prints_what_grade_printed(folder):
    graded = run("grade", "tiny", "in", "--out", "out", "--jobs", "1")
    assert graded.exit_code == 0, graded.output
    shown = run("show", "out")
    assert shown.exit_code == 0, shown.output
    assert shown.output == graded.stdout
    assert "ann" in shown.output


def test_a_sheet_of_another_kind_is_refused(folder):
    (folder / "grades.csv").write_text("name,points\nann,3\n")
    said = run("show", ".")
    assert said.exit_code == 2
    assert "grades.csv is not a sheet of `autograder grade`" in said.output


@pytest.mark.sealed
def test_the_weak_tier_is_loud(folder):
    said = run("grade", "tiny", "in", "--out", "out", "--jobs", "1", "--tier", "process")
    assert said.exit_code == 0, said.output
    assert said.stderr.startswith("WARNING: no seal.")
    assert "Isolation: process." in said.stdout
    assert "student code runs with your rights" in Path("out/index.html").read_text()
    assert ",graded,,process," in Path("out/grades.csv").read_text()


@pytest.mark.sealed
def test_a_failure_of_ours_is_exit_code_1(folder):
    (folder / "build" / "tiny" / "tests" / "q2.py").write_text("raise SystemError('broken test file')")
    said = run("grade", "tiny", "in", "--out", "out", "--jobs", "1")
    assert said.exit_code == 1
    assert "Grading itself failed on 1; the tracebacks are in out/log." in said.stderr
    assert "broken test file" in Path("out/log/ann.log").read_text()


def test_the_command_without_its_extra_says_what_to_install():
    block = (
        "import sys; sys.modules['click'] = None; from autograder.cli import main; raise SystemExit(main())"
    )
    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True)
    assert done.returncode == 2
    assert (
        done.stderr
        == "autograder: click is missing; in the course's folder: make env, or pip install '.[grade]'\n"
    )


def test_every_command_says_on_one_whole_line_what_it_does():
    said = CliRunner().invoke(autograder, ["--help"], prog_name="autograder", terminal_width=80)
    lines = said.output.partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in lines] == sorted(autograder.commands), "one line each"
    for line in lines:
        words = line.split(maxsplit=1)[1]
        assert words.endswith((".", "?")), line
        assert not words.endswith(("...", "…")), line
        assert len(line) <= 80


@pytest.mark.parametrize("name", sorted(autograder.commands))
def test_the_help_of_a_command_is_whole_at_eighty_columns(name):
    said = CliRunner().invoke(autograder, [name, "--help"], prog_name="autograder", terminal_width=80)
    assert said.exit_code == 0
    assert max(map(len, said.output.splitlines())) <= 80
    assert "..." not in said.output.partition("\n\n")[2]


def test_the_version_is_that_of_the_distribution():
    said = run("--version")
    assert (said.exit_code, said.output) == (0, f"autograder, version {version('cnn-course')}\n")
