"""The plain multilayer perceptron equals torch's layers, convnet's network, and finite differences."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch

from convnet import models, nn, plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_differences, like_torch, numbers, whole

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


def drawn(rng: np.random.Generator) -> tuple[Any, list[Any]]:
    """Draw a batch, and the weights of one to four layers, biases first."""
    sizes = [whole(rng, 1, 5) for _ in range(whole(rng, 2, 5))]
    weights = [numbers(rng, outputs, 1 + inputs) for inputs, outputs in pairwise(sizes)]
    return numbers(rng, whole(rng, 1, 4), sizes[0]), weights


def pair(name: str) -> tuple[Any, Any]:
    """Return the two directions as functions of the arrays alone, as the comparisons call them."""
    step, back = getattr(plain, name), getattr(plain, f"{name}_backward")
    return (
        lambda x, *weights: plain.mlp(x, weights, step),
        lambda grad_out, x, *weights: plain.mlp_backward(grad_out, x, weights, step, back),
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_mlp(name: str) -> None:
    def reference(x: Any, *weights: Any) -> Any:
        for number, weight in enumerate(weights):
            x = getattr(torch, name)(x) if number else x
            x = torch.nn.functional.linear(x, weight[:, 1:], weight[:, 0])
        return x

    def check(rng: np.random.Generator, _: int) -> None:
        x, weights = drawn(rng)
        grad_out = like_torch(rng, [x, *weights], *pair(name), reference)
        if name != "relu":  # a step across the kink is no slope
            like_differences(grad_out, [x, *weights], *pair(name))

    each(f"plain mlp with {name}", check, share=3)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_mlp_is_the_network_that_is_trained(name: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, weights = drawn(rng)
        fast = models.mlp([x.shape[1], *map(len, weights)], ACTIVATIONS[name])
        layers = [layer for layer in fast if isinstance(layer, nn.Linear)]
        for layer, weight in zip(layers, weights, strict=True):
            layer.weight.data, layer.bias.data = weight[:, 1:].copy(), weight[:, 0].copy()
        forward, backward = pair(name)
        close("value, fast", forward(x, *weights), fast(x))
        grad_out = rng.standard_normal((len(x), len(weights[-1])))
        grad_x, *grads = backward(grad_out, x, *weights)
        close("gradient of x, fast", grad_x, fast.backward(grad_out))
        for layer, grad in zip(layers, grads, strict=True):
            close("gradient of the weights, fast", grad[:, 1:], layer.weight.grad)
            close("gradient of the biases, fast", grad[:, 0], layer.bias.grad)

    each(f"plain mlp against the network, {name}", check, share=4)


def test_prepend_one() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        z, weight = numbers(rng, *rng.integers(1, 5, 2)), numbers(rng, 3, 1)
        weight = np.concatenate([weight, numbers(rng, 3, z.shape[1])], axis=1)
        close("bias inside", plain.prepend_one(z) @ weight.T, plain.linear(z, weight[:, 1:], weight[:, 0]))

    each("plain prepend_one", check, share=3)
