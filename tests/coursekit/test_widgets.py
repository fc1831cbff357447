"""The convolution stepper: its numbers against SciPy, its words, its keyboard."""

import re

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page
from scipy.signal import correlate2d

from coursekit.widgets import IMAGE, KERNEL, ConvolutionStepper, convolution_stepper

LECTURE = [[12, 12, 17], [10, 17, 19], [9, 6, 14]]


def show(browser: Browser, *steppers: ConvolutionStepper) -> Page:
    tab = browser.new_page()
    tab.set_content("<!doctype html>" + "".join(stepper._repr_html_() for stepper in steppers))
    return tab


def shown_output(tab: Page) -> NDArray[np.float64]:
    """The output grid as the page holds it."""
    rows = tab.get_by_role("row").all()
    cells = [
        row.get_by_role("gridcell").evaluate_all("all => all.map((c) => c.dataset.value)") for row in rows
    ]
    return np.array(cells, dtype=float)


def expected_output(
    image: NDArray[np.float64], kernel: NDArray[np.float64], stride: int, padding: int, dilation: int
) -> NDArray[np.float64]:
    """The same by another road: a kernel spread out with zeros, SciPy's correlation, every s-th value."""
    rows, columns = (dilation * (size - 1) + 1 for size in kernel.shape)
    spread = np.zeros((rows, columns))
    spread[::dilation, ::dilation] = kernel
    return np.asarray(correlate2d(np.pad(image, padding), spread, mode="valid")[::stride, ::stride])


def test_refuses_in_words() -> None:
    with pytest.raises(ValueError, match=r"image expects 1 to 12 rows and columns, got shape \(3,\)"):
        convolution_stepper(image=[1, 2, 3])
    with pytest.raises(ValueError, match=r"kernel expects 1 to 12 rows and columns, got shape \(13, 1\)"):
        convolution_stepper(kernel=np.zeros((13, 1)))
    with pytest.raises(ValueError, match="image expects finite numbers"):
        convolution_stepper(image=[[1.0, np.nan]])
    with pytest.raises(ValueError, match="stride expects a whole number of at least 1, got 0"):
        convolution_stepper(stride=0)
    with pytest.raises(ValueError, match="padding expects a whole number of at least 0, got -1"):
        convolution_stepper(padding=-1)


def test_html_is_the_same_each_time_and_names_no_host() -> None:
    html = convolution_stepper()._repr_html_()
    assert html == convolution_stepper()._repr_html_()
    assert "http" not in html


@pytest.mark.site
def test_the_lecture_s_example(browser: Browser) -> None:
    assert np.array_equal(shown_output(show(browser, convolution_stepper())), LECTURE)


@pytest.mark.site
@pytest.mark.parametrize("seed", range(12))
def test_numbers_agree_with_scipy(browser: Browser, seed: int) -> None:
    draw = np.random.default_rng(seed)
    stride, padding, dilation = int(draw.integers(1, 4)), int(draw.integers(0, 4)), int(draw.integers(1, 3))
    image = np.round(draw.normal(size=draw.integers(5, 9, size=2)) * 9, 2)
    kernel = np.round(draw.normal(size=draw.integers(1, 4, size=2)) * 3, 2)
    flip = bool(draw.integers(2))
    tab = show(browser, convolution_stepper(image, kernel, stride, padding, dilation, flip=flip))
    used = kernel[::-1, ::-1] if flip else kernel
    np.testing.assert_allclose(
        shown_output(tab), expected_output(image, used, stride, padding, dilation), rtol=1e-12, atol=1e-12
    )


@pytest.mark.site
def test_controls_recompute(browser: Browser) -> None:
    tab = show(browser, convolution_stepper())
    image, kernel = np.array(IMAGE, float), np.array(KERNEL, float)
    tab.get_by_label("padding").fill("2")
    tab.get_by_label("stride").fill("2")
    assert np.array_equal(shown_output(tab), expected_output(image, kernel, 2, 2, 1))
    tab.get_by_label("dilation").fill("2")
    tab.get_by_label("flip the kernel").check()
    assert np.array_equal(shown_output(tab), expected_output(image, kernel[::-1, ::-1], 2, 2, 2))
    cell = tab.get_by_label("Kernel row 1, column 3")
    cell.fill("-7.5")
    cell.press("Tab")
    assert tab.evaluate("document.activeElement.ariaLabel") == "Kernel row 2, column 1", (
        "the keyboard moves on"
    )
    kernel[0, 2] = -7.5
    assert np.allclose(shown_output(tab), expected_output(image, kernel[::-1, ::-1], 2, 2, 2))
    tab.get_by_role("combobox", name="kernel").select_option("upright edges, 3×3")
    edges = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], float)
    assert np.array_equal(shown_output(tab), expected_output(image, edges[::-1, ::-1], 2, 2, 2))


@pytest.mark.site
def test_nonsense_in_a_control_changes_nothing(browser: Browser) -> None:
    tab = show(browser, convolution_stepper())
    for label, text in (("stride", "0"), ("padding", ""), ("dilation", "1.5")):
        tab.get_by_label(label).fill(text)
        assert tab.get_by_label(label).get_attribute("aria-invalid") == "true"
    cell = tab.get_by_label("Kernel row 2, column 2")
    cell.fill("two")
    cell.press("Tab")
    assert cell.get_attribute("aria-invalid") == "true"
    assert np.array_equal(shown_output(tab), LECTURE)


@pytest.mark.site
def test_pointing_lights_the_window_and_writes_the_products_out(browser: Browser) -> None:
    tab = show(browser, convolution_stepper())
    tab.get_by_role("gridcell", name="Row 1, column 2: 12").hover()
    sentence = " ".join(tab.locator(".ck-step-sentence").inner_text().split())
    assert sentence == ("Output row 1, column 2: 3·0 + 2·1 + 1·2 + 0·2 + 1·2 + 3·0 + 1·0 + 2·1 + 2·2 = 12")
    assert tab.locator(".ck-step-sentence").get_attribute("aria-live") == "polite"
    lit = tab.locator(".ck-step-pixel.ck-step-lit > span").all_inner_texts()
    assert lit == [str(value) for row in IMAGE[:3] for value in row[1:4]]
    shown = re.findall(r"(\d+)·(\d+)", sentence)
    assert sum(int(pixel) * int(weight) for pixel, weight in shown) == 12


@pytest.mark.site
def test_arrow_keys_walk_over_the_output(browser: Browser) -> None:
    tab = show(browser, convolution_stepper())
    tab.get_by_role("gridcell").first.focus()
    seen = []
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "End", "Home", "ArrowUp", "ArrowLeft"):
        tab.keyboard.press(key)
        match = re.match(r"Output row (\d), column (\d)", tab.locator(".ck-step-sentence").inner_text())
        assert match is not None
        seen.append((int(match[1]), int(match[2])))
    assert seen == [(1, 2), (2, 2), (3, 2), (3, 2), (3, 3), (3, 1), (2, 1), (2, 1)]
    assert tab.locator("[role=gridcell][tabindex='0']").count() == 1, "one stop for the tab key"


@pytest.mark.site
def test_buttons_step_and_play(browser: Browser) -> None:
    tab = show(browser, convolution_stepper())
    tab.clock.install()
    sentence = tab.locator(".ck-step-sentence")
    tab.get_by_role("button", name="Next").click()
    assert sentence.inner_text().startswith("Output row 1, column 2")
    tab.get_by_role("button", name="Back").click(click_count=2)
    assert sentence.inner_text().startswith("Output row 3, column 3")
    tab.get_by_role("button", name="Play").click()
    assert sentence.inner_text().startswith("Output row 1, column 1")
    assert sentence.get_attribute("aria-live") == "off", "nobody can listen that fast"
    tab.clock.run_for(2 * 900)
    assert sentence.inner_text().startswith("Output row 1, column 3")
    tab.clock.run_for(20 * 900)
    assert sentence.inner_text().startswith("Output row 3, column 3")
    assert tab.get_by_role("button", name="Play").is_visible(), "it stops at the end"


@pytest.mark.site
def test_no_room_is_said_in_words(browser: Browser) -> None:
    tab = show(browser, convolution_stepper(dilation=3))
    assert (
        "kernel reaches over 7 × 7 pixels, the padded input has 5 × 5" in tab.locator(".ck-step").inner_text()
    )
    assert tab.get_by_role("button", name="Next").is_disabled()
    tab.get_by_label("padding").fill("1")
    assert shown_output(tab).shape == (1, 1), "7 pixels fit into 7"


@pytest.mark.site
def test_pixels_that_no_window_reads_are_counted(browser: Browser) -> None:
    tab = show(browser, convolution_stepper(stride=3))
    assert "16 pixels never read" in tab.locator(".ck-step").inner_text()


@pytest.mark.site
def test_two_figures_do_not_meet(browser: Browser) -> None:
    tab = show(browser, convolution_stepper(), convolution_stepper())
    tab.get_by_label("stride").first.fill("2")
    outputs = tab.locator("[role=grid]")
    assert [outputs.nth(i).get_by_role("gridcell").count() for i in (0, 1)] == [4, 9]


@pytest.mark.site
@pytest.mark.parametrize("padding", [0, 3])
def test_fits_a_phone(browser: Browser, padding: int) -> None:
    tab = show(browser, convolution_stepper(padding=padding))
    tab.set_viewport_size({"width": 360, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
