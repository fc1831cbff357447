"""Transposed convolution against torch."""

from typing import Any

import numpy as np
import pytest

from convnet import functional as F


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
