"""A transposed convolution in two views: torch's numbers, what is lit and said, and the checkerboard."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Page

from coursekit import widgets
from tests.coursekit.figures.pages import cell, fill, readout, state

pytestmark = pytest.mark.site

NUMBERS = """(box, states) => states.map((state) => {
  const { problem = "", size, output, slid, counts, reach, spread } = box.figure.spec.numbers(state);
  return { problem, size, output, slid, counts, reach, spread };
})"""

OPENED = """(box) => Object.entries(box.figure.grids).flatMap(([grid, { cells }]) =>
  cells.flatMap((line, row) => line.map((_, column) => {
    box.figure.choose({ grid, row, column });
    const marked = Object.fromEntries(Object.entries(box.figure.grids).map(([name, one]) => [name,
      one.cells.flatMap((cells, r) => cells.flatMap(({ frame }, c) =>
        frame.matches(".ck-window, .ck-output") ? [[r, c]] : []))]));
    return { grid, row, column, said: box.figure.readout.textContent, marked };
  })))"""
"""What is marked and said, for every place that can be pointed at."""

SETTINGS = [
    ([2, -1, 3], [1, 3, 2], 2, 0, 0),
    ([2, -1, 3], [1, 3, 2], 2, 1, 1),
    ([4, 1], [1, 2, -1, 5], 1, 2, 0),
    ([1, 2, 3], [2, 5], 3, 0, 2),
    ([1, 2, 3, 4], [3], 2, 1, 1),  # the padding is wider than the frame of k − 1 zeros
    ([5], [1, 2, 3], 4, 0, 3),
]
"""Inputs, kernel, stride, padding, output padding."""


def given(x: list[int], kernel: list[int], s: int, p: int, q: int, view: str = "painting") -> dict[str, Any]:
    return {"x": x, "kernel": kernel, "stride": s, "padding": p, "output_padding": q, "view": view}


def point(tab: Page, grid: str, row: int, column: int) -> str:
    tab.evaluate(
        "at => document.querySelector('.ck-figure').figure.choose(at)",
        {"grid": grid, "row": row, "column": column},
    )
    return readout(tab)


def texts(tab: Page, grid: str) -> list[list[str]]:
    return list(
        tab.locator(".ck-figure").evaluate(
            "(box, grid) => box.figure.grids[grid].cells.map((row) => row.map((c) => c.words.textContent))",
            grid,
        )
    )


def kinds(tab: Page) -> list[str]:
    """The shade of each count in the strip."""
    shades = tab.locator(".ck-figure").evaluate(
        "box => box.figure.grids.output.cells[1].map(({ frame }) => getComputedStyle(frame).backgroundColor)"
    )
    return list(shades)


def board(tab: Page) -> np.ndarray:
    """The shades of the plane, as a square."""
    fills = tab.locator(".ck-board rect").evaluate_all("all => all.map((one) => getComputedStyle(one).fill)")
    side = round(len(fills) ** 0.5)
    return np.array(fills).reshape(side, side)


def test_numbers_and_sizes_are_torchs(desk: Page) -> None:
    """For all settings; what torch refuses, the figure refuses."""
    fill(desk, widgets.transposed_stepper())
    rng = np.random.default_rng(0)
    states = [
        given(rng.integers(-9, 10, inputs).tolist(), rng.integers(-9, 10, k).tolist(), s, p, q)
        for inputs, k, s, p, q in product(range(1, 7), range(1, 7), range(1, 5), range(4), range(4))
    ]
    found = desk.locator(".ck-figure").evaluate(NUMBERS, states)
    refused = 0
    for one, numbers in zip(states, found, strict=True):
        x, w = (torch.tensor(one[name], dtype=torch.float64)[None, None] for name in ("x", "kernel"))
        settings = {key: one[key] for key in ("stride", "padding", "output_padding")}
        try:
            expected = torch.nn.functional.conv_transpose1d(x, w, **settings)[0, 0].tolist()
        except RuntimeError:
            expected = []
        if not expected:
            refused += 1
            assert numbers["problem"], one
            with pytest.raises(ValueError, match="transposed_stepper"):
                widgets.transposed_stepper(**one)
            continue
        assert numbers["problem"] == ""
        assert numbers["output"] == numbers["slid"] == expected, one
        assert numbers["size"] == len(expected)
        ones = torch.nn.functional.conv_transpose1d(torch.ones_like(x), torch.ones_like(w), **settings)
        assert numbers["counts"] == ones[0, 0].tolist()
    assert 0 < refused < len(states) / 2


@pytest.mark.parametrize("view", ["painting", "zeros in between"])
@pytest.mark.parametrize(("x", "kernel", "s", "p", "q"), SETTINGS, ids=str)
def test_every_product_is_lit(
    desk: Page, x: list[int], kernel: list[int], s: int, p: int, q: int, view: str
) -> None:
    fill(desk, widgets.transposed_stepper(**given(x, kernel, s, p, q, view)))
    k, size = len(kernel), (len(x) - 1) * s + len(kernel) - 2 * p + q
    links = [(u, i, u * s + i) for u in range(len(x)) for i in range(k)]  # by the definition
    before, shift = max(0, k - 1 - p), max(0, p - k + 1)
    seen = 0
    for one in desk.locator(".ck-figure").evaluate(OPENED):
        grid, row, column, marked = one["grid"], one["row"], one["column"], one["marked"]
        whole = len(x) if view == "painting" else 0
        if grid in ("x", "kernel"):
            of = [link for link in links if link[0 if grid == "x" else 1] == column]
        elif grid == "output":
            of = [link for link in links if link[2] == column + p]
        elif row != whole:
            place = row - 1 + p
            of = [link for link in links if (link[0] == row if view == "painting" else link[2] == place)]
        else:
            continue
        seen += 1
        told = f"{grid}({row}, {column}): {one['said']}"
        assert {c for _, c in marked["x"]} == {u for u, _, _ in of}, told
        assert {c for _, c in marked["kernel"]} == {i for _, i, _ in of}, told
        outputs = {place - p for _, _, place in of if 0 <= place - p < size}
        wanted = outputs | (
            {column} if grid == "output" else {row - 1} if grid == "work" and not whole else set()
        )
        assert {c for r, c in marked["output"] if r == 0} == wanted, told
        work = {tuple(at) for at in marked["work"]}
        if view == "painting":
            assert {at for at in work if at[0] < len(x)} == {(u, i) for u, i, _ in of}, told
        elif grid in ("x", "kernel"):
            taps = {(place - p + 1, k - 1 - i) for _, i, place in of if 0 <= place - p < size}
            assert {at for at in work if at[0]} == taps, told
        else:
            r = column if grid == "output" else row - 1
            assert {at for at in work if at[0]} == {(r + 1, c) for c in range(k)}, told
            assert {c for at, c in work if at == 0} == {1 + r + shift + c for c in range(k)}, told
            held = {1 + before + u * s for u, _, _ in of}
            assert held <= {c for at, c in work if at == 0}, told
    assert seen > 2 * size


@pytest.mark.parametrize(
    ("settings", "at", "said"),
    [
        (
            {},
            ("work", 1, 0),
            "x(1) = −1 lays down −1 · (1, 3, 2) = (−1, −3, −2), on y(2) to y(4). Where something lies "
            "already, numbers add up: y(2) = 4 + (−1) = 3.",
        ),
        ({}, ("work", 3, 0), "The sum of all that lies there: y = (2, 6, 3, −3, 1, 9, 6)."),
        ({}, ("output", 0, 2), "y(2) = 3 = 2·2 + (−1)·1. 2 inputs reach it: x(0)·w(2) + x(1)·w(0)."),
        ({}, ("kernel", 0, 1), "w(1) = 3 goes into y(1), y(3) and y(5), 2 places apart."),
        (
            {"padding": 1, "output_padding": 1},
            ("work", 0, 0),
            "x(0) = 2 lays down 2 · (1, 3, 2) = (2, 6, 4), on y(0) and y(1); 1 number of it is cut off.",
        ),
        (
            {"padding": 1, "output_padding": 1},
            ("work", 3, 0),
            "The sum of all that lies there: y = (6, 3, −3, 1, 9, 6). Of 7 painted numbers, padding cuts off "
            "1 at each end. Output padding keeps 1 place more at the end.",
        ),
        (
            {"padding": 1},
            ("work", 3, 1),
            "Cut off by the padding: it would be 2 = 2·1. 1 input reaches it: x(0)·w(0).",
        ),
        (
            {"view": "zeros in between"},
            ("work", 0, 0),
            "The spread row holds 1 zero between neighbours, and a frame of k − 1 − p = 2 before and "
            "k − 1 − p + q = 2 after. The kernel (1, 3, 2) is turned and slides over it, one place at a "
            "time.",
        ),
        (
            {"view": "zeros in between"},
            ("work", 3, 0),
            "y(2) = 3 = 2·2 + 0·3 + (−1)·1. 2 inputs reach it: x(0)·w(2) + x(1)·w(0).",
        ),
        ({"view": "zeros in between"}, ("work", 0, 1), "A zero of the frame."),
        ({"view": "zeros in between"}, ("work", 0, 4), "A zero, put between two inputs."),
        (
            {"view": "zeros in between"},
            ("x", 0, 1),
            "x(1) = −1 is read by the windows of y(2) to y(4), each time by another tap.",
        ),
        ({"stride": 4, "output_padding": 3}, ("output", 0, 3), "y(3) = 0. No input reaches it."),
    ],
)
def test_it_says(desk: Page, settings: dict[str, Any], at: tuple[str, int, int], said: str) -> None:
    fill(desk, widgets.transposed_stepper(**settings))
    assert point(desk, *at) == said


def test_steps_lay_one_kernel_after_the_other(desk: Page) -> None:
    fill(desk, widgets.transposed_stepper())
    sums = [texts(desk, "work")[3][1:]]
    for _ in range(3):
        desk.get_by_role("button", name="Next").click()
        sums.append(texts(desk, "work")[3][1:])
    assert sums == [
        ["2", "6", "4", "0", "0", "0", "0"],
        ["2", "6", "3", "−3", "−2", "0", "0"],
        ["2", "6", "3", "−3", "1", "9", "6"],
        ["2", "6", "3", "−3", "1", "9", "6"],
    ]
    assert readout(desk).startswith("The sum")


def test_the_other_view_gives_the_same_output(desk: Page) -> None:
    fill(desk, widgets.transposed_stepper(padding=1, output_padding=1))
    before = texts(desk, "output")
    desk.locator("select[name=view]").select_option(index=1)
    assert texts(desk, "work")[0] == ["spread", "0", "2", "0", "−1", "0", "3", "0", "0"]
    assert texts(desk, "work")[1:] == [["2", "3", "1"]] * 6
    assert (
        texts(desk, "output") == before == [["6", "3", "−3", "1", "9", "6"], ["1", "2", "1", "2", "1", "1"]]
    )
    told = [point(desk, "work", row, 0) for row in range(1, 7)]
    assert [words.split()[2] for words in told] == before[0]


def test_the_checkerboard_is_seen_and_vanishes(desk: Page) -> None:
    fill(desk, widgets.transposed_stepper())
    strip, plane = kinds(desk), board(desk)
    assert texts(desk, "output")[1] == ["1", "1", "2", "1", "2", "1", "1"]
    assert strip[2] == strip[4] != strip[3] == strip[1]
    assert plane.shape == (7, 7)
    assert len(set(plane[2:5, 2:5].ravel())) == 3, "four inputs, two and one"
    desk.locator("input[name=kernel_size]").fill("4")
    strip, plane = kinds(desk), board(desk)
    assert texts(desk, "output")[1] == ["1", "1", "2", "2", "2", "2", "1", "1"]
    assert len(set(strip[2:6])) == 1 != len(set(strip))
    assert len(set(plane[2:6, 2:6].ravel())) == 1 != len(set(plane.ravel()))
    assert "2 divides 4" in desk.locator(".ck-below").inner_text()


def test_new_numbers_are_1_and_what_was_typed_stays(desk: Page) -> None:
    fill(desk, widgets.transposed_stepper())
    cell(desk, "x", 0, 1).as_element().query_selector("input").fill("5")
    desk.locator("input[name=inputs]").fill("5")
    desk.locator("input[name=kernel_size]").fill("2")
    assert state(desk)["x"] == [2, 5, 3, 1, 1]
    assert state(desk)["kernel"] == [1, 3]


def test_what_cannot_be_is_told(desk: Page) -> None:
    fill(desk, widgets.transposed_stepper(x=[1], output_padding=1))
    error = "xpath=ancestor::div[@class='ck-control']/span[@class='ck-error']"
    for name, value, words in (
        ("padding", "2", "Nothing is left: of 3 numbers, padding cuts off 4."),
        ("output_padding", "2", "Output padding chooses among 2 sizes, so at stride 2 it is at most 1."),
    ):
        field, before = desk.locator(f"input[name={name}]"), state(desk)
        field.fill(value)
        assert field.locator(error).inner_text().startswith(words)
        assert state(desk) == before
    desk.locator("input[name=stride]").fill("1")
    assert state(desk)["output_padding"] == 0, "a smaller stride takes it along"
