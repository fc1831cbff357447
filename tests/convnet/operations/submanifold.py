"""Submanifold convolution against torch's dense convolution, read at the active sites."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import first, given, missing
from tests.convnet.operations.registry import Kind, Operation, register


def draw(rng: np.random.Generator) -> Case:
    """Draw sites in any order and density, and seldom too many features or channels."""
    batch, height, width = (int(size) for size in rng.integers((1, 1, 1), (4, 12, 12)))
    coordinates = np.argwhere(rng.random((batch, height, width)) < pick(rng, 0.05, 0.3, 1.0))
    coordinates = rng.permutation(coordinates).astype(pick(rng, np.int64, np.int32))
    channels, filters = (int(number) for number in rng.integers(1, 6, 2))
    kernel = tuple(int(size) for size in rng.choice([1, 3, 5], 2))
    x = draw_array(rng, (len(coordinates) + (rng.random() < 0.03), channels))
    weight = draw_array(rng, (filters, channels + (rng.random() < 0.03), *kernel))
    bias = pick(rng, None, draw_array(rng, (filters,)))
    return Case([x, weight, bias], {"dilation": pick(rng, 1, 1, 2, (1, 3))}, {"coordinates": coordinates})


def forward(x: Any, weight: Any, bias: Any, coordinates: Any, dilation: Any) -> Any:
    """Make the rulebook, then convolve."""
    # A weight that is no array has no kernel size; the operation itself says what is wrong with it.
    kernel = tuple(weight.shape[2:]) if hasattr(weight, "shape") else (3, 3)
    book = F.submanifold_rulebook(coordinates, kernel, dilation)
    return F.submanifold_conv2d_forward(x, weight, bias, book)


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


def kernel(case: Case) -> tuple[int, ...]:
    """Return the size of the kernel."""
    return tuple(case.arrays[1].shape[2:])  # type: ignore[union-attr]


def is_dense(case: Case) -> bool:
    """Every pixel of the images is a site."""
    sites = case.fixed["coordinates"]
    assert sites is not None
    return len(sites) > 1 and len(sites) == np.prod(sites.max(axis=0) + 1)


register(
    Operation(
        "submanifold_conv2d",
        draw,
        dense,
        {
            "no site": Kind(lambda case: len(first(case)) == 0, rough=True),
            "one site": lambda case: len(first(case)) == 1,
            "few sites": lambda case: 2 < len(first(case)) < 12,
            "all pixels": is_dense,
            "several images": lambda case: len(np.unique(case.fixed["coordinates"][:, 0])) > 1,  # type: ignore[index]
            "dilation": lambda case: case.options["dilation"] == 2 and max(kernel(case)) > 1,
            "unlike dilation": lambda case: case.options["dilation"] == (1, 3) and kernel(case)[1] > 1,
            "1×1 kernel": lambda case: kernel(case) == (1, 1),
            "oblong kernel": lambda case: len(set(kernel(case))) > 1,
            "narrow coordinates": lambda case: case.fixed["coordinates"].dtype == np.int32,  # type: ignore[union-attr]
            "with a bias": given(2),
            "without a bias": missing(2),
        },
        forward,
        batched=("x", "coordinates"),
        inner=("submanifold_rulebook",),
    )
)
