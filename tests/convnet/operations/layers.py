"""Draws of convolutions that take ways of their own through the code."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.convnet.harness import Case, draw_array, draw_pair, pick


def layer(
    rng: np.random.Generator,
    size: tuple[int, ...],
    kernel: tuple[int, ...],
    per_group: tuple[int, int],
    groups: int,
    **options: Any,
) -> Case:
    """Draw images, kernels and perhaps a bias for a layer of so many channels and kernels in each group."""
    channels, filters = per_group
    return Case(
        [
            draw_array(rng, (int(rng.integers(1, 5)), channels * groups, *size)),
            draw_array(rng, (filters * groups, channels, *kernel)),
            pick(rng, None, draw_array(rng, (filters * groups,))),
        ],
        options | {"groups": groups},
    )


def sizes(rng: np.random.Generator, low: int, high: int) -> tuple[int, int]:
    """Return two numbers in `low ... high`."""
    first, second = rng.integers(low, high + 1, 2)
    return int(first), int(second)


def draw_depthwise(rng: np.random.Generator, multiplier: bool) -> Case:
    """A kernel for each channel, or several."""
    filters = int(rng.integers(2, 4)) if multiplier else 1
    options = {
        "stride": draw_pair(rng, 1, 3),
        "padding": draw_pair(rng, 0, 2),
        "dilation": draw_pair(rng, 1, 2),
    }
    groups = int(rng.integers(2, 6))
    return layer(rng, sizes(rng, 1, 9), sizes(rng, 1, 4), (1, filters), groups, **options)


def draw_pointwise(rng: np.random.Generator) -> Case:
    """A kernel of one pixel, on images that are large enough for a product each."""
    height = int(rng.integers(1, 13))
    width = -(-64 // height) + int(rng.integers(0, 4))
    return layer(rng, (height, width), (1, 1), sizes(rng, 1, 4), pick(rng, 1, 1, 2, 3))


def draw_connected(rng: np.random.Generator) -> Case:
    """A kernel as large as the image; the stride then says nothing."""
    size = sizes(rng, 1, 6)
    return layer(rng, size, size, sizes(rng, 1, 5), 1, stride=draw_pair(rng, 1, 3))


def draw_thin(rng: np.random.Generator) -> Case:
    """Many kernels on few channels, and several rows in a kernel that lie in one phase or in more."""
    channels, kernel = int(rng.integers(1, 3)), (int(rng.integers(2, 5)), int(rng.integers(1, 4)))
    filters = -(-3 * channels * kernel[1] // 2) + int(rng.integers(0, 4))
    dilation, padding = sizes(rng, 1, 3), sizes(rng, 0, 2)
    size = tuple(
        step * (taps - 1) + 1 + int(rng.integers(1, 6)) for step, taps in zip(dilation, kernel, strict=True)
    )
    options = {"stride": sizes(rng, 1, 4), "padding": padding, "dilation": dilation}
    return layer(rng, size, kernel, (channels, filters), pick(rng, 1, 1, 2), **options)


def draw_same(rng: np.random.Generator) -> Case:
    """Maps of the size of the images, not many more than channels: one unfolding gives both gradients."""
    kernel = pick(rng, sizes(rng, 2, 4), (1, 3), (2, 1))
    channels = int(rng.integers(1, 4))
    filters = int(rng.integers(1, 2 * channels + 1))
    options = {"padding": "same", "dilation": draw_pair(rng, 1, 2)}
    return layer(rng, sizes(rng, 2, 9), kernel, (channels, filters), pick(rng, 1, 1, 2), **options)
