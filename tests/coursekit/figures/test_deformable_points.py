"""The figure about deformable convolution: points that are dragged, and what is said of them."""

from typing import Any

import pytest
from playwright.sync_api import Page

from coursekit import widgets
from coursekit.widgets import deformable_points
from coursekit.widgets._deformable_points import TAPS
from tests.coursekit.figures.pages import cell, fill, readout, state

pytestmark = pytest.mark.site
UNIT = 40
"""Pixels of the screen for one of the image."""

DEFAULT = (
    "Tap top reads x(0.75, 2.5) = 4.75 = 0.125·0 + 0.125·2 + 0.375·3 + 0.375·9. "
    "y = 18.75 = (−1)·0 + 2·4.75 + (−1)·9 + (−1)·1 + 2·8 + (−1)·3 + (−1)·6 + 2·6.13 + (−1)·0. "
    "∂y/∂Δu = 10, ∂y/∂Δv = 10: y grows if this tap goes down and right."
)


def spot(tab: Page, row: float, column: float) -> tuple[float, float]:
    """Where a point of the image lies on the screen."""
    box = tab.locator(".ck-panel [role=slider]").bounding_box()
    assert box is not None
    return box["x"] + (column + 1.5) * UNIT, box["y"] + (row + 1.5) * UNIT


def offset(tab: Page, name: str) -> list[float]:
    i, j = divmod(TAPS.index(name), 3)
    found: list[float] = state(tab)["offsets"][i][j]
    return found


def test_what_is_said_at_first_and_after_reset(desk: Page) -> None:
    fill(desk, deformable_points())
    assert readout(desk) == DEFAULT
    desk.get_by_label("down Δu").first.fill("1.5")
    assert offset(desk, "top") == [1.5, 0.5]
    assert readout(desk) != DEFAULT
    desk.get_by_role("button", name="Reset").click()
    assert readout(desk) == DEFAULT


@pytest.mark.parametrize("name", TAPS)
def test_every_point_can_be_dragged(desk: Page, name: str) -> None:
    fill(desk, deformable_points())
    desk.locator(".ck-panel [role=slider]").scroll_into_view_if_needed()
    i, j = divmod(TAPS.index(name), 3)
    down, right = offset(desk, name)
    desk.mouse.move(*spot(desk, 1 + i + down, 1 + j + right))
    desk.mouse.down()
    desk.mouse.move(*spot(desk, 2.2, 1.7))
    desk.mouse.move(*spot(desk, 1.25, 2.75))
    desk.mouse.up()
    assert state(desk)["tap"] == name
    assert offset(desk, name) == pytest.approx([0.25 - i, 1.75 - j], abs=0.03)
    desk.mouse.move(5, 5)
    assert offset(desk, name) == pytest.approx([0.25 - i, 1.75 - j], abs=0.03), "it stays where it was let go"


def test_a_point_stays_within_reach(desk: Page) -> None:
    fill(desk, deformable_points(tap="bottom right"))
    point = desk.locator(".ck-panel [role=slider]")
    point.focus()
    for _ in range(12):
        point.press("ArrowDown")
        point.press("ArrowRight")
    assert offset(desk, "bottom right") == [2, 2]
    assert readout(desk).startswith("Tap bottom right reads x(5, 5) = 0. y = 18.75")
    assert "a small step changes nothing" in readout(desk)


def test_a_finger_chooses_and_sends(phone: Page) -> None:
    fill(phone, deformable_points())
    point = phone.locator(".ck-panel [role=slider]")
    point.tap(position={"x": (3 + 1.5) * UNIT, "y": (3 + 1.5) * UNIT})
    assert state(phone)["tap"] == "bottom right"
    assert offset(phone, "bottom right") == [0, 0], "a tap on a point chooses it alone"
    point.tap(position={"x": (3.75 + 1.5) * UNIT, "y": (4 + 1.5) * UNIT})
    assert offset(phone, "bottom right") == pytest.approx([1, 0.75], abs=0.03)
    finger = phone.context.new_cdp_session(phone)
    for kind, row, column in (
        ("touchStart", 4, 3.75),
        ("touchMove", 3.5, 3),
        ("touchMove", 3, 2.5),
        ("touchMove", 3, 2.5),
    ):
        x, y = spot(phone, row, column)
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        phone.wait_for_timeout(50)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert offset(phone, "bottom right") == pytest.approx([0, -0.5], abs=0.03), "it follows a finger"


def test_whole_numbers_are_said_to_have_two_slopes(desk: Page) -> None:
    fill(desk, deformable_points(tap="centre"))
    assert readout(desk).endswith(
        "Its row and column are whole numbers, where the slope jumps; "
        "this is the one downwards and to the right."
    )
    desk.get_by_label("down Δu").first.fill("0.5")
    assert readout(desk).endswith(
        "Its column is a whole number, where the slope jumps; this is the one to the right."
    )
    desk.get_by_label("right Δv").first.fill("0.25")
    assert "whole" not in readout(desk)


def test_the_factor_scales_a_tap(desk: Page) -> None:
    fill(desk, deformable_points())
    desk.get_by_label("factor a").first.fill("0.5")
    assert "y = 14 = (−1)·0 + 2·0.5·4.75 + " in readout(desk)
    assert "∂y/∂Δu = 5, ∂y/∂Δv = 5" in readout(desk)
    desk.get_by_label("factor a").first.fill("0")
    assert "y = 9.25 = (−1)·0 + (−1)·9" in readout(desk)
    assert "a small step changes nothing" in readout(desk)


@pytest.mark.parametrize(
    ("grid", "row", "column", "said"),
    [
        ("image", 1, 3, "∂y/∂x(1, 3) = −0.25: what taps send back to this pixel."),
        ("kernel", 0, 1, "∂y/∂w(0, 1) = a·z = 1·4.75 = 4.75, of tap top."),
        ("samples", 0, 1, "∂y/∂a(0, 1) = w·z = 2·4.75 = 9.5, of tap top."),
    ],
)
def test_what_is_pointed_at_says_its_gradient(
    desk: Page, grid: str, row: int, column: int, said: str
) -> None:
    fill(desk, deformable_points())
    cell(desk, grid, row, column).as_element().click()
    assert readout(desk) == f"{DEFAULT} {said}"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"image": [[1, 2], [3, 4]]}, r"image expects shape \(5, 5\), got \(2, 2\)"),
    ({"kernel": [[100] * 3] * 3}, "kernel expects numbers from -99 to 99, got 100"),
    ({"offsets": [[[0, 2.5]] * 3] * 3}, "offsets expects numbers from -2 to 2, got 2.5"),
    ({"offsets": [[0] * 3] * 3}, "offsets expects 3 axes"),
    ({"masks": [[-0.1] * 3] * 3}, "masks expects numbers from 0 to 1, got -0.1"),
    ({"tap": "middle"}, "tap expects one of top left, .* got 'middle'"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSED)
def test_what_is_no_such_layer_is_refused(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=f"^deformable_points: {said}"):
        widgets.deformable_points(**arguments)
