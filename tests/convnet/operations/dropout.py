"""Dropout: torch's own masks come from another generator, so the same masks are drawn here."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from convnet import functional as F
from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import first, option
from tests.convnet.operations.registry import Kind, Operation, Predicate, register

SEED = 11


def draw(rng: np.random.Generator, axes: int | None = None) -> Case:
    """Draw shapes with up to four axes, and shares from none to all."""
    count = axes or int(rng.integers(0, 5))
    shape = tuple(int(size) for size in rng.integers(0 if count == 2 else 1, 6, count))
    p = float(pick(rng, 0.0, 1.0, 0.5, rng.random(), rng.random(), 1.5 if rng.random() < 0.2 else 0.5))
    return Case([draw_array(rng, shape)], {"p": p, "training": pick(rng, True, True, False)})


def by_definition(x: torch.Tensor, p: float, training: bool, channels: bool) -> Any:
    """Multiply by a mask drawn as the operation draws it."""
    if not 0 <= p <= 1:
        raise ValueError("no share")
    if not training or p == 0:
        return x * 1
    shape = (*x.shape[:2], 1, 1) if channels else tuple(x.shape)
    kept = np.random.default_rng(SEED).random(shape, dtype=np.float32) >= np.float32(p)
    return x * torch.tensor(kept) / (1 - p) if p < 1 else x * 0


KINDS: dict[str, Kind | Predicate] = {
    "some are dropped": lambda case: 0 < case.options["p"] < 1 and case.options["training"],
    "half are dropped": lambda case: case.options["p"] == 0.5 and case.options["training"],
    "none is dropped": lambda case: case.options["p"] == 0 and case.options["training"],
    "all are dropped": lambda case: case.options["p"] == 1 and case.options["training"],
    "evaluation": option("training", False),
    "one image": lambda case: first(case).ndim > 0 and len(first(case)) == 1,
}


def forward(x: Any, p: float = 0.5, training: bool = True, generator: Any = None) -> Any:
    """Call the function with the generator that the definition has."""
    return F.dropout_forward(x, p, training, generator=generator or np.random.default_rng(SEED))


def forward2d(x: Any, p: float = 0.5, training: bool = True, generator: Any = None) -> Any:
    """Call the function with the generator that the definition has."""
    return F.dropout2d_forward(x, p, training, generator=generator or np.random.default_rng(SEED))


UNCHECKED = {
    "training": "any value is true or false",
    "generator": "evaluation does not look at it; test_bad_input.py has its refusals",
}
register(
    Operation(
        "dropout",
        draw,
        lambda x, **options: by_definition(x, channels=False, **options),
        KINDS
        | {
            "one number": lambda case: first(case).ndim == 0,
            "nothing": Kind(lambda case: first(case).size == 0, rough=True),
        },
        forward,
        unchecked=UNCHECKED,
    )
)
register(
    Operation(
        "dropout2d",
        lambda rng: draw(rng, axes=4),
        lambda x, **options: by_definition(x, channels=True, **options),
        KINDS,
        forward2d,
        unchecked=UNCHECKED,
    )
)
