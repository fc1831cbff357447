"""Pooling against torch."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import _array
from convnet import functional as F
from tests.convnet.harness import SEEDS, Case, assert_agrees, draw_array, draw_pair, pick


def draw(rng: np.random.Generator, options: dict[str, tuple[int, int]], flags: tuple[str, ...]) -> Case:
    """Draw maps with many ties, windows that overlap or leave gaps, and now and then too much padding."""
    shape = tuple(int(size) for size in rng.integers((1, 1, 2, 2), (4, 5, 12, 12)))
    chosen: dict[str, Any] = {"kernel_size": draw_pair(rng, 1, 4)}
    for name, (low, high) in options.items():
        if rng.random() < 0.6:
            chosen[name] = draw_pair(rng, low, high)
    for flag in flags:
        if rng.random() < 0.5:
            chosen[flag] = bool(rng.integers(2))
    return Case([draw_array(rng, shape, ties=rng.random() < 0.7)], chosen)


def draw_max(rng: np.random.Generator) -> Case:
    while True:
        case = draw(rng, {"stride": (1, 4), "padding": (0, 2), "dilation": (1, 3)}, ("ceil_mode",))
        if not sees_nothing(case):
            return case


def sees_nothing(case: Case) -> bool:
    """Say whether a dilated window may lie wholly in the padding: torch then reads outside its memory."""
    x, options = case.arrays[0], case.options
    assert x is not None
    per_axis = zip(
        x.shape[2:],
        np.broadcast_to(options.get("dilation", 1), 2),
        np.broadcast_to(options.get("padding", 0), 2),
        strict=True,
    )
    return any(spread > size and side for size, spread, side in per_axis)


def draw_average(rng: np.random.Generator) -> Case:
    return draw(rng, {"stride": (1, 4), "padding": (0, 2)}, ("ceil_mode", "count_include_pad"))


@SEEDS
def test_max(seed: int) -> None:
    assert_agrees(seed, draw_max, F.max_pool2d_forward, F.max_pool2d_backward, torch_f.max_pool2d)


@SEEDS
def test_max_in_blocks_with_not_a_number(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """NaN wins every window it is in, and the last of several takes the gradient."""
    monkeypatch.setattr(_array, "BLOCK_BYTES", pick(np.random.default_rng(seed), 1, 500, 2000))

    def with_nan(rng: np.random.Generator) -> Case:
        case = draw_max(rng)
        x = case.arrays[0]
        assert x is not None
        x[rng.random(x.shape) < 0.1] = np.nan
        x[rng.random(x.shape) < 0.1] = -np.inf
        return case

    assert_agrees(seed, with_nan, F.max_pool2d_forward, F.max_pool2d_backward, torch_f.max_pool2d)


@SEEDS
def test_average(seed: int) -> None:
    assert_agrees(seed, draw_average, F.avg_pool2d_forward, F.avg_pool2d_backward, torch_f.avg_pool2d)


@SEEDS
def test_global_average(seed: int) -> None:
    def draw_maps(rng: np.random.Generator) -> Case:
        shape = tuple(int(size) for size in rng.integers(1, 9, 4))
        return Case([draw_array(rng, shape)])

    def reference(x: torch.Tensor) -> torch.Tensor:
        return torch_f.adaptive_avg_pool2d(x, 1)

    assert_agrees(seed, draw_maps, F.global_avg_pool2d_forward, F.global_avg_pool2d_backward, reference)


def test_ties_go_to_the_first_pixel() -> None:
    out, cache = F.max_pool2d_forward(np.zeros((1, 1, 2, 4)), 2)
    np.testing.assert_array_equal(out, np.zeros((1, 1, 1, 2)))
    grad = F.max_pool2d_backward(np.asarray([[[[5.0, 7.0]]]]), cache)
    np.testing.assert_array_equal(grad, [[[[5.0, 0, 7, 0], [0, 0, 0, 0]]]])


def test_padding_never_wins() -> None:
    out, cache = F.max_pool2d_forward(np.full((1, 1, 2, 2), -np.inf), 2, padding=1, stride=1)
    assert np.all(np.isneginf(out))
    grad = F.max_pool2d_backward(np.ones((1, 1, 3, 3)), cache)
    np.testing.assert_array_equal(grad, [[[[4.0, 2], [2, 1]]]])


@pytest.mark.parametrize(
    ("forward", "options", "message"),
    [
        (
            F.max_pool2d_forward,
            {"kernel_size": 5},
            r"max_pool2d: the window spans 5 pixels, the padded input has 4",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 0},
            r"max_pool2d: kernel_size must be an integer of at least 1, got 0",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 2, "stride": 0},
            r"max_pool2d: stride must be an integer of at least 1",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 2, "dilation": 0},
            r"max_pool2d: dilation must be an integer of at le",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 3, "padding": 2},
            r"max_pool2d: padding must be at most half of kernel_size, 1 \(x: \(1, 1, 4, 6\), kernel_size=3",
        ),
        (
            F.avg_pool2d_forward,
            {"kernel_size": (2, 7)},
            r"avg_pool2d: the window spans 7 pixels, the padded input has 6",
        ),
        (
            F.avg_pool2d_forward,
            {"kernel_size": 2, "padding": -1},
            r"avg_pool2d: padding must be an integer of at least 0",
        ),
        (
            F.avg_pool2d_forward,
            {"kernel_size": "2"},
            r"avg_pool2d: kernel_size must be an integer of at least 1, got '2'",
        ),
    ],
)
def test_bad_arguments(forward: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forward(np.ones((1, 1, 4, 6)), **options)


def test_bad_maps() -> None:
    with pytest.raises(
        ValueError, match=r"global_avg_pool2d: the maps of x must not be empty \(x: \(1, 2, 0, 3\)\)"
    ):
        F.global_avg_pool2d_forward(np.ones((1, 2, 0, 3)))
    with pytest.raises(ValueError, match=r"max_pool2d: x must have 4 dimensions \(N, C, H, W\), it has 3"):
        F.max_pool2d_forward(np.ones((2, 4, 3)), 2)
    with pytest.raises(ValueError, match=r"avg_pool2d: x must hold floating-point numbers"):
        F.avg_pool2d_forward(np.ones((1, 2, 4, 3), dtype=int), 2)
