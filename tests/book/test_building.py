"""The build of the book: what runs again, what is read again, and what a failure leaves behind."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sphinx.errors import ExtensionError

from tests.book import tiny
from tests.book.saved import Book
from tests.support import ROOT

sys.path.insert(0, str(ROOT / "book" / "_ext"))

import chapter_sources
import light_pages

BUILDER = tiny.tool("build_book")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package `convnet` of a few modules, in the place of the real one."""
    files = {
        "__init__.py": "",
        "plain/__init__.py": "from convnet.plain.convolution import conv2d\nfrom .pooling import pool\n",
        "plain/convolution.py": "from convnet.plain._windows import windows\n\n\ndef conv2d(): ...\n",
        "plain/pooling.py": "def pool(): ...\n",
        "plain/_windows.py": "def windows(): ...\n",
        "nn.py": "from .plain import pool\n",
        "pictures.py": 'NAME = "quiz.js"\n',
        "_widgets/quiz.js": "",
        "_widgets/other.js": "",
    }
    for name, text in files.items():
        path = tmp_path / "convnet" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(chapter_sources, "_root", lambda name: tmp_path / name)
    monkeypatch.setattr(chapter_sources, "_tree", chapter_sources._tree.__wrapped__)
    return tmp_path / "convnet"


@pytest.mark.parametrize(
    ("code", "files"),
    [
        ("import numpy as np", []),
        ("from convnet import plain\nplain.conv2d()", ["_windows.py", "convolution.py"]),
        ("from convnet import plain\nplain.pool()", ["pooling.py"]),
        ("from convnet.plain import pool as p", ["pooling.py"]),
        (
            "from convnet import plain\nsource(plain)",
            ["__init__.py", "_windows.py", "convolution.py", "pooling.py"],
        ),
        ("import convnet.plain.pooling", ["pooling.py"]),
        ("%matplotlib inline\nfrom convnet import nn", ["nn.py", "pooling.py"]),
        ("from convnet import pictures", ["pictures.py", "quiz.js"]),
    ],
)
def test_imports_are_followed_to_what_is_used(package: Path, code: str, files: list[str]) -> None:
    assert sorted(path.name for path in chapter_sources.reached([code])) == files


def test_the_digest_changes_with_what_is_reached_and_with_nothing_else(package: Path) -> None:
    code = ["from convnet import plain", "plain.conv2d()"]
    before = chapter_sources.digest(code)
    (package / "plain" / "pooling.py").write_text("def pool(): return 1\n")
    (package / "nn.py").write_text("")
    assert chapter_sources.digest(code) == before
    (package / "plain" / "_windows.py").write_text("def windows(): return 1\n")
    assert chapter_sources.digest(code) != before
    assert chapter_sources.digest([*code, "1"]) != chapter_sources.digest(code)


def test_every_chapter_reaches_the_files_it_shows() -> None:
    """On the real packages: what a chapter imports is found, and not everything is."""
    cells = ["from convnet import plain", "source(plain.max_pool2d)"]
    names = {path.relative_to(ROOT / "src").as_posix() for path in chapter_sources.reached(cells)}
    assert any(name.startswith("convnet/plain/") for name in names)
    assert not any(name.startswith(("convnet/functional/", "convnet/nn/")) for name in names)


def test_a_failing_cell_is_named_with_its_line(tmp_path: Path) -> None:
    made = tiny.make(tmp_path)
    path = made / f"{tiny.SECOND}.md"
    path.write_text(path.read_text().replace("numbers.sum() / 8", "numbers.sum() / nothing"))
    line = 1 + path.read_text().split("\n").index("numbers = np.arange(4)")
    (failure,) = Book(made).run([tiny.SECOND])
    assert f"one/second.md:{line}: the cell raises NameError: name 'nothing' is not defined" in str(failure)
    assert str(failure).count("\n") < 15
    assert Book(made).saved(tiny.SECOND) is None


def test_a_citation_without_an_entry_is_one_line(tmp_path: Path) -> None:
    made = tiny.make(tmp_path)
    assert BUILDER.unknown_citations(tmp_path) == []
    path = made / f"{tiny.SECOND}.md"
    path.write_text(path.read_text() + "\nSee {cite}`foo` and {cite:t}`goodfellow2016deep,bar`.\n")
    line = path.read_text().count("\n")
    assert BUILDER.unknown_citations(tmp_path) == [
        f"book/one/second.md:{line}: no entry `foo` in references.bib",
        f"book/one/second.md:{line}: no entry `bar` in references.bib",
    ]


@pytest.mark.slow
def test_a_book_is_built_changed_broken_and_mended(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = tiny.make(tmp_path)
    page, site = made / f"{tiny.SECOND}.md", tmp_path / "_build" / "html" / "one" / "second.html"
    assert BUILDER.build(tmp_path) == 0, capfd.readouterr()
    assert "homework 3" in site.read_text()
    assert "coursekit.record" not in re.sub(r"<details.*?</details>", "", site.read_text(), flags=re.DOTALL)
    assert "application/vnd" not in site.read_text()
    capfd.readouterr()

    page.write_text(page.read_text().replace("Begin with", "Start with"))
    assert BUILDER.build(tmp_path) == 0
    assert "Start with" in site.read_text()
    assert "0 added, 1 changed" in capfd.readouterr().out, "one page is read again"

    bibliography = made / "references.bib"
    bibliography.write_text(bibliography.read_text() + "\n% a comment\n")
    assert BUILDER.build(tmp_path) == 0
    read = re.findall(r"reading sources\S* .*?\x1b\[35m([\w/-]+)", capfd.readouterr().out)
    assert set(read) <= {"references"}, "a changed bibliography reads no chapter again"

    whole, before = page.read_text(), site.read_text()
    page.write_text(whole.replace("Start with", "{numref}`fig-gone` Start with"))
    for _ in range(2):
        assert BUILDER.build(tmp_path) != 0, "and again, though nothing has changed since"
        assert site.read_text() == before, "the site stays as it was"
    page.write_text(whole.replace("numbers.sum() / 8", "numbers.sum() / nothing"))
    assert BUILDER.build(tmp_path) != 0
    said = capfd.readouterr()
    assert "the cell raises NameError" in said.out + said.err
    assert site.read_text() == before
    page.write_text(whole.replace("Start with", "End with"))
    assert BUILDER.build(tmp_path) == 0
    assert "End with" in site.read_text()


def test_rules_that_no_page_uses_are_left_out() -> None:
    style = '.a{b:url("x;}.png")}@charset "x";.b:is(.c,.d) > p{e:f}'
    style += '@media print{.z{g:h}}.a.z,.a::before{content:"}"}'
    kept = light_pages.used_rules(style, {"a", "b"})
    assert kept.split("\n") == [
        '.a{b:url("x;}.png")}', '@charset "x";', ".b:is(.c,.d) > p{e:f}", '.a::before{content:"}"}'
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "abcabc"])
def test_a_theme_that_has_changed_stops_the_build(text: str) -> None:
    assert light_pages.instead(r"a(b)c", r"\1", "xabcx") == "xbx"
    with pytest.raises(ExtensionError, match=r"the theme has changed; [02] places, not one, match a\(b\)c"):
        light_pages.instead(r"a(b)c", r"\1", text)


def test_one_command_runs_one_page() -> None:
    """The guide tells authors so."""
    command = [sys.executable, "book/_ext/chapter_execution.py", "no/such-page"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode != 0
    assert run.stderr.strip() == "there is no page book/no/such-page.md"
