"""Focal losses against their formulas in torch, differentiated by autograd."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import first, option
from tests.convnet.operations.losses import REDUCTIONS, ignores_some
from tests.convnet.operations.registry import Kind, Operation, Predicate, register

GAMMAS: dict[str, Kind | Predicate] = {
    f"gamma {gamma}": option("gamma", gamma) for gamma in (0.0, 0.5, 1.0, 2.0, 5.0)
}


def draw_binary(rng: np.random.Generator) -> Case:
    """Draw labels as whole numbers, truth values or floating numbers; seldom one that is no label."""
    shape = tuple(int(size) for size in rng.integers(1, 6, rng.integers(0, 4)))
    target = rng.integers(0, 2, shape)
    options: dict[str, Any] = {
        "alpha": pick(rng, None, 0.25, 0.0, 1.0, 0.8),
        "gamma": pick(rng, 0.0, 0.5, 1.0, 2.0, 5.0),
        "reduction": pick(rng, "mean", "sum", "none"),
    }
    kind = pick(rng, np.int64, np.bool_, np.float64)
    if rng.random() < 0.03:
        target, kind = target + 1, np.int64
    x = draw_array(rng, shape) * 3
    return Case([x], options, {"target": target.astype(kind)})


def binary(x: torch.Tensor, target: torch.Tensor, alpha: Any, gamma: float, reduction: str) -> torch.Tensor:
    """Return the formula of the paper."""
    label = target.to(x.dtype)
    if bool((label > 1).any()):
        raise ValueError("no label")
    entropy = torch_f.binary_cross_entropy_with_logits(x, label, reduction="none")
    right = torch.sigmoid(x) * label + torch.sigmoid(-x) * (1 - label)
    losses = entropy * (1 - right) ** gamma
    if alpha is not None:
        losses = losses * (alpha * label + (1 - alpha) * (1 - label))
    return losses if reduction == "none" else getattr(losses, reduction)()


def labels(kind: str) -> Predicate:
    """Return whether the labels are numbers of that kind."""
    return lambda case: case.fixed["target"] is not None and case.fixed["target"].dtype.kind == kind


register(
    Operation(
        "sigmoid_focal_loss",
        draw_binary,
        binary,
        REDUCTIONS
        | GAMMAS
        | {
            "labels are whole numbers": labels("i"),
            "labels are truth values": labels("b"),
            "labels are floating numbers": labels("f"),
            "both classes count alike": option("alpha", None),
            "one class counts more": option("alpha", 0.25, 0.8),
            "one class alone counts": option("alpha", 0.0, 1.0),
            "one number": lambda case: first(case).ndim == 0,
        },
        batched=("x", "target"),
    )
)


def draw_classes(rng: np.random.Generator) -> Case:
    """Draw class numbers, some of them to be ignored, and seldom something to be refused."""
    classes = int(rng.integers(2, 7))
    places = tuple(int(size) for size in rng.integers(1, 5, rng.integers(1, 4)))
    target = rng.integers(0, classes, places)
    options: dict[str, Any] = {
        "gamma": pick(rng, 0.0, 0.5, 1.0, 2.0, 5.0),
        "reduction": pick(rng, "mean", "sum", "none"),
    }
    if rng.random() < 0.4:
        options["ignore_index"] = pick(rng, -1, 0, classes - 1)
        target = np.where(rng.random(places) < 0.3, options["ignore_index"], target)
        target.flat[0] = (options["ignore_index"] + 1) % classes  # something must count
    if rng.random() < 0.03:
        target = target + classes
    alpha = pick(rng, None, rng.uniform(0.1, 2.0, classes + (rng.random() < 0.04)))
    x = draw_array(rng, (places[0], classes, *places[1:]))
    return Case([x], options, {"target": target, "alpha": alpha})


def by_definition(
    x: torch.Tensor,
    target: torch.Tensor,
    alpha: torch.Tensor | None,
    gamma: float,
    reduction: str,
    ignore_index: int = -100,
) -> torch.Tensor:
    """Return the formula of the paper, over several classes."""
    options: dict[str, Any] = {"weight": alpha, "ignore_index": ignore_index}
    entropy = torch_f.cross_entropy(x, target, **options, reduction="none")
    right = torch.exp(-torch_f.cross_entropy(x, target, ignore_index=ignore_index, reduction="none"))
    losses = torch.where(target == ignore_index, 0.0, entropy * (1 - right) ** gamma)
    if reduction == "mean":
        # What the mean of cross-entropy divides by, asked of torch itself.
        flat = torch.zeros_like(x)
        divisor = torch_f.cross_entropy(flat, target, **options, reduction="sum") / torch_f.cross_entropy(
            flat, target, **options
        )
        return losses.sum() / divisor
    return losses.sum() if reduction == "sum" else losses


def draw_unfocused(rng: np.random.Generator) -> Case:
    """Draw as above, without focus: that is cross-entropy."""
    case = draw_classes(rng)
    case.options["gamma"] = 0.0
    return case


def cross_entropy(x: torch.Tensor, target: torch.Tensor, alpha: Any, gamma: float, **options: Any) -> Any:
    """Return torch's cross-entropy."""
    assert gamma == 0.0
    return torch_f.cross_entropy(x, target, alpha, **options)


register(
    Operation(
        "focal_loss",
        draw_classes,
        by_definition,
        REDUCTIONS
        | GAMMAS
        | {
            "weights": lambda case: case.fixed["alpha"] is not None,
            "weighted mean, some ignored": lambda case: (
                case.fixed["alpha"] is not None and ignores_some(case) and case.options["reduction"] == "mean"
            ),
            "some are ignored": ignores_some,
            "one example": lambda case: first(case).ndim == 2 and len(first(case)) == 1,
            "a class for each pixel": lambda case: first(case).ndim == 4,
            "cross-entropy": Kind(draw=draw_unfocused, reference=cross_entropy),
        },
        batched=("x", "target"),
    )
)
