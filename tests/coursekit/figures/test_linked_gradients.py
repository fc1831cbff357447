"""A convolution forward and backward: whatever is pointed at shows exactly the products that make it."""

import re
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from coursekit import widgets
from tests.coursekit.figures.pages import cell, fill, readout, state
from tests.coursekit.figures.references import REFERENCES

pytestmark = pytest.mark.site

OPENED = """(box) => Object.entries(box.figure.grids).flatMap(([grid, { cells, told }]) =>
  cells.flatMap((line, row) => line.map((_, column) => {
    box.figure.choose({ grid, row, column });
    const marked = Object.fromEntries(Object.entries(box.figure.grids).map(([name, one]) => [name,
      one.cells.flatMap((cells, r) => cells.flatMap(({ frame, corner }, c) => {
        const mark = ["window", "third", "output"].find((kind) => frame.classList.contains(`ck-${kind}`));
        const by = one.told.offset ?? 0;
        return mark ? [[[r - by, c - by], mark, corner.textContent]] : [];
      }))]));
    const by = told.offset ?? 0;
    return { grid, here: [row - by, column - by], said: box.figure.readout.textContent, marked };
  })))"""
"""What is marked and said, for every place that can be pointed at."""

SETTINGS = [
    ((4, 4), (2, 2), 1, 0, 1),
    ((5, 3), (2, 3), 1, 1, 1),
    ((3, 6), (3, 2), 2, 2, 1),
    ((6, 5), (2, 2), 3, 0, 1),
    ((5, 6), (3, 2), 1, 0, 2),
    ((4, 5), (2, 3), 2, 3, 3),
    ((1, 1), (1, 1), 4, 3, 1),
]
"""Shapes of image and kernel, stride, padding, dilation."""

PLACES = {"output": 0, "grad": 0, "kernel": 1, "grad_w": 1, "image": 2, "grad_x": 2}
"""Whose places a grid shows: outputs, weights or pixels."""

DERIVATIVE = r" = (\S+?)(?: = .*|x\(.*)?L goes from (\S+) to (\S+), a change of (\S+)\.$"

SAID = [
    (
        {},
        "∂L/∂w(1, 0)",
        "∂L/∂w(1, 0) = 91 = 2·1 + 1·2 + 4·3 + 0·4 + 2·5 + 3·6 + 3·7 + 1·8 + 2·9 "
        "w(1, 0) was used once for each of 9 outputs. Each product is the pixel it met there, times the "
        "upstream gradient of that output; the first is x(1, 0) · ∂L/∂y(0, 0). "
        "Finite difference: with w(1, 0) larger by 1, L goes from 413 to 504, a change of 91.",
    ),
    (
        {"stride": 3},
        "w(1, 1)",
        "∂L/∂w(1, 1) = 1 = 1·1 w(1, 1) was used once for one output. The product is the pixel it met there, "
        "times the upstream gradient of that output: x(1, 1) · ∂L/∂y(0, 0). "
        "Finite difference: with w(1, 1) larger by 1, L goes from 6 to 7, a change of 1.",
    ),
    (
        {"dilation": 2},
        "x(2, 1)",
        "∂L/∂x(2, 1) = 6 = 2·3 x(2, 1) was read by 1 output: y(0, 1) with w(1, 0). The product is the "
        "upstream gradient of that output, times that weight. "
        "Finite difference: with x(2, 1) larger by 1, L goes from 84 to 90, a change of 6.",
    ),
    (
        {"stride": 3},
        "∂L/∂x(3, 0)",
        "∂L/∂x(3, 0) = 0 x(3, 0) was read by no output. "
        "Finite difference: with x(3, 0) larger by 1, L goes from 6 to 6, a change of 0.",
    ),
    (
        {"padding": 1, "stride": 2},
        "x(−1, 1)",
        "x(−1, 1) is padding, always 0: its derivative is dropped. It would be 4 = 2·2. "
        "x(−1, 1) was read by 1 output: y(0, 1) with w(0, 0). The product is the upstream gradient of "
        "that output, times that weight.",
    ),
    (
        {"grad": [[1, 2, 3], [4, -5, 6], [7, 8, 9]]},
        "∂L/∂y(1, 1)",
        "y(1, 1) = 7 = 1·2 + 4·(−1) + 2·3 + 3·1 Backward, ∂L/∂y(1, 1) = −5 goes to both numbers of every "
        "product: (−5) · weight is added to the derivative by the pixel, (−5) · pixel to the derivative by "
        "the weight.",
    ),
]


def value(text: str) -> int:
    return int(re.sub("[()×+]", "", text).replace("−", "-"))


def drawn(shape: tuple[int, int], kernel: tuple[int, int], s: int, p: int, d: int) -> dict[str, Any]:
    """Whole numbers that are not 0, so that no product is missed because it adds nothing."""
    rng = np.random.default_rng(sum(shape) + s + p + d)
    sizes = [(size + 2 * p - d * (k - 1) - 1) // s + 1 for size, k in zip(shape, kernel, strict=True)]
    image, weight, grad = (
        (rng.integers(1, 9, size) * rng.choice([-1, 1], size)).tolist() for size in (shape, kernel, sizes)
    )
    return {"image": image, "kernel": weight, "grad": grad, "stride": s, "padding": p, "dilation": d}


@pytest.mark.parametrize(("shape", "kernel", "s", "p", "d"), SETTINGS, ids=str)
def test_every_product_is_lit_and_said(
    desk: Page, shape: tuple[int, int], kernel: tuple[int, int], s: int, p: int, d: int
) -> None:
    given = drawn(shape, kernel, s, p, d)
    fill(desk, widgets.linked_gradients(**given))
    right = {name: np.asarray(numbers) for name, numbers in REFERENCES["linked_gradients"](given).items()}
    w, g = np.asarray(given["kernel"]), np.asarray(given["grad"])
    x = np.pad(given["image"], p)
    links = [  # by the definition: an output, a weight, and the pixel that they meet in
        ((r, c), (i, j), (r * s + i * d - p, c * s + j * d - p))
        for r, c, i, j in product(*map(range, (*g.shape, *w.shape)))
    ]
    opened = desk.locator(".ck-figure").evaluate(OPENED)
    assert {one["grid"] for one in opened} == set(PLACES)
    for one in opened:
        kind, here = PLACES[one["grid"]], tuple(one["here"])
        mine = [link for link in links if link[kind] == here]
        pixels = [x[u + p, v + p] for _, _, (u, v) in mine]
        weights, grads = [w[t] for _, t, _ in mine], [g[o] for o, _, _ in mine]
        left, other = [(pixels, weights), (pixels, grads), (grads, weights)][kind]
        products = [int(a * b) for a, b in zip(left, other, strict=True)]
        said = [value(a) * value(b) for a, b in re.findall(r"(\(?−?\d+\)?)·(\(?−?\d+\)?)", one["said"])]
        told = f"{one} of {given}"
        if kind == 0:  # forward alone; the two words after it are no products
            assert sorted(said) == sorted(products), told
        else:
            assert said == products, told
        lit = {grid: {tuple(at): mark for at, mark, _ in cells} for grid, cells in one["marked"].items()}
        small = {grid: {tuple(at): words for at, _, words in cells} for grid, cells in one["marked"].items()}
        for grid, place in PLACES.items():
            unmarked = (kind, place) in {(1, 2), (2, 1)} and grid in {"grad_x", "grad_w"}
            wanted = set() if unmarked else {here} if place == kind else {link[place] for link in mine}
            assert set(lit[grid]) == wanted, (grid, told)
        read = "grad" if kind == 2 else "image"
        expected = dict(zip([link[PLACES[read]] for link in mine], other, strict=True))
        assert {at: value(words) for at, words in small[read].items()} == expected, told
        if kind == 0:  # what the output hands back, to pixels and to weights
            for name, place, factors in (("grad_x", 2, weights), ("grad_w", 1, pixels)):
                shares = {link[place]: g[here] * by for link, by in zip(mine, factors, strict=True)}
                assert {at: value(words) for at, words in small[name].items()} == shares, told
        inside = all(0 <= at < size for at, size in zip(here, shape, strict=True))
        if kind and (kind == 1 or inside):
            derivative = right["grad_w" if kind == 1 else "grad_x"][here]
            found = re.search(DERIVATIVE, one["said"])
            assert found, told
            total, before, after, change = (value(part) for part in found.groups())
            assert (total, change, before) == (derivative, derivative, right["loss"]), told
            assert after - before == derivative, told


@pytest.mark.parametrize(("arguments", "place", "said"), SAID)
def test_says_what_is_pointed_at(desk: Page, arguments: dict[str, Any], place: str, said: str) -> None:
    fill(desk, widgets.linked_gradients(**arguments))
    desk.locator(f".ck-grid [aria-label='{place}'], .ck-grid [aria-label^='{place}:']").first.focus()
    assert readout(desk) == said


@pytest.mark.parametrize("way", ["mouse", "click", "keyboard", "finger"])
def test_a_weight_and_a_pixel_are_opened(desk: Page, phone: Page, way: str) -> None:
    tab = phone if way == "finger" else desk
    fill(tab, widgets.linked_gradients(point_at="output"))
    assert readout(tab).startswith("y(0, 1) = 13 = ")
    for grid, (row, column), said in [
        ("kernel", (1, 1), "∂L/∂w(1, 1) = 88 = 1·1 + 4·2"),
        ("image", (1, 1), "∂L/∂x(1, 1) = 13 = 1·1 + 2·3 + 4·(−1) + 5·2"),
        ("grad_w", (0, 0), "∂L/∂w(0, 0) = 87 = 1·1 + 3·2"),
        ("grad_x", (3, 3), "∂L/∂x(3, 3) = 9 = 9·1"),
    ]:
        place = cell(tab, grid, row, column).as_element()
        acts: dict[str, Callable[[], Any]] = {
            "mouse": place.hover,
            "click": place.click,
            "keyboard": lambda place=place: place.evaluate("it => (it.querySelector('input') ?? it).focus()"),
            "finger": place.tap,
        }
        acts[way]()
        tab.wait_for_function(
            "said => document.querySelector('.ck-readout').textContent.startsWith(said)", arg=said
        )
    if way == "finger":
        words, forward = (tab.locator(part).first.bounding_box() for part in (".ck-readout", ".ck-group"))
        assert words is not None
        assert forward is not None
        assert 0 <= words["y"] - forward["y"] - forward["height"] < 40, (
            "the sum stands below what it is made of"
        )


@pytest.mark.parametrize(
    ("point_at", "padding", "said"),
    [("weight", 0, "∂L/∂w(0, 1)"), ("pixel", 2, "∂L/∂x(1, 1)"), ("output", 0, "y(0, 1)")],
)
def test_the_chapter_says_what_is_open_at_first(desk: Page, point_at: str, padding: int, said: str) -> None:
    fill(desk, widgets.linked_gradients(point_at=point_at, padding=padding))
    assert readout(desk).startswith(f"{said} = ")
    cell(desk, "grad_x", 0, 0).as_element().click()
    desk.get_by_role("button", name="Reset").click()
    assert readout(desk).startswith(f"{said} = ")


def test_no_room_is_said_and_changes_nothing(desk: Page) -> None:
    fill(desk, widgets.linked_gradients(kernel=[[1, 2, 3], [4, 5, 6], [7, 8, 9]]))
    before = state(desk)
    desk.get_by_label("dilation d").fill("2")
    error = desk.locator(".ck-control .ck-error").nth(2)
    assert error.inner_text() == (
        "No room: the kernel reaches over 5 pixels, the padded input has 4. It stays 1."
    )
    assert state(desk) == before
    desk.get_by_label("padding p").fill("1")
    desk.get_by_label("dilation d").fill("2")
    assert error.inner_text() == ""
    assert state(desk)["dilation"] == 2


def test_the_upstream_gradient_follows_the_output(desk: Page) -> None:
    fill(desk, widgets.linked_gradients())
    desk.get_by_label("padding p").fill("1")
    assert np.array_equal(state(desk)["grad"], 1 + np.arange(25).reshape(5, 5)), "it counts anew"
    desk.get_by_label("∂L/∂y(0, 1)", exact=True).fill("−7")
    desk.get_by_label("stride s").fill("2")
    assert state(desk)["grad"] == [[1, -7, 3], [6, 7, 8], [11, 12, 13]], "what was typed stays"
    desk.get_by_label("x(0, 0)", exact=True).fill("10")
    cell(desk, "grad_w", 1, 1).as_element().click()
    assert readout(desk).startswith("∂L/∂w(1, 1) = 31 = 10·1 + 0·(−7)")


def test_pixels_that_no_output_reads_are_hatched(desk: Page) -> None:
    fill(desk, widgets.linked_gradients(stride=3, padding=1))
    hatched = desk.locator(".ck-grid[aria-label^='Input x'] .ck-unread input")
    names = [field.get_attribute("aria-label") for field in hatched.all()]
    zero = np.asarray(widgets.linked_gradients(stride=3, padding=1).numbers["grad_x"]) == 0
    assert names == [f"x({u}, {v})" for u, v in np.argwhere(zero)]
    assert f"{len(names)} pixels never read" in desk.locator(".ck-below").inner_text()
    desk.get_by_label("stride s").fill("1")
    assert hatched.count() == 0
    assert "never read" not in desk.locator(".ck-below").inner_text()
