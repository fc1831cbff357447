"""The instructor's guide, tried as its reader would: every command, in order, in a fresh copy of the course.

The environment and the build of this checkout are used again, because making them takes minutes: the copy's
``.venv`` leads to the one that runs these tests, and ``build/hw3`` is copied where the guide has it built.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from autograder.assignment import load
from autograder.release.build import what_it_gives
from tests.book import formgrader, guide
from tests.book.guide import Command, Written
from tests.support import ROOT

pytestmark = pytest.mark.sealed

SECONDS = 180  # for one command on a busy machine
# What the newcomer gives in the formgrader: points and a comment for q14.
GIVEN = {
    "perfect": ("5", ""),
    "stride-ignored": ("4", "Say what max pooling is good for."),
    "syntax-error": ("3", ""),
}


class Newcomer:
    """Somebody with a fresh copy, who does what the guide says; ``printed`` keeps what each command said."""

    def __init__(self, home: Path, browser: Browser) -> None:
        self.copy, self._browser = home / "cnn-course", browser
        self.printed: dict[Command, str] = {}
        self.ended: dict[Command, int] = {}
        self.environment = {
            **os.environ,
            "PYTHONPATH": f"{self.copy}{os.pathsep}{self.copy / 'src'}",  # not this checkout's
        }

    def does(self, step: Command | Written) -> None:
        """Type a command, or write a file."""
        if isinstance(step, Written):
            (self.copy / step.name).write_text(step.content, encoding="utf-8")
            return
        stand_in = next((act for start, act in STAND_INS.items() if step.line.startswith(start)), None)
        if stand_in:
            self.printed[step], self.ended[step] = stand_in(self, step), 0
            return
        said = subprocess.run(
            ["bash", "-c", f"source .venv/bin/activate && {step.line}"],
            cwd=self.copy,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            text=True,
        )
        self.printed[step], self.ended[step] = said.stdout, said.returncode

    @contextlib.contextmanager
    def has_running(self, line: str) -> Iterator[None]:
        """Keep a program running in another terminal, and end it with all that it started."""
        command = ["bash", "-c", f"source .venv/bin/activate && exec {line}"]
        quiet = subprocess.DEVNULL
        program = subprocess.Popen(
            command, cwd=self.copy, env=self.environment, stdout=quiet, stderr=quiet, start_new_session=True
        )
        try:
            yield
            assert program.poll() is None, f"ended by itself: {line}"
        finally:
            program.terminate()
            program.wait(30)

    def clones(self, step: Command) -> str:
        """Copy what a commit of the working tree would hold; the working tree is what is tested."""
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (self.copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.copy / name)
        (self.copy / ".venv").symlink_to(sys.prefix)
        return ""

    def asks_make(self, step: Command) -> str:
        """See that the target is there, and that the environment has what the guide goes on with."""
        subprocess.run(["make", "-n", *step.line.split()[1:]], cwd=self.copy, check=True, capture_output=True)
        assert (self.copy / ".venv/bin/autograder").exists()
        return ""

    def is_there(self, step: Command) -> str:
        """Every command is run in the copy, after `source .venv/bin/activate`."""
        assert (self.copy / ".venv/bin/activate").is_file()
        return ""

    def builds(self, step: Command) -> str:
        """Take over this checkout's build; tests/assignments try `autograder build` itself."""
        name = step.line.split()[-1]
        shutil.copytree(ROOT / "build" / name, self.copy / "build" / name, dirs_exist_ok=True)
        wrote = (f"assignments/{name}", f"build/{name}", f"src/coursekit/assignments/{name}.json")
        assert all((self.copy / path).exists() for path in wrote)
        lines = [f"{name}: wrote {path}" for path in wrote]
        return "\n".join([*lines, f"{name}: {what_it_gives(load(name, self.copy / 'build'))}"])

    def reads_answers(self, step: Command) -> str:
        """Start Jupyter with the guide's line, click as it says, give everybody who waits their points."""
        with formgrader.started(step.line, self._environment_of_shell(), self.copy) as address:
            tab = formgrader.submissions(self._browser.new_page(), address)
            listed, found = tab.url, formgrader.waiting(tab)
            assert sorted(found) == sorted(GIVEN)
            for student in found:
                formgrader.opened(tab, student)
                formgrader.give(tab, *GIVEN[student])
                tab.goto(listed)
            tab.close()
        return ""

    def _environment_of_shell(self) -> Mapping[str, str]:
        return self.environment | {"PATH": f"{self.copy / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}


# Lines that a test cannot type as they stand, and what it does in their place.
STAND_INS: dict[str, Callable[[Newcomer, Command], str]] = {
    "git clone ": Newcomer.clones,
    "cd cnn-course": Newcomer.is_there,
    "make env": Newcomer.asks_make,
    "make system": Newcomer.asks_make,
    "make check": Newcomer.asks_make,
    "source .venv/bin/activate": Newcomer.is_there,
    "autograder build hw3": Newcomer.builds,
    "(cd graded && jupyter lab": Newcomer.reads_answers,
}
STEPS = [step for page in guide.ORDER for step in guide.read(page)]
COMMANDS = [step for step in STEPS if isinstance(step, Command)]


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Newcomer:
    """Somebody who has read the guide to its end and done everything."""
    assert (ROOT / "build/hw3/manifest.json").exists(), "build the assignments first: make assignments"
    reader = Newcomer(tmp_path_factory.mktemp("newcomer"), browser)
    for step in STEPS:
        reader.does(step)
    return reader


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_a_command_does_what_the_page_shows(newcomer: Newcomer, command: Command) -> None:
    printed = newcomer.printed[command]
    assert newcomer.ended[command] == 0, printed
    assert guide.difference(command.shown, printed) == "", printed


def test_every_stand_in_is_of_use() -> None:
    lines = [command.line for command in COMMANDS]
    assert [start for start in STAND_INS if not any(line.startswith(start) for line in lines)] == []


def test_the_files_that_the_guide_speaks_of_are_there(newcomer: Newcomer) -> None:
    for name in ("index.html", "report.html", "gradebook.db", "grades.csv", "feedback/perfect.html"):
        assert (newcomer.copy / "graded" / name).stat().st_size > 0
    page = (newcomer.copy / "graded/feedback/stride-ignored.html").read_text(encoding="utf-8")
    assert GIVEN["stride-ignored"][1] in page


def test_the_lines_for_dask_grade_a_class(newcomer: Newcomer) -> None:
    """Those of the page, with an address of this machine, a port that is free, and one notebook."""
    text = (guide.PAGES / "larger-classes.md").read_text(encoding="utf-8")
    scheduler, worker, grade = re.findall(r"^```text\n((?:dask|autograder) .+)$", text, re.MULTILINE)
    (newcomer.copy / "one").mkdir()
    shutil.copy(newcomer.copy / "handed-in/perfect.ipynb", newcomer.copy / "one")
    port = formgrader.free_port()
    for ours, here in (
        ("tcp://head:8786", f"tcp://127.0.0.1:{port}"),
        ("handed-in", "one"),
        ("--out graded", "--out by-dask"),
    ):
        worker, grade = worker.replace(ours, here), grade.replace(ours, here)
    local = f"{scheduler} --host 127.0.0.1 --port {port} --no-dashboard"
    step = Command("larger-classes", grade, ())
    with newcomer.has_running(local), newcomer.has_running(worker):
        newcomer.does(step)
    assert newcomer.ended[step] == 0, newcomer.printed[step]
    assert ": 1 graded." in newcomer.printed[step]


def test_the_formgrader_has_the_words_that_the_page_bids_click() -> None:
    """The names by which `tests/book/formgrader.py` finds its way are those in the guide."""
    text = (guide.PAGES / "ten-minutes.md").read_text(encoding="utf-8")
    driver = Path(formgrader.__file__).read_text(encoding="utf-8")
    for words in ("Manual Grading", "hw3", "Submission #1"):
        assert f"**{words}**" in text
        assert words in driver


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (("a 1", "b"), "a 1\nb\n", True),
        (("a …", "b"), "a 17 s\nb", True),
        (("a …", "b"), "a 17 s\nc\nb", False),
        (("a", "…", "b"), "a\nx\ny\nb", True),
        (("a",), "a\nb", False),
        ((), "anything", False),
        ((), "", True),
    ],
)
def test_the_comparison_sees_what_differs(shown: tuple[str, ...], printed: str, same: bool) -> None:
    assert (guide.difference(shown, printed) == "") is same


def test_a_page_is_read_in_order() -> None:
    text = "```console\n$ one\nsaid\n$ two\n```\n\n```{code-block} toml\n:caption: a.toml\n\nx = 1\n```\n"
    assert guide.steps("p", text) == [
        Command("p", "one", ("said",)),
        Command("p", "two", ()),
        Written("p", "a.toml", "x = 1\n"),
    ]


def test_no_command_stands_where_no_test_reads_it() -> None:
    for page in guide.ORDER:
        text = (guide.PAGES / f"{page}.md").read_text(encoding="utf-8")
        assert not re.findall(r"^```(?:bash|sh|shell)\b", text, re.MULTILINE)
