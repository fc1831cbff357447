"""Group normalization, and the normalization of AlexNet."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet import _array
from convnet import functional as F
from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import both, first, given, missing
from tests.convnet.operations.registry import Kind, Operation, register

BLOCKS = {(_array, "BLOCK_BYTES"): (1, 300)}


def draw_groups(rng: np.random.Generator) -> Case:
    """Draw maps with means of their own, and groups that seldom do not divide the channels."""
    each, groups = int(rng.integers(1, 4)), int(rng.integers(1, 4))
    channels = each * groups + (rng.random() < 0.03)
    places = tuple(int(size) for size in rng.integers(1, 6, pick(rng, 0, 1, 2, 2, 3)))
    if each * np.prod(places) < 3:  # of one number or two nothing is left but what eps and rounding make
        places = (5,)
    x = draw_array(rng, (int(rng.integers(1, 5)), channels, *places))
    x += draw_array(rng, (channels, *(1,) * len(places))) * pick(rng, 0.1, 3)

    def vector() -> Any:
        return rng.uniform(0.3, 2.0, channels + (rng.random() < 0.02))

    options: dict[str, Any] = {"num_groups": groups}
    if rng.random() < 0.4:
        options["eps"] = pick(rng, 1e-3, 0.5)
    return Case([x, pick(rng, None, vector()), pick(rng, None, vector())], options)


def group_norm(x: Any, weight: Any, bias: Any, num_groups: int, eps: float = 1e-5) -> Any:
    """Call with the arrays first."""
    return F.group_norm_forward(x, num_groups, weight, bias, eps)


def torch_group_norm(x: Any, weight: Any, bias: Any, num_groups: int, eps: float = 1e-5) -> Any:
    """Call torch, which takes no shift without a scale."""
    if weight is None and bias is not None:
        weight = torch.ones_like(bias)
    return torch_f.group_norm(x, num_groups, weight, bias, eps)


def samples(case: Case) -> int:
    """Return how many numbers a group of an image has."""
    x = first(case)
    return x[0].size // case.options["num_groups"]


register(
    Operation(
        "group_norm",
        draw_groups,
        torch_group_norm,
        {
            "one group": lambda case: case.options["num_groups"] == 1 < first(case).shape[1],
            "a group for each channel": lambda case: case.options["num_groups"] == first(case).shape[1] > 1,
            "several channels in several groups": lambda case: (
                1 < case.options["num_groups"] < first(case).shape[1]
            ),
            "scale and shift": both(given(1), given(2)),
            "scale alone": both(given(1), missing(2)),
            "shift alone": both(missing(1), given(2)),
            "nothing learned": both(missing(1), missing(2)),
            "no pixels": lambda case: first(case).ndim == 2,
            "images": lambda case: first(case).ndim == 4,
            "in blocks": Kind(settings=BLOCKS),
        },
        forward=group_norm,
        smooth=lambda case: samples(case) > 2,
    )
)


def draw_response(rng: np.random.Generator) -> Case:
    """Draw maps and a window, which may be wider than the channels; seldom too few axes."""
    axes = 0 if rng.random() < 0.05 else int(rng.integers(1, 4))
    x = draw_array(rng, tuple(int(size) for size in rng.integers(1, 7, 2 + axes)))
    options: dict[str, Any] = {"size": int(rng.integers(1, 8))}
    ranges = {"alpha": (1e-3, 0.5, 2.0), "beta": (0.5, 1.0, 0.0), "k": (2.0, 0.5)}
    for name, values in ranges.items():
        if rng.random() < 0.6:
            options[name] = pick(rng, *values)
    return Case([x], options)


def strong(case: Case) -> bool:
    """Say whether neighbours damp so much that it shows."""
    return case.options.get("alpha", 0) >= 0.5 and case.options.get("beta", 0.75) > 0


register(
    Operation(
        "local_response_norm",
        draw_response,
        torch_f.local_response_norm,
        {
            "odd window": both(strong, lambda case: case.options["size"] % 2 * first(case).shape[1] > 1),
            "even window": both(strong, lambda case: case.options["size"] % 2 == 0),
            "window wider than the channels": both(
                strong, lambda case: case.options["size"] > first(case).shape[1] > 1
            ),
            "one channel": lambda case: first(case).shape[1] == 1,
            "signals": both(strong, lambda case: first(case).ndim == 3),
            "images": both(strong, lambda case: first(case).ndim == 4),
            "volumes": both(strong, lambda case: first(case).ndim == 5),
            "no damping": lambda case: case.options.get("beta") == 0.0,
            "all left out": lambda case: set(case.options) == {"size"},
        },
    )
)
