"""Schedules for groups, warm-ups, restarts, plateaus and rows of schedules, step for step as torch's."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch.optim import lr_scheduler as theirs

from convnet import nn, optim
from convnet.training import Trainer
from tests.convnet.harness import pick
from tests.convnet.operations.configurations import each
from tests.convnet.runs import assert_same, clouds, make

STEPS = 40
Options = dict[str, Any]
Draw = Callable[[np.random.Generator, int], Options]


def bounds(rng: np.random.Generator, groups: int, low: float, high: float) -> Any:
    """Draw one number for all groups, or one for each."""
    each_one = [float(rng.uniform(low, high)) for _ in range(groups)]
    return pick(rng, each_one[0], each_one)


DRAWS: dict[str, Draw] = {
    "StepLR": lambda rng, _: {"step_size": int(rng.integers(1, 20)), "gamma": rng.uniform(0.1, 1.0)},
    "MultiStepLR": lambda rng, _: {
        "milestones": [int(step) for step in rng.integers(0, STEPS, rng.integers(0, 5))],
        "gamma": rng.uniform(0.1, 1.0),
    },
    "ExponentialLR": lambda rng, _: {"gamma": rng.uniform(0.9, 1.0)},
    "PolynomialLR": lambda rng, _: {
        "total_iters": int(rng.integers(1, STEPS + 9)),
        "power": pick(rng, 1.0, 2.0, 0.5),
    },
    "LinearLR": lambda rng, _: {
        "start_factor": rng.uniform(0.01, 1.0),
        "end_factor": rng.uniform(0.01, 1.0),
        "total_iters": int(rng.integers(1, STEPS + 9)),
    },
    "ConstantLR": lambda rng, _: {"factor": rng.uniform(0.1, 1.0), "total_iters": int(rng.integers(1, 20))},
    "CosineAnnealingLR": lambda rng, _: {
        "T_max": int(rng.integers(STEPS // 2, STEPS)),
        "eta_min": pick(rng, 0.0, 0.001),
    },
    "CosineAnnealingWarmRestarts": lambda rng, _: {
        "T_0": int(rng.integers(1, 20)),
        "T_mult": int(rng.integers(1, 4)),
        "eta_min": pick(rng, 0.0, 0.001),
    },
    "LambdaLR": lambda rng, groups: {
        "lr_lambda": pick(rng, np.cos, [lambda step: 0.9**step, lambda step: 1.0 / (1 + step)][:groups]),
    },
    "CyclicLR": lambda rng, groups: {
        "base_lr": bounds(rng, groups, 0.0, 0.1),
        "max_lr": bounds(rng, groups, 0.1, 1.0),
        "step_size_up": int(rng.integers(1, 20)),
        "mode": pick(rng, "triangular", "triangular2", "exp_range"),
        "gamma": 0.97,
        "cycle_momentum": pick(rng, False, True),
    },
    "OneCycleLR": lambda rng, groups: {
        "max_lr": bounds(rng, groups, 0.1, 1.0),
        "total_steps": STEPS + 1,
        "three_phase": pick(rng, False, True),
        "cycle_momentum": pick(rng, False, True),
    },
}
IN_A_ROW = [name for name in DRAWS if name not in ("OneCycleLR", "LambdaLR")]


def optimizers(rng: np.random.Generator, groups: int) -> tuple[Any, Any]:
    """Return an optimizer with groups, and torch's with the same."""
    rates = [float(rate) for rate in rng.uniform(0.01, 1.0, groups)]
    kind, options = pick(rng, ("SGD", {"momentum": 0.5}), ("AdamW", {}))
    parts = [
        [{"params": [torch.zeros(1, requires_grad=True)], "lr": rate} for rate in rates] for _ in range(2)
    ]
    return getattr(optim, kind)(parts[0], **options), getattr(torch.optim, kind)(parts[1], **options)


def state_of(optimizer: Any) -> list[tuple[float, float]]:
    """Return rate and momentum of every group."""
    groups = optimizer.param_groups
    return [(g["lr"], g["betas"][0] if "betas" in g else g["momentum"]) for g in groups]


def compare(ours: Any, reference: Any, optimizer: Any, torch_optimizer: Any) -> None:
    for step in range(STEPS):
        wanted = state_of(torch_optimizer)
        np.testing.assert_allclose(state_of(optimizer), wanted, rtol=1e-9, atol=1e-12, err_msg=f"step {step}")
        assert [ours.rate(step, group) for group in range(len(wanted))] == ours.get_last_lr()
        torch_optimizer.step()
        reference.step()
        ours.step()


@pytest.mark.parametrize("name", DRAWS)
def test_each_group_equals_torch(name: str) -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        groups = int(rng.integers(1, 3))
        mine, other = optimizers(rng, groups)
        options = DRAWS[name](rng, groups)
        compare(getattr(optim, name)(mine, **options), getattr(theirs, name)(other, **options), mine, other)

    each(f"schedule: {name}", check, share=2.0)


def test_schedules_in_a_row_equal_torch() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        groups, count = int(rng.integers(1, 3)), int(rng.integers(1, 4))
        mine, other = optimizers(rng, groups)
        names = [str(name) for name in rng.choice(IN_A_ROW, count)]
        drawn = [(name, DRAWS[name](rng, groups)) for name in names]
        milestones = sorted(int(m) for m in rng.choice(np.arange(1, STEPS), count - 1, replace=False))
        ours = [getattr(optim, name)(mine, **options) for name, options in drawn]
        reference = [getattr(theirs, name)(other, **options) for name, options in drawn]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch's row of schedules warns of itself
            compare(
                optim.SequentialLR(mine, ours, milestones),
                theirs.SequentialLR(other, reference, milestones),
                mine,
                other,
            )

    each("schedules in a row", check, share=6.0)


def test_a_plateau_is_seen_as_torch_sees_it() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        groups = int(rng.integers(1, 3))
        mine, other = optimizers(rng, groups)
        options: Options = {
            "mode": pick(rng, "min", "max"),
            "factor": rng.uniform(0.1, 0.9),
            "patience": int(rng.integers(0, 4)),
            "threshold": pick(rng, 1e-4, 0.1),
            "threshold_mode": pick(rng, "rel", "abs"),
            "cooldown": int(rng.integers(0, 3)),
            "min_lr": bounds(rng, groups, 0.0, 0.1),
            "eps": pick(rng, 1e-8, 0.05),
        }
        ours, reference = optim.ReduceLROnPlateau(mine, **options), theirs.ReduceLROnPlateau(other, **options)
        for step in range(STEPS):
            metric = rng.choice([-1.0, 0.5, 1.0, 1.05, 2.0]) + pick(rng, 0.0, 0.001 * step)
            ours.step(metric)
            reference.step(metric)
            assert ours.get_last_lr() == reference.get_last_lr(), (step, options)
            if step == STEPS // 2:
                again = optim.ReduceLROnPlateau(mine, **options)
                again.load_state_dict(ours.state_dict())
                ours = again

    each("plateau", check, share=4.0)


def test_a_row_of_schedules_goes_on_from_its_state() -> None:
    def build(lr: float) -> optim.SequentialLR:
        optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr)
        parts = [optim.LinearLR(optimizer, total_iters=3), optim.CosineAnnealingLR(optimizer, 10)]
        return optim.SequentialLR(optimizer, parts, [3])

    straight, resumed = build(0.7), build(99.0)
    for _ in range(5):
        straight.step()
    resumed.load_state_dict(straight.state_dict())
    for _ in range(3):
        assert resumed.get_last_lr() == straight.get_last_lr()
        straight.step()
        resumed.step()


def test_a_rate_set_by_hand_is_where_the_next_schedule_starts() -> None:
    optimizer = optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    optim.ConstantLR(optimizer, factor=0.5)
    assert optimizer.lr == 0.5
    assert optim.StepLR(optimizer, 1).rate(0) == 1.0
    optimizer.lr = 0.25
    assert optim.StepLR(optimizer, 1).rate(0) == 0.25


def test_the_loop_tells_the_plateau_the_validation_loss(tmp_path: Any) -> None:
    """A run that is saved between two falls goes on as if it had not been."""

    def run() -> Trainer:
        trainer = make()
        plateau = optim.ReduceLROnPlateau(trainer.optimizer, factor=0.5, patience=0, threshold=0.6)
        trainer.schedule = plateau
        return trainer

    straight, stopped, resumed = run(), run(), run()
    straight.fit(*clouds(), 6, validation=clouds(30, seed=1))
    losses, plateau = straight.history.column("validation_loss"), optim.ReduceLROnPlateau
    copy = optim.SGD([torch.zeros(1, requires_grad=True)], 0.02)
    replay, rates = plateau(copy, factor=0.5, patience=0, threshold=0.6), []
    for loss in losses:
        rates.append(copy.lr)
        replay.step(loss)  # type: ignore[arg-type]
    assert straight.history.column("lr") == rates
    assert len(set(rates)) > 2
    stopped.fit(*clouds(), 3, validation=clouds(30, seed=1))
    stopped.save(tmp_path / "run.safetensors")
    resumed.load(tmp_path / "run.safetensors")
    resumed.fit(*clouds(), 6, validation=clouds(30, seed=1))
    assert_same(straight, resumed)


def sgd() -> optim.Optimizer:
    return optim.SGD(nn.Linear(1, 1).parameters(), lr=0.1)


SGD = sgd()


@pytest.mark.parametrize(
    ("make_one", "message"),
    [
        (lambda: optim.LinearLR(SGD, 0.0), r"LinearLR: start_factor must be above 0"),
        (lambda: optim.LinearLR(SGD, end_factor=2.0), r"LinearLR: end_factor must be a number from 0 to 1"),
        (lambda: optim.MultiStepLR(SGD, 3), r"MultiStepLR: milestones must be whole numbers, got 3"),
        (lambda: optim.MultiStepLR(SGD, [1.5]), r"MultiStepLR: milestones must be an integer of at least 0"),
        (lambda: optim.LambdaLR(SGD, 0.5), r"LambdaLR: lr_lambda must be a function, or one for each of 1"),
        (
            lambda: optim.CyclicLR(SGD, [0.1, 0.2], 1.0),
            r"CyclicLR: base_lr must be a number, or one for each",
        ),
        (
            lambda: optim.CosineAnnealingWarmRestarts(SGD, 0),
            r"Restarts: T_0 must be an integer of at least 1",
        ),
        (lambda: optim.ReduceLROnPlateau(SGD, factor=1.0), r"ReduceLROnPlateau: factor must be below 1"),
        (
            lambda: optim.SequentialLR(SGD, [], []),
            r"SequentialLR: milestones must be one less than schedulers",
        ),
        (
            lambda: optim.SequentialLR(SGD, [optim.StepLR(sgd(), 1)], []),
            r"SequentialLR: schedulers must be of one optimizer, number 0 has another",
        ),
        (
            lambda: optim.SequentialLR(SGD, [optim.ReduceLROnPlateau(SGD)], []),
            r"schedulers must be schedules that need no metric, number 0 is a ReduceLROnPlateau",
        ),
        (
            lambda: optim.SequentialLR(SGD, [optim.StepLR(SGD, 1)] * 3, [4, 4]),
            r"SequentialLR: milestones must grow, got \[4, 4\]",
        ),
        (
            lambda: (
                make(every="epoch")
                and Trainer(
                    nn.Linear(1, 1), SGD, schedule=optim.ReduceLROnPlateau(SGD), schedule_every="batch"
                )
            ),
            r"Trainer: ReduceLROnPlateau must step every epoch",
        ),
    ],
)
def test_bad_arguments(make_one: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_one()


def test_groups_that_come_later_want_a_new_schedule() -> None:
    optimizer = sgd()
    schedule = optim.StepLR(optimizer, 1)
    optimizer.add_param_group({"params": nn.Linear(1, 1).parameters()})
    with pytest.raises(ValueError, match=r"StepLR: the optimizer must keep its 1 parameter groups, it has 2"):
        schedule.step()
