"""Networks of any size: drawn, opened by mouse, finger and keyboard, and checked by differences."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from convnet import plain
from coursekit import widgets
from coursekit.widgets import FIGURES
from tests.coursekit.figures.pages import cell, fill, readout, state
from tests.coursekit.figures.references import REFERENCES

pytestmark = pytest.mark.site

SIZES = [(1, 1), (6, 6), (2, 4, 1), (1, 6, 2), (6, 1, 6), (3, 2, 4, 5), (6, 6, 6, 6)]

OVERLAPS = """(box) => {
  const boxes = box.figure.grids.units.cells.flat().map(({ frame }) => frame.getBoundingClientRect());
  return boxes.filter((one, index) => boxes.some((other, place) => place !== index && one.left < other.right
    && other.left < one.right && one.top < other.bottom && other.top < one.bottom)).length;
}"""

TOO_LONG = """(box) => Object.values(box.figure.grids).flatMap((grid) => grid.cells.flat())
  .filter(({ words, frame }) => words && words.getBoundingClientRect().width > frame.offsetWidth + 2)
  .map(({ words }) => words.textContent)"""

SAYS = "(box) => box.figure.grids.{grid}.at({row}, {column}).target.focus()"


def drawn(sizes: tuple[int, ...], seed: int = 0) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=(o, 1 + i)).round(2).tolist() for i, o in pairwise(sizes)]
    return {"x": rng.normal(size=sizes[0]).round(2).tolist(), "weights": weights}


@pytest.mark.parametrize("name", ["forward_pass", "backward_pass"])
@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_networks_of_every_size(desk: Page, name: str, sizes: tuple[int, ...]) -> None:
    figure = FIGURES[name](**drawn(sizes), activation="tanh")
    fill(desk, figure)
    shown = desk.locator(".ck-figure").evaluate("box => box.figure.numbers")
    expected = REFERENCES[name](dict(figure.state))
    for key in expected:
        for one, other in zip(_flat(shown[key]), _flat(expected[key]), strict=True):
            assert one == pytest.approx(other, abs=1e-9), key
    assert desk.locator(".ck-figure").evaluate(OVERLAPS) == 0
    assert desk.locator(".ck-figure").evaluate(TOO_LONG) == [], "numbers stay in their cells"
    boxes = sum(sizes) + len(sizes) - 1
    assert desk.get_by_role("grid", name="Open a unit").get_by_role("gridcell").count() == boxes
    assert desk.locator(".ck-line").count() == sum((i + 1) * o for i, o in pairwise(sizes))


def test_an_arrow_key_leads_where_it_points(desk: Page) -> None:
    fill(desk, widgets.forward_pass())
    desk.get_by_label("x₁").focus()
    where = "() => document.activeElement.getAttribute('aria-label')"
    told = []
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft"):
        desk.keyboard.press(key)
        told.append(desk.evaluate(where).partition(":")[0])
    assert told[:2] == ["x₂", "unit 2 of layer 1"], "unit 2 stands in the row of x₂"
    assert told[2:] == ["unit 2 of layer 1", "unit 1 of layer 1", "x₁", "x₁"]


@pytest.mark.parametrize("way", ["mouse", "click", "keyboard", "finger"])
def test_a_unit_is_opened(desk: Page, phone: Page, way: str) -> None:
    tab = phone if way == "finger" else desk
    fill(tab, widgets.forward_pass())
    assert readout(tab).startswith("a₂⁽¹⁾ = 5 = (−2)·1 + 1·1")
    unit = tab.get_by_label("unit 1 of layer 1: −3 → 0")
    acts: dict[str, Callable[[], None]] = {
        "mouse": unit.hover,
        "click": unit.click,
        "keyboard": unit.focus,
        "finger": unit.tap,
    }
    acts[way]()
    tab.wait_for_function("document.querySelector('.ck-readout').textContent.startsWith('a₁')")
    assert readout(tab).startswith("a₁⁽¹⁾ = −3 = 1·1 + 2·1 + 1·0 + (−1)·2 + 1·(−1) + (−1)·3")
    marked = tab.locator(".ck-grid[aria-label='Weights W⁽¹⁾'] .ck-window input")
    assert [one.input_value() for one in marked.all()] == ["1", "2", "1", "−1", "1", "−1"]
    if way == "finger":
        picture = tab.get_by_role("grid", name="Open a unit").bounding_box()
        words = tab.locator(".ck-readout").bounding_box()
        assert picture is not None
        assert words is not None
        gap = words["y"] - picture["y"] - picture["height"]
        assert 0 < gap < 40, "on a phone unit and sum are seen together"


def test_typed_inputs_and_weights_go_through_the_network(desk: Page) -> None:
    fill(desk, widgets.forward_pass())
    for name, value in (("x₁", "2"), ("x₂", "1"), ("x₃", "0"), ("x₄", "1"), ("x₅", "1")):
        desk.get_by_label(name, exact=True).fill(value)
    assert desk.get_by_label("output 1 of layer 2: 16").is_visible(), "as in the chapter's exercise"
    desk.get_by_label("w₂₀⁽²⁾").fill("−3.5")
    assert desk.get_by_label("output 2 of layer 2: 8.5").is_visible()
    desk.get_by_label("w₂₀⁽²⁾").fill("11")
    error = desk.locator(".ck-panel .ck-error").nth(2)
    assert error.inner_text() == "“11” is not a number from −10 to 10. w₂₀⁽²⁾ stays −3.5."


@pytest.mark.parametrize("loss", ["squared error", "cross-entropy", "upstream gradient"])
@pytest.mark.parametrize("activation", ["ReLU", "sigmoid", "tanh"])
def test_every_derivative_has_its_difference_beside_it(desk: Page, loss: str, activation: str) -> None:
    sizes = (2, 3, 2)
    target = [0.25, 0.75] if loss == "cross-entropy" else [1, -2]
    figure = widgets.backward_pass(
        **drawn(sizes, seed=3), activation=activation, loss=loss, target=target, grad=[2, -0.5]
    )
    fill(desk, figure)
    for layer, (inputs, units) in enumerate(pairwise(sizes)):
        for row, column in np.ndindex(units, inputs + 1):
            where = {"grid": f"grads{layer}", "row": row, "column": column}
            desk.locator(".ck-figure").evaluate(SAYS.format(**where))
            words = readout(desk).replace("−", "-")
            found = re.match(r".* = (\S+) = .* to both sides: (\S+)\.$", words)
            assert found, words
            expected = figure.numbers["grads"][layer][row][column]
            assert [float(part) for part in found.groups()] == pytest.approx(
                [expected] * 2, rel=6e-3, abs=6e-3
            )


def test_a_cross_entropy_asks_for_probabilities(desk: Page) -> None:
    fill(desk, widgets.backward_pass(target=[3, -1]))
    desk.get_by_label("loss").select_option(label="cross-entropy")
    assert state(desk)["target"] == [1, 0], "what cannot be probabilities becomes the class of the largest"
    desk.get_by_label("t₂", exact=True).fill("1")
    error = desk.get_by_role("alert").filter(has_text="probabilities")
    assert error.inner_text() == (
        "The target of a cross-entropy is probabilities, which are not negative and add up to 1. t₂ stays 0."
    )
    desk.get_by_role("combobox", name="target t").select_option(label="class 2: 0, 1")
    assert state(desk)["target"] == [0, 1]
    cell(desk, "units", 1, 2).as_element().click()
    assert readout(desk) == "δ₂⁽²⁾ = −0.953 = ∂L/∂y₂ = p₂ − t₂ = 0.0474 − 1."


@pytest.mark.parametrize(
    ("activation", "forward", "backward"),
    [
        ("none", np.copy, lambda grad, a: grad),
        ("sigmoid", plain.sigmoid, plain.sigmoid_backward),
        ("tanh", plain.tanh, plain.tanh_backward),
        ("ReLU", plain.relu, plain.relu_backward),
    ],
)
@pytest.mark.parametrize("scale", [1.0, 4.0])
def test_the_factors_of_wide_layers_are_those_of_drawn_layers(
    activation: str, forward: Callable[..., Any], backward: Callable[..., Any], scale: float
) -> None:
    width, layers, factors = 300, 20, []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        z, way = rng.normal(size=(100, width)), []
        for _ in range(layers):
            weight = rng.normal(size=(width, width)) * scale / np.sqrt(width)
            a = z @ weight.T
            z = forward(a)
            way.append((weight, a))
        grad = start = rng.normal(size=z.shape)
        for weight, a in way[::-1]:
            grad = backward(grad, a) @ weight
        factors.append((np.linalg.norm(grad) / np.linalg.norm(start)) ** (1 / layers))
    lengths = widgets.gradient_through_layers(activation, layers=layers, scale=scale).numbers["lengths"]
    assert np.asarray(lengths)[-1] ** (1 / layers) == pytest.approx(np.mean(factors), rel=0.02)


def _flat(values: Any) -> list[float]:
    if isinstance(values, list | tuple | np.ndarray):
        return [number for part in values for number in _flat(part)]
    return [float(values)]
