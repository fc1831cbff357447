"""The pages about the whole, as built: the map, the ways through, the lectures' topics, the homeworks."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from bs4 import Tag

from coursekit.widgets import FIGURES
from tests.book.test_syllabus import PROMISED, ROWS
from tests.book.toc import BOOK, chapters
from tests.site.pages import parse
from tests.support import ROOT

sys.path.insert(0, str(BOOK / "_ext"))

from course_contents import Contents

pytestmark = pytest.mark.site

CONTENTS = Contents(ROOT)
MOST_BYTES = 400 * 1024
"""Of the front page's own file: it holds a network with its weights."""


def links(part: Tag) -> list[str]:
    """Where the links of a part of a page lead, without their anchors."""
    return [str(link["href"]).split("#")[0].removesuffix(".html") for link in part.select("a[href]")]


def words(part: Tag) -> str:
    """Text of a part of a page, its apostrophes straight."""
    return " ".join(part.get_text().split()).replace("’", "'")


def cells(site: Path, page: str, table: str) -> list[list[Tag]]:
    """Cells of every row of a page's tables of a kind."""
    return [row.select("td") for row in parse(site, page).select(f"table.{table} tbody tr")]


def test_the_front_page_is_light_and_shows_the_network(site: Path) -> None:
    assert (site / "index.html").stat().st_size <= MOST_BYTES
    page = parse(site, "index")
    assert page.select("article figure img, article figure svg"), "a picture made by code"
    assert page.select("article .ck-figure[data-figure^=lenet_live]"), "and one that answers"
    assert len(page.select("article .sd-card")) == 4, "four doors"
    counts = CONTENTS.counts(list(FIGURES))
    text = words(page.select("article")[0])
    for name in ("chapters", "questions", "exercises"):
        assert f"{counts[name]} {name}" in text


def test_the_map_has_every_chapter_by_its_number_and_every_homework(site: Path) -> None:
    (shown,) = parse(site, "index").select("ul.course-map")
    stops = [item for part in shown.find_all("li", recursive=False) for item in part.select("ul > li")]
    numbered = [item for item in stops if "course-homework" not in (item.get("class") or [])]
    assert [links(item) for item in numbered] == [[name] for name in chapters()]
    for item, name in zip(numbered, chapters(), strict=True):
        number = item.select(".course-stop")[0].get_text()
        title = parse(site, name).select("article h1")[0].get_text()
        assert title.startswith(f"{number}. "), f"{name} is not chapter {number}"
    homeworks = [str(link["href"]) for link in shown.select(".course-homework a")]
    assert homeworks == [f"assignments.html#{name}" for name in CONTENTS.homeworks]


def test_the_lectures_page_has_a_row_for_each_topic(site: Path) -> None:
    rows = cells(site, "lectures", "course-lectures")
    assert len(rows) == sum(PROMISED.values())
    by_topic = {words(row[0]): row for row in rows}
    for wanted in ROWS:
        row = by_topic[wanted["topic"]]
        assert links(row[1]) == wanted["chapters"]
        shown = words(row[3])
        for path, name in (test.split("::") for test in wanted["tests"]):
            assert name in shown, wanted["topic"]
            assert Path(path).name in shown


def test_every_name_of_convnet_leads_to_its_reference(site: Path) -> None:
    """Names that the reference has; coursekit's figures have none: they stand in the chapter itself."""
    documented = {
        str(tag["id"]): page
        for page in sorted(path.stem for path in (BOOK / "reference").glob("*.rst"))
        for tag in parse(site, f"reference/{page}").select("article dt.sig[id]")
    }
    rows = {words(row[0]): row[2] for row in cells(site, "lectures", "course-lectures")}
    linked = 0
    for wanted in ROWS:
        cell = rows[wanted["topic"]]
        there = {str(link["href"]) for link in cell.select("a[href]")}
        for symbol in wanted["symbols"]:
            assert re.sub(r"^(convnet|coursekit)\.", "", symbol) in cell.get_text()
            if symbol.startswith("convnet."):
                assert f"reference/{documented[symbol]}.html#{symbol}" in there, symbol
                linked += 1
    assert linked > 100


@pytest.mark.parametrize("name", CONTENTS.homeworks)
def test_a_homework_has_its_section(site: Path, name: str) -> None:
    homework = CONTENTS.homeworks[name]
    (section,) = parse(site, "assignments").select(f"section#{name}")
    assert homework.title in words(section)
    rows = [[cell.get_text() for cell in row.select("td")] for row in section.select("tbody tr")]
    assert [row[0] for row in rows] == [question.name for question in homework.questions]
    assert [row[4] for row in rows] == [str(question.points) for question in homework.questions]
    assert f"{len(rows)} questions, {homework.points} points" in section.get_text()
    assert {link for link in links(section) if link in chapters()} == {
        chapter.name for chapter in CONTENTS.preparing(name)
    }
    colab = [link for link in section.select("a.course-launch") if link.get_text() == "Colab"]
    assert [str(link["href"]).endswith(f"/assignments/{name}/{name}.ipynb") for link in colab] == [True]


def test_the_ways_add_up(site: Path) -> None:
    """The last row of each way is the sum of those above it, read from the page as a reader would."""
    tables = parse(site, "how-to-use-this-book").select("table.course-path")
    assert len(tables) == 4
    for shown in tables:
        rows = [[cell.get_text() for cell in row.select("td")] for row in shown.select("tbody tr")]
        for column in (2, 3, 4):
            assert sum(minutes(row[column]) for row in rows[:-1]) == minutes(rows[-1][column])


def minutes(said: str) -> int:
    """Minutes of a duration as the page has it."""
    hours, rest = re.search(r"(\d+) h", said), re.search(r"(\d+) min", said)
    return 60 * int(hours[1] if hours else 0) + int(rest[1] if rest else 0)


def test_the_front_page_says_how_much_longer_the_work_takes(site: Path) -> None:
    *_, sums = cells(site, "how-to-use-this-book", "course-path")
    reading, exercises, homework = (minutes(cell.get_text()) for cell in sums[2:])
    assert round((reading + exercises + homework) / reading) == 4
    assert "about four times as long" in words(parse(site, "index"))
