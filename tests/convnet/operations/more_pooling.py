"""Pooling of signals and of volumes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, Draw, draw_array, pick
from tests.convnet.operations.conditions import (
    along_axes,
    both,
    default,
    first,
    kernel_of,
    no_padding,
    option,
    sizes,
    sizes_that_do_not_divide,
    stride_beyond_the_kernel,
    ties,
)
from tests.convnet.operations.pooling import BLOCKS, TRUTH
from tests.convnet.operations.registry import Kind, Operation, Predicate, register


def draw_number(rng: np.random.Generator, axes: int, low: int, high: int) -> Any:
    """Draw one integer, or one for each axis."""
    numbers = tuple(int(number) for number in rng.integers(low, high + 1, axes))
    return pick(rng, numbers[0], numbers)


def drawing(axes: int, *names: str) -> Draw:
    """Return a draw of maps with so many axes and of these options, besides the kernel's size."""

    def draw(rng: np.random.Generator) -> Case:
        shape = tuple(int(size) for size in rng.integers((1, 1, *(2,) * axes), (4, 5, *(8,) * axes)))
        options: dict[str, Any] = {"kernel_size": draw_number(rng, axes, 1, 4)}
        ranges = {"stride": (1, 4), "padding": (0, 2), "dilation": (1, 3)}
        for name in names:
            if rng.random() < 0.6:
                value = bool(rng.integers(2)) if name in TRUTH else draw_number(rng, axes, *ranges[name])
                options[name] = value
        case = Case([draw_array(rng, shape, ties=rng.random() < 0.6)], options)
        odd = sees_nothing(case) or (axes == 3 and "dilation" not in names and wider_than_the_map(case))
        return draw(rng) if odd else case

    return draw


def sees_nothing(case: Case) -> bool:
    """Say whether a dilated window may lie wholly in the padding: torch then reads outside its memory."""
    per_axis = zip(sizes(case), along_axes(case, "dilation", 1), along_axes(case, "padding", 0), strict=True)
    return any(spread > size and side for size, spread, side in per_axis)


def wider_than_the_map(case: Case) -> bool:
    """Say whether a window needs the border to fit: torch refuses that for means of volumes alone."""
    return any(kernel > size for size, kernel in zip(sizes(case), kernel_of(case), strict=True))


def with_odd_numbers(draw: Draw) -> Draw:
    """Put NaN and −∞ among what is drawn."""

    def drawn(rng: np.random.Generator) -> Case:
        case = draw(rng)
        x = first(case)
        x[rng.random(x.shape) < 0.1] = np.nan
        x[rng.random(x.shape) < 0.1] = -np.inf
        return case

    return drawn


def padded(case: Case) -> bool:
    """Say whether a border is added."""
    return not no_padding(case)


CUT_OFF = both(option("ceil_mode", True), sizes_that_do_not_divide)
KINDS: dict[str, Kind | Predicate] = {
    "stride left out": default("stride"),
    "stride beyond the kernel": stride_beyond_the_kernel,
    "padding": padded,
    "one image": lambda case: first(case).shape[0] == 1,
    "one channel": lambda case: first(case).shape[1] == 1,
    "last window cut off": CUT_OFF,
    "last window cut off, with padding": both(CUT_OFF, padded),
    "last window cut off, gaps between": both(CUT_OFF, stride_beyond_the_kernel),
    "in blocks": Kind(settings=BLOCKS),
}


def enter(axes: int, largest: Callable[..., Any], mean: Callable[..., Any]) -> None:
    """Register the largest and the mean over windows along so many axes."""
    draw_max = drawing(axes, "stride", "padding", "dilation", "ceil_mode")
    odd = with_odd_numbers(draw_max)
    register(
        Operation(
            f"max_pool{axes}d",
            draw_max,
            largest,
            KINDS
            | {
                "dilation": lambda case: max(along_axes(case, "dilation", 1)) > 1,
                "dilation and padding": lambda case: (
                    max(along_axes(case, "dilation", 1)) > 1 and padded(case)
                ),
                "ties": Kind(ties, rough=True),
                "NaN and −∞": Kind(draw=odd, rough=True),
                "NaN and −∞, in blocks": Kind(draw=odd, settings=BLOCKS, rough=True),
            },
            unchecked=TRUTH,
            smooth=lambda case: not ties(case) and bool(np.isfinite(first(case)).all()),
        )
    )
    uncounted = both(option("count_include_pad", False), padded)
    register(
        Operation(
            f"avg_pool{axes}d",
            drawing(axes, "stride", "padding", "ceil_mode", "count_include_pad"),
            mean,
            KINDS
            | {
                "border not counted": uncounted,
                "border not counted, last window cut off": both(uncounted, option("ceil_mode", True)),
            },
            unchecked=TRUTH,
        )
    )


enter(1, torch_f.max_pool1d, torch_f.avg_pool1d)
enter(3, torch_f.max_pool3d, torch_f.avg_pool3d)
