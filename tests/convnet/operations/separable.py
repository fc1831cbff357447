"""Depthwise separable convolution against two convolutions of torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, draw_pair, pick
from tests.convnet.operations.conditions import WINDOWS, given, missing, option
from tests.convnet.operations.registry import Operation, register


def draw(rng: np.random.Generator) -> Case:
    """Draw one kernel for each channel or several, and seldom weights that do not fit."""
    batch, channels, multiplier, filters = (int(number) for number in rng.integers(1, (4, 5, 3, 6)))
    kernel, size = (tuple(int(number) for number in rng.integers(1, high, 2)) for high in (5, 10))
    middle = channels * multiplier
    arrays = [
        draw_array(rng, (batch, channels, *size)),
        draw_array(rng, (middle + (rng.random() < 0.03 and channels > 1), 1, *kernel)),
        draw_array(rng, (filters, middle + (rng.random() < 0.03), 1, 1)),
        pick(rng, None, draw_array(rng, (filters,))),
    ]
    options: dict[str, Any] = {}
    if rng.random() < 0.6:
        options["stride"] = draw_pair(rng, 1, 3)
    if rng.random() < 0.6:
        options["padding"] = pick(rng, draw_pair(rng, 0, 3), "same", "valid")
    if rng.random() < 0.4:
        options["dilation"] = draw_pair(rng, 1, 2)
    return Case(arrays, options)


def two_steps(x: Any, depthwise: Any, pointwise: Any, bias: Any, **options: Any) -> torch.Tensor:
    """Convolve each channel, then mix."""
    return torch_f.conv2d(torch_f.conv2d(x, depthwise, groups=x.shape[1], **options), pointwise, bias)


def multiplier(case: Case) -> int:
    """Return how many kernels each channel has."""
    return case.arrays[1].shape[0] // case.arrays[0].shape[1]  # type: ignore[union-attr]


register(
    Operation(
        "separable_conv2d",
        draw,
        two_steps,
        WINDOWS
        | {
            "one kernel for each channel": lambda case: multiplier(case) == 1,
            "several kernels for each channel": lambda case: multiplier(case) > 1,
            "with a bias": given(3),
            "without a bias": missing(3),
            "padding in words": option("padding", "same"),
        },
    )
)
