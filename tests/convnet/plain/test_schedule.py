"""The plain schedules give torch's rates and the fast ones', step for step."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim, plain
from tests.convnet.operations.configurations import each
from tests.convnet.optimizers import Weight

STEPS = 60
Drawn = tuple[Callable[[int], float], dict[str, Any]]


def step(rng: np.random.Generator, lr: float) -> Drawn:
    """Return the rate as a function of the step, and the options of the libraries."""
    size, gamma = int(rng.integers(1, 20)), float(rng.uniform(0.1, 1))
    return lambda t: plain.step_rate(t, lr, size, gamma), {"step_size": size, "gamma": gamma}


def exponential(rng: np.random.Generator, lr: float) -> Drawn:
    gamma = float(rng.uniform(0.9, 1))
    return lambda t: plain.exponential_rate(t, lr, gamma), {"gamma": gamma}


def cosine(rng: np.random.Generator, lr: float) -> Drawn:
    steps, lowest = int(rng.integers(STEPS // 2, 2 * STEPS)), float(rng.choice([0.0, 0.001]))
    return lambda t: plain.cosine_rate(t, lr, steps, lowest), {"T_max": steps, "eta_min": lowest}


def cyclical(rng: np.random.Generator, lr: float) -> Drawn:
    lowest, half = lr * float(rng.uniform(0, 1)), int(rng.integers(1, 40))
    options = {"base_lr": lowest, "max_lr": lr, "step_size_up": half, "cycle_momentum": False}
    return lambda t: plain.cyclical_rate(t, lowest, lr, half), options


def one_cycle(rng: np.random.Generator, lr: float) -> Drawn:
    steps, share = STEPS + int(rng.integers(1, 30)), float(rng.uniform(0.1, 0.6))
    low, last = float(rng.uniform(5, 50)), float(rng.choice([10.0, 1e4]))
    options = {"max_lr": lr, "total_steps": steps, "pct_start": share, "cycle_momentum": False}
    ends = (1 / low, 1 / (low * last))
    return (
        lambda t: plain.one_cycle_rate(t, lr, steps, share, *ends),
        options | {"div_factor": low, "final_div_factor": last},
    )


def warm_up(rng: np.random.Generator, lr: float) -> Drawn:
    steps, start = int(rng.integers(1, STEPS + 9)), float(rng.uniform(0.01, 1))
    return lambda t: plain.warm_up_rate(t, lr, steps, start), {"total_iters": steps, "start_factor": start}


KINDS = {
    "StepLR": step,
    "ExponentialLR": exponential,
    "CosineAnnealingLR": cosine,
    "CyclicLR": cyclical,
    "OneCycleLR": one_cycle,
    "LinearLR": warm_up,
}


@pytest.mark.parametrize("name", KINDS)
def test_rates_of_torch_and_of_the_fast_ones(name: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        lr = float(rng.uniform(0.01, 1))
        rate, options = KINDS[name](rng, lr)
        reference = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr)
        theirs = getattr(torch.optim.lr_scheduler, name)(reference, **options)
        fast = getattr(optim, name)(optim.SGD([Weight(np.zeros(1))], lr), **options)
        found, wanted = [], []
        for t in range(STEPS + 1):
            found.append(rate(t))
            wanted.append(reference.param_groups[0]["lr"])
            assert found[-1] == pytest.approx(fast.rate(t), rel=1e-9, abs=1e-12)
            if t < STEPS:
                reference.step()
                theirs.step()
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12, err_msg=f"{options}")

    each(f"plain schedule, {name}", check, share=3)


def test_one_cycle_has_the_ends_of_torch() -> None:
    optimizer = optim.SGD([Weight(np.zeros(1))], 1.0)
    fast = optim.OneCycleLR(optimizer, 2.0, 50, cycle_momentum=False)
    for t in (0, 14, 49):
        assert plain.one_cycle_rate(t, 2.0, 50) == pytest.approx(fast.rate(t))
    assert plain.one_cycle_rate.__defaults__ == (0.3, 1 / 25, 1 / (25 * 1e4))
