"""Padding: a border of constants, or one made of the image."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import both, default, first, option, sizes
from tests.convnet.operations.registry import Kind, Operation, Predicate, register


def draw_constant(rng: np.random.Generator) -> Case:
    """Draw any number of axes; negative numbers crop, at times too much."""
    shape = tuple(int(size) for size in rng.integers(1, 6, rng.integers(1, 5)))
    axes = int(rng.integers(1, len(shape) + 1))
    pad = [int(side) for side in rng.integers(-1, 4, 2 * axes)]
    options: dict[str, Any] = {"pad": pad}
    if rng.random() < 0.7:
        options["value"] = pick(rng, 0.0, 2.5, -1.0)
    return Case([draw_array(rng, shape)], options)


def draw_image(rng: np.random.Generator) -> Case:
    """Draw images and signals; at times the border is wider than the mode can fill."""
    axes = int(rng.integers(1, 3))
    shape = tuple(int(size) for size in rng.integers(1, 7, 2 + axes))
    pad = [int(side) for side in rng.integers(0, 4, 2 * axes)]
    return Case([draw_array(rng, shape)], {"pad": pad, "mode": pick(rng, "reflect", "replicate", "circular")})


def draw(rng: np.random.Generator) -> Case:
    """Draw a mode, then what it pads."""
    return draw_constant(rng) if rng.random() < 0.4 else draw_image(rng)


def constant(condition: Predicate) -> Predicate:
    """Return whether the border is constant and the condition holds."""
    return both(default("mode"), condition)


def modes(mode: str) -> dict[str, Kind | Predicate]:
    """Return the kinds of one mode that looks at the image."""
    chosen = option("mode", mode)
    return {
        f"{mode}: images": both(chosen, lambda case: len(case.options["pad"]) == 4),
        f"{mode}: signals": both(chosen, lambda case: len(case.options["pad"]) == 2),
        f"{mode}: as wide as can be": both(
            chosen,
            lambda case: max(case.options["pad"][:2]) == sizes(case)[-1] - (mode == "reflect") > 0,
        ),
        f"{mode}: one side only": both(
            chosen, lambda case: 0 in case.options["pad"] and any(case.options["pad"])
        ),
        f"{mode}: no border": both(chosen, lambda case: not any(case.options["pad"])),
    }


register(
    Operation(
        "pad",
        draw,
        torch_f.pad,
        {
            "constant: zeros": constant(lambda case: not case.options.get("value")),
            "constant: a value": constant(lambda case: bool(case.options.get("value"))),
            "constant: cropped": constant(lambda case: -1 in case.options["pad"]),
            "constant: cropped and padded": constant(
                lambda case: -1 in case.options["pad"] and max(case.options["pad"]) > 0
            ),
            "constant: last axis of many": constant(
                lambda case: len(case.options["pad"]) == 2 and first(case).ndim > 2
            ),
            "constant: all axes": constant(lambda case: len(case.options["pad"]) == 2 * first(case).ndim > 4),
            "constant: no border": constant(lambda case: not any(case.options["pad"])),
            **modes("reflect"),
            **modes("replicate"),
            **modes("circular"),
        },
    )
)
