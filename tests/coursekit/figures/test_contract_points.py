"""What every figure keeps to whose reader moves a point: keys, mouse and finger."""

import pytest
from playwright.sync_api import Page

from coursekit.widgets import FIGURES
from tests.coursekit.figures.pages import POINT, fill, middle, readout, state

pytestmark = [pytest.mark.site, pytest.mark.parametrize("name", FIGURES)]


def test_a_point_follows_keys_and_mouse(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    for point in desk.locator(POINT).all():
        point.focus()
        moved = 0
        for forth, back in (("ArrowRight", "ArrowLeft"), ("ArrowLeft", "ArrowRight")):
            before, told, said = state(desk), point.get_attribute("aria-valuetext"), readout(desk)
            desk.keyboard.press(forth)
            if state(desk) == before:
                continue  # it stands at the end
            assert point.get_attribute("aria-valuetext") != told
            assert readout(desk) != said
            desk.keyboard.press(back)
            assert state(desk) == before
            moved += 1
        assert moved, "no key moves it"
        point.scroll_into_view_if_needed()
        box = point.bounding_box()
        assert box is not None
        reached = []
        desk.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2)
        desk.mouse.down()
        for share in (0.4, 0.6, 0.8):
            desk.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
            reached.append(str(state(desk)))
        desk.mouse.up()
        assert len(set(reached)) == 3, "it follows the mouse"
        desk.mouse.move(1, 1)
        assert str(state(desk)) == reached[-1], "and stays where it was let go"
        desk.get_by_role("button", name="Reset").click()


def test_a_point_goes_where_a_finger_taps(phone: Page, name: str) -> None:
    fill(phone, FIGURES[name]())
    finger = phone.context.new_cdp_session(phone)
    for point in phone.locator(POINT).all():
        point.scroll_into_view_if_needed()
        box, before = point.bounding_box(), state(phone)
        assert box is not None
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [middle(box)]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchCancel", "touchPoints": []})
        assert state(phone) == before, "a finger that only scrolls changes nothing"
        point.tap(position={"x": 0.3 * box["width"], "y": 0.3 * box["height"]})
        first = state(phone)
        point.tap(position={"x": 0.7 * box["width"], "y": 0.6 * box["height"]})
        assert state(phone) != first
        if point.evaluate("point => point.style.cursor") != "ew-resize":
            continue  # it is picked with taps alone, and fingers that move scroll the page
        place, reached = point.bounding_box(), []
        assert place is not None
        for share in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            spot = {"x": place["x"] + share * place["width"], "y": place["y"] + place["height"] / 2}
            kind = "touchMove" if reached else "touchStart"
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [spot]})
            phone.wait_for_timeout(20)
            reached.append(str(state(phone)))
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert len(set(reached)) > 4, "it follows a finger that goes sideways"
        assert str(state(phone)) == reached[-1]
