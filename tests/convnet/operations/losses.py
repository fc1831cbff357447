"""Cross-entropy, of class numbers and of probabilities."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import both, first, option
from tests.convnet.operations.registry import Kind, Operation, Predicate, register

REDUCTIONS: dict[str, Kind | Predicate] = {
    f"reduction: {name}": option("reduction", name) for name in ("mean", "sum", "none")
}


def draw_numbers(rng: np.random.Generator) -> Case:
    """Draw class numbers, some of them to be ignored, and seldom something torch refuses."""
    classes = int(rng.integers(1, 7))
    places = tuple(int(size) for size in rng.integers(1, 5, rng.integers(1, 4)))
    x = draw_array(rng, (places[0], classes, *places[1:]))
    target = rng.integers(0, classes, places)
    options: dict[str, Any] = {"reduction": pick(rng, "mean", "sum", "none")}
    if rng.random() < 0.4:
        options["ignore_index"] = pick(rng, -1, 0, classes - 1)
        target = np.where(rng.random(places) < 0.3, options["ignore_index"], target)
        target.flat[0] = options["ignore_index"] if rng.random() < 0.5 else target.flat[0]
    if rng.random() < 0.4:
        options["label_smoothing"] = pick(rng, 0.1, 0.5, 1.0)
    if rng.random() < 0.05:
        target = target + pick(rng, classes, -classes)
    weight = pick(rng, None, rng.uniform(0.1, 2.0, classes + (rng.random() < 0.1)))
    if options["reduction"] == "mean" and np.all(target == options.get("ignore_index", -100)):
        options["reduction"] = "sum"  # an empty mean has its own test
    return Case([x], options, {"target": target, "weight": weight})


def draw_probabilities(rng: np.random.Generator) -> Case:
    """Draw a share of every example for every class; they need not add up to 1."""
    case = draw_numbers(rng)
    x = first(case)
    case.options.pop("ignore_index", None)
    case.fixed["target"] = rng.dirichlet(np.ones(x.size)).reshape(x.shape)
    return case


def ignores_some(case: Case) -> bool:
    """Some examples count and others do not."""
    ignored = case.fixed["target"] == case.options.get("ignore_index", -100)
    return bool(np.any(ignored) and not np.all(ignored))


def ignores_all(case: Case) -> bool:
    """No example counts."""
    return bool(np.all(case.fixed["target"] == case.options.get("ignore_index", -100)))


def weighted(case: Case) -> bool:
    """Classes have weights."""
    return case.fixed["weight"] is not None


def smoothed(case: Case) -> bool:
    """A share of each target goes to all classes."""
    return "label_smoothing" in case.options


register(
    Operation(
        "cross_entropy",
        draw_numbers,
        torch_f.cross_entropy,
        REDUCTIONS
        | {
            "some are ignored": ignores_some,
            "some are ignored, weighted mean": both(ignores_some, weighted, option("reduction", "mean")),
            "some are ignored, smoothed": both(ignores_some, smoothed),
            "all are ignored": ignores_all,
            "weights": weighted,
            "weights and smoothing": both(weighted, smoothed),
            "weighted and smoothed mean": both(weighted, smoothed, option("reduction", "mean")),
            "smoothing": smoothed,
            "smoothed away": option("label_smoothing", 1.0),
            "one class": lambda case: first(case).shape[1] == 1,
            "one example": lambda case: first(case).ndim == 2 and len(first(case)) == 1,
            "a class for each pixel": lambda case: first(case).ndim == 4,
            **{
                f"probabilities: {name}": Kind(condition, draw=draw_probabilities)
                for name, condition in {
                    "plain": lambda case: not weighted(case) and not smoothed(case),
                    "weights": weighted,
                    "smoothing": smoothed,
                    "weights and smoothing": both(weighted, smoothed),
                    "for each pixel": lambda case: first(case).ndim == 4,
                    **REDUCTIONS,
                }.items()
            },
        },
        batched=("x", "target"),
    )
)
