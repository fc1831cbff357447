"""The plain adaptive optimizers take torch's steps and the fast ones' steps, over long random paths."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim, plain
from tests.convnet.operations.configurations import each
from tests.convnet.optimizers import Weight, without_correction
from tests.convnet.plain.comparison import close

Step = Callable[..., tuple[Any, ...]]
Options = dict[str, Any]
STEPS = 40
OLD_STEPS = 5
"""Of the path, whose gradients are zero for a time: averages then fall, and sums do not."""


def adagrad(rng: np.random.Generator) -> tuple[Step, Options, Options]:
    """Return a step that takes its number, the options of the libraries, and those of the plain function."""
    options = {"lr": 10 ** rng.uniform(-3, -1), "eps": 10 ** rng.uniform(-10, -1)}
    return lambda t, *state, **given: plain.adagrad_step(*state, **given), options, options


def rmsprop(rng: np.random.Generator) -> tuple[Step, Options, Options]:
    options = {"lr": 10 ** rng.uniform(-3, -1), "eps": 10 ** rng.uniform(-10, -1)}
    beta = rng.uniform(0.5, 0.999)
    step: Step = lambda t, *state, **given: plain.rmsprop_step(*state, **given)  # noqa: E731
    return step, options | {"alpha": beta}, options | {"beta": beta}


def adam(rng: np.random.Generator) -> tuple[Step, Options, Options]:
    options = {"lr": 10 ** rng.uniform(-3, -1), "eps": 10 ** rng.uniform(-10, -1)}
    betas = (rng.uniform(0, 0.95), rng.uniform(0.5, 0.999))
    named = dict(zip(("beta1", "beta2"), betas, strict=True))
    step: Step = lambda t, *state, **given: plain.adam_step(*state, t, **given)  # noqa: E731
    return step, options | {"betas": betas}, options | named


def uncorrected(rng: np.random.Generator) -> tuple[Step, Options, Options]:
    step, options, named = adam(rng)
    return step, options, named | {"correct": False}


KINDS = {
    "Adagrad": (adagrad, 1, {}, lambda *_: None),
    "RMSprop": (rmsprop, 1, {}, lambda *_: None),
    "Adam": (adam, 2, {}, lambda *_: None),
    "Adam without correction": (uncorrected, 2, {"bias_correction": False}, without_correction),
}
"""For each: what draws its options, how many arrays it remembers, what the fast one takes besides, and what
sets torch's rate before a step."""


@pytest.mark.parametrize("kind", KINDS)
def test_steps_of_torch_and_of_the_fast_ones(kind: str) -> None:
    draw, memories, besides, follow = KINDS[kind]
    name = kind.partition(" ")[0]

    def check(rng: np.random.Generator, _: int) -> None:
        step, theirs, mine = draw(rng)
        w = rng.standard_normal((2, 3))
        tensor, weight = torch.tensor(w), Weight(w.copy())
        reference = getattr(torch.optim, name)([{"params": [tensor]}], **theirs)
        reference.tensors = [tensor]
        fast = getattr(optim, name)([weight], **theirs, **besides)
        state = [np.zeros_like(w) for _ in range(memories)]
        for t in range(1, STEPS + 1):
            grad = rng.standard_normal(w.shape) * (t % 10 > OLD_STEPS)
            before = [array.copy() for array in (w, grad, *state)]
            found = step(t, w, grad, *state, **mine)
            for was, array in zip(before, (w, grad, *state), strict=True):
                np.testing.assert_array_equal(was, array, err_msg="an argument was changed")
            w, *state = found
            follow(reference, theirs["lr"], theirs)
            tensor.grad, weight.grad = torch.tensor(grad), grad.copy()
            reference.step()
            fast.step()
            close(f"torch, step {t}, {theirs}", w, tensor)
            close(f"fast, step {t}, {theirs}", w, weight.data)

    each(f"plain {kind}", check, share=3)


@pytest.mark.parametrize(
    ("name", "function", "renamed"),
    [
        ("Adagrad", plain.adagrad_step, {}),
        ("RMSprop", plain.rmsprop_step, {"beta": "alpha"}),
        ("Adam", plain.adam_step, {}),
    ],
)
def test_defaults_are_those_of_torch(name: str, function: Any, renamed: dict[str, str]) -> None:
    group = getattr(torch.optim, name)([torch.zeros(1)]).param_groups[0]
    group |= dict(zip(("beta1", "beta2"), group.get("betas", ()), strict=False))
    names = function.__code__.co_varnames[: function.__code__.co_argcount][-len(function.__defaults__) :]
    for argument, default in zip(names, function.__defaults__, strict=True):
        if argument != "correct":
            assert default == group[renamed.get(argument, argument)], argument
