"""Optimizers with parameter groups, under rates that change, and what they refuse."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import nn, optim
from tests.convnet.harness import LIBRARIES, TOLERANCE, convert, pick, to_numpy
from tests.convnet.operations.configurations import each

SHAPES = ((3, 4), (5,), (), (2, 1, 3, 2))
STEPS = 12
Options = dict[str, Any]


class Weight:
    """A parameter as the optimizers want it."""

    def __init__(self, data: Any, grad: Any = None) -> None:
        self.data, self.grad = data, grad


def draw_options(name: str, rng: np.random.Generator) -> Options:
    """Draw a part of the options, the others are left to the defaults."""
    options: Options = {
        "lr": 10 ** rng.uniform(-3, -1),
        "weight_decay": pick(rng, 0.0, 0.01),
        "maximize": pick(rng, False, True),
    }
    if name == "SGD":
        options |= pick(rng, {}, {"momentum": 0.9}, {"momentum": 0.8, "nesterov": True})
        options |= {} if options.get("nesterov") else {"dampening": pick(rng, 0.0, 0.3)}
    if name in ("Adam", "AdamW"):
        options |= {
            "betas": (rng.uniform(0.5, 0.95), rng.uniform(0.9, 0.999)),
            "amsgrad": pick(rng, False, True),
        }
    if name == "RMSprop":
        options |= {
            "alpha": rng.uniform(0.8, 0.99),
            "momentum": pick(rng, 0.0, 0.8),
            "centered": pick(rng, 0, 1),
        }
    if name == "Adagrad":
        options |= {"lr_decay": pick(rng, 0.0, 0.1), "initial_accumulator_value": pick(rng, 0.0, 0.5)}
    kept = {key: value for key, value in options.items() if key in ("lr", "centered") or rng.random() < 0.8}
    if "momentum" not in kept:
        kept.pop("nesterov", None)
    return kept


def grouped(places: list[list[int]], items: list[Any], options: list[Options]) -> Any:
    """Return parameters in groups; one group without options of its own is a plain list."""
    groups = [{"params": [items[i] for i in part]} | own for part, own in zip(places, options, strict=True)]
    return groups[0]["params"] if len(groups) == 1 else groups


@pytest.mark.parametrize("name", ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW"])
def test_groups_equal_torch_under_changing_rates(name: str) -> None:
    """Every group has options of its own; rates and momenta change between steps; gradients are missing."""

    def check(rng: np.random.Generator, number: int) -> None:
        library, dtype = LIBRARIES[number % len(LIBRARIES)], pick(rng, *TOLERANCE)
        values = [np.asarray(rng.standard_normal(shape), dtype=dtype) for shape in SHAPES]
        weights = [Weight(convert(value, library)) for value in values]
        tensors = [torch.tensor(value, requires_grad=True) for value in values]
        places = pick(rng, [[0, 1, 2, 3]], [[0, 2], [3, 1]], [[1], [0], [2, 3]])
        common, own = draw_options(name, rng), [draw_options(name, rng) for _ in places]
        own = own if len(places) > 1 else [{}]
        if name == "SGD":  # what is drawn for a group must go with what it takes over
            own = [{"momentum": 0.5, "nesterov": False, "dampening": 0.0} | part for part in own]
        for part in own:  # torch lets a group say this and does not listen
            part.pop("initial_accumulator_value", None)
        ours = getattr(optim, name)(grouped(places, weights, own), **common)
        theirs = getattr(torch.optim, name)(grouped(places, tensors, own), **common)
        for step in range(STEPS):
            for weight, tensor in zip(weights, tensors, strict=True):
                missing = rng.random() < 0.1
                grad = np.asarray(rng.standard_normal(tensor.shape), dtype=dtype)
                weight.grad = None if missing else convert(grad, library)
                tensor.grad = None if missing else torch.tensor(grad)
            for mine, other in zip(ours.param_groups, theirs.param_groups, strict=True):
                mine["lr"] = other["lr"] = 10 ** rng.uniform(-3, -1)
                if mine.get("momentum"):
                    mine["momentum"] = other["momentum"] = rng.uniform(0.5, 0.95)
            ours.step()
            theirs.step()
            for weight, tensor in zip(weights, tensors, strict=True):
                wanted, tolerance = tensor.detach().numpy(), TOLERANCE[np.dtype(dtype)]
                np.testing.assert_allclose(
                    to_numpy(weight.data),
                    wanted,
                    rtol=tolerance,
                    atol=tolerance,
                    err_msg=f"step {step}: {ours}",
                )

    each(f"optimizer groups: {name}", check)


@pytest.mark.parametrize("name", ["AveragedMomentum", "VelocityMomentum", "LookAheadNesterov"])
def test_formulations_of_momentum_under_changing_rates(name: str) -> None:
    """While the rate is constant, a rate on the wrong side of the velocity cannot be seen."""

    def check(rng: np.random.Generator, number: int) -> None:
        library = LIBRARIES[number % len(LIBRARIES)]
        values, velocity = rng.standard_normal(4), np.zeros(4)
        weight = Weight(convert(values, library))
        optimizer = getattr(optim, name)([{"params": [weight], "maximize": True}], weight_decay=0.1)
        for _ in range(STEPS):
            rate, beta = rng.uniform(0.01, 0.2), rng.uniform(0.3, 0.9)
            optimizer.lr, optimizer.momentum = rate, beta
            optimizer.look_ahead()
            seen = values + beta * velocity if name == "LookAheadNesterov" else values
            np.testing.assert_allclose(to_numpy(weight.data), seen, rtol=1e-10, atol=1e-12)
            upward = rng.standard_normal(4)
            weight.grad = convert(upward, library)
            grad = 0.1 * seen - upward
            if name == "AveragedMomentum":
                velocity = beta * velocity + (1 - beta) * grad
                values = values - rate * velocity
            else:
                velocity = beta * velocity - rate * grad
                values = values + velocity
            optimizer.step()
            np.testing.assert_allclose(to_numpy(weight.data), values, rtol=1e-10, atol=1e-12)

    each(f"momentum: {name}", check, share=0.5)


LAYER = nn.Linear(2, 3).initialize(seed=0)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            lambda: LAYER.named_parameters(),
            r"number 0 is the pair \('weight', Parameter\): pass parameters\(\)",
        ),
        (lambda: dict(LAYER.named_parameters()), r"got a dictionary: pass model\.parameters\(\)"),
        (lambda: LAYER.state_dict(), r"got a dictionary: pass model\.parameters\(\)"),
        (lambda: {"params": LAYER.parameters()}, r"got a dictionary: pass \[group\]"),
        (lambda: set(LAYER.parameters()), r"got a set, which has no order"),
        (lambda: [np.ones(2)], r"number 0 is a bare array of numpy"),
        (lambda: [torch.ones(2)], r"number 0 is a bare array of torch"),
        (lambda: np.ones((2, 2)), r"number 0 is a bare array of numpy"),
        (lambda: [nn.BatchNorm2d(2).running_mean], r"number 0 is a Buffer"),
        (lambda: nn.Sequential(LAYER), r"number 0 is a Linear: pass its parameters\(\)"),
        (
            lambda: [LAYER.weight, LAYER.bias, LAYER.weight],
            r"parameters must differ, number 2 is there a second",
        ),
        (
            lambda: [{"params": [LAYER.weight]}, {"params": [LAYER.weight]}],
            r"number 0 is there a second time",
        ),
        (lambda: [], r"must hold at least one parameter, got none"),
        (lambda: [{"params": []}], r"must hold at least one parameter, got none"),
        (lambda: [{"lr": 0.1}], r"parameter group 0 must be a dictionary with the key 'params', got"),
        (lambda: [{"params": [LAYER.weight]}, LAYER.bias], r"parameter group 1 must be a dictionary"),
        (lambda: [{"params": [LAYER.weight], "rate": 0.1}], r"parameter groups have the options .*'rate'"),
        (lambda: [{"params": [LAYER.weight], "lr": -1.0}], r"lr must be a number at least 0, got -1\.0"),
        (lambda: LAYER.weight, r"parameters must be an iterable of parameters"),
        (lambda: None, r"parameters must be an iterable of parameters"),
    ],
)
def test_what_is_no_parameter_is_refused(given: Callable[[], Any], message: str) -> None:
    """By every optimizer, when it is made."""
    for kind in (optim.SGD, optim.Adam, optim.LookAheadNesterov):
        with pytest.raises(ValueError, match=rf"^{kind.__name__}: .*{message}"):
            kind(given(), lr=0.1)


def test_parameters_are_taken_as_torch_takes_them() -> None:
    """One in a group stands alone; a tensor that torch learns is one; a model without values has some."""
    assert len(optim.SGD([{"params": LAYER.weight}]).parameters) == 1
    tensor = torch.zeros(2, requires_grad=True)
    optimizer = optim.SGD([tensor], lr=1.0)
    (tensor * torch.tensor([1.0, 2.0])).sum().backward()
    optimizer.step()
    assert tensor.tolist() == [-1.0, -2.0]
    assert len(optim.Adam(nn.Linear(2, 2).parameters()).parameters) == 2


def test_parameters_that_thaw_are_added() -> None:
    model, grad = (
        nn.Sequential(nn.Linear(1, 1), nn.Linear(1, 1)).initialize(seed=0),
        np.ones((1, 1), np.float32),
    )
    optimizer = optim.SGD(model[1].parameters(), lr=0.5)
    optimizer.add_param_group({"params": model[0].parameters(), "lr": 0.25})
    first, last = (layer.state_dict()["weight"].copy() for layer in (model[0], model[1]))  # type: ignore[attr-defined]
    model[0].weight.grad = model[1].weight.grad = grad  # type: ignore[attr-defined]
    optimizer.step()
    assert (model[0].state_dict()["weight"] - first).item() == -0.25  # type: ignore[attr-defined]
    assert (model[1].state_dict()["weight"] - last).item() == -0.5  # type: ignore[attr-defined]
    assert [group["lr"] for group in optimizer.param_groups] == [0.5, 0.25]
    with pytest.raises(ValueError, match="SGD: parameters must differ"):
        optimizer.add_param_group({"params": model[1].parameters()})


def test_a_state_is_for_the_groups_that_it_was_made_with() -> None:
    one, other = optim.Adam(LAYER.parameters()), optim.Adam([{"params": [p]} for p in LAYER.parameters()])
    with pytest.raises(
        ValueError, match=r"Adam: the state has groups of \[2\] parameters, there are \[1, 1\]"
    ):
        other.load_state_dict(one.state_dict())
    other.param_groups[1]["betas"] = (0.5, 0.6)
    fresh = optim.Adam([{"params": [p]} for p in LAYER.parameters()], lr=7.0)
    fresh.load_state_dict(other.state_dict())
    assert fresh.param_groups == other.param_groups
    assert "lr: 0.001" in str(fresh)
