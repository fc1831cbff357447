"""Submanifold convolution against torch's dense convolution, read at the active sites."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from convnet.gradcheck import gradcheck
from tests.convnet.operations.configurations import each


def dense(x: Any, weight: Any, bias: Any, coordinates: Any, dilation: Any) -> torch.Tensor:
    """Spread the features over an image, convolve it, and read the active sites."""
    image, row, column = coordinates.long().unbind(1)
    if len(image) != len(x):
        raise ValueError("one row of features for each site")
    size = [int(axis.max()) + 1 if len(axis) else 1 for axis in (image, row, column)]
    maps = torch.zeros(size[0], x.shape[1], *size[1:], dtype=x.dtype)
    maps = maps.permute(0, 2, 3, 1).index_put((image, row, column), x).permute(0, 3, 1, 2)
    steps = (dilation, dilation) if isinstance(dilation, int) else dilation
    sides = [step * (kernel // 2) for step, kernel in zip(steps, weight.shape[2:], strict=True)]
    out = torch_f.conv2d(maps, weight, bias, padding=sides, dilation=dilation)
    return out.permute(0, 2, 3, 1)[image, row, column]


def test_gradcheck() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        coordinates = np.argwhere(rng.random((2, 5, 6)) < 0.4)
        args = (
            rng.standard_normal((len(coordinates), 2)),
            rng.standard_normal((3, 2, 3, 3)),
            rng.standard_normal(3),
        )
        book = F.submanifold_rulebook(coordinates, 3)
        gradcheck(F.submanifold_conv2d_forward, F.submanifold_conv2d_backward, args, {"rulebook": book})

    each("submanifold_conv2d: finite differences", check)


def test_one_rulebook_serves_two_layers_and_the_sites_stay() -> None:
    """Two dense layers would reach sites two pixels away; here a lonely site stays lonely."""
    coordinates = np.asarray([[0, 0, 0], [0, 0, 2], [1, 0, 0]])
    book = F.submanifold_rulebook(coordinates, 3)
    x, weight = np.asarray([[1.0], [2.0], [4.0]]), np.ones((1, 1, 3, 3))
    hidden, _ = F.submanifold_conv2d_forward(x, weight, None, book)
    out, _ = F.submanifold_conv2d_forward(hidden, weight, None, book)
    np.testing.assert_array_equal(out, x)


def test_coordinates_may_lie_anywhere() -> None:
    """Only differences count, negative rows and columns too; edges of images do not touch."""
    rng = np.random.default_rng(4)
    coordinates = np.argwhere(rng.random((3, 4, 5)) < 0.7)
    x, weight = rng.standard_normal((len(coordinates), 2)), rng.standard_normal((2, 2, 3, 5))
    near = F.submanifold_conv2d_forward(x, weight, None, F.submanifold_rulebook(coordinates, (3, 5)))[0]
    moved = coordinates + np.asarray([7, -1000, 10**6])
    far = F.submanifold_conv2d_forward(x, weight, None, F.submanifold_rulebook(moved, (3, 5)))[0]
    np.testing.assert_array_equal(near, far)


SITES = np.asarray([[0, 1, 1], [0, 1, 2]])


@pytest.mark.parametrize(
    ("coordinates", "kernel_size", "message"),
    [
        (SITES[:, :2], 3, r"coordinates must have shape \(M, 3\): image, row, column; it has \(2, 2\)"),
        (SITES.astype(float), 3, r"submanifold_rulebook: coordinates must hold integers"),
        (SITES[[0, 1, 0]], 3, r"submanifold_rulebook: coordinates must not hold a site twice"),
        (SITES, 2, r"submanifold_rulebook: kernel_size must be odd, got 2"),
        (SITES, (3, 0), r"submanifold_rulebook: kernel_size must be an integer of at least 1, got 0"),
    ],
)
def test_bad_rulebooks(coordinates: Any, kernel_size: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.submanifold_rulebook(coordinates, kernel_size)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"x": np.ones((2, 4))},
            r"submanifold_conv2d: weight expects 3 channels, x has 4 \(x: \(2, 4\), weight: \(5, 3, 3, 3\)\)",
        ),
        ({"x": np.ones((3, 3))}, r"submanifold_conv2d: rulebook is for 2 sites, x has 3"),
        ({"weight": np.ones((5, 3, 1, 3))}, r"submanifold_conv2d: rulebook is for kernels of \(3, 3\)"),
        ({"bias": np.ones(4)}, r"submanifold_conv2d: bias must have shape \(5,\), it has \(4,\)"),
        ({"weight": np.ones((5, 3))}, r"submanifold_conv2d: weight must have 4 dimensions"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"x": np.ones((2, 3)), "weight": np.ones((5, 3, 3, 3)), "bias": None}
    with pytest.raises(ValueError, match=message):
        F.submanifold_conv2d_forward(**(arguments | changes), rulebook=F.submanifold_rulebook(SITES, 3))


def test_the_rulebook_must_come_from_the_same_library() -> None:
    book = F.submanifold_rulebook(torch.from_numpy(SITES), 3)
    with pytest.raises(
        ValueError, match=r"submanifold_conv2d: .* one library; .* rulebook is a torch.Tensor"
    ):
        F.submanifold_conv2d_forward(np.ones((2, 3)), np.ones((5, 3, 3, 3)), None, book)


def test_bad_upstream_gradient() -> None:
    book = F.submanifold_rulebook(SITES, 3)
    _, cache = F.submanifold_conv2d_forward(np.ones((2, 3)), np.ones((5, 3, 3, 3)), None, book)
    with pytest.raises(ValueError, match=r"submanifold_conv2d_backward: grad_out must have the shape"):
        F.submanifold_conv2d_backward(np.ones((2, 3)), cache)
