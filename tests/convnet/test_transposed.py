"""Transposed convolution against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import SEEDS, Case, assert_agrees, draw_array, draw_pair, pick

Draw = Callable[[np.random.Generator, int], Case]


def draw(rng: np.random.Generator, axes: int) -> Case:
    """Draw shapes and all options, and now and then something torch refuses."""
    groups = pick(rng, 1, 1, 2, 3)
    channels, filters = (int(number) for number in rng.integers(1, 4, 2) * groups)
    extents = tuple(int(size) for size in rng.integers(1, 7, axes))
    kernel = tuple(int(size) for size in rng.integers(1, 5, axes))
    x = draw_array(rng, (pick(rng, 1, 2, 5), channels + (rng.random() < 0.04), *extents))
    weight = draw_array(rng, (channels, filters // groups, *kernel))
    bias = pick(rng, None, draw_array(rng, (filters + (rng.random() < 0.04),)))

    def spread(low: int, high: int) -> Any:
        return draw_pair(rng, low, high) if axes == 2 else int(rng.integers(low, high + 1))

    options: dict[str, Any] = {"groups": groups} if groups > 1 or rng.random() < 0.3 else {}
    for name, low, high, chance in (
        ("stride", 1, 4, 0.7),
        ("padding", 0, 2, 0.6),
        ("output_padding", 0, 2, 0.5),
        ("dilation", 1, 3, 0.4),
    ):
        if rng.random() < chance:
            options[name] = spread(low, high)
    return Case([x, weight, bias], options)


def draw_padded(rng: np.random.Generator, axes: int) -> Case:
    """Draw as above, always with output padding, along one axis at least."""
    case = draw(rng, axes)
    stride = [int(step) for step in rng.integers(2, 5, axes)]
    added = [int(rng.integers(step)) for step in stride]
    chosen = int(rng.integers(axes))
    added[chosen] = int(rng.integers(1, stride[chosen]))
    numbers = {"stride": tuple(stride), "output_padding": tuple(added)}
    case.options |= numbers if axes == 2 else {name: value[0] for name, value in numbers.items()}
    return case


def reference(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """Return torch's function, which lets an output without pixels pass."""

    def call(*tensors: Any, **options: Any) -> torch.Tensor:
        out = function(*tensors, **options)
        if out.numel() == 0:
            raise ValueError("nothing is left")
        return out

    return call


@SEEDS
@pytest.mark.parametrize("draw", [draw, draw_padded], ids=["any", "output padding"])
def test_conv_transpose2d(draw: Draw, seed: int) -> None:
    assert_agrees(
        seed,
        lambda rng: draw(rng, 2),
        F.conv_transpose2d_forward,
        F.conv_transpose2d_backward,
        reference(torch_f.conv_transpose2d),
    )


@SEEDS
@pytest.mark.parametrize("draw", [draw, draw_padded], ids=["any", "output padding"])
def test_conv_transpose1d(draw: Draw, seed: int) -> None:
    assert_agrees(
        seed,
        lambda rng: draw(rng, 1),
        F.conv_transpose1d_forward,
        F.conv_transpose1d_backward,
        reference(torch_f.conv_transpose1d),
    )


@pytest.mark.parametrize(("size", "output_padding"), [(7, 0), (8, 1)])
def test_it_is_the_transposed_matrix(size: int, output_padding: int) -> None:
    """Two sizes lead to 3 pixels at stride 2 and padding 0; output padding chooses the way back."""
    rng = np.random.default_rng(0)
    weight = rng.standard_normal((2, 3, 3, 3))
    matrix = F.conv2d_matrix(weight, (3, size, size), stride=2)
    x = rng.standard_normal((1, 2, 3, 3))
    out, _ = F.conv_transpose2d_forward(x, weight, stride=2, output_padding=output_padding)
    assert out.shape == (1, 3, size, size)
    np.testing.assert_allclose(out.ravel(), matrix.T @ x.ravel(), rtol=1e-12, atol=1e-12)


def test_an_empty_batch() -> None:
    weight = np.ones((3, 2, 3, 3))
    out, cache = F.conv_transpose2d_forward(np.ones((0, 3, 4, 4)), weight, np.ones(2), stride=2)
    assert out.shape == (0, 2, 9, 9)
    grad_x, grad_weight, grad_bias = F.conv_transpose2d_backward(out, cache)
    assert grad_x.shape == (0, 3, 4, 4)
    np.testing.assert_array_equal(grad_weight, np.zeros_like(weight))
    np.testing.assert_array_equal(grad_bias, np.zeros(2))


X, WEIGHT = np.ones((2, 4, 3, 5)), np.ones((4, 3, 2, 2))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"x": np.ones((2, 3, 3, 5))},
            r"conv_transpose2d: weight expects 4 input channels, x has 3 \(x: \(2, 3, 3, 5\), weight:",
        ),
        ({"groups": 3}, r"conv_transpose2d: groups=3 must divide the 4 input channels"),
        ({"bias": np.ones(4)}, r"conv_transpose2d: bias must have shape \(3,\), it has \(4,\)"),
        (
            {"output_padding": 1},
            r"output_padding must be smaller than stride or dilation, got output_padding=1",
        ),
        ({"padding": 3}, r"conv_transpose2d: nothing is left of the output, its size would be -2"),
        ({"weight": np.ones((4, 0, 2, 2))}, r"conv_transpose2d: weight must not be empty"),
        ({"x": np.ones((4, 3, 5))}, r"conv_transpose2d: x must have 4 dimensions \(N, C, H, W\)"),
        ({"stride": 0}, r"conv_transpose2d: stride must be an integer of at least 1, got 0"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.conv_transpose2d_forward(**({"x": X, "weight": WEIGHT} | changes))


def test_bad_upstream_gradient() -> None:
    _, cache = F.conv_transpose2d_forward(X, WEIGHT)
    with pytest.raises(ValueError, match=r"conv_transpose2d_backward: grad_out must have the shape"):
        F.conv_transpose2d_backward(X, cache)
