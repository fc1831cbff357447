"""What the figures say of the place that is pointed at, each sentence worked out by hand."""

from typing import Any

import pytest
from playwright.sync_api import Page

from coursekit.widgets import FIGURES
from tests.coursekit.figures.pages import fill, readout

SAID = [
    (
        "convolution_stepper",
        {},
        "y(0, 1)",
        "y(0, 1) = 12 = 3·0 + 2·1 + 1·2 + 0·2 + 1·2 + 3·0 + 1·0 + 2·1 + 2·2",
    ),
    ("convolution_stepper", {"stride": 3}, "x(4, 4)", "x(4, 4) = 1 is never read."),
    (
        "convolution_stepper",
        {},
        "x(0, 1)",
        "x(0, 1) = 3 is read by 2 outputs: y(0, 0) with w(0, 1) and y(0, 1) with w(0, 0).",
    ),
    (
        "convolution_stepper",
        {"flip": True},
        "x(0, 0)",
        "x(0, 0) = 3 is read by 1 output: y(0, 0) with w(2, 2).",
    ),
    (
        "convolution_stepper",
        {},
        "w(1, 2)",
        "w(1, 2) = 0 is used 9 times, once for each output: on the marked pixels.",
    ),
    (
        "channel_stepper",
        {},
        "y(0, 1, 1)",
        "channel 0: 1·1 + 1·0 + 1·0 + 0·1 = 1 channel 1: 0·0 + 1·1 + 2·1 + 0·0 = 3 "
        "channel 2: 0·1 + 1·(−1) + 1·0 + 0·0 = −1 y(0, 1, 1) = 3 = 1 + 3 + (−1) + 0, the last is the bias",
    ),
    (
        "matrix_stepper",
        {},
        "M(1, 1)",
        "M(1, 1) = 1 = w(0, 0). Row 1 belongs to y(0, 1), column 1 to x(0, 1).",
    ),
    (
        "matrix_stepper",
        {},
        "M(0, 8)",
        "M(0, 8) = 0. Row 0 belongs to y(0, 0), column 8 to x(2, 2), which its window does not read.",
    ),
    (
        "matrix_stepper",
        {},
        "x(1, 1)",
        "x(1, 1) is column 4 of M: it feeds 4 outputs: y(0, 0) with w(1, 1), y(0, 1) with w(1, 0), "
        "y(1, 0) with w(0, 1) and y(1, 1) with w(0, 0). The transpose sends the gradients of these "
        "outputs back to it.",
    ),
    (
        "matrix_stepper",
        {},
        "w(1, 0)",
        "w(1, 0) = 3 stands 4 times in M. It is one weight: change it, and all copies change.",
    ),
    (
        "pooling_stepper",
        {},
        "y(1, 1)",
        "y(1, 1) = 3, the largest of 3, 0, 3, 1. Its gradient 4 goes to x(2, 2), the first of the largest; "
        "the others get nothing from it.",
    ),
    (
        "pooling_stepper",
        {"kind": "average"},
        "y(0, 0)",
        "y(0, 0) = 2.5, the average of 1, 3, 4, 2. Each of the 4 gets 1 / 4 = 0.25.",
    ),
    (
        "pooling_stepper",
        {"stride": 1},
        "x(1, 0)",
        "x(1, 0) = 4 lies in 2 windows and is taken as the largest in 2. ∂L/∂x(1, 0) = 1 + 4 = 5.",
    ),
    (
        "receptive_field",
        {"layers": [(3, 1), (3, 2)], "pixels": 9},
        "layer 2, unit 0",
        "Layer 2, unit 0 has a receptive field of 5 pixels, −2 to 2; neighbours in this layer are 2 "
        "pixels apart. It reads 3 of them; some places are padding.",
    ),
    (
        "receptive_field",
        {"layers": [(3, 1), (3, 2)], "pixels": 9},
        "pixel 0",
        "Pixel 0 influences 2 units of layer 1 (0 to 1) and 2 units of layer 2 (0 to 1).",
    ),
    (
        "receptive_field",
        {"layers": [(2, 1), (2, 2, 3)], "pixels": 12},
        "layer 2, unit 2",
        "Layer 2, unit 2 has a receptive field of 5 pixels, 3 to 7; neighbours in this layer are 2 "
        "pixels apart. It reads 4 of them; there are gaps.",
    ),
    ("window_line", {"stride": 3}, "pixel 6", "Pixel 6 is never read."),
    ("window_line", {"padding": 1}, "window 0, tap 0", "Window 0 reads padding, pixel 0 and pixel 1."),
    (
        "dense_or_convolution",
        {},
        "x(0, 0)",
        "x(0, 0) = 0 is read by all 15 outputs of the dense layer, and by 1 of the two others.",
    ),
]


@pytest.mark.site
@pytest.mark.parametrize(("name", "arguments", "place", "said"), SAID)
def test_says_what_is_pointed_at(
    desk: Page, name: str, arguments: dict[str, Any], place: str, said: str
) -> None:
    fill(desk, FIGURES[name](**arguments))
    found = desk.locator(f".ck-grid [aria-label='{place}'], .ck-grid [aria-label^='{place}:']")
    found.first.focus()
    assert readout(desk) == said
