"""Convolution layers along one and two axes, and the ways that kinds of them take through the code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet._engine import geometry, matrix_products, single_products
from convnet._engine.geometry import Geometry
from tests.convnet.harness import Case, draw_array, draw_pair, pick
from tests.convnet.operations.conditions import (
    WINDOWS,
    given,
    kernel_of,
    missing,
    no_padding,
    option,
    unlike_axes,
)
from tests.convnet.operations.layers import (
    draw_connected,
    draw_depthwise,
    draw_pointwise,
    draw_same,
    draw_thin,
)
from tests.convnet.operations.registry import Kind, Operation, Predicate, register

BLOCKS = {
    (geometry, "SCRATCH_BYTES"): (100, 400, 1500, 6000, 30_000, 100_000),
    (single_products, "SCRATCH_BYTES"): (100, 400, 1500, 6000, 30_000, 100_000),
    (geometry, "COLUMNS"): (1, 8, 40, 300),
}


def draw(rng: np.random.Generator, sizes: tuple[int, ...], kernels: int, modes: bool = True) -> Case:
    """Draw shapes that seldom divide evenly, all options, and now and then something torch refuses."""
    axes = len(sizes)
    groups = pick(rng, 1, 1, 2, 3)
    channels, filters = (int(number) for number in rng.integers(1, 4, 2) * groups)
    batch = pick(rng, 1, 2, 5)
    extents = tuple(int(rng.integers(1, size + 1)) for size in sizes)
    kernel = tuple(int(size) for size in rng.integers(1, kernels + 1, axes))
    extra = int(rng.random() < 0.04)
    x = draw_array(rng, (batch, channels + extra, *extents))
    weight = draw_array(rng, (filters, channels // groups, *kernel))
    bias = pick(rng, None, draw_array(rng, (filters + (rng.random() < 0.05),)))

    def spread(low: int, high: int) -> Any:
        return draw_pair(rng, low, high) if axes == 2 else int(rng.integers(low, high + 1))

    options: dict[str, Any] = {}
    if rng.random() < 0.6:
        options["stride"] = spread(1, 4)
    if rng.random() < 0.6:
        options["padding"] = pick(rng, spread(0, 4), spread(0, 1), "same", "valid")
    if rng.random() < 0.4:
        options["dilation"] = spread(1, 3)
    if groups > 1 or rng.random() < 0.3:
        options["groups"] = groups if rng.random() < 0.95 else groups + 1
    if modes and rng.random() < 0.5:
        options["padding_mode"] = pick(rng, "reflect", "replicate", "circular", "zeros", "reflect")
    return Case([x, weight, bias], options)


def reference(axes: int) -> Callable[..., torch.Tensor]:
    """Return torch's layer, which has the padding modes that its function lacks."""

    def call(
        x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None, **options: Any
    ) -> torch.Tensor:
        groups = options.get("groups", 1)
        if bias is not None and bias.shape != weight.shape[:1]:
            raise ValueError("torch takes a bias of another length in some of its back ends")
        kind = torch.nn.Conv2d if axes == 2 else torch.nn.Conv1d
        layer = kind(weight.shape[1] * groups, weight.shape[0], tuple(weight.shape[2:]), **options)
        return layer._conv_forward(x, weight, bias)

    return call


def border(mode: str) -> Predicate:
    """Return whether there is a border that the mode fills."""
    return lambda case: case.options.get("padding_mode") == mode and not no_padding(case)


def same(even: bool) -> Predicate:
    """Return whether padding keeps the size; an even kernel has one pixel more after than before."""
    return lambda case: (
        option("padding", "same")(case) and any(k % 2 != even and k > 1 for k in kernel_of(case))
    )


def unfolds_once(shape: Geometry) -> bool:
    """Say whether one unfolding gives both gradients."""
    rows, columns = shape.rows, shape.columns
    return matrix_products._flips(shape) and (rows.size, columns.size) == (rows.outputs, columns.outputs)


COMMON: dict[str, Kind | Predicate] = {
    **WINDOWS,
    "with a bias": given(2),
    "without a bias": missing(2),
    "padding in words: same, odd kernel": same(even=False),
    "padding in words: same, even kernel": same(even=True),
    "padding in words: valid": option("padding", "valid"),
    "groups": lambda case: case.options.get("groups", 1) > 1,
    "depthwise": lambda case: 1 < case.options.get("groups", 1) == case.arrays[0].shape[1],  # type: ignore[union-attr]
    "border: reflect": border("reflect"),
    "border: replicate": border("replicate"),
    "border: circular": border("circular"),
}

# Kinds that take ways of their own through the code; each is drawn by itself, with blocks of all sizes.
WAYS: dict[str, tuple[Callable[[np.random.Generator], Case], Callable[[Geometry], bool]]] = {
    "way: depthwise": (
        lambda rng: draw_depthwise(rng, multiplier=False),
        lambda g: g.groups == g.channels == g.filters > 1,
    ),
    "way: depthwise with a multiplier": (
        lambda rng: draw_depthwise(rng, multiplier=True),
        lambda g: 1 < g.groups == g.channels < g.filters,
    ),
    "way: 1×1": (draw_pointwise, lambda g: g.is_pointwise and not g.is_fully_connected),
    "way: as large as the image": (draw_connected, lambda g: g.is_fully_connected),
    "way: thin": (draw_thin, lambda g: g.is_thin and g.rows.kernel > 1 and not g.is_single),
    "way: same size": (draw_same, unfolds_once),
}


def way(name: str, blocks: bool) -> Kind:
    """Return a kind that is drawn by itself, and whose way through the code is checked."""
    cases, is_meant = WAYS[name]
    return Kind(
        draw=cases,
        way=lambda cache: is_meant(cache.geometry),
        settings=BLOCKS if blocks else {},
        reference=torch_f.conv2d,
    )


register(
    Operation(
        "conv2d",
        lambda rng: draw(rng, sizes=(9, 11), kernels=4),
        reference(2),
        COMMON
        | {"unlike axes": unlike_axes}
        | {
            "cut into blocks": Kind(
                draw=lambda rng: draw(rng, (16, 9), 3, modes=False),
                settings=BLOCKS,
                reference=torch_f.conv2d,
            )
        }
        | {name: way(name, blocks=False) for name in WAYS}
        | {f"{name}, in blocks": way(name, blocks=True) for name in WAYS},
    )
)
register(
    Operation(
        "conv1d",
        lambda rng: draw(rng, sizes=(14,), kernels=5),
        reference(1),
        {name: kind for name, kind in COMMON.items() if name != "unlike axes"},
    )
)
