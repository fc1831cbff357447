"""Deformable convolution against sampling written out in torch with hat functions, and by grid_sample."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from convnet._engine.scatter import add_rows
from convnet.gradcheck import gradcheck
from tests.convnet.harness import (
    LIBRARIES,
    convert,
    to_numpy,
)
from tests.convnet.operations.configurations import each


def test_samples_are_those_of_grid_sample() -> None:
    """A 1×1 kernel that copies its channel is nothing but sampling, which torch has."""

    def check(rng: np.random.Generator, _: int) -> None:
        x = rng.standard_normal((2, 1, 6, 5))
        offset = rng.standard_normal((2, 2, 6, 5)) * 4
        out, _ = F.deform_conv2d_forward(x, offset, np.ones((1, 1, 1, 1)))
        row = (offset[:, 0] + np.arange(6.0)[:, None]) / 5 * 2 - 1
        column = (offset[:, 1] + np.arange(5.0)) / 4 * 2 - 1
        grid = torch.from_numpy(np.stack([column, row], axis=-1))
        wanted = torch_f.grid_sample(torch.from_numpy(x), grid, align_corners=True)
        np.testing.assert_allclose(out, wanted.numpy(), rtol=1e-10, atol=1e-12)

    each("deform_conv2d: samples", check)


@pytest.mark.parametrize("library", LIBRARIES)
def test_without_offsets_it_is_the_convolution(library: str) -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal((2, 4, 7, 6)), rng.standard_normal((6, 2, 3, 3))
    options: dict[str, Any] = {"stride": 2, "padding": 1}
    out, cache = F.conv2d_forward(x, weight, groups=2, **options)
    grad_out = rng.standard_normal(out.shape)
    grad_x, grad_weight, _ = F.conv2d_backward(grad_out, cache)
    found, moved = F.deform_conv2d_forward(
        convert(x, library), convert(np.zeros((2, 18, 4, 3)), library), convert(weight, library), **options
    )
    gradients = F.deform_conv2d_backward(convert(grad_out, library), moved)
    np.testing.assert_allclose(to_numpy(found), out, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(to_numpy(gradients[0]), grad_x, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(to_numpy(gradients[2]), grad_weight, rtol=1e-10, atol=1e-12)


def test_gradcheck() -> None:
    rng = np.random.default_rng(1)
    x, weight, bias = rng.standard_normal((1, 2, 5, 4)), rng.standard_normal((2, 2, 2, 2)), np.ones(2)
    offset = rng.uniform(0.1, 0.9, (1, 8, 4, 3)) + rng.integers(-2, 2, (1, 8, 4, 3))
    gradcheck(F.deform_conv2d_forward, F.deform_conv2d_backward, (x, offset, weight, bias))
    mask = rng.random((1, 4, 4, 3))
    gradcheck(F.deform_conv2d_forward, F.deform_conv2d_backward, (x, offset, weight, bias, 1, 0, 1, mask))


def test_all_taps_on_one_pixel() -> None:
    """The sorted addition takes as many rounds as contributions meet on the busiest pixel."""
    x, weight = np.zeros((1, 1, 4, 4)), np.ones((1, 1, 1, 1))
    rows, columns = np.meshgrid(np.arange(4.0), np.arange(4.0), indexing="ij")
    offset = np.stack([2.0 - rows, 1.0 - columns])[None]
    out, cache = F.deform_conv2d_forward(x, offset, weight)
    grad_x = F.deform_conv2d_backward(np.ones_like(out), cache)[0]
    wanted = np.zeros((1, 1, 4, 4))
    wanted[0, 0, 2, 1] = 16.0
    np.testing.assert_array_equal(grad_x, wanted)


@pytest.mark.parametrize("library", LIBRARIES)
def test_add_rows(library: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        values = rng.standard_normal((int(rng.integers(1, 30)), 3))
        steps = rng.integers(-3, 4, int(rng.integers(1, 5))).tolist()
        shares = rng.standard_normal((len(steps), len(values)))
        index = rng.integers(3, 3 + int(rng.integers(1, 12)), len(values))
        targets = rng.permutation(20)[: int(rng.integers(0, 21))]
        wanted = np.zeros((20, 3))
        for step, share in zip(steps, shares, strict=True):
            np.add.at(wanted, index + step, share[:, None] * values)
        values_, shares_, index_, targets_ = (
            convert(array, library) for array in (values, shares, index, targets)
        )
        found = add_rows(values_, shares_, index_, steps, targets_)
        np.testing.assert_allclose(to_numpy(found), wanted[targets], rtol=1e-12, atol=1e-12)

    each(f"add_rows, {library}", check)


def test_an_empty_batch() -> None:
    out, cache = F.deform_conv2d_forward(
        np.ones((0, 2, 4, 4)), np.ones((0, 18, 2, 2)), np.ones((3, 2, 3, 3)), mask=np.ones((0, 9, 2, 2))
    )
    shapes = [gradient.shape for gradient in F.deform_conv2d_backward(out, cache) if gradient is not None]
    assert shapes == [(0, 2, 4, 4), (0, 18, 2, 2), (3, 2, 3, 3), (0, 9, 2, 2)]


ARGUMENTS: dict[str, Any] = {
    "x": np.ones((2, 4, 5, 6)),
    "offset": np.ones((2, 18, 3, 4)),
    "weight": np.ones((6, 4, 3, 3)),
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"offset": np.ones((2, 9, 3, 4))},
            r"deform_conv2d: offset must have shape \(2, 18, 3, 4\), or a multiple of these channels, it has "
            r"\(2, 9, 3, 4\) \(x: \(2, 4, 5, 6\), offset",
        ),
        ({"offset": np.ones((2, 18, 3, 3))}, r"deform_conv2d: offset must have shape \(2, 18, 3, 4\)"),
        ({"offset": np.ones((18, 3, 4))}, r"deform_conv2d: offset must have shape \(2, 18, 3, 4\)"),
        ({"offset": np.ones((2, 54, 3, 4))}, r"deform_conv2d: offset moves 3 groups, .* the 4 channels of x"),
        ({"mask": np.ones((2, 18, 3, 4))}, r"deform_conv2d: mask must have shape \(2, 9, 3, 4\), it has"),
        ({"weight": np.ones((6, 3, 3, 3))}, r"deform_conv2d: weight takes groups of 3 channels"),
        ({"weight": np.ones((5, 2, 3, 3))}, r"deform_conv2d: groups=2 must divide the 5 output channels"),
        ({"bias": np.ones(4)}, r"deform_conv2d: bias must have shape \(6,\), it has \(4,\)"),
        ({"padding": "same"}, r"deform_conv2d: padding must be an integer or 2 integers, got 'same'"),
        ({"x": np.ones((2, 4, 2, 6))}, r"deform_conv2d: the kernel spans 3 pixels, the padded input has 2"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.deform_conv2d_forward(**(ARGUMENTS | changes))


def test_bad_upstream_gradient() -> None:
    _, cache = F.deform_conv2d_forward(**ARGUMENTS)
    with pytest.raises(
        ValueError, match=r"deform_conv2d_backward: grad_out must have the shape of the output"
    ):
        F.deform_conv2d_backward(np.ones((2, 6, 3, 3)), cache)
