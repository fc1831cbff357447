"""The instructor's list of the class, whose names lead to the students' pages.

A page holds a few hundred rows, so that a browser opens it at once whatever the size of the class: the first
is ``index.html``, the next ``index-2.html``, each with links to its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from autograder.assignment import Assignment
from autograder.files import write_whole
from autograder.grades.people import MISSING
from autograder.pages.feedback import tone
from autograder.pages.page import render
from autograder.pages.standing import remark, total, with_totals
from autograder.records.gradesheet import Row, points
from autograder.text import one_line

PAGE = 500  # rows of one page
_NUMBERED = re.compile(r"index-(\d+)\.html")


@dataclass(frozen=True)
class Link:
    """A link to another page of the list."""

    text: str
    target: str


def write_class_list(
    out: Path, rows: Sequence[Row], assignment: Assignment, summary: str, warning: str
) -> None:
    """Write ``OUT/index.html``, and further pages where the class is large.

    Each page is replaced whole, and only the rows of one are in memory at a time. Pages of an earlier, larger
    class are deleted.

    Parameters
    ----------
    out : Path
        The folder of results.
    rows : sequence of Row
        The class, sorted; read once.
    assignment : Assignment
        What was graded.
    summary, warning : str
        What stands above the list on every page.
    """
    count = -(-len(rows) // PAGE)
    for number, listed in enumerate(_pages(rows), start=1):
        page = class_page(listed, assignment, summary, warning, _links(number, count))
        write_whole(out / _name(number), page)
    for path in out.glob("index-*.html"):
        found = _NUMBERED.fullmatch(path.name)
        if found and int(found[1]) > count:
            path.unlink(missing_ok=True)


def class_page(
    rows: Sequence[Row], assignment: Assignment, summary: str, warning: str, links: Sequence[Link] = ()
) -> str:
    """Render one page of the list, each name a link to that student's page."""
    return render(
        "index.html",
        assignment=assignment,
        rows=[_line(r, assignment) for r in rows],
        totals=with_totals(rows),
        summary=summary,
        warning=warning,
        links=links,
    )


def _pages(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while listed := list(islice(rest, PAGE)):
        yield listed


def _name(number: int) -> str:
    return "index.html" if number == 1 else f"index-{number}.html"


def _links(number: int, count: int) -> list[Link]:
    """List the links of page ``number`` of ``count``; none where there is one page."""
    around = {
        "first": 1,
        "previous": number - 1,
        f"page {number} of {count}": number,
        "next": number + 1,
        "last": count,
    }
    return [
        Link(text, "" if at == number else _name(at))
        for text, at in around.items()
        if count > 1 and 1 <= at <= count and (at != number or text.startswith("page"))
    ]


def _line(row: Row, assignment: Assignment) -> dict[str, object]:
    scores = [
        {"text": "" if s is None else points(s), "tone": "" if s is None else tone(s, q.points)}
        for s, q in zip(row.questions, assignment.questions, strict=True)
    ]
    return {
        "student": one_line(row.student),
        "name": one_line(row.person.name) if row.person else "",
        "link": "" if row.status == MISSING else f"feedback/{quote(row.slug)}.html",
        "score": "–" if row.status == MISSING else f"{points(row.score)} / {points(row.possible)}",
        "status": row.status,
        "tone": {"graded": "", "stopped": "part"}.get(row.status, "bad"),
        "questions": scores,
        "total": total(row),
        "reason": _why(row),
    }


def _why(row: Row) -> str:
    return "; ".join(s for s in (remark(row), one_line(row.reason)) if s)
