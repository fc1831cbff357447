"""What a student reads: true, complete, free of secrets, and harmless whatever a notebook holds."""

import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from autograder.notebooks import cells
from autograder.pages.class_list import class_page
from autograder.pages.feedback import student_page
from tests.autograder import tiny

ALLOWED = {
    "href", "class", "id", "lang", "charset", "content", "http-equiv", "name", "alt", "src", "tabindex",
    "role", "scope", "aria-label", "aria-labelledby", "colspan",
}  # fmt: skip


class Page(HTMLParser):
    """Collects what a browser would make of a page: elements, their attributes, and the visible text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text, self.open = "", []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


def check_harmless(page: str) -> Page:
    """Assert that a page loads nothing, runs nothing and is balanced, and return it read."""
    read = Page(page)
    assert not read.open
    tags = {tag for tag, _ in read.tags}
    assert not tags & {"script", "iframe", "object", "embed", "link", "svg", "form", "base", "video", "math"}
    for tag, attributes in read.tags:
        assert attributes.keys() <= ALLOWED, (tag, attributes)
        assert not attributes.get("src", "data:").removeprefix("data:").startswith("//")
        assert tag != "img" or re.match(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+$", attributes["src"])
        assert tag != "a" or re.match(r"#question-\d+$|feedback/[^/:]+\.html$", attributes["href"])
    policy = next(a["content"] for t, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    return read


@pytest.fixture
def assignment(tmp_path):
    return tiny.assignment(tmp_path)


def text_of(page: str) -> str:
    return " ".join(check_harmless(page).text.split())


def test_the_page_says_what_passed_and_what_failed(assignment):
    graded = tiny.result(tiny.executed(), q1=(True, False), q2=False)
    text = text_of(student_page(tiny.row(q1=1.0, q2=0.0), graded, assignment))
    assert "Tiny steps ann 1 of 5 points The notebook ran to its end." in text
    assert "q1 1 of 3 hidden test: failed Try numbers below zero. test_two: passed Doubles 2." in text
    assert "q2 0 of 2 test_total: failed The sum is wrong." in text
    assert "q3 – of 4 Your instructor reads this answer; its points come later. Because." in text


def test_a_hidden_test_gives_away_neither_name_nor_expectation(assignment):
    page = student_page(tiny.row(), tiny.result(tiny.executed(), q1=(False, False)), assignment)
    assert "secret" not in page


def test_an_untouched_answer_is_said_to_be_missing(assignment):
    run = tiny.executed(answer=tiny.PROMPT)
    assert "q3 – of 4 No answer was found." in text_of(student_page(tiny.row(), tiny.result(run), assignment))


def test_an_answer_beside_the_prompt_is_found(assignment):
    content = json.loads(tiny.executed(answer=tiny.PROMPT))
    place = next(i for i, c in enumerate(content["cells"]) if c["source"] == tiny.PROMPT)
    content["cells"].insert(place + 1, {"cell_type": "markdown", "metadata": {}, "source": "Here instead."})
    page = student_page(tiny.row(), tiny.result(json.dumps(content)), assignment)
    assert "Here instead." in text_of(page)


def test_a_pasted_picture_is_part_of_the_answer(assignment):
    content = json.loads(tiny.executed())
    cell = next(c for c in content["cells"] if c["source"] == "Because.")
    cell["attachments"] = {
        "photo.png": {"image/png": tiny.png()},
        "x.svg": {"image/svg+xml": "<svg onload=a()>"},
    }
    page = student_page(tiny.row(), tiny.result(json.dumps(content)), assignment)
    images = [a for t, a in check_harmless(page).tags if t == "img"]
    assert [a["alt"] for a in images] == ["Picture in your answer to q3"]


def test_an_unreadable_submission_has_a_page_with_the_reason(assignment):
    row = tiny.row(
        q1=0.0, q2=0.0, status="unreadable", reason="the zip is encrypted: hand it in without a password"
    )
    text = text_of(student_page(row, tiny.result(None, (False, False), False), assignment))
    assert "There was no notebook to run. q1" in text
    assert "the zip is encrypted" in text
    assert "Your notebook as it ran" not in text


def test_an_error_of_ours_is_not_shown_to_the_student(assignment):
    row = tiny.row(q1=0.0, q2=0.0, status="error", reason="internal error: ValueError: expected 42")
    text = text_of(student_page(row, tiny.result(None, (False, False), False), assignment))
    assert "your instructor has been told" in text
    assert "42" not in text


def test_outputs_are_shown_as_text_and_pictures(assignment):
    run = tiny.executed(
        {"output_type": "stream", "name": "stdout", "text": ["a <b>\n", "\x1b[31mred\x1b[0m"]},
        {"output_type": "stream", "name": "stderr", "text": "careful"},
        {"output_type": "display_data", "data": {"image/png": tiny.png(), "text/plain": "<Figure>"}},
        {"output_type": "execute_result", "data": {"text/html": "<b>bold</b>", "text/plain": "plain words"}},
        {"output_type": "display_data", "data": {"image/svg+xml": "<svg/>"}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[0;31mE\x1b[0m", "v"]},
        source="x < 1 & y",
    )
    page = student_page(tiny.row(), tiny.result(run), assignment)
    text = text_of(page)
    for shown in (
        "a <b> red",
        "careful",
        "plain words",
        "E v",
        "type image/svg+xml is left out",
        "x < 1 & y",
    ):
        assert shown in text
    assert page.count("<img") == 1
    assert "bold" not in page
    assert "<Figure>" not in html.unescape(page)
    assert "\x1b" not in page


POISON = (
    "</pre></style></title><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"
    "\"'><iframe srcdoc=x>{{ 7*7 }}{% raw %}<!--<base href=//evil.example>\x1b]0;title\x07\x00\u202e\ud800"
)


def test_nothing_hostile_stays_live(assignment):
    poisoned = [
        {"output_type": "stream", "name": POISON, "text": POISON},
        {"output_type": "error", "ename": POISON, "evalue": POISON, "traceback": [POISON, 3, None]},
        {"output_type": "error", "ename": 1, "evalue": {}, "traceback": "x"},
        {"output_type": "display_data", "data": {"text/html": POISON, "application/javascript": POISON}},
        {"output_type": "display_data", "data": {"text/plain": [POISON, 1]}},
        {"output_type": "display_data", "data": {POISON: POISON}},
        {"output_type": "display_data", "data": {"image/png": 'AA" onerror="alert(1)'}},
        {"output_type": "display_data", "data": {"image/png": 5, "image/jpeg": ["x"]}},
        {"output_type": "display_data", "data": []}, {"output_type": ["x"]}, {}, 7, None,
    ]  # fmt: skip
    run = tiny.executed(*poisoned, source=POISON, answer=POISON)
    graded = tiny.result(run, (False, False), message=POISON)
    row = tiny.row(student=POISON, reason=POISON)
    page = student_page(row, graded, assignment)
    read = check_harmless(page)
    assert "49" not in read.text.replace(POISON, "")
    assert not set(page) & set("\x1b\x00\x07\u202e\ud800")
    check_harmless(
        class_page([tiny.row(student=POISON, reason=POISON, slug="x-1"), tiny.row()], assignment, "s", "w")
    )


@pytest.mark.parametrize(
    "executed", ["[]", "{}", '{"cells": 3}', '{"cells": [1, {"cell_type": []}]}', "null", None]
)
def test_a_run_notebook_of_any_shape_gives_a_page(executed, assignment):
    check_harmless(student_page(tiny.row(), tiny.result(executed), assignment))


def test_a_picture_that_claims_gigabytes_is_left_out(assignment):
    run = tiny.executed({"output_type": "display_data", "data": {"image/png": tiny.png(20_000, 1)}})
    page = student_page(tiny.row(), tiny.result(run), assignment)
    assert "A picture that cannot be shown is left out." in text_of(page)
    assert "<img" not in page


def test_a_flood_of_output_gives_a_page_that_opens(assignment, monkeypatch):
    monkeypatch.setattr(cells, "MAX_PAGE", 2**20)
    stream = {"output_type": "stream", "name": "stdout", "text": "x" * 30_000}
    content = json.loads(tiny.executed())
    content["cells"] += [{"cell_type": "code", "metadata": {}, "source": "1", "outputs": [stream] * 50}] * 9
    page = student_page(tiny.row(), tiny.result(json.dumps(content)), assignment)
    assert len(page) < 1.2 * cells.MAX_PAGE
    text = text_of(page)
    assert "[the rest is left out]" in text
    assert "10 more outputs are left out." in text
    assert "The rest of the notebook is left out." in text


def test_a_long_traceback_keeps_its_end(assignment):
    trace = [f"frame {i}" for i in range(2000)] + ["ValueError: the cause"]
    run = tiny.executed({"output_type": "error", "ename": "", "evalue": "", "traceback": trace})
    text = text_of(student_page(tiny.row(), tiny.result(run), assignment))
    assert "ValueError: the cause" in text
    assert "frame 3 " not in text


def test_several_hidden_tests_are_numbered(assignment):
    graded = tiny.result(tiny.executed(), (True, True))
    first = graded.questions[0]
    both = replace(first, cases=(*first.cases, replace(first.cases[1], passed=False, message="Again.")))
    graded = replace(graded, questions=(both, graded.questions[1]))
    text = text_of(student_page(tiny.row(), graded, assignment))
    assert "hidden test 2: failed Again. test_two: passed Doubles 2. passed: hidden test 1" in text


def test_the_class_page_links_every_student(assignment):
    rows = [
        tiny.row("ann"),
        tiny.row("李雷", q1=0.0),
        tiny.row("b c", slug="b-c-1a2b3c", status="stopped", reason="slow"),
    ]
    read = check_harmless(class_page(rows, assignment, "3 submissions", ""))
    links = [a["href"] for t, a in read.tags if t == "a"]
    assert links == ["feedback/ann.html", "feedback/%E6%9D%8E%E9%9B%B7.html", "feedback/b-c-1a2b3c.html"]
    assert "slow" in read.text


def test_titles_come_from_the_released_notebook(assignment):
    path = assignment.folder / "nbgrader" / "release" / "tiny" / "tiny.ipynb"
    content = json.loads(path.read_text())
    heading = "Read on.\n### q1 · How *large*? &nbsp; ★☆☆ · 5 minutes\n"
    content["cells"].append({"cell_type": "markdown", "metadata": {}, "source": heading})
    path.write_text(json.dumps(content))
    text = text_of(student_page(tiny.row(), tiny.result(tiny.executed()), assignment))
    assert "q1 · How *large*? 3 of 3" in text
    assert "q2 2 of 2" in text


def test_a_public_tests_own_words_are_shown_and_a_hidden_ones_are_not(assignment):
    detail = "Error at line 3 in test q1:\n  assert x\nAssertionError: double(2) gave 5,\nit must give 4"
    graded = tiny.result(tiny.executed(), (False, False))
    first = graded.questions[0]
    cases = tuple(replace(c, message="", detail=detail) for c in first.cases)
    graded = replace(graded, questions=(replace(first, cases=cases), graded.questions[1]))
    text = text_of(student_page(tiny.row(), graded, assignment))
    assert text.count("double(2) gave 5, it must give 4") == 1
    assert "assert x" not in text


@pytest.mark.site
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_a_browser_shows_the_pages_without_overflow_requests_or_scripts(
    scheme, width, assignment, tmp_path, browser
):
    long = "x" * 400
    run = tiny.executed(
        {"output_type": "stream", "name": "stdout", "text": long + POISON},
        {"output_type": "display_data", "data": {"image/png": tiny.png(3000, 3)}},
        source=f"# {long}\n" * 9,
        answer=POISON + long,
    )
    graded = tiny.result(run, (False, False), message=long + POISON)
    row = tiny.row(student=long, reason=POISON, slug="a")
    (tmp_path / "page.html").write_text(student_page(row, graded, assignment))
    (tmp_path / "index.html").write_text(class_page([row, tiny.row()], assignment, long, POISON))
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    for name in ("page", "index"):
        page = context.new_page()
        trouble: list[str] = []
        page.on("console", lambda message, trouble=trouble: trouble.append(message.text))
        page.on("dialog", lambda dialog, trouble=trouble: trouble.append("a dialog"))
        page.on("request", lambda request, trouble=trouble: trouble.append(request.url))
        address = f"file://{tmp_path / name}.html"
        page.goto(address)
        assert [t for t in trouble if t != address and not t.startswith("data:image/png")] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("getComputedStyle(document.body).color") != "rgb(0, 0, 0)"
        assert not page.evaluate(
            "document.querySelectorAll('script, iframe, svg, [onload], [onerror]').length"
        )
    context.close()
