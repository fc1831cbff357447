"""What every figure keeps to. A figure that is entered in `FIGURES` is tested without another line here."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from coursekit.widgets import FIGURES
from tests.coursekit.figures.pages import (
    CHANGE,
    DURATIONS,
    FOCUS,
    NONSENSE,
    OUTSIDE,
    POINT,
    SMALL,
    SNAPSHOT,
    cell,
    fill,
    grids,
    kinds,
    middle,
    readout,
    snapshot,
    state,
)

pytestmark = [pytest.mark.site, pytest.mark.parametrize("name", FIGURES)]

LARGEST, WITH_WEIGHTS = 54_000, {"lenet_live": 400 * 1024, "architecture_calculator": 64_000}
"""Bytes of HTML: a page may hold several figures, and each brings the kit along; two bring networks, too."""
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast"]}}  # no other rule sees colours
HOVERED = "document.querySelector('.ck-figure').figure.hovered"


def test_html_is_small_and_the_same_each_time(name: str) -> None:
    html = FIGURES[name]()._repr_html_()
    assert html == FIGURES[name]()._repr_html_()
    assert len(html.encode()) <= WITH_WEIGHTS.get(name, LARGEST)
    assert not re.search(r"://|\b(src|href)=|url\(", html), "it brings everything along"
    assert not re.search(r"\b(import|require)\b\s*[({'\"]", html)
    assert ' title="' not in html, "what is told only on hover is not told"


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing(desk: Page, name: str, colours: str) -> None:
    html = FIGURES[name]()._repr_html_()
    desk.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    fill(desk, html, html.partition("<script>")[0])
    for number in desk.locator("input[type=number]").all()[:1]:
        number.fill("99999")
    found = Axe().run(desk, options=RULES[colours]).response["violations"]
    desk.emulate_media(color_scheme=None)
    assert [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]] == []


def test_the_keyboard_reaches_everything_once(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    stops = []
    desk.keyboard.press("Tab")
    while (now := desk.evaluate(FOCUS)) is not None and [now] != stops[:1]:  # round and round
        stops.append(now)
        assert len(stops) < 60, stops
        desk.keyboard.press("Tab")
    assert [stop for stop in stops if stop["ring"] < 2] == [], "the focus is seen"
    fields = desk.locator(".ck-control :is(input, select), textarea").evaluate_all(
        "all => all.map((one) => one.name)"
    )
    points = desk.locator(POINT).evaluate_all("all => all.map((one) => one.ariaLabel)")
    expected = sorted([*(grid["name"] for grid in grids(desk)), *fields, *points])
    assert sorted(stop["what"] for stop in stops if not stop["button"] and not stop["region"]) == expected
    buttons = desk.locator(".ck-figure button").all_inner_texts()
    assert [stop["button"] for stop in stops if stop["button"]] == buttons


def test_arrow_keys_walk_over_every_grid(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    for grid in kinds(desk):
        desk.locator(".ck-figure").evaluate(
            "(box, name) => box.figure.grids[name].at(0, 0).target.focus()", grid["name"]
        )
        row, column, told = 0, 0, {readout(desk)}
        for key in ("ArrowRight", "ArrowDown", "End", "ArrowUp", "ArrowLeft", "Home", "ArrowLeft"):
            before = (row, column)
            desk.keyboard.press(key)
            now = desk.evaluate(FOCUS)
            assert (now or {}).get("grid") == grid["name"], f"{key} leaves the grid"
            row, column = now["row"], now["column"]
            told.add(readout(desk))
            last = grid["rows"][before[0]] - 1
            wanted = {
                "ArrowRight": min(before[1] + 1, last),
                "ArrowLeft": max(before[1] - 1, 0),
                "Home": 0,
                "End": last,
            }
            if key in wanted:
                assert (row, column) == (before[0], wanted[key]), key
            else:
                by = 1 if key == "ArrowDown" else -1
                assert row == min(max(before[0] + by, 0), len(grid["rows"]) - 1), key
        assert "" not in told
        if max(grid["rows"]) * len(grid["rows"]) > 1:
            assert len(told) > 1, f"{grid['name']}: every cell says the same"


def test_every_control_can_be_moved_by_keyboard(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    for field in desk.locator(".ck-control :is(input, select)").all():
        before = state(desk)
        field.focus()
        desk.keyboard.press(field.evaluate(CHANGE))
        said = field.locator("xpath=ancestor::div[@class='ck-control']/span[@class='ck-error']").inner_text()
        assert state(desk) != before or said, field.get_attribute("name")


def test_numbers_can_be_typed_and_nonsense_is_told(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    for grid in (grid for grid in kinds(desk) if grid["typed"]):
        panel = desk.locator(".ck-panel:has(.ck-grid)").nth(grid["index"])
        field, error = panel.locator(".ck-cell input").first, panel.locator(".ck-error")
        kept, before = field.input_value(), state(desk)
        for nonsense in ("two", "1e9", "--1", "99999999"):
            field.fill(nonsense)
            assert nonsense in error.inner_text()
            assert kept in error.inner_text()
            assert field.get_attribute("aria-invalid") == "true"
            assert state(desk) == before
        field.press("Tab")
        assert field.input_value() == kept, "what was refused does not stay"
        field.fill("2" if kept != "2" else "3")
        assert state(desk) != before
        assert error.inner_text() == ""
        assert field.get_attribute("aria-invalid") is None
    for field in desk.locator(".ck-control input[type=number]").all():
        error = field.locator("xpath=ancestor::div[@class='ck-control']/span[@class='ck-error']")
        kept, before = field.input_value(), state(desk)
        for nonsense in field.evaluate(NONSENSE):
            field.fill(nonsense)
            assert "needs a" in error.inner_text()
            assert field.get_attribute("aria-invalid") == "true"
            assert state(desk) == before
        field.blur()
        assert field.input_value() == kept
        assert field.get_attribute("aria-invalid") is None, "what stands there again is right"
        assert "needs a" in error.inner_text(), "and why it does is still told"


def test_reset_restores_everything(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    fresh = snapshot(desk)
    _change_everything(desk)
    assert snapshot(desk) != fresh
    desk.get_by_role("button", name="Reset").click()
    assert snapshot(desk) == fresh


def test_two_figures_do_not_meet(desk: Page, name: str) -> None:
    first = FIGURES[name]()
    fill(desk, first)
    before = set(desk.evaluate("Object.keys(window)"))
    fill(desk, first, FIGURES[name](), first)
    assert desk.locator("[data-awake]").count() == 3
    others = [snapshot(desk, 1), snapshot(desk, 2)]
    _change_everything(desk)
    assert [snapshot(desk, 1), snapshot(desk, 2)] == others
    clean = set(
        desk.evaluate("""() => {  // a window in which nothing ran
      const frame = document.body.appendChild(document.createElement("iframe"));
      const names = Object.keys(frame.contentWindow);
      frame.remove();
      return names;
    }""")
    )
    assert before - clean <= {"coursekitFigures", "0"}, "nothing else of the script is seen by the page"
    assert desk.evaluate("Object.keys(coursekitFigures).length") == 1


def test_a_mouse_shows_and_leaving_restores(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    fresh = snapshot(desk)
    for grid in kinds(desk):
        last = len(grid["rows"]) - 1
        cell(desk, grid["name"], last, grid["rows"][last] - 1).as_element().hover()
        desk.wait_for_function(
            f"{HOVERED} !== null"
        )  # a browser hands the moves of a mouse on a little later
        assert snapshot(desk) != fresh
        assert desk.locator(".ck-pointed").count() == 1
        assert readout(desk)
        desk.mouse.move(1, 1)
        desk.wait_for_function(f"{HOVERED} === null")
        assert snapshot(desk) == fresh


def test_a_tap_chooses_and_nothing_sticks(phone: Page, name: str) -> None:
    shown = kinds(fill(phone, FIGURES[name]()))
    finger = phone.context.new_cdp_session(phone)
    for grid, other in zip(shown, [*shown[1:], *shown[:1]], strict=True):
        last = len(grid["rows"]) - 1
        before = snapshot(phone)
        near = cell(phone, grid["name"], 0, 0).as_element()
        near.scroll_into_view_if_needed()
        finger.send(
            "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [middle(near.bounding_box())]}
        )
        assert snapshot(phone) == before, "a finger that only scrolls changes nothing"
        finger.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
        far = cell(phone, grid["name"], last, grid["rows"][last] - 1).as_element()
        far.tap()
        chosen = snapshot(phone)
        assert phone.locator(".ck-pointed").count() == 1
        assert far.evaluate("cell => cell.classList.contains('ck-pointed')")
        assert phone.evaluate(HOVERED) is None
        cell(phone, other["name"], 0, 0).as_element().tap()
        far.tap()
        assert snapshot(phone) == chosen, "what was tapped before has left no trace"
        phone.locator("h1").tap()
        assert snapshot(phone) == chosen


@pytest.mark.parametrize("everything", ["as given", "as large as it gets"])
def test_fits_a_phone(phone: Page, name: str, everything: str) -> None:
    fill(phone, FIGURES[name]())
    if everything != "as given":
        for field in phone.locator(".ck-control input:is([type=range], [type=number])").all():
            field.fill(field.get_attribute("max") or "")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.evaluate(SMALL) == []
    assert phone.evaluate(OUTSIDE) == []


def test_without_script_a_sentence_and_a_still_picture(desk: Page, scriptless: Page, name: str) -> None:
    figure = FIGURES[name]()
    fill(scriptless, figure)
    box = scriptless.locator(".ck-figure")
    assert repr(figure) in box.inner_text()
    assert box.locator("table, svg").first.is_visible()
    assert box.locator("input, button, select").count() == 0
    scriptless.set_viewport_size({"width": 360, "height": 740})
    assert scriptless.evaluate("document.documentElement.scrollWidth") <= 360, "it fits a phone"
    scriptless.set_viewport_size({"width": 1280, "height": 720})
    still = set(re.findall(r"−?[\d.,]+", " ".join(box.locator("td").all_inner_texts())))
    fill(desk, figure)
    alive = desk.locator(".ck-figure").evaluate(SNAPSHOT)
    missing = [number for number in still if not re.search(rf"(?<![\d.]){re.escape(number)}(?![\d])", alive)]
    assert missing == [], "the still picture shows the numbers of the moving one"


def test_nothing_moves_by_itself(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    desk.emulate_media(reduced_motion="reduce")
    assert set(desk.evaluate(DURATIONS)) == {"0s"}
    assert desk.evaluate("document.getAnimations().length") == 0
    desk.emulate_media(reduced_motion="no-preference")
    if grids(desk):
        assert set(desk.evaluate(DURATIONS)) != {"0s"}, "or the test sees nothing"
    desk.emulate_media(reduced_motion=None)


def test_the_voice_is_quiet_while_it_plays(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    voice = desk.locator(".ck-readout")
    assert voice.get_attribute("aria-live") == "polite"
    assert voice.is_visible()
    assert readout(desk)
    if desk.get_by_role("button", name="Play").count() == 0:
        return
    desk.get_by_role("button", name="Play").click()
    assert voice.get_attribute("aria-live") == "off", "nobody can listen that fast"
    told = {readout(desk)}
    desk.evaluate("document.querySelector('.ck-figure').figure.advance(1)")
    assert {readout(desk)} != told
    desk.get_by_role("button", name="Pause").click()
    assert voice.get_attribute("aria-live") == "polite"
    desk.get_by_role("button", name="Play").click()
    desk.get_by_role("button", name="Next").click()
    assert desk.get_by_role("button", name="Play").count() == 1, "a step ends the playing"


def _change_everything(tab: Page) -> None:
    """Type into every grid, move every control of the first figure, and choose a place."""
    box = tab.locator(".ck-figure").first
    for field in box.locator(".ck-control :is(input, select)").all():
        field.focus()
        tab.keyboard.press(field.evaluate(CHANGE))
    for point in box.locator(".ck-panel [role=slider]").all():
        point.focus()
        tab.keyboard.press("ArrowLeft")
        tab.keyboard.press("ArrowUp")
    for grid in grids(tab):
        if grid["typed"]:
            field: Any = (
                box.locator(".ck-panel:has(.ck-grid)").nth(grid["index"]).locator(".ck-cell input").first
            )
            field.fill("2" if field.input_value() == "1" else "1")
            field.fill("nothing")
        cell(tab, grid["name"], 0, 0).as_element().click()
