"""Instructors' pages in a browser: sixteen questions fit a laptop, and a phone scrolls no page sideways."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from autograder.assignment import Question
from autograder.pages.refresh import write_lists
from autograder.pages.report import report
from autograder.pages.report_page import report_page
from autograder.records.gradesheet import Row, rows_on_disk
from autograder.records.person import Person
from autograder.records.results import CaseResult, NotebookResult, QuestionResult
from autograder.records.standing import Standing
from autograder.records.store import Conditions, Record
from tests.autograder import tiny

LONG = "cell 12 stopped: it ran longer than 60 seconds; " + "supercalifragilistic" * 6
QUESTIONS = tuple(Question(f"q{i}", 2.0, i == 16, None) for i in range(1, 17))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("pages")
    made = replace(tiny.assignment(out / "build"), questions=QUESTIONS)
    rows = [
        row("ann.lee@students.example.edu", 1.0, person=Person("Ann Lee")),
        row("bob", 0.3125, reason=LONG, status="stopped", person=Person("Bartholomew Oyelaran-Nguyen")),
        row("c" * 60, 0.0, reason=LONG, status="unreadable", tier="process"),
        row("dee", 0.62, person=Person("Dee")),
    ]
    write_lists(out, rows_on_disk().filled(rows), made, "")
    records = [Record("", Conditions("tiny", "", "", ""), r, result(r)) for r in rows]
    (out / "report.html").write_text(report_page(report(records, made), ""), encoding="utf-8")
    return {"index": out / "index.html", "report": out / "report.html"}


def row(name: str, part: float, **changes: object) -> Row:
    scores = tuple(None if q.manual else round(q.points * part, 4) for q in QUESTIONS)
    standing = Standing(total=30 * part, possible=32, days_late=2, kept=0.9)
    values = {"score": 30 * part, "possible": 30.0, "questions": scores, "standing": standing, "attempts": 2}
    return tiny.row(name, **(values | changes))


def result(row: Row) -> NotebookResult:
    questions = tuple(
        QuestionResult(
            q.name,
            s,
            q.points,
            (CaseResult("a test with a name as long as they are", s > 1, True),),
            seconds=12.5,
        )
        for q, s in zip(QUESTIONS, row.questions, strict=True)
        if s is not None
    )
    return NotebookResult("graded", "", "bubblewrap", 0.1, questions)


def opened(browser: Browser, path: Path, width: int, scheme: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "report"])
def test_nothing_is_cut_at_1200_pixels(name, scheme, pages, browser):
    page = opened(browser, pages[name], 1200, scheme)
    boxes = "[document.documentElement, ...document.querySelectorAll('.scroll')]"
    for wide, room in page.evaluate(f"{boxes}.map(box => [box.scrollWidth, box.clientWidth])"):
        assert wide <= room
    page.close()


@pytest.mark.parametrize("name", ["index", "report"])
def test_a_phone_scrolls_no_page_sideways(name, pages, browser):
    page = opened(browser, pages[name], 360, "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for span in page.locator(".reason span").all():
        assert span.bounding_box()["width"] <= 360, "a reason is read without scrolling"
    page.close()


def test_the_isolation_is_named_on_the_class_page(pages):
    assert "Isolation: bubblewrap and process." in pages["index"].read_text(encoding="utf-8")
