"""Registry of optimizers: what torch has for each, and the kinds of options that are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from convnet import optim

Options = dict[str, Any]
Range = tuple[float, float]


@dataclass
class Weight:
    """A parameter as the optimizers want it."""

    data: Any
    grad: Any = None


@dataclass(frozen=True)
class Formulation:
    """An optimizer, the same in torch, and kinds of options: a pair of numbers is a range to draw from."""

    kinds: Mapping[str, Mapping[str, Any]]
    ours: Callable[..., optim.Optimizer]
    theirs: Callable[..., Any]
    """Called with tensors and options; has `step()`, and `param_groups` where the rate is set."""
    follow: Callable[[Any, float, Options], None] = field(
        default=lambda reference, rate, options: set_rate(reference, rate)
    )
    """Sets torch's rate before a step, where it is not ours."""


def set_rate(reference: Any, rate: float) -> None:
    """Set the rate of all groups."""
    for group in reference.param_groups:
        group["lr"] = rate


def draw_options(kind: Mapping[str, Any], rng: np.random.Generator) -> Options:
    """Draw a rate, and a number from each range."""
    drawn: Options = {"lr": 10 ** rng.uniform(-3, -1)}
    for name, value in kind.items():
        is_range = isinstance(value, tuple) and name != "betas"
        drawn[name] = float(rng.uniform(*value)) if is_range else value
    return drawn


class Velocity:
    """Momentum whose velocity holds the rate, as the lecture writes it; torch has no such optimizer."""

    def __init__(self, tensors: list[torch.Tensor], lr: float, momentum: float, weight_decay: float = 0.0):
        self.tensors, self.momentum, self.decay = tensors, momentum, weight_decay
        self.velocities = [torch.zeros_like(tensor) for tensor in tensors]
        self.param_groups = [{"lr": lr}]

    def step(self) -> None:
        for place, tensor in enumerate(self.tensors):
            if tensor.grad is not None:
                step = self.param_groups[0]["lr"] * (tensor.grad + self.decay * tensor)
                self.velocities[place] = self.momentum * self.velocities[place] - step
                tensor += self.velocities[place]


def one_group_each(tensors: list[torch.Tensor], **options: Any) -> torch.optim.Optimizer:
    """Return torch's Adam with a group for each tensor, which `without_correction` then sets."""
    reference = torch.optim.Adam([{"params": [tensor]} for tensor in tensors], **options)
    reference.tensors = tensors  # type: ignore[attr-defined]
    return reference


def without_correction(reference: Any, rate: float, options: Options) -> None:
    """Take the correction of the bias out of torch's rate and eps."""
    for tensor, group in zip(reference.tensors, reference.param_groups, strict=True):
        done = int(reference.state[tensor]["step"]) if tensor in reference.state else 0
        first, second = (1 - beta ** (done + 1) for beta in options["betas"])
        group["lr"] = rate * first / second**0.5
        group["eps"] = options.get("eps", 1e-8) / second**0.5


def by_name(name: str, kinds: Mapping[str, Mapping[str, Any]]) -> Formulation:
    """Return an optimizer that torch has under the same name."""
    return Formulation(kinds, getattr(optim, name), getattr(torch.optim, name))


BETA = (0.5, 0.95)
COMMON: dict[str, dict[str, Any]] = {
    "plain": {},
    "weight decay": {"weight_decay": 0.01},
    "uphill": {"maximize": True, "weight_decay": 0.01},
}
ADAM = COMMON | {
    "large eps": {"eps": 1e-2},
    "betas": {"betas": (0.6, 0.93)},
    "no memory of the gradient": {"betas": (0.0, 0.9)},
    "largest squares": {"amsgrad": True},
    "largest squares and decay": {"amsgrad": True, "weight_decay": 0.1, "betas": (0.6, 0.7)},
}
MOMENTUM = {
    "momentum": {"momentum": BETA},
    "momentum and decay": {"momentum": BETA, "weight_decay": 0.01},
    "no momentum": {"momentum": 0.0},
}
FORMULATIONS: dict[str, Formulation] = {
    "SGD": by_name(
        "SGD",
        COMMON
        | MOMENTUM
        | {
            "dampening": {"momentum": BETA, "dampening": 0.3},
            "Nesterov": {"momentum": BETA, "nesterov": True},
            "Nesterov and decay": {"momentum": BETA, "nesterov": True, "weight_decay": 0.01},
            "momentum uphill": {"momentum": BETA, "maximize": True},
        },
    ),
    "Adagrad": by_name(
        "Adagrad",
        COMMON
        | {
            "decay of the rate": {"lr_decay": 0.1},
            "something to begin with": {"initial_accumulator_value": 0.5},
            "large eps": {"eps": 1e-2},
            "all": {"lr_decay": 0.1, "weight_decay": 0.01, "initial_accumulator_value": 0.5, "eps": 1e-2},
        },
    ),
    "RMSprop": by_name(
        "RMSprop",
        COMMON
        | {
            "memory": {"alpha": (0.8, 0.99)},
            "momentum": {"momentum": 0.8},
            "centred": {"centered": True},
            "centred, with momentum": {"centered": True, "momentum": 0.8, "weight_decay": 0.01},
            "large eps": {"eps": 1e-2},
        },
    ),
    "Adam": by_name("Adam", ADAM),
    "AdamW": by_name("AdamW", ADAM),
    "Adam without bias correction": Formulation(
        {
            "plain": {"betas": (0.9, 0.999)},
            "betas": {"betas": (0.6, 0.93)},
            "large eps": {"betas": (0.9, 0.99), "eps": 1e-2},
        },
        lambda weights, **options: optim.Adam(weights, **options, bias_correction=False),
        one_group_each,
        without_correction,
    ),
    "AveragedMomentum": Formulation(
        MOMENTUM,
        optim.AveragedMomentum,
        torch.optim.SGD,
        lambda reference, rate, options: set_rate(reference, rate * (1 - options["momentum"])),
    ),
    "VelocityMomentum": Formulation(MOMENTUM, optim.VelocityMomentum, Velocity),
}
ELSEWHERE = {
    "LookAheadNesterov": "its weights stand elsewhere than torch's: two tests of their own in test_optim.py",
}
