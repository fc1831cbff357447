"""Partial convolution against its formula in torch, and against finite differences."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from convnet.gradcheck import gradcheck
from tests.convnet.harness import (
    LIBRARIES,
    convert,
    draw_array,
    to_numpy,
)
from tests.convnet.operations.configurations import each


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_mask_moves_on(library: str) -> None:
    """An output is known where its window holds a known pixel: a maximum, as pooling takes it."""

    def check(rng: np.random.Generator, _: int) -> None:
        mask = (rng.random((2, 3, 9, 8)) < 0.1).astype(np.float64)
        x, weight = draw_array(rng, mask.shape), draw_array(rng, (4, 3, 3, 3))
        out, cache = F.partial_conv2d_forward(
            convert(x, library), convert(weight, library), None, convert(mask, library), padding=1, stride=2
        )
        wanted = torch_f.max_pool2d(torch.from_numpy(mask).amax(1, keepdim=True), 3, 2, 1).numpy()
        np.testing.assert_array_equal(to_numpy(cache.new_mask), wanted)
        assert not to_numpy(out)[np.broadcast_to(wanted == 0, (2, 4, 5, 4))].any()

    each(f"partial_conv2d: new mask, {library}", check)


def test_without_holes_it_is_the_convolution() -> None:
    rng = np.random.default_rng(1)
    x, weight, bias = rng.standard_normal((2, 3, 7, 6)), rng.standard_normal((4, 3, 3, 2)), np.arange(4.0)
    out, cache = F.partial_conv2d_forward(x, weight, bias)
    np.testing.assert_allclose(out, F.conv2d_forward(x, weight, bias)[0], rtol=1e-12)
    assert cache.new_mask.shape == (2, 1, 5, 5)
    assert np.all(cache.new_mask == 1)


@pytest.mark.parametrize("library", LIBRARIES)
def test_holes_may_hold_anything(library: str) -> None:
    rng = np.random.default_rng(2)
    x, weight = rng.standard_normal((1, 2, 6, 6)), rng.standard_normal((3, 2, 3, 3))
    mask = (rng.random((1, 1, 6, 6)) < 0.6).astype(float)
    spoilt = np.where(mask > 0, x, np.nan)
    arrays = [convert(array, library) for array in (x, spoilt, weight, mask)]
    clean, clean_cache = F.partial_conv2d_forward(arrays[0], arrays[2], None, arrays[3])
    out, cache = F.partial_conv2d_forward(arrays[1], arrays[2], None, arrays[3])
    np.testing.assert_array_equal(to_numpy(out), to_numpy(clean))
    for found, wanted in zip(
        F.partial_conv2d_backward(clean, cache)[:2],
        F.partial_conv2d_backward(clean, clean_cache)[:2],
        strict=True,
    ):
        np.testing.assert_array_equal(to_numpy(found), to_numpy(wanted))


@pytest.mark.parametrize("channels", [1, 2])
def test_gradcheck(channels: int) -> None:
    rng = np.random.default_rng(3)
    mask = (rng.random((2, channels, 5, 6)) < 0.3).astype(np.float64)
    args = (rng.standard_normal((2, 2, 5, 6)), rng.standard_normal((3, 2, 3, 2)), rng.standard_normal(3))
    gradcheck(
        F.partial_conv2d_forward,
        F.partial_conv2d_backward,
        args,
        {"mask": mask, "stride": 2, "padding": 1},
    )


X, WEIGHT = np.ones((2, 3, 6, 5)), np.ones((4, 3, 3, 3))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"mask": np.ones((2, 2, 6, 5))},
            r"partial_conv2d: mask must have shape \(2, 3, 6, 5\) or \(2, 1, 6, 5\), it has \(2, 2, 6, 5\)",
        ),
        ({"mask": np.full((2, 1, 6, 5), 0.5)}, r"partial_conv2d: mask must hold 0 and 1 only"),
        ({"mask": np.full((2, 1, 6, 5), np.nan)}, r"partial_conv2d: mask must hold 0 and 1 only"),
        (
            {"mask": np.ones((2, 1, 6, 5), dtype=bool)},
            r"partial_conv2d: mask must hold floating-point numbers",
        ),
        ({"bias": np.ones(3)}, r"partial_conv2d: bias must have shape \(4,\), it has \(3,\)"),
        ({"x": np.ones((2, 4, 6, 5))}, r"conv2d: weight expects 3 input channels, x has 4"),
        ({"weight": np.ones((4, 3))}, r"partial_conv2d: weight must have 4 dimensions"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.partial_conv2d_forward(**({"x": X, "weight": WEIGHT} | changes))


def test_bad_upstream_gradient() -> None:
    _, cache = F.partial_conv2d_forward(X, WEIGHT)
    with pytest.raises(
        ValueError, match=r"partial_conv2d_backward: grad_out must have the shape of the output"
    ):
        F.partial_conv2d_backward(X, cache)
