"""The Tab key: the script that the command prints, at work in real shells."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.group import autograder
from tests.autograder import tiny

# As bash does on Tab: the words of the line, the number of the last, and the command's own function.
PRESS_TAB = """
source ./script
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
compopt() { printf 'compopt %s %s\\n' "$1" "$2"; }
"$(complete -p autograder | sed 's/.*-F \\([^ ]*\\).*/\\1/')" autograder
printf '%s\\n' "${COMPREPLY[@]}"
"""


def script(shell: str) -> str:
    said = CliRunner().invoke(autograder, ["completion", shell], prog_name="autograder")
    assert said.exit_code == 0, said.output
    return said.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with an assignment built, two masters, results, and the script to be sourced."""
    home = tmp_path_factory.mktemp("completion")
    tiny.assignment(home / "build")
    for name in ("hw3", "hw4"):
        (home / "solutions" / name).mkdir(parents=True)
        (home / "solutions" / name / f"{name}.py").write_text("")
    for name in ("autumn", "spring"):
        (home / "classes" / name).mkdir(parents=True)
        (home / "classes" / name / "grades.csv").write_text("")
    (home / "classes" / "notes").mkdir()
    (home / "solutions/terms.toml").write_text('[terms]\n2026-fall = "a"\n2027-spring = "b"\n')
    (home / "script").write_text(script("bash"))
    return home


def tab(folder: Path, *words: str) -> list[str]:
    """Return what bash offers when Tab is pressed after these words."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", PRESS_TAB, "bash", "autograder", *words],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("gr",), ["grade", "gradescope"]),
        (("grade", "t"), ["tiny"]),
        (("grade", "h"), [""]),  # a master that is not built cannot be graded
        (("build", "hw3", "h"), ["hw3", "hw4"]),
        (("show", "classes/"), ["classes/autumn", "classes/spring"]),
        (("regrade", "tiny", "classes/s"), ["classes/spring"]),
        (("show", "cl"), ["compopt -o dirnames", ""]),
        (("grade", "tiny", "in", "--tier", ""), ["auto", "bubblewrap", "process"]),
        (("exchange", "re"), ["release", "return"]),
        (("exchange", "release", "t"), ["tiny"]),
        (("build", "hw3", "--term", ""), ["2027-spring", "2026-fall", "master"]),
    ],
)  # fmt: skip
def test_bash_offers(words, offered, folder):
    assert sorted(tab(folder, *words)) == sorted(offered)


def test_a_build_elsewhere_is_looked_at(folder):
    (folder / "build").rename(folder / "elsewhere")
    try:
        assert tab(folder, "grade", "t") == [""]
        assert tab(folder, "grade", "--build-dir", "elsewhere", "t") == ["tiny"]
    finally:
        (folder / "elsewhere").rename(folder / "build")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_can_read_its_script(shell, tmp_path):
    path = tmp_path / "script"
    path.write_text(script(shell))
    assert "_AUTOGRADER_COMPLETE" in path.read_text()
    if shutil.which(shell):
        assert subprocess.run([shell, "-n", path]).returncode == 0
    else:
        assert shell != "bash"


def test_another_shell_is_refused():
    said = CliRunner().invoke(autograder, ["completion", "cmd"], prog_name="autograder")
    assert said.exit_code == 2
    assert "'cmd' is not one of 'bash', 'zsh', 'fish'" in said.output


def test_completing_does_not_change_what_commands_take(folder, monkeypatch):
    monkeypatch.chdir(folder)
    said = CliRunner().invoke(autograder, ["grade", "hw9", "in", "--out", "out"], prog_name="autograder")
    assert "in build/hw9: run `autograder build hw9`" in said.output
