"""The kit itself: how it writes and reads numbers, which colours it takes, how it plays."""

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from coursekit import widgets
from coursekit._markup import asset
from coursekit.widgets import FIGURES
from coursekit.widgets._text import number
from tests.coursekit.figures.pages import fill, readout

PALETTE = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\)", asset("kit.css")))


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_can_be_told_apart(theme: int) -> None:
    colour = {name: pair.split(", ")[theme] for name, pair in PALETTE.items()}
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01), "as WCAG counts"
    grounds = ["paper", "faint", "window-fill", "output-fill", "third-fill"]
    assert [ground for ground in grounds if contrast(colour["ink"], colour[ground]) < 4.5] == []
    assert [text for text in ("soft", "wrong") if contrast(colour[text], colour["paper"]) < 4.5] == []
    lines = ["line", "window", "output", "third"]
    assert [line for line in lines if contrast(colour[line], colour["paper"]) < 3] == []
    filled = ["window", "output", "third"]
    assert [name for name in filled if contrast(colour[name], colour[f"{name}-fill"]) < 3] == []


@pytest.mark.site
@pytest.mark.parametrize(
    ("system", "html", "body", "expected"),
    [
        ("light", "", "", "light"),
        ("dark", "", "", "dark"),
        ("dark", "data-theme='light'", "", "light"),  # the book, turned by hand
        ("light", "data-theme='dark'", "", "dark"),
        ("light", "theme='dark'", "", "dark"),  # Colab
        ("light", "", "data-jp-theme-light='false'", "dark"),  # Jupyter
        ("dark", "", "data-jp-theme-light='true'", "light"),
        ("light", "", "class='vscode-dark'", "dark"),
        ("dark", "", "class='vscode-light'", "light"),
    ],
)
def test_the_page_says_which_colours(desk: Page, system: Any, html: str, body: str, expected: str) -> None:
    desk.emulate_media(color_scheme=system)
    fill(desk, widgets.window_line())
    for element, attribute in (("documentElement", html), ("body", body)):
        if attribute:
            name, _, value = attribute.replace("'", "").partition("=")
            desk.evaluate(f"document.{element}.setAttribute('{name}', '{value}')")
    ground = desk.locator(".ck-figure").evaluate("box => getComputedStyle(box).backgroundColor")
    desk.emulate_media(color_scheme=None)
    light, dark = PALETTE["paper"].split(", ")
    wanted = dark if expected == "dark" else light
    assert ground == f"rgb({', '.join(str(int(wanted[i : i + 2], 16)) for i in (1, 3, 5))})"


@pytest.mark.site
def test_numbers_are_written_alike_in_script_and_in_python(desk: Page) -> None:
    rng = np.random.default_rng(0)
    drawn = rng.normal(size=300) * 10.0 ** rng.integers(-12, 7, 300)
    known = [0.1 + 0.2, -0.0, 2.125, -2.125, 0.125, 5e-324, 1e-9, 99.995, 1e6, -7.0, 1 / 3]
    values = [*drawn.tolist(), *known]
    fill(desk, widgets.window_line())
    written = desk.evaluate("values => values.map(Object.values(coursekitFigures)[0].number)", values)
    assert written == [number(value) for value in values]
    assert [number(value) for value in known[:4]] == ["0.3", "0", "2.13", "−2.13"]
    assert not any("-" in text or "e" in text for text in written)


@pytest.mark.site
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("−2,5", -2.5),
        (" +.5 ", 0.5),
        ("-", None),
        ("", None),
        ("two", None),
        ("1e3", None),
        ("1 2", None),
    ],
)
def test_what_is_typed_is_read_as_people_write(desk: Page, text: str, value: float | None) -> None:
    fill(desk, widgets.convolution_stepper())
    cell = desk.get_by_role("textbox", name="w(0, 0)")
    cell.fill(text)
    kernel = desk.evaluate("document.querySelector('.ck-figure').figure.state.kernel")
    assert kernel[0][0] == (0 if value is None else value)
    cell.blur()
    told = desk.locator(".ck-panel .ck-error").nth(1).inner_text()
    assert bool(told) == (value is None)


@pytest.mark.site
def test_playing_goes_to_the_end_and_stops(desk: Page) -> None:
    desk.clock.install()
    fill(desk, widgets.convolution_stepper())
    desk.get_by_role("button", name="Back").click()
    assert readout(desk).startswith("y(2, 2) = 14"), "backwards from the first comes the last"
    desk.get_by_role("button", name="Play").click()
    assert readout(desk).startswith("y(0, 0)"), "from the last it begins anew"
    desk.clock.run_for(2 * 900)
    assert readout(desk).startswith("y(0, 2)")
    desk.clock.run_for(20 * 900)
    assert readout(desk).startswith("y(2, 2)")
    assert desk.get_by_role("button", name="Play").is_visible(), "it stops at the end"
    desk.clock.resume()


@pytest.mark.site
def test_the_keyboard_goes_on_under_a_resting_mouse(desk: Page) -> None:
    fill(desk, widgets.convolution_stepper())
    desk.get_by_label("y(2, 2): 14").hover()
    desk.wait_for_function("document.querySelector('.ck-figure').figure.hovered !== null")
    assert readout(desk).startswith("y(2, 2)")
    desk.get_by_label("y(0, 0): 12").focus()
    assert readout(desk).startswith("y(0, 0)")


@pytest.mark.site
def test_no_room_is_said_and_changes_nothing(desk: Page) -> None:
    fill(desk, widgets.convolution_stepper())
    field = desk.get_by_label("dilation d")
    field.fill("3")
    error = desk.locator(".ck-control .ck-error").nth(2)
    assert error.inner_text() == (
        "No room: the kernel reaches over 7 pixels, the padded input has 5. It stays 1."
    )
    assert field.input_value() == "1"
    desk.get_by_label("padding p").fill("1")
    field.fill("3")
    assert error.inner_text() == ""
    assert desk.get_by_role("grid", name="Output").get_by_role("gridcell").count() == 1, "7 pixels fit into 7"


@pytest.mark.site
def test_the_readout_does_not_shrink_while_one_points(desk: Page) -> None:
    fill(desk, widgets.channel_stepper())
    tall = desk.locator(".ck-readout").bounding_box()
    desk.get_by_role("textbox", name="b(0)").focus()
    assert readout(desk).startswith("b(0) = 0")
    low = desk.locator(".ck-readout").bounding_box()
    assert tall is not None and low is not None  # noqa: PT018
    assert low["height"] == pytest.approx(tall["height"], abs=1)


def test_every_figure_is_offered_under_its_name() -> None:
    assert set(FIGURES) <= set(widgets.__all__)
    assert all(getattr(widgets, name) is FIGURES[name] for name in FIGURES)
