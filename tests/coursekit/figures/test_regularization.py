"""Dropout's networks, shares of focal loss, and normalization: used by mouse, keyboard and finger."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from convnet import functional as F
from coursekit import widgets
from tests.coursekit.figures import regularization
from tests.coursekit.figures.pages import cell, fill, readout, state
from tests.coursekit.figures.test_networks import OVERLAPS, TOO_LONG


def point(tab: Page, way: str, grid: str, row: int, column: int) -> None:
    place = cell(tab, grid, row, column).as_element()
    acts: dict[str, Callable[[], Any]] = {
        "mouse": place.hover,
        "click": place.click,
        "keyboard": lambda: place.evaluate("it => (it.querySelector('input') ?? it).focus()"),
        "finger": place.tap,
    }
    acts[way]()
    tab.wait_for_function("it => it.classList.contains('ck-pointed')", arg=place)


WAYS = pytest.mark.parametrize("way", ["mouse", "click", "keyboard", "finger"])


@pytest.mark.parametrize("output", ["linear", "ReLU", "sigmoid", "softmax"])
@pytest.mark.parametrize("scaling", ["training", "evaluation"])
def test_the_average_over_masks_is_that_of_many_draws(output: str, scaling: str) -> None:
    """Dropout of `convnet`, drawn 100 000 times, in place of the list of all masks."""
    p, draws = 0.3, 100_000
    figure = widgets.dropout_ensemble(p=p, output=output, scaling=scaling)
    hidden, weight, bias = regularization.layers(dict(figure.state))
    many = np.repeat(hidden, draws, axis=0)
    left, cache = F.dropout_forward(many, p, generator=np.random.default_rng(0))
    scores, _ = F.linear_forward(left * (1 if scaling == "training" else 1 - p), weight, bias)
    y = regularization.output_function(output, scores)
    error = y.std(axis=0) / np.sqrt(draws)
    average, one_pass = (np.asarray(figure.numbers[key]) for key in ("average", "one_pass"))
    assert (np.abs(y.mean(axis=0) - average) < 4 * error).all()
    apart = np.abs(average - one_pass)
    assert (apart < 1e-12).all() if output == "linear" else (apart > 10 * error).any()
    kept = cache.factors > 0
    numbered = (kept @ (1 << np.arange(kept.shape[1])[::-1])).astype(int)
    shares = np.bincount(numbered, minlength=8)[::-1] / draws
    np.testing.assert_allclose(shares, figure.numbers["probabilities"], atol=0.005)


@pytest.mark.site
@WAYS
def test_a_mask_shows_the_network_that_is_left(desk: Page, phone: Page, way: str) -> None:
    tab = phone if way == "finger" else desk
    fill(tab, widgets.dropout_ensemble())
    for row, gone in ((0, set()), (3, {2, 3}), (6, {1, 2}), (7, {1, 2, 3})):
        point(tab, way, "masks", row, 2)
        units = [tab.get_by_label(f"unit {k} of layer 1:") for k in (1, 2, 3)]
        hatched = {k for k, unit in enumerate(units, 1) if "ck-unread" in (unit.get_attribute("class") or "")}
        assert hatched == gone
        told = [unit.inner_text().split("→")[1].strip() for unit in units]
        assert told == ["0" if k in gone else str(2 * h) for k, h in ((1, 3), (2, 2), (3, 1))]
        lines = tab.locator(".ck-grid[aria-label='The network that is left'] .ck-line")
        assert lines.count() == 3 * 3 + 4 * 2 - 5 * len(gone), "nothing leads to or from a dropped unit"
        shown = tab.get_by_label("output 2 of layer 2:").inner_text()
        outputs = np.asarray(widgets.dropout_ensemble().numbers["outputs"])
        assert shown == f"y₂: {outputs[row, 1]:g}".replace("-", "−")


@pytest.mark.site
def test_only_a_linear_output_makes_average_and_one_pass_equal(desk: Page) -> None:
    fill(desk, widgets.dropout_ensemble())
    for output in ("linear", "sigmoid", "softmax", "ReLU"):
        desk.get_by_label("output function").select_option(label=output)
        desk.get_by_label("p, dropped").first.fill("0.35")
        gaps = [cell(desk, "compared", 2, k).as_element().inner_text() for k in (0, 1)]
        assert (gaps == ["0", "0"]) == (output == "linear")
        equal = "The average over the masks is the one pass" in desk.locator(".ck-below").inner_text()
        assert equal == (output == "linear")


@pytest.mark.site
@pytest.mark.parametrize("sizes", [(1, 1, 1), (4, 4, 3), (2, 4, 1), (4, 1, 3)], ids=str)
def test_ensembles_of_every_size(desk: Page, sizes: tuple[int, int, int]) -> None:
    rng = np.random.default_rng(sum(sizes))
    inputs, units, outputs = sizes
    shapes = ((units, 1 + inputs), (outputs, 1 + units))
    weights = [rng.uniform(-10, 10, shape).round(2).tolist() for shape in shapes]
    x = rng.uniform(-10, 10, inputs).round(2).tolist()
    fill(desk, widgets.dropout_ensemble(x, weights, 0.9))
    box = desk.locator(".ck-figure")
    assert box.evaluate(OVERLAPS) == 0
    assert box.evaluate(TOO_LONG) == [], "numbers stay in their cells"
    masks = desk.evaluate("document.querySelector('.ck-figure').figure.grids.masks.told.values")
    assert len(masks) == 2**units


def bars(tab: Page, what: str) -> list[float]:
    """The length of each bar, in shares of the longest there can be."""
    return list(
        tab.locator(".ck-figure").evaluate(
            """(box, what) => [...box.figure.grids[what].lines.querySelectorAll("line")].map((line) =>
              (line.x2.baseVal.value - line.x1.baseVal.value) / 110)""",
            what,
        )
    )


@pytest.mark.site
def test_bars_are_as_long_as_the_shares(desk: Page) -> None:
    fill(desk, widgets.focal_loss_shares())
    for gamma, many in (("2", "900"), ("0", "900"), ("5", "99999"), ("0.5", "0")):
        desk.get_by_label("focus γ").first.fill(gamma)
        desk.get_by_label("A, how many").fill(many)
        examples = [[int(many), 0, 0.95], *state(desk)["examples"][1:]]
        shares = np.asarray(widgets.focal_loss_shares(float(gamma), examples=examples).numbers["shares"])
        for what, pair in (("loss", shares[:2]), ("gradient", shares[2:])):
            np.testing.assert_allclose(bars(desk, what), pair.T.ravel(), atol=1e-5)
            words = [f"{100 * share:.1f}" for share in pair.T.ravel()]
            shown = desk.locator(f".ck-grid[aria-label='Shares of the {what}'] .ck-cell").all_inner_texts()
            assert [float(text.removesuffix(" %")) for text in shown] == pytest.approx(
                [float(word) for word in words], abs=0.11
            )
        if gamma == "0":
            np.testing.assert_allclose(shares[0], shares[1], err_msg="γ = 0 is cross-entropy")


@pytest.mark.site
def test_focus_moves_the_gradient_to_the_hard_examples(desk: Page) -> None:
    """The idea of the figure: with γ the share of the easiest falls, that of the hardest rises."""
    fill(desk, widgets.focal_loss_shares(0))
    slider = desk.get_by_role("slider", name="focus γ")
    easy, hard = [], []
    for _ in range(3):
        shares = bars(desk, "gradient")
        easy.append(shares[1])
        hard.append(shares[-1])
        for _ in range(5):
            slider.press("ArrowRight")
    assert easy == sorted(easy, reverse=True)
    assert hard == sorted(hard)
    assert hard[-1] > 1.5 * hard[0]
    assert easy[-1] < easy[0] / 3


@pytest.mark.site
@WAYS
def test_a_share_is_opened(desk: Page, phone: Page, way: str) -> None:
    tab = phone if way == "finger" else desk
    fill(tab, widgets.focal_loss_shares())
    for grid, row, letter in (("loss", 3, "B"), ("gradient", 6, "D"), ("examples", 2, "C")):
        point(tab, way, grid, row, 0)
        assert readout(tab).startswith(f"{letter}: ")
        marked = tab.locator(".ck-grid[aria-label^='Examples'] .ck-window input").first
        assert marked.get_attribute("aria-label") == f"{letter}, how many"


@pytest.mark.site
@pytest.mark.parametrize("over", ["batch", "layer"])
def test_gradients_of_what_is_normalized_together_add_up_to_zero(desk: Page, over: str) -> None:
    fill(desk, widgets.normalization(over=over, gamma=3))
    desk.get_by_label("x(1, 1)", exact=True).fill("−7.5")
    desk.get_by_label("∂L/∂y(0, 3)", exact=True).fill("4")
    sums = desk.locator(".ck-grid[aria-label='Its sums'] .ck-cell")
    grad_x = np.asarray(desk.evaluate("document.querySelector('.ck-figure').figure.numbers.grad_x"))
    assert np.abs(grad_x).max() > 1
    assert abs(grad_x.sum()) < 1e-9
    assert sums.last.inner_text() == "0"
    assert (sums.all_inner_texts() == ["0"] * 4) == (over == "layer")
    desk.get_by_label("mode").select_option(label="evaluation")
    assert (sums.last.inner_text() == "0") == (over == "layer"), "running statistics are constants"


@pytest.mark.site
@WAYS
def test_what_normalizes_a_number_is_marked(desk: Page, phone: Page, way: str) -> None:
    tab = phone if way == "finger" else desk
    marked = "(box, grid) => box.figure.grids[grid].cells.flat().map(({ frame }) =>" + (
        " Number(/ck-(window|output)/.test(frame.className)))"
    )
    for arguments, wanted in (
        ({}, np.ones((3, 4))),
        ({"over": "layer"}, [[0] * 4, [1] * 4, [0] * 4]),
        ({"mode": "evaluation"}, [[0] * 4, [0, 0, 1, 0], [0] * 4]),
    ):
        for grid, read in (("output", "x"), ("grad_x", "grad")):
            fill(tab, widgets.normalization(**arguments))  # type: ignore[arg-type]
            point(tab, way, grid, 1, 2)
            found = tab.locator(".ck-figure").evaluate(marked, read)
            assert found == np.asarray(wanted).ravel().tolist(), (arguments, grid)
            assert readout(tab).startswith(f"{'y' if grid == 'output' else '∂L/∂x'}(1, 2) = ")


@pytest.mark.site
def test_next_feeds_the_batch_once_more(desk: Page) -> None:
    desk.clock.install()
    fill(desk, widgets.normalization(mode="evaluation", momentum=0.5))
    first = desk.get_by_label("y(0, 0):").inner_text()
    assert first == "0", "the running mean is still 0"
    for fed, mean in enumerate(("1.5", "2.25", "2.63"), 1):
        desk.get_by_role("button", name="Next").click()
        assert f"Fed {'once' if fed == 1 else f'{fed} times'}: running mean {mean}" in readout(desk)
        assert state(desk)["fed"] == fed
    assert desk.get_by_label("y(0, 0):").inner_text() != first, "evaluation follows"
    desk.get_by_role("button", name="Play").click()
    desk.clock.run_for(50 * 300)
    assert state(desk)["fed"] == 40
    assert "running mean 3, running variance 4.36" in readout(desk)
    assert desk.get_by_role("button", name="Play").is_visible(), "it stops at the end"
    desk.clock.resume()
