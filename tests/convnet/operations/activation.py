"""Activations: element by element, and along one axis."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import both, first, option, ties
from tests.convnet.operations.registry import Kind, Operation, Predicate, register

ELEMENTWISE: dict[str, Kind | Predicate] = {
    "one number": lambda case: first(case).ndim == 0,
    "a vector": lambda case: first(case).ndim == 1,
    "images": lambda case: first(case).ndim == 4,
    "zeros among others": Kind(lambda case: 0 < np.sum(first(case) == 0) < first(case).size, rough=True),
    "tiny": lambda case: float(np.max(np.abs(first(case)))) < 0.2,
    "far from zero": lambda case: float(np.max(np.abs(first(case)))) > 30,
    "negative only": lambda case: bool(np.all(first(case) < 0)),
}


def draw_shape(rng: np.random.Generator, fewest: int) -> tuple[int, ...]:
    """Draw up to four axes."""
    return tuple(int(size) for size in rng.integers(1, 6, rng.integers(fewest, 5)))


def draw_elements(rng: np.random.Generator) -> Case:
    """Draw numbers near zero or far from it, with ties and zeros or without."""
    scale = pick(rng, 0.1, 1.0, 30.0)
    x = draw_array(rng, draw_shape(rng, 0), ties=rng.random() < 0.3)
    return Case([np.asarray(scale * x)])


def away_from_zero(case: Case) -> bool:
    """Say whether no number is near the corner of a rectifier."""
    return float(np.min(np.abs(first(case)))) > 1e-4


for name, function in (("sigmoid", torch.sigmoid), ("tanh", torch.tanh), ("relu", torch_f.relu)):
    register(
        Operation(
            name,
            draw_elements,
            function,
            ELEMENTWISE,
            refuses=False,
            smooth=away_from_zero if name == "relu" else lambda case: True,
        )
    )


def draw_leaky(rng: np.random.Generator) -> Case:
    """Draw a slope, which may be left out, or be 0, negative or above 1."""
    case = draw_elements(rng)
    if rng.random() < 0.7:
        case.options["negative_slope"] = pick(rng, 0.0, 0.2, -0.5, 1.5)
    return case


register(
    Operation(
        "leaky_relu",
        draw_leaky,
        torch_f.leaky_relu,
        ELEMENTWISE
        | {
            "slope left out": lambda case: not case.options,
            "no slope": lambda case: case.options.get("negative_slope") == 0.0,
            "turned around": lambda case: case.options.get("negative_slope") == -0.5,
        },
        refuses=False,
        smooth=away_from_zero,
    )
)
register(Operation("silu", draw_elements, torch_f.silu, ELEMENTWISE, refuses=False))


def draw_gelu(rng: np.random.Generator) -> Case:
    """Draw one of the two formulas, now and then a third one."""
    case = draw_elements(rng)
    if rng.random() < 0.7:
        case.options["approximate"] = pick(rng, "none", "tanh", *(["erf"] if rng.random() < 0.1 else []))
    return case


register(
    Operation(
        "gelu",
        draw_gelu,
        torch_f.gelu,
        {
            f"{name}, {approximate}": both(kind, option("approximate", approximate))
            for name, kind in ELEMENTWISE.items()
            if not isinstance(kind, Kind)
            for approximate in ("none", "tanh")
        }
        | {"formula left out": lambda case: not case.options},
    )
)


def draw_prelu(rng: np.random.Generator) -> Case:
    """Draw one slope or one for each channel; seldom one too many."""
    shape = draw_shape(rng, 1)
    channels = shape[1] if len(shape) > 1 else 1
    slopes = pick(rng, 1, channels, channels, channels + 1 if rng.random() < 0.3 else channels)
    x = draw_array(rng, shape, ties=rng.random() < 0.3)
    return Case([x, draw_array(rng, (slopes,))])


def slopes_of(case: Case) -> int:
    """Return how many slopes there are."""
    slopes = case.arrays[1]
    assert slopes is not None
    return slopes.size


register(
    Operation(
        "prelu",
        draw_prelu,
        torch_f.prelu,
        {
            "one slope for several channels": lambda case: (
                first(case).ndim > 1 and slopes_of(case) == 1 < first(case).shape[1]
            ),
            "a slope for each channel": lambda case: slopes_of(case) > 1,
            "a vector": lambda case: first(case).ndim == 1,
            "images": lambda case: first(case).ndim == 4 and slopes_of(case) > 1,
            "zeros and ties": Kind(lambda case: ties(case) and bool(np.any(first(case) == 0)), rough=True),
        },
        smooth=away_from_zero,
    )
)


def draw_softmax(rng: np.random.Generator) -> Case:
    """Draw an axis, seldom one that is not there."""
    shape = draw_shape(rng, 1)
    scale = pick(rng, 1.0, 100.0)
    x = draw_array(rng, shape)
    dim = int(rng.integers(-len(shape) - (rng.random() < 0.1), len(shape) + (rng.random() < 0.1)))
    return Case([np.asarray(scale * x)], {"dim": dim})


def _dim(case: Case) -> Any:
    return case.options["dim"]


for name, function in (("softmax", torch_f.softmax), ("log_softmax", torch_f.log_softmax)):
    register(
        Operation(
            name,
            draw_softmax,
            function,
            {
                "along the last axis": lambda case: (
                    _dim(case) in (-1, first(case).ndim - 1) and first(case).shape[-1] > 1
                ),
                "along the first axis": lambda case: (
                    _dim(case) == 0 and first(case).ndim > 1 < first(case).shape[0]
                ),
                "along a middle axis": lambda case: 0 < _dim(case) < first(case).ndim - 1,
                "counted from the end": lambda case: _dim(case) < -1,
                "one class": lambda case: first(case).shape[_dim(case) :][:1] == (1,),
                "scores far apart": lambda case: float(np.ptp(first(case))) > 100,
            },
        )
    )
