"""The preview of one page: built alone, built again when it is saved, and told to the browser."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.book import formgrader, tiny
from tests.support import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import preview_book

TOOLS = ("preview.py", "preview_book.py", "build_book.py")
SECONDS = 120  # for one build on a busy machine


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A book of two chapters with the tools beside it."""
    tiny.make(tmp_path)
    (tmp_path / "tools").mkdir()
    for name in TOOLS:
        shutil.copy(ROOT / "tools" / name, tmp_path / "tools")
    return tmp_path


@contextlib.contextmanager
def running(course: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Start the preview of the second chapter as an author does, in a terminal of its own."""
    process = subprocess.Popen(
        [sys.executable, "tools/preview.py", tiny.SECOND, "--port", str(port)],
        cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def asked(course: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command where it has to end by itself."""
    return subprocess.run(
        [sys.executable, "tools/preview.py", *words],
        cwd=course,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )


@pytest.mark.slow
def test_a_page_is_built_broken_mended_and_shown_each_time(course: Path, browser: Browser) -> None:
    page, port = course / "book" / f"{tiny.SECOND}.md", formgrader.free_port()
    expect.set_options(timeout=SECONDS * 1000)
    tab = browser.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    try:
        with running(course, port) as preview:
            assert preview.stdout
            assert f"http://127.0.0.1:{port}/" in preview.stdout.readline()
            tab.goto(f"http://127.0.0.1:{port}/", wait_until="domcontentloaded")
            expect(tab.locator("article")).to_contain_text("Begin with the question")
            expect(tab.locator("#preview-problem")).to_have_count(0)
            assert tab.locator("article a", has_text="First").count() > 0, (
                "links have the titles of other pages"
            )

            whole = page.read_text(encoding="utf-8")
            page.write_text(whole.replace("Begin with", "Start with"), encoding="utf-8")
            expect(tab.locator("article")).to_contain_text("Start with the question")

            page.write_text(whole.replace("numbers.sum() / 8", "numbers.sum() / nothing"), encoding="utf-8")
            line = 1 + whole.split("\n").index("numbers = np.arange(4)")
            raised = f"book/one/second.md:{line}: the cell raises NameError: name 'nothing' is not defined"
            expect(tab.locator("#preview-problem")).to_contain_text(raised)
            expect(tab.locator("article")).to_contain_text("Begin with the question")

            page.write_text(whole.replace("numbers.sum() / 8", "numbers.sum() / 16"), encoding="utf-8")
            expect(tab.locator("#preview-problem")).to_have_count(0)
            expect(tab.locator("article")).to_contain_text("0.375")

            os.killpg(preview.pid, signal.SIGINT)  # as Ctrl-C does: to all that the terminal holds
            said, _ = preview.communicate(timeout=30)
            assert preview.returncode == 0, said
            assert said.rstrip().endswith("the preview has ended")
            assert "KeyboardInterrupt" not in said
            with socket.socket() as probe:
                assert probe.connect_ex(("127.0.0.1", port)) != 0, "the port is free again"
        assert wrong == []
    finally:
        tab.close()
        expect.set_options(timeout=5000)


def test_a_page_that_is_not_there_is_named_with_its_neighbours(course: Path) -> None:
    said = asked(course, "one/secnod")
    assert said.returncode == 1
    assert said.stderr.strip() == "preview: there is no page one/secnod; did you mean one/second?"
    (course / "book/one/third.md").write_text("# Third\n", encoding="utf-8")
    said = asked(course, "one/third")
    assert "book/one/third.md stands in no part of book/_toc.yml" in said.stderr
    assert said.returncode == 1


def test_a_port_in_use_is_said_with_another(course: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = asked(course, tiny.SECOND, "--port", str(port))
    assert said.returncode == 1
    assert f"port {port} cannot be used (Address already in use)" in said.stderr
    assert f"make preview PAGE=one/second PORT={port + 1}" in said.stderr


@pytest.mark.slow
def test_only_what_the_page_itself_has_wrong_is_said(course: Path) -> None:
    """A label of another page is unknown to the small book, and known to the whole one."""
    folder, book = course / "_build" / "preview", course / "book"
    page = book / f"{tiny.SECOND}.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("Begin with", "{numref}`fig-first` {numref}`fig-gone` Begin"), encoding="utf-8"
    )
    code = "import preview_book; from pathlib import Path\n"
    code += (
        f"print(preview_book.build(Path({str(course)!r}), {tiny.SECOND!r}, Path({str(folder)!r})).problem)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=course / "tools", capture_output=True, text=True, timeout=SECONDS
    )
    assert "fig-gone" in run.stdout, run.stderr[-2000:]
    assert "book/one/second.md:" in run.stdout
    assert "fig-first" not in run.stdout


def test_the_bibliography_of_a_page_holds_what_it_cites() -> None:
    found = preview_book.cited(ROOT / "book", "See {cite:t}`goodfellow2016deep` and {cite}`none`.")
    assert found.count("\n@") + found.startswith("@") == 1
    assert "goodfellow2016deep" in found


@pytest.mark.slow
def test_a_page_can_be_built_once(course: Path) -> None:
    page = course / "book" / f"{tiny.SECOND}.md"
    said = asked(course, tiny.SECOND, "--once")
    assert said.returncode == 0, said.stdout + said.stderr
    made = course / "_build/preview/_build/html/one/second.html"
    assert f"one/second: {made.relative_to(course)} is built" in said.stdout
    assert "Begin with the question" in made.read_text(encoding="utf-8")
    page.write_text(
        page.read_text(encoding="utf-8").replace("sum() / 8", "sum() / nothing"), encoding="utf-8"
    )
    said = asked(course, tiny.SECOND, "--once")
    assert said.returncode == 1
    assert "the cell raises NameError" in said.stdout
