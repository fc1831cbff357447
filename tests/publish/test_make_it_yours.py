"""The page "make this course yours", followed line by line in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.book import guide
from tests.book.guide import Command, Written
from tests.publish.conftest import PRINTED, PUBLISHED
from tests.support import ROOT
from tools.publish import cli, secrecy

pytestmark = pytest.mark.site
STEPS = guide.read("make-it-yours")
COMMANDS = [step for step in STEPS if isinstance(step, Command)]
COPIED = (
    "_config.yml",
    "pyproject.toml",
    "CITATION.cff",
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "requirements.txt",
)
LINKED = {"_build", "autograder", "benchmarks", "assignments", "solutions", "src", *PUBLISHED} - {*COPIED}
SECONDS = 120
WHOLE = cli.publish


class Teacher:
    """Somebody who has the authors' repository, and does what the page says."""

    def __init__(self, home: Path, looked: secrecy.Search) -> None:
        self.copy, self.looked = home / "course", looked
        self.copy.mkdir()
        for name in LINKED:
            (self.copy / name).symlink_to(ROOT / name)
        for name in COPIED:
            shutil.copy(ROOT / name, self.copy)
        for name in ("book", "tools"):
            shutil.copytree(ROOT / name, self.copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        who = "git config user.name Ada && git config user.email ada@example.edu"
        self.types(f"git init -q && {who} && git add -A && git commit -qm start")

    def types(self, line: str) -> str:
        """Type a line into a shell, and return what is printed."""
        said = subprocess.run(
            ["bash", "-c", line], cwd=self.copy, env=os.environ, timeout=SECONDS, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert said.returncode == 0, f"{line}:\n{said.stdout}"
        return said.stdout

    def makes(self, line: str) -> str:
        """See that `make` knows the targets; what they do takes minutes, and other tests try it."""
        return self.types(f"make -n {line.partition(' ')[2]} PYTHON={sys.executable} > /dev/null")

    def publishes(
        self, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> str:
        """Run what `make publish` would, with one chapter of the PDF; the book is the one built here."""
        asked = dict(re.findall(r"(\w+)=(\S+)", line))
        whole, table = WHOLE, self.copy / "tools/publish/releases.toml"
        monkeypatch.setattr(cli, "ROOT", self.copy)
        monkeypatch.setattr(
            cli,
            "publish",
            lambda *a, **k: whole(*a, **{**k, "table": table, "entries": PRINTED, "looked": self.looked}),
        )
        monkeypatch.chdir(self.copy)
        arguments = [asked["DEST"], *(["--date", asked["DATE"]] if "DATE" in asked else [])]
        assert cli.main(arguments) == 0, capsys.readouterr().err
        return capsys.readouterr().out


def test_the_page_is_followed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    search: secrecy.Search,
) -> None:
    teacher = Teacher(tmp_path, search)
    assert len(COMMANDS) > 8
    differences: list[str] = []
    for step in STEPS:
        if isinstance(step, Written):
            (teacher.copy / step.name).write_text(step.content, encoding="utf-8")
            continue
        act: Callable[[str], str] = teacher.types
        if step.line.startswith("make publish"):
            act = lambda line: teacher.publishes(line, monkeypatch, capsys)  # noqa: E731
        elif step.line.startswith("make"):
            act = teacher.makes
        printed = act(step.line)
        if step.shown and (wrong := guide.difference(step.shown, printed)):
            differences.append(f"{step.line}:\n{wrong}")
    assert differences == []
    public = tmp_path / "seeing"
    assert "https://github.com/ada/seeing" in (public / "CITATION.cff").read_text(encoding="utf-8")
    assert list(public.rglob("*hw6*")) == []


def test_the_page_names_what_is_there() -> None:
    text = (guide.PAGES / "make-it-yours.md").read_text(encoding="utf-8")
    for name in re.findall(r"`((?:tools|\.github)/[\w/.-]+)`", text):
        assert (ROOT / name).is_file(), name
    workflow = (ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8")
    for name in ("PUBLIC_KEY", "PUBLIC_REPOSITORY"):
        assert name in text
        assert name in workflow
