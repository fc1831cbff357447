"""Make the pictures of the instructor's guide from the sample class, actually graded.

``python tools/make_screenshots.py [OUT]`` writes book/_static/instructors/*.png. OUT is the sample class as
graded (``make sample-class`` does it). It needs Chromium, from the system or named by ``CHROMIUM``.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.book import formgrader  # noqa: E402 - found through the lines above
from tools import chromium  # noqa: E402

SAMPLE = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "build/sample-class/hw3"
HANDED_IN = ROOT / "tests/sample_class/hw3/submissions"
COMPARED = ("perfect", "stride-ignored", "partly-right", "stack-walker", "syntax-error")  # those of the guide
TARGET = ROOT / "book/_static/instructors"
WIDTH, HEIGHT = 860, 540  # at twice the density, and about what a column of the book shows
WIDE, WIDER = 1000, 1160  # for wide tables, and for the class list, which has a column per question
COLOURS = 64  # enough for text in a few inks; a quarter of the bytes
MOST_BYTES = 120_000
ANSWERS = "perfect"  # whose written answer is shown in the formgrader


def save(name: str, png: bytes) -> None:
    """Write a picture with few colours, and refuse a large one."""
    buffer = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(buffer, "PNG", optimize=True)
    if buffer.tell() > MOST_BYTES:
        raise SystemExit(
            f"{name}.png has {buffer.tell()} bytes, more than {MOST_BYTES}: show less of the page"
        )
    (TARGET / f"{name}.png").write_bytes(buffer.getvalue())
    print(f"{name}.png  {buffer.tell() // 1000} kB")


def new_tab(browser: Browser, width: int = WIDTH) -> Page:
    """Open a light page."""
    size = {"width": width, "height": HEIGHT}
    return browser.new_page(viewport=size, device_scale_factor=2, color_scheme="light")  # type: ignore[arg-type]


def page_of(
    browser: Browser, path: Path, prepare: Callable[[Page], None] | None = None, width: int = WIDTH
) -> bytes:
    """Take a picture of the top of one of the grader's pages, or of where ``prepare`` scrolls to."""
    tab = new_tab(browser, width)
    tab.goto(path.as_uri())
    if prepare:
        prepare(tab)
    taken = tab.screenshot()
    tab.close()
    return taken


def autograder(*arguments: str) -> None:
    """Run a command of the grader, quietly."""
    program = Path(sys.executable).with_name("autograder")
    subprocess.run([program, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def similar_page(folder: Path) -> Path:
    """Compare the few notebooks of the sample class that the guide shows, and return the page."""
    path, few = folder / "similar.html", folder / "few"
    few.mkdir()
    for name in COMPARED:
        shutil.copy(HANDED_IN / f"{name}.ipynb", few)
    autograder("similar", "hw3", str(few), "--to", str(path))
    return path


def answer(browser: Browser, folder: Path) -> bytes:
    """Take a picture of a written answer in the formgrader, in a copy of the sample class's results."""
    results = shutil.copytree(SAMPLE, folder / "graded")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = "jupyter lab --LabApp.default_url=/formgrader"
    with formgrader.started(command, os.environ | {"PATH": path}, results) as address:
        tab = formgrader.submissions(new_tab(browser, WIDE), address)
        formgrader.opened(tab, ANSWERS)
        tab.evaluate("window.scrollBy(0, document.querySelector('#q14').getBoundingClientRect().top - 140)")
        tab.wait_for_timeout(500)
        taken = tab.screenshot()
        tab.close()
    return taken


def main() -> None:
    """Make all pictures."""
    if not (SAMPLE / "report.html").exists():
        autograder("report", str(SAMPLE))
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        save("class", page_of(browser, SAMPLE / "index.html", width=WIDER))
        save("report", page_of(browser, SAMPLE / "report.html"))
        save("feedback", page_of(browser, SAMPLE / "feedback/stride-ignored.html", _to_the_failed_test))
        save("similar", page_of(browser, similar_page(Path(folder)), _to_the_pairs, WIDE))
        save("formgrader", answer(browser, Path(folder)))
        browser.close()


def _to_the_failed_test(tab: Page) -> None:
    tab.evaluate("document.querySelector('section.question li.failed').scrollIntoView({block: 'center'})")


def _to_the_pairs(tab: Page) -> None:
    tab.evaluate("document.querySelector('#pairs').scrollIntoView()")


if __name__ == "__main__":
    main()
