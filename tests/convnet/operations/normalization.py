"""Batch and layer normalization."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet import _array
from convnet import functional as F
from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import both, first, given, missing, option
from tests.convnet.operations.registry import Kind, Operation, register


def draw_batch(rng: np.random.Generator) -> Case:
    """Draw maps with means and spreads of their own, and now and then something torch refuses."""
    channels = int(rng.integers(1, 5))
    places = tuple(int(size) for size in rng.integers(1, 6, pick(rng, 0, 1, 2, 2, 2, 3)))
    x = draw_array(rng, (int(rng.integers(1, 6)), channels, *places))
    x += draw_array(rng, (channels, *(1,) * len(places))) * pick(rng, 0.1, 3, 3, 30)

    def vector() -> Any:
        return rng.uniform(0.3, 2.0, channels + (rng.random() < 0.02))

    options: dict[str, Any] = {"training": pick(rng, True, True, False)}
    fixed: dict[str, Any] = {"running_mean": vector(), "running_var": vector()}
    if rng.random() < 0.15:
        fixed = {"running_mean": None, "running_var": None}
    if rng.random() < 0.4:
        options["momentum"] = pick(rng, 0.0, 0.3, 1.0)
    if rng.random() < 0.4:
        options["eps"] = pick(rng, 1e-3, 0.5)
    return Case([x, pick(rng, None, vector()), pick(rng, None, vector())], options, fixed)


def batch_norm(
    x: Any,
    weight: Any,
    bias: Any,
    running_mean: Any,
    running_var: Any,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Any:
    """Call with the arrays that have gradients first."""
    return F.batch_norm_forward(x, running_mean, running_var, weight, bias, training, momentum, eps)


def torch_batch_norm(x: Any, weight: Any, bias: Any, **options: Any) -> torch.Tensor:
    """Call torch, which changes the running statistics and takes the variance of no sample at all."""
    if options["training"] and x.shape[0] == 0:
        raise ValueError("no sample")
    for name in ("running_mean", "running_var"):
        options[name] = None if options[name] is None else options[name].clone()
    return torch_f.batch_norm(x, weight=weight, bias=bias, **options)


def few_samples(case: Case) -> bool:
    """Say whether hardly anything is left but what eps and rounding make, torch's too."""
    x = first(case)
    return bool(case.options["training"]) and x.size // x.shape[1] < 3


TRAINING = option("training", True)
EVALUATION = option("training", False)
BLOCKS = {(_array, "BLOCK_BYTES"): (1, 300)}
register(
    Operation(
        "batch_norm",
        draw_batch,
        torch_batch_norm,
        {
            "training": TRAINING,
            "evaluation": EVALUATION,
            "training without running statistics": both(
                TRAINING, lambda case: case.fixed["running_mean"] is None
            ),
            "training, scale and shift": both(TRAINING, given(1), given(2)),
            "training, scale alone": both(TRAINING, given(1), missing(2)),
            "training, shift alone": both(TRAINING, missing(1), given(2)),
            "training, neither": both(TRAINING, missing(1), missing(2)),
            "evaluation, scale and shift": both(EVALUATION, given(1), given(2)),
            "evaluation, neither": both(EVALUATION, missing(1), missing(2)),
            "momentum": both(TRAINING, option("momentum", 0.3)),
            "all of the past": both(TRAINING, option("momentum", 0.0)),
            "none of the past": both(TRAINING, option("momentum", 1.0)),
            "large eps": option("eps", 0.5),
            "vectors": lambda case: first(case).ndim == 2 and not few_samples(case),
            "signals": lambda case: first(case).ndim == 3,
            "images": lambda case: first(case).ndim == 4,
            "volumes": lambda case: first(case).ndim == 5,
            "one image": both(
                TRAINING, lambda case: len(first(case)) == 1, lambda case: not few_samples(case)
            ),
            "far from zero": both(TRAINING, lambda case: float(np.max(np.abs(first(case)))) > 30),
            "in blocks, training": Kind(TRAINING, settings=BLOCKS),
            "in blocks, evaluation": Kind(EVALUATION, settings=BLOCKS),
        },
        batch_norm,
        smooth=lambda case: not few_samples(case) and float(np.max(np.abs(first(case)))) < 30,
        unchecked={"training": "any value is true or false"},
    )
)


def draw_layer(rng: np.random.Generator) -> Case:
    """Draw the last axes, seldom others; three numbers at least."""
    # Of one feature or two nothing is left but what eps and rounding make, torch's too.
    shape = (*(int(size) for size in rng.integers(1, 6, rng.integers(0, 4))), int(rng.integers(3, 7)))
    sizes = shape[-int(rng.integers(1, len(shape) + 1)) :]
    if rng.random() < 0.05:
        sizes = (*sizes[:-1], sizes[-1] + 1)
    x = draw_array(rng, shape) * 2 + 1
    weight, bias = (pick(rng, None, draw_array(rng, sizes)) for _ in range(2))
    options: dict[str, Any] = {"normalized_shape": list(sizes)}
    if rng.random() < 0.4:
        options["eps"] = pick(rng, 1e-3, 0.5)
    return Case([x, weight, bias], options)


def layer_norm(x: Any, weight: Any, bias: Any, normalized_shape: Any, eps: float = 1e-5) -> Any:
    """Call with the arrays that have gradients first."""
    return F.layer_norm_forward(x, normalized_shape, weight, bias, eps)


def torch_layer_norm(x: Any, weight: Any, bias: Any, normalized_shape: Any, **options: Any) -> torch.Tensor:
    """Call torch with its order of arguments."""
    return torch_f.layer_norm(x, normalized_shape, weight, bias, **options)


register(
    Operation(
        "layer_norm",
        draw_layer,
        torch_layer_norm,
        {
            "scale and shift": both(given(1), given(2)),
            "scale alone": both(given(1), missing(2)),
            "shift alone": both(missing(1), given(2)),
            "neither": both(missing(1), missing(2)),
            "large eps": option("eps", 0.5),
            "one axis of several": lambda case: len(case.options["normalized_shape"]) == 1 < first(case).ndim,
            "several axes": lambda case: 1 < len(case.options["normalized_shape"]) < first(case).ndim,
            "all axes": lambda case: len(case.options["normalized_shape"]) == first(case).ndim,
            "in blocks": Kind(settings={(_array, "BLOCK_BYTES"): (1, 100)}),
        },
        layer_norm,
        batched=(),
    )
)
