"""Convolution of volumes."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet._engine import volumes
from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import WINDOWS, given, kernel_of, missing, option
from tests.convnet.operations.convolution import border, same
from tests.convnet.operations.registry import Kind, Operation, register

SIZES = (7, 6, 8)
SLABS = {(volumes, "SLAB_BYTES"): (1, 30, 1000, 30_000, 100_000)}


def draw_triple(rng: np.random.Generator, low: int, high: int) -> Any:
    """Return an integer or three integers in `low ... high`."""
    numbers = tuple(int(number) for number in rng.integers(low, high + 1, 3))
    return pick(rng, numbers[0], numbers)


def draw(rng: np.random.Generator) -> Case:
    """Draw shapes that seldom divide evenly, all options, and now and then something torch refuses."""
    groups = pick(rng, 1, 1, 2, 3)
    channels, filters = (int(number) for number in rng.integers(1, 4, 2) * groups)
    batch = pick(rng, 1, 2, 3)
    extents = tuple(int(rng.integers(1, size + 1)) for size in SIZES)
    kernel = tuple(int(size) for size in rng.integers(1, 4, 3))
    extra = int(rng.random() < 0.04)
    x = draw_array(rng, (batch, channels + extra, *extents))
    weight = draw_array(rng, (filters, channels // groups, *kernel))
    bias = pick(rng, None, draw_array(rng, (filters + (rng.random() < 0.05),)))
    options: dict[str, Any] = {}
    if rng.random() < 0.6:
        options["stride"] = draw_triple(rng, 1, 3)
    if rng.random() < 0.6:
        options["padding"] = pick(rng, draw_triple(rng, 0, 3), draw_triple(rng, 0, 1), "same", "valid")
    if rng.random() < 0.4:
        options["dilation"] = draw_triple(rng, 1, 3)
    if groups > 1 or rng.random() < 0.3:
        options["groups"] = groups if rng.random() < 0.95 else groups + 1
    if rng.random() < 0.4:
        options["padding_mode"] = pick(rng, "reflect", "replicate", "circular", "zeros")
    return Case([x, weight, bias], options)


def reference(
    x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None, **options: Any
) -> torch.Tensor:
    """Call torch's layer, which has the padding modes that its function lacks."""
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError("torch takes a bias of another length in some of its back ends")
    if options.get("padding_mode", "zeros") == "zeros":
        options = {name: value for name, value in options.items() if name != "padding_mode"}
        return torch_f.conv3d(x, weight, bias, **options)
    channels = weight.shape[1] * options.get("groups", 1)
    layer = torch.nn.Conv3d(channels, weight.shape[0], tuple(weight.shape[2:]), **options)
    return layer._conv_forward(x, weight, bias)


register(
    Operation(
        "conv3d",
        draw,
        reference,
        {
            **WINDOWS,
            "with a bias": given(2),
            "without a bias": missing(2),
            "padding in words: same, odd kernel": same(even=False),
            "padding in words: same, even kernel": same(even=True),
            "padding in words: valid": option("padding", "valid"),
            "groups": lambda case: case.options.get("groups", 1) > 1,
            "depthwise": lambda case: 1 < case.options.get("groups", 1) == case.arrays[0].shape[1],  # type: ignore[union-attr]
            "1×1×1": lambda case: kernel_of(case) == (1, 1, 1),
            "a kernel of one plane": lambda case: kernel_of(case)[0] == 1 < min(kernel_of(case)[1:]),
            "border: reflect": border("reflect"),
            "border: replicate": border("replicate"),
            "border: circular": border("circular"),
            "cut into slabs": Kind(settings=SLABS),
            "cut into slabs, with padding and dilation": Kind(
                WINDOWS["padding with dilation"], settings=SLABS
            ),
            "cut into slabs, with a stride": Kind(WINDOWS["windows overlap"], settings=SLABS),
        },
    )
)
