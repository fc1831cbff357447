"""Optimizers against torch's: drawn hyper-parameters, in both precisions, on every array library."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim
from tests.convnet.harness import LIBRARIES, TOLERANCE, convert, pick, to_numpy
from tests.convnet.operations.configurations import each
from tests.convnet.optimizers import ELSEWHERE, FORMULATIONS, Weight, draw_options

SHAPES = ((3, 4), (5,), (), (2, 1, 3, 2))
TURNS = list(product(LIBRARIES, TOLERANCE))
LONG = 4  # beyond the configurations of `make check`
ON_EACH = pytest.mark.parametrize("library", LIBRARIES)
KINDS = [(name, kind) for name, formulation in FORMULATIONS.items() for kind in formulation.kinds]


def steps(number: int) -> int:
    """Return how far to go: one configuration a hundred steps, in which errors could add up."""
    return 100 if number == LONG else 5


def as_weights(values: Sequence[Any], library: str) -> list[Weight]:
    return [Weight(convert(value, library)) for value in values]


def assert_near(weight: Weight, tensor: torch.Tensor, label: str) -> None:
    """Compare one parameter; `assert_allclose` would take most of the test's time."""
    found, wanted = to_numpy(weight.data), tensor.detach().numpy()
    tolerance = TOLERANCE[wanted.dtype]
    assert found.dtype == wanted.dtype, label
    assert np.max(np.abs(found - wanted) - tolerance * np.abs(wanted)) <= tolerance, label


@pytest.mark.parametrize("rates", ["one rate", "changing rates"])
@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_equals_torch(name: str, kind: str, rates: str) -> None:
    """Feed both the same gradients, some of them missing, and compare all parameters after each step.

    While the rate stays, a rate on the wrong side of the velocity cannot be seen.
    """
    formulation = FORMULATIONS[name]

    def check(rng: np.random.Generator, number: int) -> None:
        library, dtype = TURNS[number % len(TURNS)]
        options = draw_options(formulation.kinds[kind], rng)
        values = [np.asarray(rng.standard_normal(shape), dtype=dtype) for shape in SHAPES]
        weights, tensors = as_weights(values, library), [torch.tensor(value) for value in values]
        before = [weight.data for weight in weights]
        mine, reference = formulation.ours(weights, **options), formulation.theirs(tensors, **options)
        for step in range(1, steps(number) + 1):
            for weight, tensor in zip(weights, tensors, strict=True):
                missing = rng.random() < 0.1
                grad = np.asarray(rng.standard_normal(tensor.shape), dtype=dtype)
                weight.grad = None if missing else convert(grad, library)
                tensor.grad = None if missing else torch.tensor(grad)
            mine.lr = options["lr"] * (rng.uniform(0.1, 1.5) if rates == "changing rates" else 1.0)
            formulation.follow(reference, mine.lr, options)
            mine.step()
            reference.step()
            for place, (weight, tensor) in enumerate(zip(weights, tensors, strict=True)):
                assert_near(weight, tensor, f"{library}, {dtype}, {options}, step {step}, parameter {place}")
        assert all(weight.data is array for weight, array in zip(weights, before, strict=True)), "in place"

    each(f"{name}: {kind}, {rates}", check)


@pytest.mark.parametrize("decay", [0.0, 0.01])
def test_momentum_in_three_formulations_is_one_path(decay: float) -> None:
    """As long as the rate stays."""

    def check(rng: np.random.Generator, number: int) -> None:
        lr, beta, library = 10 ** rng.uniform(-3, -1), rng.uniform(0, 0.95), pick(rng, *LIBRARIES)
        values = [rng.standard_normal(shape) for shape in SHAPES]
        paths = [as_weights(values, library) for _ in range(3)]
        optimizers = (
            optim.SGD(paths[0], lr, momentum=beta, weight_decay=decay),
            optim.AveragedMomentum(paths[1], lr / (1 - beta), beta, decay),
            optim.VelocityMomentum(paths[2], lr, beta, decay),
        )
        for _ in range(steps(number)):
            grads = [rng.standard_normal(shape) for shape in SHAPES]
            for path, optimizer in zip(paths, optimizers, strict=True):
                for weight, grad in zip(path, grads, strict=True):
                    weight.grad = convert(np.asarray(grad), library)
                optimizer.step()
            for first, *others in zip(*paths, strict=True):
                for other in others:
                    np.testing.assert_allclose(
                        to_numpy(other.data), to_numpy(first.data), rtol=1e-9, atol=1e-12
                    )

    each(f"momentum, decay {decay}", check)


@pytest.mark.parametrize("decay", [0.0, 0.01])
def test_nesterov_looks_ahead_to_where_torch_stands(decay: float) -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        library, dtype = TURNS[number % len(TURNS)]
        lr, beta = 10 ** rng.uniform(-3, -1), rng.uniform(0.1, 0.95)
        values = [np.asarray(rng.standard_normal(shape), dtype=dtype) for shape in SHAPES]
        weights, tensors = as_weights(values, library), [torch.tensor(value) for value in values]
        mine = optim.LookAheadNesterov(weights, lr, beta, decay)
        reference = torch.optim.SGD(tensors, lr, momentum=beta, weight_decay=decay, nesterov=True)
        for step in range(steps(number)):
            mine.look_ahead()
            for weight, tensor in zip(weights, tensors, strict=True):
                assert_near(weight, tensor, f"{library}, {dtype}, step {step}")
                grad = np.asarray(rng.standard_normal(tensor.shape), dtype=dtype)
                weight.grad, tensor.grad = convert(grad, library), torch.tensor(grad)
            mine.step()
            reference.step()

    each(f"LookAheadNesterov, decay {decay}", check)


@pytest.mark.parametrize("decay", [0.0, 0.01])
def test_nesterov_under_changing_rates_is_its_formula(decay: float) -> None:
    """The step holds its rate, as in `VelocityMomentum`; the gradient is the one found ahead."""

    def check(rng: np.random.Generator, number: int) -> None:
        library, beta = pick(rng, *LIBRARIES), rng.uniform(0.1, 0.95)
        position, velocity = rng.standard_normal((2, 3, 4)) * np.asarray([1.0, 0.0])[:, None, None]
        (weight,) = as_weights([position], library)
        mine = optim.LookAheadNesterov([weight], 0.1, beta, decay)
        for _ in range(steps(number)):
            mine.lr, grad = rng.uniform(0.01, 0.2), rng.standard_normal((3, 4))
            mine.look_ahead()
            ahead = position + beta * velocity
            np.testing.assert_allclose(to_numpy(weight.data), ahead, rtol=1e-9, atol=1e-12)
            weight.grad = convert(grad, library)
            mine.step()
            velocity = beta * velocity - mine.lr * (grad + decay * ahead)
            position = position + velocity
            np.testing.assert_allclose(to_numpy(weight.data), position, rtol=1e-9, atol=1e-12)

    each(f"LookAheadNesterov, changing rates, decay {decay}", check)


def test_every_optimizer_is_registered() -> None:
    public = {
        name
        for name in optim.__all__
        if isinstance(getattr(optim, name), type) and issubclass(getattr(optim, name), optim.Optimizer)
    }
    assert public - {"Optimizer"} == public & (FORMULATIONS.keys() | ELSEWHERE.keys())


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
