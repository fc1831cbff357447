"""Activations against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import SEEDS, Case, assert_agrees, draw_array, pick, to_numpy

ELEMENTWISE = {
    "sigmoid": (F.sigmoid_forward, F.sigmoid_backward, torch.sigmoid),
    "tanh": (F.tanh_forward, F.tanh_backward, torch.tanh),
    "relu": (F.relu_forward, F.relu_backward, torch_f.relu),
}


def draw_shape(rng: np.random.Generator, fewest: int) -> tuple[int, ...]:
    return tuple(int(size) for size in rng.integers(1, 6, rng.integers(fewest, 5)))


def draw_elements(rng: np.random.Generator) -> Case:
    scale = pick(rng, 0.1, 1.0, 30.0)
    x = draw_array(rng, draw_shape(rng, 0), ties=rng.random() < 0.3)
    return Case([np.asarray(scale * x)])


@SEEDS
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise(name: str, seed: int) -> None:
    forward, backward, reference = ELEMENTWISE[name]
    assert_agrees(seed, draw_elements, forward, backward, reference)


def draw_prelu(rng: np.random.Generator) -> Case:
    shape = draw_shape(rng, 1)
    channels = shape[1] if len(shape) > 1 else 1
    slopes = pick(rng, 1, channels, channels, channels + 1 if rng.random() < 0.3 else channels)
    x = draw_array(rng, shape, ties=rng.random() < 0.3)
    return Case([x, draw_array(rng, (slopes,))])


@SEEDS
def test_prelu(seed: int) -> None:
    assert_agrees(seed, draw_prelu, F.prelu_forward, F.prelu_backward, torch_f.prelu)


def draw_softmax(rng: np.random.Generator) -> Case:
    shape = draw_shape(rng, 1)
    scale = pick(rng, 1.0, 100.0)
    x = draw_array(rng, shape)
    dim = int(rng.integers(-len(shape) - (rng.random() < 0.1), len(shape) + (rng.random() < 0.1)))
    return Case([np.asarray(scale * x)], {"dim": dim})


@SEEDS
def test_softmax(seed: int) -> None:
    assert_agrees(seed, draw_softmax, F.softmax_forward, F.softmax_backward, torch_f.softmax)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_extreme_inputs(name: str, dtype: type) -> None:
    forward, _, reference = ELEMENTWISE[name]
    x = np.asarray([-np.inf, -1e4, -80.0, -0.0, 0.0, 80.0, 1e4, np.inf, np.nan], dtype=dtype)
    with np.errstate(over="raise", invalid="raise"):
        out, _ = forward(x)
    wanted = reference(torch.tensor(x)).numpy()
    np.testing.assert_allclose(out, wanted, rtol=1e-5 if dtype is np.float32 else 1e-12)


def test_softmax_of_huge_scores_sums_to_one() -> None:
    out, _ = F.softmax_forward(np.asarray([[1e30, 1e30, -1e30]]), dim=1)
    np.testing.assert_array_equal(out, [[0.5, 0.5, 0.0]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: F.relu_forward(np.arange(3)), r"relu: x must hold floating-point numbers, its dtype is int"),
        (lambda: F.relu_forward([1.0]), r"relu: x must be an array, got list"),  # type: ignore[arg-type]
        (lambda: F.softmax_forward(np.ones(3), dim=1), r"softmax: dim must lie between -1 and 0, got 1"),
        (lambda: F.softmax_forward(np.ones(3), dim=0.5), r"softmax: dim must be an integer"),  # type: ignore[arg-type]
        (
            lambda: F.prelu_forward(np.ones((2, 3)), np.ones(2)),
            r"prelu: weight must have shape \(1,\) or \(3,\).*x: \(2, 3\), weight: \(2,\)",
        ),
        (
            lambda: F.relu_backward(np.ones(2), F.relu_forward(np.ones(3))[1]),
            r"relu_backward: grad_out must have the shape of the output \(3,\), it has \(2,\)",
        ),
    ],
)
def test_bad_arguments(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.filterwarnings("ignore:invalid value encountered in multiply")
def test_relu_multiplies_by_its_mask() -> None:
    """A choice would give 0 for an infinite gradient, and take far longer: the docstring says so."""
    x, grad_out = np.asarray([-1.0, 0.0, 1.0, -1.0]), np.asarray([np.inf, np.nan, np.inf, 5.0])
    grad_x = F.relu_backward(grad_out, F.relu_forward(x)[1])
    np.testing.assert_array_equal(grad_x, [np.nan, np.nan, np.inf, 0.0])


def test_sigmoid_keeps_small_digits() -> None:
    x = np.asarray([-30.0, -100.0, -700.0])
    np.testing.assert_allclose(to_numpy(F.sigmoid_forward(x)[0]), np.exp(x), rtol=1e-12)
