"""Active sites: the input is drawn on by keys, mouse and finger, and stays while a reader only looks."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from coursekit import widgets
from coursekit.widgets._active_sites import PRESETS
from tests.coursekit.figures.pages import cell, fill, readout, state

pytestmark = pytest.mark.site


def sites(tab: Page) -> Any:
    return np.array(state(tab)["sites"])


def choose(tab: Page, brush: str) -> None:
    tab.locator("select[name=brush]").select_option(label=brush)


def test_presets_are_drawings_of_one_size() -> None:
    shapes = {np.shape(mask) for mask in PRESETS.values()}
    assert shapes == {(11, 11)}
    assert len({str(mask) for mask in PRESETS.values()}) == len(PRESETS)
    assert [int(np.sum(PRESETS[name])) for name in ("one site", "a filled square")] == [1, 25]


def test_space_switches_a_site_there_and_back(desk: Page) -> None:
    fill(desk, widgets.active_sites(PRESETS["one site"], layer=3))
    before = sites(desk)
    desk.locator(".ck-figure").evaluate("box => box.figure.grids.sites.at(2, 3).target.focus()")
    desk.keyboard.press("Space")
    changed = sites(desk) - before
    assert np.argwhere(changed).tolist() == [[2, 3]]
    assert "is active, row 0" in readout(desk)
    desk.keyboard.press("Space")
    np.testing.assert_array_equal(sites(desk), before)
    assert state(desk)["layer"] == 3


def test_space_elsewhere_draws_nothing(desk: Page) -> None:
    fill(desk, widgets.active_sites())
    before = sites(desk)
    for grid in ("ordinary", "same"):
        desk.locator(".ck-figure").evaluate(
            "(box, grid) => box.figure.grids[grid].at(0, 0).target.focus()", grid
        )
        desk.keyboard.press("Space")
    np.testing.assert_array_equal(sites(desk), before)


def test_a_mouse_draws_a_stroke_and_rubs_it_out(desk: Page) -> None:
    fill(desk, widgets.active_sites(np.zeros((5, 5))))
    boxes = [cell(desk, "sites", 2, column).as_element().bounding_box() for column in range(5)]
    places = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]

    def drag() -> None:
        desk.mouse.move(*places[0])
        desk.mouse.down()
        for place in places[1:]:
            desk.mouse.move(*place, steps=3)
        desk.mouse.up()

    drag()
    assert sites(desk).sum() == 0, "who only looks draws nothing"
    choose(desk, "draw sites")
    drag()
    assert np.argwhere(sites(desk)).tolist() == [[2, column] for column in range(5)]
    choose(desk, "rub out")
    drag()
    assert sites(desk).sum() == 0
    assert "is not active" in readout(desk)


def test_a_finger_draws_with_a_tap(phone: Page) -> None:
    fill(phone, widgets.active_sites(np.zeros((5, 5))))
    choose(phone, "draw sites")
    for row, column in ((1, 1), (3, 2)):
        cell(phone, "sites", row, column).as_element().tap()
    assert np.argwhere(sites(phone)).tolist() == [[1, 1], [3, 2]]
    phone.get_by_role("button", name="Reset").click()
    assert sites(phone).sum() == 0
    assert state(phone)["brush"] == "only look"


def test_the_table_counts_what_the_layers_do(desk: Page) -> None:
    fill(desk, widgets.active_sites(PRESETS["one site"], layer=2, channels=3))
    rows = [row.split("\t") for row in desk.locator(".ck-panel table tbody tr").all_inner_texts()]
    # 1 + 8 · 1 lines end in nine outputs; nine inputs with nine lines each; 25 with nine; 49 with nine.
    assert rows[0] == ["1", "9", "81", "1", "9", "8,649"]
    assert rows[1] == ["2 (shown)", "25", "729", "1", "9", "8,649"]
    assert rows[2][:3] == ["3", "49", "2,025"]
    assert rows[4] == ["in all, to layer 2", "", "810", "", "18", "17,298"]
