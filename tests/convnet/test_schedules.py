"""Learning-rate schedules against torch's, a hundred steps, drawn hyper-parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim
from tests.convnet import test_fixed_schedules
from tests.convnet.harness import pick
from tests.convnet.operations.configurations import each

STEPS = 100
Options = dict[str, Any]


@dataclass
class Weight:
    data: Any
    grad: Any = None


def optimizer_with(lr: float = 1.0, kind: str = "SGD") -> optim.Optimizer:
    weight = [Weight(np.zeros(1))]
    return optim.SGD(weight, lr, momentum=0.5) if kind == "SGD" else optim.Adam(weight, lr)


CYCLE: Options = {"base_lr": (0, 0.1), "max_lr": (0.1, 1.0), "base_momentum": 0.7}
ONE_CYCLE: Options = {"max_lr": (0.1, 1.0), "pct_start": (0.05, 0.45), "total_steps": STEPS + 1}
KINDS: dict[str, dict[str, Options]] = {
    "StepLR": {
        "each step": {"step_size": 1, "gamma": (0.9, 1.0)},
        "now and then": {"step_size": [7, 13, 39], "gamma": (0.1, 1.0)},
    },
    "ExponentialLR": {"slowly": {"gamma": (0.9, 1.0)}, "not at all": {"gamma": 1.0}},
    "CosineAnnealingLR": {
        "to the end": {"T_max": STEPS},
        "beyond": {"T_max": [5, 17, 60], "eta_min": 0.001},
        "not to the end": {"T_max": 120, "eta_min": [0.0, 0.001]},
    },
    "CyclicLR": {
        **{
            f"{mode}, {momentum} momentum": CYCLE
            | {
                "mode": mode,
                "step_size_up": [1, 5, 29],
                "gamma": (0.95, 1.0),
                "cycle_momentum": momentum == "with",
            }
            for mode in ("triangular", "triangular2", "exp_range")
            for momentum in ("with", "without")
        },
        "down faster than up": CYCLE | {"step_size_up": 20, "step_size_down": [1, 7]},
        "down slower than up": CYCLE | {"step_size_up": [3, 10], "step_size_down": 29},
    },
    "OneCycleLR": {
        **{
            f"{strategy}, {phases} phases": ONE_CYCLE
            | {"anneal_strategy": strategy, "three_phase": phases == "three", "cycle_momentum": [True, False]}
            for strategy in ("cos", "linear")
            for phases in ("two", "three")
        },
        "not to the end": ONE_CYCLE | {"total_steps": [STEPS + 2, STEPS + 30]},
        "other ends": ONE_CYCLE | {"div_factor": (5, 50), "final_div_factor": [10.0, 1e5]},
    },
}
DRAWN = [(name, kind) for name, kinds in KINDS.items() for kind in kinds]


def draw_options(kind: Options, rng: np.random.Generator) -> Options:
    """Draw a number from each pair, which is a range, and one of each list."""
    drawn: Options = {}
    for name, value in kind.items():
        if isinstance(value, tuple):
            drawn[name] = float(rng.uniform(*value))
        else:
            drawn[name] = pick(rng, *value) if isinstance(value, list) else value
    return drawn


@pytest.mark.parametrize(("name", "kind"), DRAWN)
def test_equals_torch(name: str, kind: str) -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        lr, rule, options = (
            rng.uniform(0.01, 1.0),
            ("SGD", "Adam")[number % 2],
            draw_options(KINDS[name][kind], rng),
        )
        mine = optimizer_with(lr, rule)
        parameters = [torch.zeros(1, requires_grad=True)]
        reference: torch.optim.Optimizer = torch.optim.Adam(parameters, lr)
        if rule == "SGD":
            reference = torch.optim.SGD(parameters, lr, momentum=0.5)
        ours = getattr(optim, name)(mine, **options)
        theirs = getattr(torch.optim.lr_scheduler, name)(reference, **options)
        found, wanted = [], []
        for step in range(STEPS + 1):
            group = reference.param_groups[0]
            found.append((mine.lr, mine.momentum))  # type: ignore[attr-defined]
            wanted.append((group["lr"], group["momentum"] if rule == "SGD" else group["betas"][0]))
            assert ours.rate(step) == pytest.approx(mine.lr, rel=1e-15, abs=0)
            if step < STEPS:
                reference.step()
                theirs.step()
                ours.step()
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12, err_msg=f"{rule}, {options}")

    each(f"{name}: {kind}", check)


def test_every_schedule_is_compared() -> None:
    """Here, or with groups of parameters; those made of others have tests of their own there."""
    public = {
        name
        for name in optim.__all__
        if isinstance(getattr(optim, name), type) and issubclass(getattr(optim, name), optim.Schedule)
    }
    there = Path(test_fixed_schedules.__file__).read_text()
    made_of_others = {"SequentialLR", "ReduceLROnPlateau"}
    assert all(f"lr_scheduler.{name}" in there or f"theirs.{name}" in there for name in made_of_others)
    assert public - {"Schedule"} <= KINDS.keys() | test_fixed_schedules.DRAWS.keys() | made_of_others


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
