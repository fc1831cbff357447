"""Activations against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import to_numpy

ELEMENTWISE = {
    "sigmoid": (F.sigmoid_forward, F.sigmoid_backward, torch.sigmoid),
    "tanh": (F.tanh_forward, F.tanh_backward, torch.tanh),
    "relu": (F.relu_forward, F.relu_backward, torch_f.relu),
}


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
