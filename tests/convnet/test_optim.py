"""Optimizers against torch's: drawn hyper-parameters, in both precisions, on every array library."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim
from tests.convnet.harness import LIBRARIES, TOLERANCE, convert, pick, to_numpy

SHAPES = ((3, 4), (5,), (), (2, 1, 3, 2))
Options = dict[str, Any]
Adjust = Callable[[Any, int], None]
CASES = pytest.mark.parametrize(
    ("seed", "library", "dtype"),
    [(seed, LIBRARIES[seed % len(LIBRARIES)], dtype) for seed in range(300) for dtype in TOLERANCE],
)
LONG = 12  # as many seeds go a hundred steps, in which errors could add up; the others go five
ON_EACH = pytest.mark.parametrize("library", LIBRARIES)


@dataclass
class Weight:
    """A parameter as the optimizers want it."""

    data: Any
    grad: Any = None


def steps(seed: int) -> int:
    return 100 if seed < LONG else 5


def start(rng: np.random.Generator, dtype: np.dtype[Any]) -> list[Any]:
    return [np.asarray(rng.standard_normal(shape), dtype=dtype) for shape in SHAPES]


def as_weights(values: Sequence[Any], library: str) -> list[Weight]:
    return [Weight(convert(value, library)) for value in values]


def assert_near(weight: Weight, tensor: torch.Tensor, label: str) -> None:
    """Compare one parameter; `assert_allclose` would take most of the test's time."""
    found, wanted = to_numpy(weight.data), tensor.numpy()
    tolerance = TOLERANCE[wanted.dtype]
    assert found.dtype == wanted.dtype, label
    assert np.max(np.abs(found - wanted) - tolerance * np.abs(wanted)) <= tolerance, label


def assert_same_path(
    ours: Callable[[list[Weight]], optim.Optimizer],
    theirs: Callable[[list[torch.Tensor]], torch.optim.Optimizer],
    seed: int,
    library: str,
    dtype: np.dtype[Any],
    adjust: Adjust = lambda optimizer, step: None,
) -> None:
    """Feed both the same gradients, some of them missing, and compare all parameters after each step."""
    rng = np.random.default_rng(seed)
    values = start(rng, dtype)
    weights, tensors = as_weights(values, library), [torch.tensor(value) for value in values]
    before = [weight.data for weight in weights]
    mine, reference = ours(weights), theirs(tensors)
    for step in range(1, steps(seed) + 1):
        for weight, tensor in zip(weights, tensors, strict=True):
            if rng.random() < 0.1:
                weight.grad = tensor.grad = None
                continue
            grad = np.asarray(rng.standard_normal(tensor.shape), dtype=dtype)
            weight.grad, tensor.grad = convert(grad, library), torch.tensor(grad)
        adjust(reference, step)
        mine.step()
        reference.step()
        for place, (weight, tensor) in enumerate(zip(weights, tensors, strict=True)):
            assert_near(weight, tensor, f"seed {seed}, {library}, step {step}, parameter {place}")
    assert all(weight.data is array for weight, array in zip(weights, before, strict=True)), "in place"


def draw_sgd(rng: np.random.Generator) -> Options:
    options = {"lr": 10 ** rng.uniform(-3, -1), "weight_decay": pick(rng, 0.0, 0.01)}
    kind = rng.integers(3)
    if kind:
        options["momentum"] = rng.uniform(0.5, 0.95)
    if kind == 1:
        options["dampening"] = pick(rng, 0.0, 0.3)
    return options | {"nesterov": kind == 2}


def draw_adagrad(rng: np.random.Generator) -> Options:
    return {
        "lr": 10 ** rng.uniform(-3, -1),
        "lr_decay": pick(rng, 0.0, 0.1),
        "weight_decay": pick(rng, 0.0, 0.01),
        "initial_accumulator_value": pick(rng, 0.0, 0.5),
        "eps": pick(rng, 1e-10, 1e-2),
    }


def draw_rmsprop(rng: np.random.Generator) -> Options:
    return {
        "lr": 10 ** rng.uniform(-3, -1),
        "alpha": rng.uniform(0.8, 0.99),
        "eps": pick(rng, 1e-8, 1e-2),
        "weight_decay": pick(rng, 0.0, 0.01),
        "momentum": pick(rng, 0.0, 0.8),
        "centered": pick(rng, False, True),
    }


def draw_adam(rng: np.random.Generator) -> Options:
    return {
        "lr": 10 ** rng.uniform(-3, -1),
        "betas": (rng.uniform(0.5, 0.95), rng.uniform(0.9, 0.999)),
        "eps": pick(rng, 1e-8, 1e-2),
        "weight_decay": pick(rng, 0.0, 0.01, 0.1),
    }


@CASES
@pytest.mark.parametrize(
    ("name", "draw"),
    [
        ("SGD", draw_sgd),
        ("Adagrad", draw_adagrad),
        ("RMSprop", draw_rmsprop),
        ("Adam", draw_adam),
        ("AdamW", draw_adam),
    ],
)
def test_equals_torch(
    name: str, draw: Callable[[np.random.Generator], Options], seed: int, library: str, dtype: np.dtype[Any]
) -> None:
    options = draw(np.random.default_rng(seed))
    assert_same_path(
        lambda weights: getattr(optim, name)(weights, **options),
        lambda tensors: getattr(torch.optim, name)(tensors, **options),
        seed,
        library,
        dtype,
    )


@CASES
def test_adam_without_bias_correction(seed: int, library: str, dtype: np.dtype[Any]) -> None:
    """It is torch's Adam with the correction taken out of its rate and its eps at every step."""
    options = draw_adam(np.random.default_rng(seed)) | {"weight_decay": 0.0}

    def take_out(reference: torch.optim.Optimizer, step: int) -> None:
        for tensor, group in zip(reference.tensors, reference.param_groups, strict=True):  # type: ignore[attr-defined]
            done = int(reference.state[tensor]["step"]) if tensor in reference.state else 0
            first, second = (1 - beta ** (done + 1) for beta in options["betas"])
            group["lr"] = options["lr"] * first / second**0.5
            group["eps"] = options["eps"] / second**0.5

    def theirs(tensors: list[torch.Tensor]) -> torch.optim.Optimizer:
        reference = torch.optim.Adam([{"params": [tensor]} for tensor in tensors], **options)
        reference.tensors = tensors  # type: ignore[attr-defined]
        return reference

    assert_same_path(
        lambda weights: optim.Adam(weights, **options, bias_correction=False),
        theirs,
        seed,
        library,
        dtype,
        take_out,
    )


@CASES
def test_momentum_in_three_formulations_is_one_path(seed: int, library: str, dtype: np.dtype[Any]) -> None:
    rng = np.random.default_rng(seed)
    lr, beta, decay = 10 ** rng.uniform(-3, -1), rng.uniform(0, 0.95), pick(rng, 0.0, 0.01)

    def theirs(tensors: list[torch.Tensor]) -> torch.optim.Optimizer:
        return torch.optim.SGD(tensors, lr, momentum=beta, weight_decay=decay)

    for ours in (
        lambda weights: optim.SGD(weights, lr, momentum=beta, weight_decay=decay),
        lambda weights: optim.AveragedMomentum(weights, lr / (1 - beta), beta, decay),
        lambda weights: optim.VelocityMomentum(weights, lr, beta, decay),
    ):
        assert_same_path(ours, theirs, seed, library, dtype)


@CASES
def test_nesterov_looks_ahead_to_where_torch_stands(seed: int, library: str, dtype: np.dtype[Any]) -> None:
    rng = np.random.default_rng(seed)
    lr, beta, decay = 10 ** rng.uniform(-3, -1), rng.uniform(0.1, 0.95), pick(rng, 0.0, 0.01)
    values = start(rng, dtype)
    weights, tensors = as_weights(values, library), [torch.tensor(value) for value in values]
    mine = optim.LookAheadNesterov(weights, lr, beta, decay)
    reference = torch.optim.SGD(tensors, lr, momentum=beta, weight_decay=decay, nesterov=True)
    for step in range(steps(seed)):
        mine.look_ahead()
        for weight, tensor in zip(weights, tensors, strict=True):
            assert_near(weight, tensor, f"seed {seed}, {library}, step {step}")
            grad = np.asarray(rng.standard_normal(tensor.shape), dtype=dtype)
            weight.grad, tensor.grad = convert(grad, library), torch.tensor(grad)
        mine.step()
        reference.step()


def test_nesterov_leaves_parameters_without_a_gradient_where_they_were() -> None:
    weight = Weight(np.asarray([1.0]), np.asarray([1.0]))
    optimizer = optim.LookAheadNesterov([weight], lr=0.1, momentum=0.5)
    optimizer.look_ahead()
    optimizer.step()
    here = weight.data.copy()
    optimizer.look_ahead()
    assert weight.data < here
    weight.grad = None
    optimizer.step()
    np.testing.assert_allclose(weight.data, here, rtol=1e-15)


def test_long_arrays_are_cut_into_blocks_that_change_nothing() -> None:
    rng = np.random.default_rng(0)
    value, grad = rng.standard_normal((2, 700, 401))
    weight, tensor = Weight(value.copy(), grad), torch.tensor(value)
    tensor.grad = torch.tensor(grad)
    mine, reference = optim.Adam([weight]), torch.optim.Adam([tensor])
    for _ in range(3):
        mine.step()
        reference.step()
    np.testing.assert_allclose(weight.data, tensor.numpy(), rtol=1e-12)


def test_views_that_are_not_contiguous_are_updated_in_place() -> None:
    whole = np.ones((600, 400))
    optimizer = optim.SGD([Weight(whole.T, np.ones((400, 600)))], lr=0.5)
    optimizer.step()
    np.testing.assert_array_equal(whole, 0.5)


@ON_EACH
def test_goes_on_from_a_saved_state(library: str) -> None:
    rng = np.random.default_rng(0)
    grads = rng.standard_normal((10, 3))
    straight, stopped = as_weights([np.ones(3), np.ones(3)], library)
    first, second = optim.Adam([straight], lr=0.1), optim.Adam([stopped], lr=0.1)
    for number, grad in enumerate(grads):
        straight.grad = stopped.grad = convert(grad, library)
        first.step()
        second.step()
        if number == 4:
            state = second.state_dict()
            second = optim.Adam([stopped], lr=99.0)
            second.load_state_dict(state)
    np.testing.assert_array_equal(to_numpy(straight.data), to_numpy(stopped.data))


def test_zero_grad_forgets() -> None:
    weight = Weight(np.ones(2), np.ones(2))
    optim.SGD([weight]).zero_grad()
    assert weight.grad is None


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda w: optim.SGD([]), r"SGD: parameters must hold at least one parameter"),
        (lambda w: optim.SGD(w, lr=-1.0), r"SGD: lr must be a number at least 0, got -1\.0"),
        (lambda w: optim.SGD(w, nesterov=True), r"SGD: nesterov needs momentum above 0 and dampening 0"),
        (lambda w: optim.Adam(w, betas=(0.9,)), r"Adam: betas must be two numbers"),
        (lambda w: optim.AdamW(w, betas=(0.9, 1.0)), r"AdamW: betas\[1\] must be less than 1"),
        (lambda w: optim.RMSprop(w, alpha=1.5), r"RMSprop: alpha must be a number from 0 to 1, got 1\.5"),
        (lambda w: optim.Adagrad(w, eps=float("nan")), r"Adagrad: eps must be a number at least 0, got nan"),
        (lambda w: optim.LookAheadNesterov(w).step(), r"LookAheadNesterov: call look_ahead before"),
        (lambda w: optim.SGD(w).step(), r"SGD: the gradient of parameter 0 has shape \(3,\).*has \(2,\)"),
        (
            lambda w: optim.Adam(w).load_state_dict({"numbers": {}, "steps": [], "arrays": []}),
            r"Adam: the state is for 0 parameters, there are 1",
        ),
        (
            lambda w: optim.Adam(w).load_state_dict({"numbers": {}, "steps": [1], "arrays": [{}]}),
            r"Adam: the state must hold the arrays \['mean', 'squares'\], it holds \[\]",
        ),
        (
            lambda w: optim.SGD(w, momentum=0.9).load_state_dict(
                {"numbers": {}, "steps": [1], "arrays": [{"velocity": np.ones(3)}]}
            ),
            r"SGD: the state's velocity has shape \(3,\), its parameter has \(2,\)",
        ),
    ],
)
def test_bad_arguments(make: Callable[[list[Weight]], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make([Weight(np.ones(2), np.ones(3))])


def test_looking_ahead_twice_is_refused() -> None:
    optimizer = optim.LookAheadNesterov([Weight(np.ones(2))])
    optimizer.look_ahead()
    with pytest.raises(ValueError, match=r"LookAheadNesterov: look_ahead was called twice"):
        optimizer.look_ahead()
