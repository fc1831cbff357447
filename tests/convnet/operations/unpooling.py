"""Max pooling of whole maps and to a size asked for, and what puts the largest pixels back."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, draw_pair, pick
from tests.convnet.operations.conditions import first, sizes, ties
from tests.convnet.operations.pooling import MAPS, draw_adaptive, draw_maps, targets
from tests.convnet.operations.registry import Kind, Operation, register


def with_ties(rng: np.random.Generator, case: Case) -> Case:
    """Replace the numbers by whole ones, half of the time."""
    if rng.random() < 0.5:
        case.arrays[0] = draw_array(rng, first(case).shape, ties=True)
    return case


def with_odd_numbers(rng: np.random.Generator, case: Case) -> Case:
    """Put NaN and −∞ among them."""
    x = first(case)
    x[rng.random(x.shape) < 0.2] = np.nan
    x[rng.random(x.shape) < 0.2] = -np.inf
    return case


def distinct(case: Case) -> bool:
    """Say whether the largest pixel is always one."""
    return not ties(case) and bool(np.isfinite(first(case)).all())


def global_largest(x: torch.Tensor) -> torch.Tensor:
    """Return the largest pixel of every map."""
    return torch_f.adaptive_max_pool2d(x, 1)


def adaptive_largest(x: torch.Tensor, output_size: Any) -> torch.Tensor:
    """Return torch's, which lets an output without pixels pass."""
    if output_size == 0:
        raise ValueError("nothing is left")
    return torch_f.adaptive_max_pool2d(x, output_size)


register(
    Operation(
        "global_max_pool2d",
        lambda rng: with_ties(rng, draw_maps(rng)),
        global_largest,
        MAPS
        | {
            "ties": Kind(ties, rough=True),
            "NaN and −∞": Kind(draw=lambda rng: with_odd_numbers(rng, draw_maps(rng)), rough=True),
        },
        refuses=False,
        smooth=distinct,
    )
)
register(
    Operation(
        "adaptive_max_pool2d",
        lambda rng: with_ties(rng, draw_adaptive(rng)),
        adaptive_largest,
        MAPS
        | {
            "windows overlap": lambda case: any(
                1 < after < before and before % after for before, after in targets(case)
            ),
            "larger than the map": lambda case: any(after > before > 1 for before, after in targets(case)),
            "an axis left as it is": lambda case: (
                isinstance(case.options["output_size"], tuple) and None in case.options["output_size"]
            ),
            "ties": Kind(ties, rough=True),
            "NaN and −∞": Kind(draw=lambda rng: with_odd_numbers(rng, draw_adaptive(rng)), rough=True),
        },
        smooth=distinct,
    )
)


def draw_places(rng: np.random.Generator) -> Case:
    """Draw a pooling and put its pixels back, or numbers at places of their own; seldom outside."""
    shape = tuple(int(size) for size in rng.integers((1, 1, 4, 4), (4, 4, 9, 9)))
    window = {"kernel_size": draw_pair(rng, 1, 3)}
    if rng.random() < 0.6:
        window["stride"] = draw_pair(rng, 1, 3)
    if rng.random() < 0.3 and np.min(window["kernel_size"]) > 1:
        window["padding"] = 1
    out, indices = torch_f.max_pool2d(torch.tensor(draw_array(rng, shape)), **window, return_indices=True)
    x, places = out.numpy(), indices.numpy()
    options: dict[str, Any] = dict(window)
    if rng.random() < 0.9:  # else places may lie outside of the size that follows
        options["output_size"] = pick(rng, shape[2:], shape[2:], shape)
    if rng.random() < 0.4 and x.shape[2] * x.shape[3] < shape[2] * shape[3]:
        x, pixels = draw_array(rng, x.shape), shape[2] * shape[3]
        places = np.stack([rng.permutation(pixels) for _ in range(shape[0] * shape[1])])
        places = np.ascontiguousarray(places[:, : x.shape[2] * x.shape[3]]).reshape(x.shape)
    if rng.random() < 0.03:
        places = places + shape[2] * shape[3]
    return Case([x], options, {"indices": places})


def unpooled(x: torch.Tensor, indices: torch.Tensor, **options: Any) -> torch.Tensor:
    """Return torch's; it takes a list for the size."""
    size = options.pop("output_size", None)
    return torch_f.max_unpool2d(x, indices, **options, output_size=None if size is None else list(size))


def apart(case: Case) -> bool:
    """Say whether no two numbers of a map go to one place."""
    places = case.fixed["indices"]
    assert places is not None
    maps = places.reshape(places.shape[0] * places.shape[1], -1)
    return all(np.unique(row).size == row.size for row in maps)


register(
    Operation(
        "max_unpool2d",
        draw_places,
        unpooled,
        {
            "windows overlap": Kind(lambda case: not apart(case), rough=True),
            "size left out": lambda case: "output_size" not in case.options,
            "whole shape": lambda case: len(case.options.get("output_size", ())) == 4,
            "padding": lambda case: "padding" in case.options,
            "one number": lambda case: sizes(case) == (1, 1),
        },
        smooth=apart,
        batched=("x", "indices"),
    )
)
