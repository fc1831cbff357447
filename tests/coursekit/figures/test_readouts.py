"""What the figures say of the place that is pointed at, each sentence worked out by hand."""

from typing import Any

import pytest
from playwright.sync_api import Page

from coursekit.widgets import FIGURES
from tests.coursekit.figures.pages import fill, readout

SAID = [
    (
        "active_sites",
        {"sites": [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]], "layer": 2, "channels": 2},
        "submanifold output (1, 2)",
        "Row 1, at (1, 2), in every layer. Lines (output row, input row, tap): (1, 0, 1, 0) and (1, 1, 1, 1)"
        ". 2 lines of at most 9, and 2 · 2 · 2 = 8 multiply-adds. In layers 1 to 2, the ordinary network "
        "takes 352 multiply-adds, the submanifold one 32, a dense one 560.",
    ),
    (
        "active_sites",
        {"sites": [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]], "channels": 2},
        "ordinary output (0, 0)",
        "Ordinary output (0, 0) wakes up in layer 1, for its window holds 1 active place. 1 line of at most "
        "9, and 1 · 2 · 2 = 4 multiply-adds. In the submanifold network nothing is computed here. In layer "
        "1, the ordinary network takes 72 multiply-adds, the submanifold one 16, a dense one 280.",
    ),
    (
        "active_sites",
        {"sites": [[0, 0, 0, 0], [0, 1, 1, 0], [0, 0, 0, 0]], "channels": 2},
        "input (1, 1)",
        "Input (1, 1) is active, row 0. 2 sites of the submanifold layer hear it, itself among them; in an "
        "ordinary layer 9 do. In layer 1, the ordinary network takes 72 multiply-adds, the submanifold one "
        "16, a dense one 280.",
    ),
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
    (
        "forward_pass",
        {},
        "unit 3 of layer 1",
        "a₃⁽¹⁾ = 2 = 3·1 + (−1)·1 + 2·0 + 2·2 + 1·(−1) + (−1)·3 "
        "The first product is the bias times the prepended 1. z₃⁽¹⁾ = ReLU(2) = 2.",
    ),
    (
        "forward_pass",
        {"activation": "tanh", "weights": [[[1, 1, 0, -1, 0, 0]], [[0.5, 2]]]},
        "output 1 of layer 2",
        "a₁⁽²⁾ = 0.5 = 0.5·1 + 2·0 The first product is the bias times the prepended 1. "
        "The last layer has no activation: y₁ = 0.5.",
    ),
    ("forward_pass", {}, "x₄", "x₄ = −1 is read by every unit of layer 1, with the weights 1, −1 and 1."),
    (
        "forward_pass",
        {},
        "the 1 of layer 1",
        "A prepended 1: always 1, whatever the input. Its weights are the biases of layer 2: 1 and −4.",
    ),
    (
        "forward_pass",
        {},
        "w₁₀⁽²⁾",
        "w₁₀⁽²⁾ = 1, the bias of output 1, meets the prepended 1. It adds 1·1 = 1 to a₁⁽²⁾.",
    ),
    ("forward_pass", {}, "w₂₃⁽²⁾", "w₂₃⁽²⁾ = −1. It adds (−1)·2 = −2 to a₂⁽²⁾."),
    ("backward_pass", {}, "unit 2 of layer 1", "δ₂⁽¹⁾ = −2 = ReLU′(5) · (1·1 + 1·(−3)) = 1 · (−2)."),
    ("backward_pass", {}, "unit 1 of layer 1", "δ₁⁽¹⁾ = 0 = ReLU′(−3) · (3·1 + 2·(−3)) = 0 · (−3)."),
    (
        "backward_pass",
        {"x": [0, 0, 0, 0, -1]},
        "unit 1 of layer 1",
        "δ₁⁽¹⁾ = −18 = ReLU′(2) · (3·(−2) + 2·(−6)) = 1 · (−18).",
    ),
    (
        "backward_pass",
        {"x": [0, 0, 0, 0, 2]},
        "unit 2 of layer 1",
        "δ₂⁽¹⁾ = 0 = ReLU′(0) · (1·(−2) + 1·(−7)) = 0 · (−9). At 0 ReLU has no slope, and 0 is taken.",
    ),
    (
        "backward_pass",
        {},
        "output 2 of layer 2",
        "δ₂⁽²⁾ = −3 = ∂L/∂y₂ = y₂ − t₂ = −1 − 2.",
    ),
    (
        "backward_pass",
        {"loss": "cross-entropy", "target": [0, 1]},
        "t₁",
        "δ₁⁽²⁾ = 0.953 = ∂L/∂y₁ = p₁ − t₁ = 0.953 − 0.",
    ),
    ("backward_pass", {"loss": "upstream gradient", "grad": [0, 7]}, "g₂", "δ₂⁽²⁾ = 7 = ∂L/∂y₂ = g₂."),
    ("backward_pass", {}, "x₂", "∂L/∂x₂ = −4 = 1·0 + 3·(−2) + 2·1."),
    (
        "backward_pass",
        {},
        "∂L/∂w₂₅⁽¹⁾",
        "∂L/∂w₂₅⁽¹⁾ = −6 = δ₂⁽¹⁾ · x₅ = (−2) · 3. The finite difference, 0.00001 to both sides: −6.",
    ),
    (
        "backward_pass",
        {},
        "w₂₂⁽²⁾",
        "∂L/∂w₂₂⁽²⁾ = −15 = δ₂⁽²⁾ · z₂⁽¹⁾ = (−3) · 5. The finite difference, 0.00001 to both sides: −15.",
    ),
    (
        "backward_pass",
        {"x": [0, 0, 0, 0, 2]},
        "∂L/∂w₂₀⁽¹⁾",
        "∂L/∂w₂₀⁽¹⁾ = 0 = δ₂⁽¹⁾ · 1 = 0 · 1. The finite difference, 0.00001 to both sides: −4.5. "
        "The unit is at the kink of ReLU, where the two need not agree.",
    ),
    (
        "activation_explorer",
        {"activation": "tanh", "a": -2, "grad": 3},
        "pre-activation a",
        "tanh(−2) = −0.964, and the slope there is 1 − (−0.964)² = 0.0707. Of the upstream gradient 3 it "
        "hands on 3 · 0.0707 = 0.212. A finite difference, 0.00001 to both sides, makes the slope 0.0707.",
    ),
    (
        "activation_explorer",
        {"activation": "ReLU", "a": 0},
        "pre-activation a",
        "ReLU(0) = 0, and the slope there is 0, by agreement: the curve has a kink at 0. Of the upstream "
        "gradient 1 it hands on 1 · 0 = 0. A finite difference, 0.00001 to both sides, makes the slope 0.5.",
    ),
    (
        "activation_explorer",
        {"activation": "sigmoid", "a": -5},
        "pre-activation a",
        "sigmoid(−5) = 0.00669, and the slope there is 0.00669 · (1 − 0.00669) = 0.00665. The unit is "
        "saturated. Of the upstream gradient 1 it hands on 1 · 0.00665 = 0.00665. "
        "A finite difference, 0.00001 to both sides, makes the slope 0.00665.",
    ),
    (
        "gradient_through_layers",
        {"activation": "ReLU", "layers": 4, "scale": 2, "back": 2},
        "layers gone back",
        "After 2 layers the gradient is 2 times as long as at the start. Layer 3, the last that it went "
        "through, multiplies its length by 1.41 = 2 · 0.707: the size of the weights times the root of the "
        "mean squared slope. Its pre-activations have the standard deviation 4.",
    ),
    (
        "gradient_through_layers",
        {"activation": "none", "back": 0},
        "layers gone back",
        "At the start the length is 1. All 20 layers together multiply it by 1.",
    ),
    (
        "optimizer_race",
        {"surface": "bowl", "start": (1, 1), "runs": ["SGD"], "rates": {"SGD": 0.1}, "at": 1},
        "SGD, loss",
        "Step 1 of 200 on the surface “bowl”, from (1, 1). SGD is at (0.9, 0), with the loss 0.405.",
    ),
    (
        "optimizer_race",
        {
            **{"surface": "bowl", "start": (1, 1), "runs": ["SGD", "momentum"], "at": 2},
            **{"rates": {"SGD": 0.2, "momentum": 0.1}, "betas": {"momentum": 0.5}},
        },
        "momentum, loss",
        "Step 2 of 200 on the surface “bowl”, from (1, 1). momentum is at (0.76, −0.5), with the loss 1.54. "
        "Lowest loss: momentum, 1.54.",
    ),
    (
        "optimizer_race",
        {"surface": "plateau", "start": (3, 4), "runs": ["Adagrad"], "rates": {"Adagrad": 1}, "at": 1},
        "Adagrad, rate η",
        "Step 1 of 200 on the surface “plateau”, from (3, 4). Adagrad is at (2, 3), with the loss 0.929.",
    ),
]


@pytest.mark.site
@pytest.mark.parametrize(("name", "arguments", "place", "said"), SAID)
def test_says_what_is_pointed_at(
    desk: Page, name: str, arguments: dict[str, Any], place: str, said: str
) -> None:
    fill(desk, FIGURES[name](**arguments))
    grids, points = ".ck-grid [aria-label", ".ck-panel [role=slider][aria-label"
    found = desk.locator(f"{grids}='{place}'], {grids}^='{place}:'], {points}='{place}']")
    found.first.focus()
    assert readout(desk) == said
