"""Log-likelihood, squared error, and yes-or-no questions."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import both, first, option
from tests.convnet.operations.losses import REDUCTIONS, draw_numbers, ignores_all, ignores_some, weighted
from tests.convnet.operations.registry import Kind, Operation, register


def draw_likelihood(rng: np.random.Generator) -> Case:
    """Draw as for cross-entropy, which can do more."""
    case = draw_numbers(rng)
    case.options.pop("label_smoothing", None)
    return case


register(
    Operation(
        "nll_loss",
        draw_likelihood,
        torch_f.nll_loss,
        REDUCTIONS
        | {
            "some are ignored": ignores_some,
            "some are ignored, weighted mean": both(ignores_some, weighted, option("reduction", "mean")),
            "all are ignored": ignores_all,
            "weights": weighted,
            "one class": lambda case: first(case).shape[1] == 1,
            "a class for each pixel": lambda case: first(case).ndim == 4,
        },
        batched=("x", "target"),
    )
)


def draw_pair_of(rng: np.random.Generator) -> Case:
    """Draw predictions and right values, seldom of unlike shapes."""
    shape = tuple(int(size) for size in rng.integers(1, 5, rng.integers(0, 4)))
    x = np.asarray(pick(rng, 1.0, 30.0) * draw_array(rng, shape))
    target = draw_array(rng, (*shape, 2) if rng.random() < 0.05 else shape)
    return Case([x], {"reduction": pick(rng, "mean", "sum", "none")}, {"target": np.asarray(target)})


def squared(x: torch.Tensor, target: torch.Tensor, **options: Any) -> torch.Tensor:
    """Return torch's squared error; it spreads unlike shapes, with a warning."""
    if x.shape != target.shape:
        raise ValueError("unlike shapes")
    return torch_f.mse_loss(x, target, **options)


ELEMENTS: dict[str, Any] = {
    "one number": lambda case: first(case).ndim == 0,
    "a matrix": lambda case: first(case).ndim == 2,
    "far from zero": lambda case: float(np.max(np.abs(first(case)))) > 30,
}
register(Operation("mse_loss", draw_pair_of, squared, REDUCTIONS | ELEMENTS, batched=("x", "target")))


def draw_questions(rng: np.random.Generator) -> Case:
    """Draw answers, some between yes and no, with weights that spread."""
    case = draw_pair_of(rng)
    x, target = first(case), case.fixed["target"]
    assert target is not None
    sure = rng.random() < 0.5
    case.fixed["target"] = np.asarray((target > 0).astype(np.float64) if sure else rng.random(target.shape))
    for name in ("weight", "pos_weight"):
        keep = int(rng.integers(0, x.ndim + 1))  # axes of its own, counted from the last
        shape = tuple(size if rng.random() < 0.7 else 1 for size in x.shape[x.ndim - keep :])
        wrong = (7, *shape) if rng.random() < 0.02 else shape
        case.fixed[name] = np.asarray(rng.uniform(0.1, 3.0, wrong)) if rng.random() < 0.5 else None
    return case


def questions(x: torch.Tensor, target: torch.Tensor, weight: Any, pos_weight: Any, **options: Any) -> Any:
    """Return torch's loss; weights must not make the losses more than the questions."""
    for values in (weight, pos_weight):
        if values is not None and torch.broadcast_shapes(values.shape, x.shape) != x.shape:
            raise ValueError("spreads x")
    loss = torch_f.binary_cross_entropy_with_logits
    return loss(x, target, weight=weight, pos_weight=pos_weight, **options)


def has(*names: str) -> Any:
    """Return a condition: these weights are given and no others."""
    return lambda case: (
        {name for name in ("weight", "pos_weight") if case.fixed[name] is not None} == {*names}
    )


register(
    Operation(
        "binary_cross_entropy_with_logits",
        draw_questions,
        questions,
        REDUCTIONS
        | ELEMENTS
        | {
            "no weights": has(),
            "weights of elements": has("weight"),
            "weights of yes": has("pos_weight"),
            "both weights": has("weight", "pos_weight"),
            "weight of yes for each class": lambda case: (
                first(case).ndim == 2
                and case.fixed["pos_weight"] is not None
                and case.fixed["pos_weight"].shape == first(case).shape[1:] != (1,)
            ),
            "answers between": lambda case: not np.isin(case.fixed["target"], (0, 1)).all(),
            "zero scores": Kind(lambda case: bool(np.all(np.abs(first(case)) < 0.5))),
        },
        batched=("x", "target"),
    )
)
