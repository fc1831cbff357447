"""Convolution layers against torch."""

from typing import Any

import numpy as np
import pytest
import torch

from convnet import functional as F
from tests.convnet.harness import Case
from tests.convnet.operations.checks import agrees


@pytest.mark.parametrize("name", ["empty batch", "1×1", "large"])
def test_special_sizes(name: str) -> None:
    """Shapes beyond the draws: no image, a 1×1 kernel, an image cut into bands at the real budget."""
    rng = np.random.default_rng(7)
    shapes = {
        "empty batch": ((0, 3, 6, 5), (4, 3, 3, 3)),
        "1×1": ((5, 8, 12, 11), (6, 4, 1, 1)),
        "large": ((2, 16, 90, 70), (4, 8, 3, 3)),
    }
    x_shape, weight_shape = shapes[name]
    arrays = [rng.standard_normal(shape) for shape in (x_shape, weight_shape, weight_shape[:1])]
    agrees("conv2d", Case(arrays, {"groups": x_shape[1] // weight_shape[1]}))


def test_arrays_with_odd_strides() -> None:
    rng = np.random.default_rng(3)
    x, weight = rng.standard_normal((6, 5, 3, 2)), rng.standard_normal((3, 3, 3, 4))
    turned, flipped = x.transpose(3, 2, 1, 0), weight.transpose(3, 0, 2, 1)[:, :, ::-1]
    out, cache = F.conv2d_forward(turned, flipped, padding=1)
    wanted, wanted_cache = F.conv2d_forward(turned.copy(), flipped.copy(), padding=1)
    np.testing.assert_array_equal(out, wanted)
    grad_out = rng.standard_normal((5, 6, 4, 2)).transpose(3, 2, 0, 1)
    for found, right in zip(
        F.conv2d_backward(grad_out, cache)[:2],
        F.conv2d_backward(grad_out.copy(), wanted_cache)[:2],
        strict=True,
    ):
        np.testing.assert_allclose(found, right, rtol=1e-12)


X, WEIGHT = np.ones((2, 4, 8, 9)), np.ones((6, 4, 5, 3))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"weight": np.ones((6, 3, 5, 3))},
            r"conv2d: weight expects 3 input channels, x has 4 \(x: \(2, 4, 8, 9\), weight: \(6, 3, 5, 3\)\)",
        ),
        (
            {"x": np.ones((4, 8, 9))},
            r"conv2d: x must have 4 dimensions \(N, C, H, W\), it has 3 \(x: \(4, 8, 9\)\)",
        ),
        (
            {"weight": np.ones((6, 4, 5))},
            r"conv2d: weight must have 4 dimensions \(F, C / groups, kh, kw\), it has 3",
        ),
        ({"weight": np.ones((0, 4, 5, 3))}, r"conv2d: weight must not be empty"),
        ({"groups": 4}, r"conv2d: groups=4 must divide the 6 output channels of weight"),
        ({"groups": 2}, r"conv2d: weight expects 8 input channels \(4 × 2 groups\), x has 4"),
        ({"groups": 0}, r"conv2d: groups must be an integer of at least 1, got 0"),
        ({"bias": np.ones(5)}, r"conv2d: bias must have shape \(6,\), it has \(5,\)"),
        ({"bias": np.ones((6, 1))}, r"conv2d: bias must have shape \(6,\), it has \(6, 1\)"),
        ({"stride": 0}, r"conv2d: stride must be an integer of at least 1, got 0"),
        ({"stride": -2}, r"conv2d: stride must be an integer of at least 1, got -2"),
        ({"stride": (1, 2, 3)}, r"conv2d: stride must be an integer or 2 integers, got \(1, 2, 3\)"),
        ({"stride": 1.5}, r"conv2d: stride must be an integer of at least 1, got 1.5"),
        ({"padding": -1}, r"conv2d: padding must be an integer of at least 0, got -1"),
        ({"padding": "full"}, r"conv2d: padding must be one of 'valid', 'same', got 'full'"),
        ({"padding": "same", "stride": 2}, r"conv2d: padding='same' needs stride 1, got stride=2"),
        (
            {"padding_mode": "constant"},
            r"conv2d: padding_mode must be one of 'zeros', 'reflect', .* got 'constant'",
        ),
        (
            {"padding_mode": "reflect", "padding": 8},
            r"conv2d: reflect padding of axis 2 can be 7 wide at most",
        ),
        ({"dilation": 0}, r"conv2d: dilation must be an integer of at least 1, got 0"),
        ({"dilation": 2}, r"conv2d: the kernel spans 9 pixels, the padded input has 8 \(x: \(2, 4, 8, 9\)"),
        ({"x": X.astype(int)}, r"conv2d: x must hold floating-point numbers, its dtype is int"),
        ({"weight": WEIGHT.astype(np.float32)}, r"conv2d: weight has dtype float32, x has float64"),
        (
            {"weight": torch.ones(6, 4, 5, 3)},
            r"conv2d: all arrays must come from one library; x is a numpy.ndarray",
        ),
        ({"weight": None}, r"conv2d: weight must be an array, got NoneType"),
        ({"x": X.tolist()}, r"conv2d: x must be an array, got list"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.conv2d_forward(**({"x": X, "weight": WEIGHT} | changes))


def test_bad_upstream_gradient() -> None:
    _, cache = F.conv2d_forward(X, WEIGHT)
    with pytest.raises(
        ValueError, match=r"conv2d_backward: grad_out must have the shape of the output \(2, 6, 4, 7\)"
    ):
        F.conv2d_backward(np.ones((2, 6, 4, 6)), cache)
    with pytest.raises(ValueError, match=r"conv2d_backward: grad_out has dtype float32, x has float64"):
        F.conv2d_backward(np.ones((2, 6, 4, 7), dtype=np.float32), cache)
