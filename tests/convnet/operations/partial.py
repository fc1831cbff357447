"""Partial convolution against its formula in torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, draw_pair, pick
from tests.convnet.operations.conditions import WINDOWS, given, missing, option
from tests.convnet.operations.registry import Operation, register


def draw(rng: np.random.Generator) -> Case:
    """Draw images with few or many holes, one mask for all channels or one for each."""
    batch, channels, filters = (int(number) for number in rng.integers(1, 4, 3))
    height, width = (int(size) for size in rng.integers(1, 10, 2))
    kernel = tuple(int(size) for size in rng.integers(1, 5, 2))
    x = draw_array(rng, (batch, channels, height, width))
    weight = draw_array(rng, (filters, channels, *kernel))
    bias = pick(rng, None, draw_array(rng, (filters + (rng.random() < 0.04),)))
    shape = (batch, pick(rng, 1, channels), height, width)
    mask = (rng.random(shape) < pick(rng, 0.05, 0.5, 0.9)).astype(np.float64)
    options: dict[str, Any] = {}
    if rng.random() < 0.6:
        options["stride"] = draw_pair(rng, 1, 3)
    if rng.random() < 0.6:
        options["padding"] = pick(rng, draw_pair(rng, 0, 3), "same", "valid")
    if rng.random() < 0.4:
        options["dilation"] = draw_pair(rng, 1, 2)
    return Case([x, weight, bias], options, {"mask": pick(rng, mask, mask, mask, None)})


def by_definition(x: Any, weight: Any, bias: Any, mask: Any, **options: Any) -> torch.Tensor:
    """Return what the paper writes, one window after the other being torch's business."""
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError("torch takes a bias of another length in some of its back ends")
    everywhere = torch.ones_like(x) if mask is None else mask.expand_as(x)
    ones = torch.ones_like(weight[:1])
    counts = torch_f.conv2d(everywhere, ones, **options)
    sums = torch_f.conv2d(x * everywhere, weight, **options)
    scaled = sums * ones.numel() / torch.clamp(counts, min=1.0)  # autograd multiplies 0 / 0 by 0
    if bias is not None:
        scaled = scaled + bias[:, None, None]
    return torch.where(counts > 0.5, scaled, 0.0)


def known(case: Case) -> float:
    """Return which share of the pixels is known."""
    mask = case.fixed["mask"]
    return 1.0 if mask is None else float(mask.mean())


def channels_of_the_mask(case: Case) -> int:
    """Return how many channels the mask has; none where there is no mask."""
    mask = case.fixed["mask"]
    return 0 if mask is None else mask.shape[1]


register(
    Operation(
        "partial_conv2d",
        draw,
        by_definition,
        WINDOWS
        | {
            "everything is known": lambda case: case.fixed["mask"] is None,
            "few pixels are known": lambda case: 0 < known(case) < 0.1,
            "nothing is known": lambda case: known(case) == 0,
            "most pixels are known": lambda case: 0.8 < known(case) < 1,
            "one mask for all channels": lambda case: (
                channels_of_the_mask(case) == 1 < case.arrays[0].shape[1]
            ),  # type: ignore[union-attr]
            "a mask for each channel": lambda case: channels_of_the_mask(case) > 1,
            "with a bias": given(2),
            "without a bias": missing(2),
            "padding in words": option("padding", "same"),
        },
        batched=("x", "mask"),
    )
)
