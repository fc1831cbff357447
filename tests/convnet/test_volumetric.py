"""Convolution of volumes against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convnet import functional as F
from convnet.functional import volumetric
from convnet.gradcheck import gradcheck
from tests.convnet.harness import LIBRARIES, Case, convert
from tests.convnet.operations.checks import agrees


@pytest.mark.parametrize("name", ["empty batch", "1×1×1", "one plane", "large"])
def test_special_sizes(name: str) -> None:
    """Shapes beyond the draws; the large ones are cut at the real budget, into volumes and into planes."""
    rng = np.random.default_rng(7)
    shapes = {
        "empty batch": ((0, 3, 4, 6, 5), (4, 3, 2, 3, 3)),
        "1×1×1": ((3, 8, 4, 9, 11), (6, 4, 1, 1, 1)),
        "one plane": ((2, 3, 1, 8, 9), (4, 3, 1, 3, 3)),
        "large": ((3, 8, 12, 40, 44), (4, 4, 3, 3, 3)),
    }
    x_shape, weight_shape = shapes[name]
    arrays = [rng.standard_normal(shape) for shape in (x_shape, weight_shape, weight_shape[:1])]
    agrees("conv3d", Case(arrays, {"groups": x_shape[1] // weight_shape[1]}))


def test_gradcheck() -> None:
    rng = np.random.default_rng(1)
    args = (
        rng.standard_normal((2, 2, 3, 4, 5)),
        rng.standard_normal((2, 1, 2, 3, 2)),
        rng.standard_normal(2),
    )
    options = {"groups": 2, "stride": (1, 2, 1), "padding": (1, 0, 1), "dilation": (2, 1, 1)}
    gradcheck(F.conv3d_forward, F.conv3d_backward, args, options)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_kernel_of_one_plane_is_the_layer_in_two_dimensions(library: str) -> None:
    """So is the whole layer when every volume is one plane: depth is an axis like the others."""
    rng = np.random.default_rng(2)
    x, weight = rng.standard_normal((2, 3, 6, 5)), rng.standard_normal((4, 3, 3, 2))
    flat, _ = F.conv2d_forward(convert(x, library), convert(weight, library), padding=1)
    deep, _ = F.conv3d_forward(
        convert(x[:, :, None], library), convert(weight[:, :, None], library), padding=(0, 1, 1)
    )
    turned, _ = F.conv3d_forward(
        convert(x[..., None], library), convert(weight[..., None], library), padding=(1, 1, 0)
    )
    np.testing.assert_allclose(deep[:, :, 0, :, :], flat, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(turned[..., 0], flat, rtol=1e-12, atol=1e-12)


def test_arrays_with_odd_strides() -> None:
    rng = np.random.default_rng(3)
    x, weight = rng.standard_normal((6, 5, 4, 3, 2)), rng.standard_normal((2, 3, 3, 2, 4))
    turned, flipped = x.transpose(4, 3, 2, 1, 0), weight.transpose(4, 1, 3, 0, 2)[:, :, ::-1]
    out, cache = F.conv3d_forward(turned, flipped, padding=1)
    wanted, wanted_cache = F.conv3d_forward(turned.copy(), flipped.copy(), padding=1)
    np.testing.assert_array_equal(out, wanted)
    grad_out = rng.standard_normal(out.shape[::-1]).transpose(4, 3, 2, 1, 0)
    for found, right in zip(
        F.conv3d_backward(grad_out, cache)[:2],
        F.conv3d_backward(grad_out.copy(), wanted_cache)[:2],
        strict=True,
    ):
        np.testing.assert_allclose(found, right, rtol=1e-12)


X, WEIGHT = np.ones((2, 4, 6, 8, 9)), np.ones((6, 4, 2, 5, 3))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weight": np.ones((6, 3, 2, 5, 3))}, r"conv3d: weight expects 3 input channels, x has 4 \(x: \(2,"),
        ({"x": X[0]}, r"conv3d: x must have 5 dimensions \(N, C, D, H, W\), it has 4 \(x: \(4, 6, 8, 9\)\)"),
        ({"weight": WEIGHT[0]}, r"conv3d: weight must have 5 dimensions \(F, C / groups, kd, kh, kw\)"),
        ({"groups": 4}, r"conv3d: groups=4 must divide the 6 output channels of weight"),
        ({"bias": np.ones(5)}, r"conv3d: bias must have shape \(6,\), it has \(5,\)"),
        ({"stride": (1, 2)}, r"conv3d: stride must be an integer or 3 integers, got \(1, 2\)"),
        ({"padding": "full"}, r"conv3d: padding must be one of 'valid', 'same', got 'full'"),
        ({"padding": "same", "stride": 2}, r"conv3d: padding='same' needs stride 1, got stride=2"),
        ({"padding_mode": "wrap"}, r"conv3d: padding_mode must be one of 'zeros', 'reflect'"),
        ({"dilation": (6, 1, 1)}, r"conv3d: the kernel spans 7 pixels, the padded input has 6"),
        ({"weight": WEIGHT.astype(np.float32)}, r"conv3d: weight has dtype float32, x has float64"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.conv3d_forward(**({"x": X, "weight": WEIGHT} | changes))


@pytest.mark.parametrize("backward", [F.conv3d_backward, volumetric.parameter_gradients])
def test_bad_upstream_gradient(backward: Callable[..., Any]) -> None:
    out, cache = F.conv3d_forward(X, WEIGHT)
    with pytest.raises(ValueError, match=r"conv3d_backward: grad_out must have the shape of the output"):
        backward(out[..., 1:], cache)
