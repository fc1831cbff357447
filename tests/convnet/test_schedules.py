"""Learning-rate schedules against torch's, a hundred steps, drawn hyper-parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim
from tests.convnet.harness import SEEDS, pick

STEPS = 100
Options = dict[str, Any]


@dataclass
class Weight:
    data: Any
    grad: Any = None


def optimizer_with(lr: float = 1.0, kind: str = "SGD") -> optim.Optimizer:
    weight = [Weight(np.zeros(1))]
    return optim.SGD(weight, lr, momentum=0.5) if kind == "SGD" else optim.Adam(weight, lr)


def draw_step(rng: np.random.Generator) -> Options:
    return {"step_size": int(rng.integers(1, 40)), "gamma": rng.uniform(0.1, 1.0)}


def draw_exponential(rng: np.random.Generator) -> Options:
    return {"gamma": rng.uniform(0.9, 1.0)}


def draw_cosine(rng: np.random.Generator) -> Options:
    return {"T_max": int(rng.integers(5, 120)), "eta_min": pick(rng, 0.0, 0.001)}


def draw_cyclic(rng: np.random.Generator) -> Options:
    return {
        "base_lr": rng.uniform(0, 0.1),
        "max_lr": rng.uniform(0.1, 1.0),
        "step_size_up": int(rng.integers(1, 30)),
        "step_size_down": pick(rng, None, int(rng.integers(1, 30))),
        "mode": pick(rng, "triangular", "triangular2", "exp_range"),
        "gamma": rng.uniform(0.95, 1.0),
        "cycle_momentum": pick(rng, False, True),
        "base_momentum": 0.7,
    }


def draw_one_cycle(rng: np.random.Generator) -> Options:
    return {
        "max_lr": rng.uniform(0.1, 1.0),
        "total_steps": STEPS + int(rng.integers(1, 31)),
        "pct_start": rng.uniform(0.05, 0.45),
        "anneal_strategy": pick(rng, "cos", "linear"),
        "cycle_momentum": pick(rng, False, True),
        "div_factor": rng.uniform(5, 50),
        "final_div_factor": pick(rng, 1e4, 10.0),
        "three_phase": pick(rng, False, True),
    }


@SEEDS
@pytest.mark.parametrize(
    ("name", "draw"),
    [
        ("StepLR", draw_step),
        ("ExponentialLR", draw_exponential),
        ("CosineAnnealingLR", draw_cosine),
        ("CyclicLR", draw_cyclic),
        ("OneCycleLR", draw_one_cycle),
    ],
)
def test_equals_torch(name: str, draw: Callable[[np.random.Generator], Options], seed: int) -> None:
    rng = np.random.default_rng(seed)
    lr, kind, options = rng.uniform(0.01, 1.0), pick(rng, "SGD", "Adam"), draw(rng)
    mine = optimizer_with(lr, kind)
    parameters = [torch.zeros(1, requires_grad=True)]
    reference = (
        torch.optim.SGD(parameters, lr, momentum=0.5) if kind == "SGD" else torch.optim.Adam(parameters, lr)
    )
    ours = getattr(optim, name)(mine, **options)
    theirs = getattr(torch.optim.lr_scheduler, name)(reference, **options)
    found, wanted = [], []
    for step in range(STEPS + 1):
        group = reference.param_groups[0]
        found.append((mine.lr, mine.momentum))  # type: ignore[attr-defined]
        wanted.append((group["lr"], group["momentum"] if kind == "SGD" else group["betas"][0]))
        assert ours.rate(step) == pytest.approx(mine.lr, rel=1e-15, abs=0)
        reference.step()
        theirs.step()
        ours.step()
    label = f"seed {seed}, {kind}, {options}"
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12, err_msg=label)


def test_goes_on_from_a_saved_state() -> None:
    straight = optim.CosineAnnealingLR(optimizer_with(0.3), 20)
    for _ in range(7):
        straight.step()
    resumed = optim.CosineAnnealingLR(optimizer_with(99.0), 20)
    resumed.load_state_dict(straight.state_dict())
    assert resumed.optimizer.lr == straight.optimizer.lr
    resumed.step()
    straight.step()
    assert resumed.optimizer.lr == straight.optimizer.lr


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda o: optim.StepLR(o, 0), r"StepLR: step_size must be an integer of at least 1, got 0"),
        (lambda o: optim.ExponentialLR(o, -1.0), r"ExponentialLR: gamma must be a number at least 0"),
        (lambda o: optim.CosineAnnealingLR(o, 2.5), r"CosineAnnealingLR: T_max must be an integer"),
        (lambda o: optim.CyclicLR(o, 0.1, 1.0, mode="square"), r"CyclicLR: mode must be one of 'triangular'"),
        (lambda o: optim.OneCycleLR(o, 1.0, 10, pct_start=1.5), r"OneCycleLR: pct_start must be a number"),
        (lambda o: optim.OneCycleLR(o, 1.0, 10).rate(11), r"OneCycleLR: step 11 lies beyond the cycle of 10"),
    ],
)
def test_bad_arguments(make: Callable[[optim.Optimizer], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make(optimizer_with())


def test_momentum_cannot_be_cycled_where_there_is_none() -> None:
    with pytest.raises(ValueError, match=r"CyclicLR: cycle_momentum wants an optimizer with momentum, SGD"):
        optim.CyclicLR(optim.SGD([Weight(np.zeros(1))]), 0.1, 1.0)
