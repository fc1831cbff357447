"""A student in JupyterLab: fetches a homework in the Assignment List, answers, submits, fetches feedback.

Everything is clicked and typed in a browser, in the notebook that students get.
"""

import csv
import getpass
import json
import re
import shutil
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from autograder.release import master, variants
from coursekit._cells import question_of
from tests.autograder import hub
from tests.autograder.hub import Hub
from tests.book.formgrader import free_port, until_it_answers
from tests.support import ROOT, built

pytestmark = pytest.mark.sealed

NAME = "hw1"
ANSWERED = "q1"
PATIENCE = 60_000
"""Milliseconds in which JupyterLab does what it is asked, on a machine that does other things too."""


SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # each cell has its place in the page
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


class Trip:
    """What a student saw on the way of a homework from the list to the feedback."""

    def __init__(self, place: Hub, browser: Browser) -> None:
        self.hub = place
        self.home = place.of(place.teacher)
        shutil.copytree(built(NAME).folder, self.home / "build" / NAME)
        place.autograder("exchange", "release", NAME)
        _settle(place)
        port, log = free_port(), place.home / "lab.log"
        address = f"http://127.0.0.1:{port}"
        served = (
            f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
            f"--ServerApp.root_dir={place.of(place.ann)}", "--no-browser", "--allow-root",
        )  # fmt: skip
        with place.serves(place.ann, log, sys.executable, "-m", "jupyterlab", *served) as server:
            until_it_answers(f"{address}/api", server)
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            try:
                self._as_student(page, f"{address}/lab")
            finally:
                context.close()
            self.log = log.read_text()

    def _as_student(self, page: Page, address: str) -> None:
        page.goto(address)
        page.get_by_role("menuitem", name="Nbgrader").click()
        page.get_by_role("menuitem", name="Assignment List").click()
        page.locator("#released_assignments_list").get_by_role("button", name="Fetch").click()
        fetched = page.locator("#fetched_assignments_list")
        fetched.get_by_text(NAME, exact=True).first.click()
        fetched.get_by_role("link", name=NAME).last.click()
        self._answers(page)
        page.get_by_role("tab", name="Assignments").click()
        fetched.get_by_role("button", name="Submit").click()
        submitted = page.locator("#submitted_assignments_list")
        expect(submitted.get_by_text(NAME, exact=True).first).to_be_visible(timeout=PATIENCE)
        self._is_graded()
        page.locator("#refresh_assignments_list").click()
        submitted.get_by_text(NAME, exact=True).first.click()
        submitted.get_by_role("button", name="Fetch Feedback").click()
        submitted.get_by_text("(view feedback)").click()
        page.locator(".jp-DirListing-item", has_text=f"{NAME}.html").dblclick()
        feedback = page.frame_locator(".jp-HTMLViewer iframe")
        expect(feedback.get_by_role("heading", name="Questions")).to_be_visible(timeout=PATIENCE)
        self.feedback = feedback.locator("body").inner_text()

    def _answers(self, page: Page) -> None:
        """Run the notebook to the first question's check, with the answer in the place of the blanks."""
        expect(page.get_by_role("heading", name=re.compile("^Homework 1"))).to_be_visible(timeout=PATIENCE)
        (path,) = self.hub.of(self.hub.ann).rglob(f"{NAME}.ipynb")
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        self.told, last = [], 1 + _place(cells, f'grader.check("{ANSWERED}")')
        blanks = [place for place in range(last) if question_of(cells[place]) == ANSWERED]
        own = variants.own_answers(master.read(NAME, ROOT))[ANSWERED]
        texts = dict.fromkeys(blanks, "") | {blanks[0]: own}
        for place, cell in enumerate(cells[:last]):
            if cell["cell_type"] == "code":
                self.told.append(_runs(page.locator(".jp-Notebook .jp-Cell").nth(place), texts.get(place)))
        page.keyboard.press("Control+s")
        expect(page.locator(".lm-TabBar-tab.jp-mod-dirty")).to_have_count(0, timeout=PATIENCE)

    def _is_graded(self) -> None:
        self.hub.autograder("exchange", "collect", NAME, "--to", "in")
        self.hub.autograder("grade", NAME, "in", "--out", "out", sealed=True)
        self.hub.autograder("feedback", "out", sealed=True)
        self.hub.autograder("exchange", "return", "out")
        with (self.home / "out/grades.csv").open(encoding="utf-8-sig") as file:
            (self.row,) = csv.DictReader(file)


def _settle(place: Hub) -> None:
    """Write the student's settings of JupyterLab."""
    home = place.of(place.ann) / ".jupyter"
    for name, settings in SETTINGS.items():
        path = home / f"lab/user-settings/@jupyterlab/{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")
    if place.real:
        for path in [home, *home.rglob("*")]:
            shutil.chown(path, place.ann)


def _place(cells: list[dict], text: str) -> int:
    (place,) = (k for k, cell in enumerate(cells) if "".join(cell["source"]) == text)
    return place


def _runs(cell: Locator, text: str | None) -> str:
    """Run a cell, with another text in it if one is given, and return what is shown below it."""
    editor = cell.locator(".cm-content")
    editor.click()
    if text is not None:
        editor.press("Control+a")
        editor.press("Delete")
        cell.page.keyboard.insert_text(text)
    editor.press("Control+Enter")
    if text != "":
        expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=PATIENCE)
    return cell.locator(".jp-Cell-outputArea").inner_text()


@pytest.fixture(scope="module")
def trip(browser: Browser) -> Iterator[Trip]:
    """The trip, by a user of their own where that can be."""
    with hub.opened(real=hub.able()) as place:
        yield Trip(place, browser)


def test_the_first_cell_says_what_it_found(trip: Trip) -> None:
    assert re.fullmatch(
        r"cnn-course [\d.]+: Python [\d.]+, numpy [\d.]+, torch \S+, no GPU\.", trip.told[0].strip()
    )


def test_the_check_passes_for_an_answer_that_was_typed(trip: Trip) -> None:
    assert "✓ q1: all 2 public tests passed" in trip.told[-1]


def test_what_was_submitted_with_a_click_is_graded(trip: Trip) -> None:
    student = trip.hub.ann if trip.hub.real else getpass.getuser()
    assert (trip.row["student"], trip.row["status"]) == (student, "graded")
    assert trip.row["submitted"]
    possible = {question.name: question.points for question in built(NAME).graded}
    assert {name: float(trip.row[name]) for name in possible} == {
        name: points if name == ANSWERED else 0 for name, points in possible.items()
    }


def test_the_feedback_page_opens_in_jupyterlab(trip: Trip) -> None:
    assert f"{trip.row['score']} of {trip.row['possible']} points" in trip.feedback
    assert "q2 · The layer as matrix products" in trip.feedback


def test_the_server_had_nothing_to_complain_about(trip: Trip) -> None:
    """Errors of the server, such as of the extension that students click in."""
    assert [line for line in trip.log.splitlines() if line.startswith(("[E", "[C"))] == []
