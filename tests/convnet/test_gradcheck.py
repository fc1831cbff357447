"""The gradient check: it passes what is right, and catches what is wrong."""

from typing import Any

import numpy as np
import pytest
import torch

from convnet import functional as F
from convnet.gradcheck import gradcheck, numerical_gradient
from tests.convnet.harness import LIBRARIES, convert, library_of, to_numpy

RNG = np.random.default_rng(11)
X, WEIGHT, BIAS = RNG.standard_normal((2, 2, 5, 4)), RNG.standard_normal((3, 2, 3, 2)), RNG.standard_normal(3)


@pytest.mark.parametrize("library", LIBRARIES)
def test_numerical_gradient(library: str) -> None:
    x = convert(np.asarray([[1.0, -2.0], [0.5, 3.0]]), library)
    gradient = numerical_gradient(lambda x: x[0, 0] * x[0, 1] + x[1, 1] * x[1, 1], x)
    assert library_of(gradient) == library
    np.testing.assert_allclose(to_numpy(gradient), [[-2.0, 1.0], [0.0, 6.0]], atol=1e-8)


@pytest.mark.parametrize("library", LIBRARIES)
def test_passes_a_right_backward(library: str) -> None:
    args = [convert(x, library) for x in (X, WEIGHT, BIAS)]
    report = gradcheck(F.conv2d_forward, F.conv2d_backward, args, {"stride": (2, 1), "padding": 1})
    assert len(report.absolute_errors) == len(report.relative_errors) == 3
    assert max(report.relative_errors) < 1e-7
    for arg, was in zip(args, (X, WEIGHT, BIAS), strict=True):
        np.testing.assert_array_equal(to_numpy(arg), was)


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_point_stays_where_it_is_meanwhile(library: str) -> None:
    """The function may read the array itself, which must not move along."""
    x = convert(np.asarray([2.0, -3.0]), library)
    gradient = numerical_gradient(lambda moved: moved[0] * x[0] + moved[1] * x[1], x)
    np.testing.assert_allclose(to_numpy(gradient), [2.0, -3.0], atol=1e-8)


def test_leaves_integers_and_none_out() -> None:
    target = np.asarray([0, 2])
    report = gradcheck(
        F.cross_entropy_forward, F.cross_entropy_backward, (RNG.standard_normal((2, 3)), target)
    )
    assert len(report.absolute_errors) == 1
    report = gradcheck(F.conv2d_forward, F.conv2d_backward, (X, WEIGHT, None))
    assert len(report.absolute_errors) == 2


def wrong(change: str) -> Any:
    """Return a backward pass of conv2d with one thing wrong."""

    def backward(grad_out: Any, cache: Any) -> Any:
        grad_x, grad_weight, grad_bias = F.conv2d_backward(grad_out, cache)
        if change == "one element":
            grad_x[1, 0, 4, 3] += 1e-3
        if change == "not rotated":
            grad_weight = grad_weight[:, :, ::-1, ::-1]
        if change == "mean":
            grad_bias = grad_bias / grad_out.shape[0]
        if change == "not a number":
            grad_weight[0, 0, 0, 0] = np.nan
        if change == "transposed":
            grad_x = grad_x.transpose(0, 1, 3, 2)
        return (grad_x, grad_weight) if change == "too few" else (grad_x, grad_weight, grad_bias)

    return backward


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "one element",
            r"gradient of args\[0\] is wrong at index \(1, 0, 4, 3\): backward says .* differences say",
        ),
        ("not rotated", r"gradient of args\[1\] is wrong"),
        ("mean", r"gradient of args\[2\] is wrong"),
        ("not a number", r"gradient of args\[1\] is wrong at index \(0, 0, 0, 0\): backward says nan"),
        ("transposed", r"gradient of args\[0\] has shape \(2, 2, 4, 5\), the argument has \(2, 2, 5, 4\)"),
    ],
)
def test_catches_a_wrong_backward(change: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        gradcheck(F.conv2d_forward, wrong(change), (X, WEIGHT, BIAS), {"padding": 1})


def test_refuses_what_it_cannot_check() -> None:
    with pytest.raises(
        ValueError, match=r"gradcheck: backward must return 3 gradients, one for each .* returned 2"
    ):
        gradcheck(F.conv2d_forward, wrong("too few"), (X, WEIGHT, BIAS))
    with pytest.raises(ValueError, match="gradcheck: args must hold at least one floating array"):
        gradcheck(F.relu_forward, F.relu_backward, (np.arange(3),))


def test_agrees_with_autograd() -> None:
    x = torch.tensor(X, requires_grad=True)
    torch.sin(x).sum().backward()
    assert x.grad is not None
    found = numerical_gradient(lambda x: torch.sin(x).sum(), x.detach())
    np.testing.assert_allclose(to_numpy(found), x.grad.numpy(), atol=1e-8)
