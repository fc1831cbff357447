"""Painting holes by mouse, finger and keyboard, and what the figure says of a window."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from convnet import functional as F
from coursekit import widgets
from tests.coursekit.figures.pages import cell, fill, readout, state

SAID = [
    (
        {},
        "y(2, 4)",
        "y(2, 4) = 9 = 9/3 · 3: 3 of the 9 places of the window are known. Their products: 9·0.111 + "
        "9·0.111 + 9·0.111 = 3. The hole in its middle is filled here. Ordinary: 3 = 3: the same sum, "
        "not scaled.",
    ),
    (
        {"bias": 0.5},
        "y(4, 4), a hole",
        "y(4, 4) = 0: nothing in the window is known, so it stays a hole. Ordinary: 0.5, the bias.",
    ),
    (
        {"layer": 2, "bias": -1, "kernel": [[0, 0, 0], [0, 1, 0], [0, 0, 0]]},
        "y(0, 0)",
        "y(0, 0) = 42.31 = 9/4 · 19.25 + (−1): 4 of the 9 places of the window are known. Their products: "
        "19.25·1 + 12.5·0 + 12.5·0 + 9.13·0 = 19.25. Ordinary: 7, after 2 layers of its own.",
    ),
    (
        {},
        "ordinary output (0, 0)",
        "Ordinary: 4 = 4: the same sum, not scaled. y(0, 0) = 9 = 9/4 · 4: 4 of the 9 places of the window "
        "are known. Their products: 9·0.111 + 9·0.111 + 9·0.111 + 9·0.111 = 4.",
    ),
    (
        {},
        "x(3, 3), a hole",
        "x(3, 3) is a hole. It lies in 9 windows. A partial convolution does not count it; an ordinary one "
        "takes it for a zero.",
    ),
    (
        {},
        "x(0, 0)",
        "x(0, 0) = 9 is known. It lies in 4 windows, and these pixels are known after this layer.",
    ),
    ({}, "w(0, 0)", "w(0, 0) = 0.111 meets a known pixel in 39 of 81 windows: those marked."),
]
"""Every sentence worked out by hand."""

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"image": np.ones((2, 5))}, r"image expects at least 3 rows and columns, got shape \(2, 5\)"),
    ({"image": np.full((3, 3), 1000)}, "image expects numbers from −999 to 999, got 1000"),
    ({"mask": np.ones((3, 3))}, r"mask expects the shape of image, \(9, 9\), got \(3, 3\)"),
    ({"mask": np.full((9, 9), 0.5)}, "mask expects 1 where a pixel is known and 0 in a hole"),
    ({"kernel": np.ones((2, 3))}, r"kernel expects the shape \(3, 3\), got \(2, 3\)"),
    ({"kernel": np.full((3, 3), 10)}, "kernel expects numbers from −9 to 9, got 10"),
    ({"layer": 6}, "layer expects a whole number of at most 5, got 6"),
    ({"brush": "pen"}, "brush expects one of only look, make a hole, make it known, got 'pen'"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED)
def test_refuses_in_words(arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=f"^partial_mask: {words}"):
        widgets.partial_mask(**arguments)


def test_a_small_picture_has_a_smaller_hole() -> None:
    assert np.sum(np.equal(widgets.partial_mask(np.ones((3, 6))).state["mask"], 0)) == 4


@pytest.mark.site
@pytest.mark.parametrize(("arguments", "place", "said"), SAID)
def test_says_what_is_pointed_at(desk: Page, arguments: dict[str, Any], place: str, said: str) -> None:
    fill(desk, widgets.partial_mask(**arguments))
    found = f".ck-grid [aria-label='{place}'], .ck-grid [aria-label^='{place}:']"
    desk.locator(found).first.focus()
    assert readout(desk) == said


def _mask(tab: Page) -> Any:
    return np.array(state(tab)["mask"])


def _holds(tab: Page) -> None:
    """What the page shows is what convnet makes of the painted mask."""
    now = state(tab)
    names = ("image", "mask", "kernel")
    image, mask, kernel = (np.array(now[name], dtype=float)[None, None] for name in names)
    y, cache = F.partial_conv2d_forward(image, kernel, None, mask, padding=1)
    numbers = tab.locator(".ck-figure").evaluate("box => box.figure.numbers")
    np.testing.assert_allclose(numbers["partial"], y[0, 0], atol=1e-9)
    np.testing.assert_array_equal(numbers["after"], cache.new_mask[0, 0])


@pytest.mark.site
def test_space_makes_a_hole_and_back(desk: Page) -> None:
    fill(desk, widgets.partial_mask())
    before = _mask(desk)
    cell(desk, "before", 0, 1).as_element().focus()
    desk.keyboard.press("Space")
    assert np.argwhere(_mask(desk) != before).tolist() == [[0, 1]]
    assert readout(desk).startswith("x(0, 1) is a hole")
    _holds(desk)
    desk.keyboard.press("Space")
    np.testing.assert_array_equal(_mask(desk), before)
    cell(desk, "partial", 0, 1).as_element().focus()
    desk.keyboard.press("Space")
    np.testing.assert_array_equal(_mask(desk), before, "only the picture is painted")


@pytest.mark.site
def test_a_stroke_of_the_mouse_paints_with_a_brush_only(desk: Page) -> None:
    fill(desk, widgets.partial_mask(mask=np.ones((9, 9))))

    def stroke() -> None:
        boxes = [cell(desk, "before", 7, column).as_element().bounding_box() for column in (1, 4)]
        places = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
        desk.mouse.move(*places[0])
        desk.mouse.down()
        desk.mouse.move(*places[1], steps=20)
        desk.mouse.up()
        desk.mouse.move(1, 1)

    stroke()
    assert _mask(desk).all(), "without a brush a mouse changes nothing"
    for brush, known in (("make a hole", 0), ("make it known", 1)):
        desk.locator("select[name=brush]").select_option(label=brush)
        stroke()
        assert np.argwhere(_mask(desk) != 1).tolist() == ([] if known else [[7, 1], [7, 2], [7, 3], [7, 4]])
        _holds(desk)


@pytest.mark.site
def test_a_finger_taps_holes(phone: Page) -> None:
    fill(phone, widgets.partial_mask(mask=np.ones((9, 9))))
    phone.locator("select[name=brush]").select_option(label="make a hole")
    cell(phone, "before", 3, 5).as_element().tap()
    cell(phone, "before", 3, 5).as_element().tap()
    assert np.argwhere(_mask(phone) == 0).tolist() == [[3, 5]]
    phone.get_by_role("button", name="Reset").tap()
    assert _mask(phone).all()


@pytest.mark.site
def test_painting_goes_back_to_the_picture(desk: Page) -> None:
    fill(desk, widgets.partial_mask())
    desk.get_by_role("button", name="Next").click()
    assert state(desk)["layer"] == 2
    before = _mask(desk)
    cell(desk, "before", 0, 0).as_element().focus()
    desk.keyboard.press("Space")
    assert state(desk)["layer"] == 1
    np.testing.assert_array_equal(_mask(desk), before, "first it is shown, then painted")
    desk.keyboard.press("Space")
    assert _mask(desk)[0, 0] == 0


@pytest.mark.site
def test_holes_close_as_the_line_below_says(desk: Page) -> None:
    fill(desk, widgets.partial_mask())
    below, said = (
        desk.locator(".ck-below"),
        "Pixels in holes: 25, 9 after layer 1, 1 after layer 2, 0 after layer 3.",
    )
    assert below.inner_text().strip() == said
    desk.locator("select[name=holes]").select_option(label="all but one pixel")
    assert below.inner_text().strip() == (
        "Pixels in holes: 80, 72 after layer 1, 56 after layer 2, 32 after layer 3, 0 after layer 4."
    )
