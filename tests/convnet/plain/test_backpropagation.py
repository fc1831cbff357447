"""Loops, products of matrices and torch's autograd give the same gradients, for drawn networks."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from convnet import gradcheck, plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, numbers, whole

ACTIVATIONS = ("relu", "tanh", "sigmoid")


def drawn(rng: np.random.Generator) -> tuple[Any, Any, list[Any], tuple[Any, Any], str]:
    """Draw a batch, upstream gradients, the weights of one to five layers, and an activation."""
    sizes = [whole(rng, 1, 6) for _ in range(whole(rng, 2, 6))]
    weights = [numbers(rng, outputs, 1 + inputs) for inputs, outputs in pairwise(sizes)]
    batch, name = whole(rng, 1, 4), str(rng.choice(ACTIVATIONS))
    pair = getattr(plain, name), getattr(plain, f"{name}_backward")
    return numbers(rng, batch, sizes[0]), numbers(rng, batch, sizes[-1]), weights, pair, name


def by_autograd(x: Any, grad_out: Any, weights: list[Any], name: str) -> list[Any]:
    tensors = [torch.tensor(weight, requires_grad=True) for weight in weights]
    z = torch.tensor(x)
    for number, weight in enumerate(tensors):
        z = getattr(torch, name)(z) if number else z
        z = torch.nn.functional.linear(z, weight[:, 1:], weight[:, 0])
    return [grad.numpy() for grad in torch.autograd.grad(z, tensors, torch.tensor(grad_out))]


def test_by_index_by_matrices_and_by_autograd() -> None:
    """To 1e-10: the syllabus's three ways to the same gradients."""

    def check(rng: np.random.Generator, _: int) -> None:
        x, grad_out, weights, pair, name = drawn(rng)
        before = [weight.copy() for weight in weights]
        alone = [
            plain.mlp_backward_by_index(g, one, weights, *pair) for g, one in zip(grad_out, x, strict=True)
        ]
        summed = [np.sum(grads, axis=0) for grads in zip(*alone, strict=True)]
        matrices = plain.mlp_backward(grad_out, x, weights, *pair)[1:]
        torchs = by_autograd(x, grad_out, weights, name)
        assert len(summed) == len(matrices) == len(torchs) == len(weights)
        for loop, product, autograd in zip(summed, matrices, torchs, strict=True):
            assert loop.shape == product.shape == autograd.shape
            scale = max(1.0, np.abs(autograd).max())
            np.testing.assert_allclose(loop / scale, autograd / scale, rtol=0, atol=1e-10)
            np.testing.assert_allclose(product / scale, autograd / scale, rtol=0, atol=1e-10)
        for was, weight in zip(before, weights, strict=True):
            np.testing.assert_array_equal(was, weight)

    each("backpropagation in three ways", check, share=20)


def test_one_layer_back() -> None:
    """`delta_before` is a row times a matrix, and `weight_gradient` a column times a row."""

    def check(rng: np.random.Generator, _: int) -> None:
        units, inputs = whole(rng, 1, 6), whole(rng, 1, 6)
        delta, weight, slopes = numbers(rng, units), numbers(rng, units, 1 + inputs), numbers(rng, inputs)
        close("delta", plain.delta_before(delta, weight, slopes), (delta @ weight)[1:] * slopes)
        z = numbers(rng, 1 + inputs)
        close("weights", plain.weight_gradient(delta, z), np.outer(delta, z))

    each("one layer back", check, share=3)


def test_numerical_gradient() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, weight = numbers(rng, *rng.integers(1, 4, whole(rng, 1, 3))), whole(rng, 2, 3)
        before = x.copy()

        def f(x: Any) -> float:
            return float((np.sin(x) * x**weight).sum())

        tensor = torch.tensor(x, requires_grad=True)
        (torch.sin(tensor) * tensor**weight).sum().backward()
        found = plain.numerical_gradient(f, x)
        np.testing.assert_allclose(found, tensor.grad, rtol=1e-6, atol=1e-6)
        np.testing.assert_allclose(found, gradcheck.numerical_gradient(f, x, 1e-5), rtol=1e-7, atol=1e-7)
        np.testing.assert_array_equal(x, before)

    each("plain numerical gradient", check, share=3)


def test_numerical_gradient_is_central() -> None:
    """The error falls with the square of the step."""
    errors = [
        abs(plain.numerical_gradient(lambda x: float(x[0] ** 3), np.ones(1), eps)[0] - 3)
        for eps in (0.1, 0.01)
    ]
    assert errors == pytest.approx([1e-2, 1e-4], rel=1e-6)


def test_relative_error() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        a, b = numbers(rng, 2, 3), numbers(rng, 2, 3)
        found = plain.relative_error(a, b)
        one, other = torch.tensor(a).ravel(), torch.tensor(b).ravel()
        assert found == pytest.approx(float(torch.dist(one, other) / (one.norm() + other.norm())))
        assert found == pytest.approx(plain.relative_error(b, a))
        assert found == pytest.approx(plain.relative_error(1e9 * a, 1e9 * b)), "no unit"
        assert 0 < found < 1
        assert plain.relative_error(a, a) == 0
        assert plain.relative_error(a, -a) == pytest.approx(1)
        assert plain.relative_error(a, 2 * a) == pytest.approx(1 / 3)

    each("relative error", check, share=2)
