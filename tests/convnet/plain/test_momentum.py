"""Plain steps with momentum equal torch's and convnet's optimizers, step for step, at changing rates too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim, plain
from tests.convnet.operations.configurations import each
from tests.convnet.optimizers import Weight
from tests.convnet.plain.comparison import close

STEPS = 20
RATES = pytest.mark.parametrize("rates", ["one rate", "changing rates"])


def drawn(rng: np.random.Generator, rates: str) -> Iterator[tuple[float, Any]]:
    """Draw a rate and a gradient for each step."""
    lr = 10 ** rng.uniform(-3, -1)
    for _ in range(STEPS):
        if rates == "changing rates":
            lr = 10 ** rng.uniform(-3, -1)
        yield lr, rng.standard_normal((3, 4))


def torch_step(w: torch.Tensor, optimizer: torch.optim.Optimizer, lr: float, grad: Any) -> None:
    optimizer.param_groups[0]["lr"] = lr
    w.grad = torch.tensor(grad)
    optimizer.step()


def against_torch(
    step: Callable[..., Any], rates: str, factor: Callable[[float], float], **kind: Any
) -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        beta = 0.0 if number == 0 and "nesterov" not in kind else rng.uniform(0.05, 0.98)
        w, v = rng.standard_normal((3, 4)), 0.0
        theirs = torch.tensor(w)
        optimizer = torch.optim.SGD([theirs], lr=0.1, momentum=beta, **kind)
        for lr, grad in drawn(rng, rates):
            before = [np.copy(value) for value in (w, grad, v)]
            w_new, v_new = step(w, grad, v, factor(beta) * lr, beta)
            for was, now in zip(before, (w, grad, v), strict=True):
                np.testing.assert_array_equal(was, now, err_msg="an argument was changed")
            w, v = w_new, v_new
            torch_step(theirs, optimizer, lr, grad)
            close("weights", w, theirs)

    each(f"{step.__name__} against torch, {rates}", check)


@RATES
def test_momentum_step_is_torchs(rates: str) -> None:
    against_torch(plain.momentum_step, rates, lambda beta: 1.0)


@RATES
def test_averaged_momentum_step_is_torchs_at_another_rate(rates: str) -> None:
    """The factor is the same at every step, so a schedule changes nothing here."""
    against_torch(plain.averaged_momentum_step, rates, lambda beta: 1 / (1 - beta))


def test_velocity_momentum_step_is_torchs_while_the_rate_stays() -> None:
    against_torch(plain.velocity_momentum_step, "one rate", lambda beta: 1.0)


def test_velocity_momentum_step_is_not_torchs_when_the_rate_changes() -> None:
    """A rate that falls to a tenth: torch's next step is a tenth as long, this one nine tenths."""
    w, v = np.zeros(1), 0.0
    theirs = torch.zeros(1, dtype=torch.float64)
    optimizer = torch.optim.SGD([theirs], lr=1.0, momentum=0.9)
    for lr, grad in ((1.0, np.ones(1)), (0.1, np.zeros(1))):
        w, v = plain.velocity_momentum_step(w, grad, v, lr)
        torch_step(theirs, optimizer, lr, grad)
    assert w == pytest.approx(-1.9)
    assert theirs.item() == pytest.approx(-1.09)


@RATES
def test_nesterov_ahead_step_is_torchs(rates: str) -> None:
    against_torch(plain.nesterov_ahead_step, rates, lambda beta: 1.0, nesterov=True)


@RATES
@pytest.mark.parametrize(
    ("step", "fast"),
    [
        (plain.momentum_step, optim.SGD),
        (plain.averaged_momentum_step, optim.AveragedMomentum),
        (plain.velocity_momentum_step, optim.VelocityMomentum),
    ],
    ids=lambda value: value.__name__,
)
def test_steps_are_those_of_the_fast_optimizers(step: Callable[..., Any], fast: Any, rates: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        beta, (w, v) = rng.uniform(0, 0.98), (rng.standard_normal((3, 4)), 0.0)
        weight = Weight(w.copy())
        optimizer = fast([weight], lr=0.1, momentum=beta)
        for lr, grad in drawn(rng, rates):
            w, v = step(w, grad, v, lr, beta)
            optimizer.lr, weight.grad = lr, grad
            optimizer.step()
            close("weights", w, weight.data)

    each(f"{step.__name__} against the fast one, {rates}", check, share=3)


def landscape(rng: np.random.Generator) -> Callable[[Any], Any]:
    """Gradient of a loss that is no bowl: the place where it is taken matters."""
    bend = rng.uniform(0.5, 2, (3, 4))
    return lambda w: np.sin(bend * w) + 0.1 * w


@RATES
def test_nesterov_step_is_the_fast_one(rates: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        gradient, beta = landscape(rng), rng.uniform(0, 0.98)
        w, v = rng.standard_normal((3, 4)), 0.0
        weight = Weight(w.copy())
        optimizer = optim.LookAheadNesterov([weight], lr=0.1, momentum=beta)
        for lr, _unused in drawn(rng, rates):
            w, v = plain.nesterov_step(w, gradient, v, lr, beta)
            optimizer.lr = lr
            optimizer.look_ahead()
            weight.grad = gradient(weight.data)
            optimizer.step()
            close("weights", w, weight.data)

    each(f"nesterov_step against the fast one, {rates}", check, share=3)


def test_where_nesterov_step_looks_is_where_torch_stands() -> None:
    """Its weights are torch's, gone back by the last step's share of the velocity."""

    def check(rng: np.random.Generator, _: int) -> None:
        gradient, beta, lr = landscape(rng), rng.uniform(0.05, 0.98), 10 ** rng.uniform(-3, -0.5)
        w, v = rng.standard_normal((3, 4)), 0.0
        theirs = torch.tensor(w)
        optimizer = torch.optim.SGD([theirs], lr=lr, momentum=beta, nesterov=True)
        for _ in range(STEPS):
            close("looked ahead to", w + beta * v, theirs)
            w, v = plain.nesterov_step(w, gradient, v, lr, beta)
            torch_step(theirs, optimizer, lr, gradient(theirs.numpy()))
            velocity = optimizer.state[theirs]["momentum_buffer"].numpy()
            close("gone back", theirs.numpy() + lr * beta * velocity, w)
            close("velocity", v, -lr * velocity)

    each("nesterov_step against torch", check)
