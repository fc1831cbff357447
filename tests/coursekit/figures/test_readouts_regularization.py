"""What the figures of regularization say of the place that is pointed at, each worked out by hand."""

from typing import Any

import pytest
from playwright.sync_api import Page

from coursekit.widgets import FIGURES
from tests.coursekit.figures.pages import fill, readout

SAID = [
    (
        "dropout_ensemble",
        {},
        "mask 1 0 1, y₁",
        "y₁ = 4 = (−1)·1 + 0.5·6 + (−0.5)·0 + 1·2 "
        "Mask 1 0 1: h₂ is dropped, h₁ and h₃ are kept, times 1/(1 − p) = 2.",
    ),
    (
        "dropout_ensemble",
        {"scaling": "evaluation"},
        "mask 0 1 0, y₂",
        "y₂ = 2 = 1·1 + (−0.5)·0 + 0.5·2 + 1·0 Mask 0 1 0: h₁ and h₃ are dropped, h₂ is kept.",
    ),
    (
        "dropout_ensemble",
        {"scaling": "evaluation", "output": "ReLU", "p": 0.2},
        "one pass, y₁",
        "y₁ = 0.2 = ReLU(0.2), with a₁ = 0.2 = (−1)·1 + 0.5·2.4 + (−0.5)·1.6 + 1·0.8 "
        "One pass, without dropout: every unit is kept, and the weights after it are scaled by 1 − p = 0.8.",
    ),
    (
        "dropout_ensemble",
        {"p": 0.2},
        "mask 1 1 0, P",
        "P(1 1 0) = 0.128 = 0.8 · 0.8 · 0.2: each unit is dropped with the probability p = 0.2, kept with "
        "1 − p = 0.8, whatever the others do. Mask 1 1 0: h₃ is dropped, h₁ and h₂ are kept, times "
        "1/(1 − p) = 1.25.",
    ),
    (
        "dropout_ensemble",
        {"x": [1], "weights": [[[0, 2]], [[1, 3]]], "p": 0.25},
        "average, y₁",
        "Average of y₁ = 7 = 0.75·9 + 0.25·1 "
        "One pass, without dropout: every unit is kept, and nothing is scaled.",
    ),
    ("dropout_ensemble", {}, "w₂₂⁽²⁾", "w₂₂⁽²⁾ = 0.5. It counts in the masks that keep h₂."),
    ("dropout_ensemble", {}, "w₁₀⁽²⁾", "w₁₀⁽²⁾ = −1. It is in all of the masks' networks."),
    (
        "focal_loss_shares",
        {"examples": [(3, 0, 0.5), (1, 1, 0.25)], "p": 0.5},
        "B, how many",
        "B: 1 example with p = 0.25. The cross-entropy of one is 1.39. Focal loss multiplies it by "
        "(1 − p)^γ = 0.75^2 = 0.563: 0.78. Share of the loss: 40 % with cross-entropy, 60 % with focal loss. "
        "Share of the gradient: 33.3 % and 47.6 %. At the point p = 0.5 cross-entropy is 0.693, focal loss "
        "0.173.",
    ),
    (
        "focal_loss_shares",
        {"examples": [(3, 0, 0.5), (1, 1, 0.25)], "p": 0.5, "gamma": 0, "weigh": True, "alpha": 0.75},
        "share of the loss, A, focal loss",
        "A: 33.3 % of the loss with focal loss = 3 · 0.173 / 1.56. "
        "A: 3 examples with p = 0.5. The cross-entropy of one is 0.693. Focal loss multiplies it by "
        "1 − α = 0.25 times (1 − p)^γ = 0.5^0 = 1: 0.173. Share of the loss: 60 % with cross-entropy, 33.3 % "
        "with focal loss. Share of the gradient: 66.7 % and 40 %. At the point p = 0.5, with label 1, "
        "cross-entropy is 0.693, focal loss 0.52.",
    ),
    (
        "normalization",
        {"gamma": 2, "beta": -1},
        "y(0, 3)",
        "y(0, 3) = −2 = γ · x̂ + β = 2 · (−0.5) + (−1) x̂ = (x − μ) / √(σ² + ε) = (2 − 3) / √4 = −0.5, with "
        "mean and variance of all 12 numbers. Not fed yet: running mean 0, running variance 1.",
    ),
    (
        "normalization",
        {"fed": 2},
        "∂L/∂x(1, 1)",
        "∂L/∂x(1, 1) = 0.375 = γ / √(σ² + ε) · (g − mean of g − x̂ · mean of g·x̂) = "
        "1/√4 · (2 − 0.5 − 1.5 · 0.5). Finite difference, 0.00001 to both sides: 0.375. "
        "Fed 2 times: running mean 0.57, running variance 1.64.",
    ),
    (
        "normalization",
        {"mode": "evaluation", "running_mean": 1, "running_var": 4},
        "∂L/∂x(1, 1)",
        "∂L/∂x(1, 1) = 1 = γ / √(σ² + ε) · g = 1/√4 · 2. The running statistics do not depend on x, so only "
        "its own output does. Finite difference, 0.00001 to both sides: 1. "
        "Not fed yet: running mean 1, running variance 4.",
    ),
    (
        "normalization",
        {"x": [[1, 5], [2, 2]], "over": "layer"},
        "image 0, variance",
        "σ² = 4 = 8 / 2, the mean of (x − μ)². Layer norm takes each image by itself: no running statistics, "
        "and evaluation is the same as training.",
    ),
    (
        "normalization",
        {"x": [[1, 5], [5, 1]], "fed": 1},
        "running, now, mean",
        "After 1 update the running mean is 0.3 = (1 − 0.1) · 0 + 0.1 · 3. Fed once: running mean 0.3, "
        "running variance 1.43.",
    ),
    (
        "normalization",
        {"fed": 1},
        "sum of image 2",
        "Sum of ∂L/∂x over image 2 = −1.25. All of them together are 0: when all numbers of the batch grow "
        "by the same amount, no output changes. Fed once: running mean 0.3, running variance 1.34.",
    ),
]

PLACES = ".ck-grid [aria-label"


@pytest.mark.site
@pytest.mark.parametrize(("name", "arguments", "place", "said"), SAID)
def test_says_what_is_pointed_at(
    desk: Page, name: str, arguments: dict[str, Any], place: str, said: str
) -> None:
    fill(desk, FIGURES[name](**arguments))
    desk.locator(f"{PLACES}='{place}'], {PLACES}^='{place}:']").first.focus()
    assert readout(desk) == said
