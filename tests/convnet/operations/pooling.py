"""Pooling: largest number, mean, mean of the whole map, means to a size asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet import _array
from tests.convnet.harness import Case, draw_array, draw_pair, pick
from tests.convnet.operations.conditions import (
    WINDOWS,
    both,
    default,
    first,
    no_padding,
    option,
    sizes,
    sizes_that_do_not_divide,
    stride_beyond_the_kernel,
    ties,
)
from tests.convnet.operations.registry import Kind, Operation, Predicate, register

TRUTH = dict.fromkeys(("ceil_mode", "count_include_pad"), "any value is true or false")
BLOCKS = {(_array, "BLOCK_BYTES"): (1, 500, 2000)}


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
    """Draw until every window sees a pixel."""
    while True:
        case = draw(rng, {"stride": (1, 4), "padding": (0, 2), "dilation": (1, 3)}, ("ceil_mode",))
        if not sees_nothing(case):
            return case


def sees_nothing(case: Case) -> bool:
    """Say whether a dilated window may lie wholly in the padding: torch then reads outside its memory."""
    per_axis = zip(
        sizes(case),
        np.broadcast_to(case.options.get("dilation", 1), 2),
        np.broadcast_to(case.options.get("padding", 0), 2),
        strict=True,
    )
    return any(spread > size and side for size, spread, side in per_axis)


def with_odd_numbers(rng: np.random.Generator) -> Case:
    """NaN wins every window it is in, and the last of several takes the gradient; −∞ wins none."""
    case = draw_max(rng)
    x = first(case)
    x[rng.random(x.shape) < 0.1] = np.nan
    x[rng.random(x.shape) < 0.1] = -np.inf
    return case


def draw_average(rng: np.random.Generator) -> Case:
    """Draw windows for means."""
    return draw(rng, {"stride": (1, 4), "padding": (0, 2)}, ("ceil_mode", "count_include_pad"))


def window_kinds(*left_out: str) -> dict[str, Kind | Predicate]:
    """Return what all windows have: those of convolution, less what padding of half a window excludes."""
    out_of_reach = {"windows in the padding", "one pixel wide", *left_out}
    return {name: kind for name, kind in WINDOWS.items() if name not in out_of_reach} | {
        "stride left out": default("stride"),
        "padding": lambda case: not no_padding(case),
        "last window cut off": both(option("ceil_mode", True), sizes_that_do_not_divide),
        "last window cut off, with padding": both(
            option("ceil_mode", True), sizes_that_do_not_divide, lambda case: not no_padding(case)
        ),
        "last window cut off, gaps between": both(option("ceil_mode", True), stride_beyond_the_kernel),
    }


register(
    Operation(
        "max_pool2d",
        draw_max,
        torch_f.max_pool2d,
        window_kinds()
        | {
            "ties": Kind(ties, rough=True),
            "no ties": lambda case: not ties(case),
            "NaN and −∞": Kind(draw=with_odd_numbers, rough=True),
            "NaN and −∞, in blocks": Kind(draw=with_odd_numbers, settings=BLOCKS, rough=True),
            "in blocks": Kind(settings=BLOCKS),
        },
        unchecked=TRUTH,
        smooth=lambda case: not ties(case) and bool(np.isfinite(first(case)).all()),
    )
)
register(
    Operation(
        "avg_pool2d",
        draw_average,
        torch_f.avg_pool2d,
        window_kinds("padding with dilation")
        | {
            "border not counted": both(option("count_include_pad", False), lambda case: not no_padding(case)),
            "border not counted, last window cut off": both(
                option("count_include_pad", False),
                option("ceil_mode", True),
                lambda case: not no_padding(case),
            ),
            "in blocks": Kind(settings=BLOCKS),
        },
        unchecked=TRUTH,
    )
)


def draw_maps(rng: np.random.Generator) -> Case:
    """Draw maps of any size."""
    return Case([draw_array(rng, tuple(int(size) for size in rng.integers(1, 9, 4)))])


def global_average(x: torch.Tensor) -> torch.Tensor:
    """Return the mean of every map."""
    return torch_f.adaptive_avg_pool2d(x, 1)


MAPS: dict[str, Kind | Predicate] = {
    "one image": lambda case: first(case).shape[0] == 1,
    "one channel": lambda case: first(case).shape[1] == 1,
    "one pixel": lambda case: sizes(case) == (1, 1),
    "a row": lambda case: sizes(case)[0] == 1 < sizes(case)[1],
    "oblong": lambda case: len(set(sizes(case))) > 1,
}
register(Operation("global_avg_pool2d", draw_maps, global_average, MAPS, refuses=False))


def draw_adaptive(rng: np.random.Generator) -> Case:
    """Draw sizes below and above that of the map; None leaves an axis, and 0 is refused."""
    case = draw_maps(rng)
    side = (None, *range(1, 11))
    pair = (pick(rng, *side), pick(rng, *side))
    low = 0 if rng.random() < 0.05 else 1
    case.options["output_size"] = pick(rng, int(rng.integers(low, 10)), pair)
    return case


def adaptive(x: torch.Tensor, output_size: Any) -> torch.Tensor:
    """Return torch's means; it lets an output without pixels pass."""
    if output_size == 0:
        raise ValueError("nothing is left")
    return torch_f.adaptive_avg_pool2d(x, output_size)


def targets(case: Case) -> list[tuple[int, int]]:
    """Return the sizes before and after, for each axis."""
    wanted = case.options["output_size"]
    pair = wanted if isinstance(wanted, tuple) else (wanted, wanted)
    return [(size, size if goal is None else goal) for size, goal in zip(sizes(case), pair, strict=True)]


register(
    Operation(
        "adaptive_avg_pool2d",
        draw_adaptive,
        adaptive,
        MAPS
        | {
            "one mean": lambda case: {after for _, after in targets(case)} == {1} and sizes(case) > (1, 1),
            "windows side by side": lambda case: any(
                0 < after < before and before % after == 0 for before, after in targets(case)
            ),
            "windows overlap": lambda case: any(
                1 < after < before and before % after for before, after in targets(case)
            ),
            "larger than the map": lambda case: any(after > before > 1 for before, after in targets(case)),
            "an axis left as it is": lambda case: (
                isinstance(case.options["output_size"], tuple) and None in case.options["output_size"]
            ),
            "unlike axes": lambda case: len({after for _, after in targets(case)}) > 1,
        },
    )
)
