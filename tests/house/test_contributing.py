"""CONTRIBUTING.md, followed from a fresh clone by the file alone: every line behind a `$`, in order."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.book import guide
from tests.book.guide import Command
from tests.house import fresh
from tests.house.fresh import Clone
from tests.support import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.site, pytest.mark.sealed]

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COMMANDS = [step for step in guide.steps("CONTRIBUTING", TEXT) if isinstance(step, Command)]
# Lines whose work the fixture has done already, with what must be true instead.
DONE = {
    "git clone ": "test -d .git",
    "cd cnn-course": "test -f Makefile",
    "make env": "make -n env",
    "source .venv/bin/activate": "source .venv/bin/activate",
    "make book": "make -n book && test -d _build/executed",
    "make hooks": "make -s -o .venv/.ready hooks",  # not the environment again
}


@pytest.fixture(scope="module")
def newcomer(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Clone, dict[Command, subprocess.CompletedProcess[str]]]:
    """Somebody who has typed every line, and what each of them came to."""
    clone = fresh.clone(tmp_path_factory.mktemp("newcomer"))
    shutil.copytree(ROOT / "_build/executed", clone.root / "_build/executed")  # what `make book` ran here
    typed = {}
    for command in COMMANDS:
        line = next(
            (instead for begins, instead in DONE.items() if command.line.startswith(begins)), command.line
        )
        typed[command] = clone.shell(line)
    return clone, typed


@pytest.mark.parametrize("command", COMMANDS, ids=str)
def test_a_line_does_what_the_page_shows(
    newcomer: tuple[Clone, dict[Command, subprocess.CompletedProcess[str]]], command: Command
) -> None:
    done = newcomer[1][command]
    assert done.returncode == 0, done.stdout[-3000:]
    if not command.line.startswith(tuple(list(DONE)[:5])):
        assert guide.difference(command.shown, done.stdout) == "", done.stdout[-3000:]
    if " pytest " in command.line:
        passed = re.search(r"(\d+) passed", done.stdout)
        assert passed, done.stdout[-2000:]
        assert " failed" not in done.stdout


def test_each_walk_takes_about_ten_lines() -> None:
    for kind in ("chapter", "layer", "figure", "assignment"):
        section = re.search(rf"^## An? {kind}\n(.*?)(?=^## )", TEXT, re.MULTILINE | re.DOTALL)
        assert section, kind
        lines = [line for line in section[1].splitlines() if line.strip() and not line.startswith("```")]
        assert 4 <= len(lines) <= 15, (kind, len(lines))
        assert "](book/instructors/writing-" in section[1], "and leads to the long guide"


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([\w./-]+)\)", TEXT)
    assert len(links) >= 7
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_target_and_tool_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"`?make ([a-z-]+)", TEXT)) - {"it"}
    assert {"env", "hooks", "preview", "check", "format", "book", "test", "help", "lock"} <= targets
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, re.MULTILINE)] == []
