"""Max pooling that notes where the largest pixels were, and unpooling that puts them back."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import nn
from tests.convnet.harness import LIBRARIES, convert, draw_array, draw_pair, pick, to_numpy
from tests.convnet.operations.configurations import each


def test_what_is_pooled_is_put_back_as_torch_does() -> None:
    """There and back, with both gradients; ties among the pixels, sizes that leave a rest."""

    def check(rng: np.random.Generator, number: int) -> None:
        library = LIBRARIES[number % len(LIBRARIES)]
        kernel, padding = draw_pair(rng, 2, 3), pick(rng, 0, 1)
        options: dict[str, Any] = {"kernel_size": kernel, "stride": kernel, "padding": padding}
        height, width = (int(size) for size in rng.integers(4, 9, 2))
        values = draw_array(rng, (2, 3, height, width), ties=bool(number % 2))
        fits = kernel == 2 and padding == 0 and height % 2 == width % 2 == 0
        size = None if fits else values.shape[2:]
        pool, unpool = nn.MaxPool2d(**options, return_indices=True), nn.MaxUnpool2d(**options)
        x = torch.tensor(values, requires_grad=True)
        wanted, places = torch.nn.MaxPool2d(**options, return_indices=True)(x)
        undone = torch.nn.MaxUnpool2d(**options)(wanted, places, output_size=size)
        upstream = rng.standard_normal(tuple(undone.shape))
        undone.backward(torch.tensor(upstream))
        out = pool(convert(values, library))
        np.testing.assert_array_equal(to_numpy(pool.indices), places.numpy())
        back = unpool(out, pool.indices, size)  # type: ignore[arg-type]
        np.testing.assert_array_equal(to_numpy(back), undone.detach().numpy())
        grad_x = pool.backward(unpool.backward(convert(upstream, library)))
        np.testing.assert_allclose(to_numpy(grad_x), x.grad.numpy(), rtol=1e-12)  # type: ignore[union-attr]
        with pytest.raises(ValueError, match="MaxUnpool2d: backward needs a forward pass before it"):
            unpool.backward(back)

    each("pooled and put back", check, share=3.0)


def test_layers_with_indices_print_and_are_copied() -> None:
    pool, unpool = nn.MaxPool2d(2, return_indices=True), nn.MaxUnpool2d((2, 3), padding=1)
    assert repr(unpool) == repr(torch.nn.MaxUnpool2d((2, 3), padding=1))
    assert repr(pool) == repr(torch.nn.MaxPool2d(2, return_indices=True))
    assert nn.MaxPool2d(2, 2, 0, 1, False, True).ceil_mode, "torch's order"
    out = pool(np.arange(16.0).reshape(1, 1, 4, 4))
    for again in (copy.deepcopy((pool, unpool)), pickle.loads(pickle.dumps((pool, unpool)))):
        np.testing.assert_array_equal(again[0].indices, pool.indices)
        np.testing.assert_array_equal(again[0](np.arange(16.0).reshape(1, 1, 4, 4)), out)
    assert nn.MaxPool2d(2).indices is None


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: nn.MaxPool1d(2, return_indices=True),
            r"MaxPool1d: return_indices is offered by MaxPool2d",
        ),
        (lambda: nn.MaxUnpool2d(0), r"MaxUnpool2d: kernel_size must be an integer of at least 1, got 0"),
        (
            lambda: nn.MaxUnpool2d(2)(np.ones((1, 1, 2, 2)), np.full((1, 1, 2, 2), 99)),
            r"MaxUnpool2d: indices",
        ),
        (lambda: nn.GroupNorm(3, 4), r"GroupNorm: num_groups=3 must divide num_channels=4"),
        (
            lambda: nn.GroupNorm(2, 4).initialize()(np.ones((1, 6), np.float32)),
            r"GroupNorm: expects 4",
        ),
        (lambda: nn.LocalResponseNorm(0), r"LocalResponseNorm: size must be an integer"),
        (lambda: nn.LocalResponseNorm(2, beta="a"), r"LocalResponseNorm: beta must be a number"),  # type: ignore[arg-type]
        (lambda: nn.LocalResponseNorm(2)(np.ones((1, 2))), r"LocalResponseNorm: x must have shape"),
        (lambda: nn.AdaptiveMaxPool2d(0)(np.ones((1, 1, 2, 2))), r"AdaptiveMaxPool2d: "),
        (lambda: nn.MaxPool3d(2)(np.ones((1, 1, 2, 2))), r"MaxPool3d: x must have 5 dimensions"),
        (lambda: nn.AvgPool1d(9)(np.ones((1, 1, 2))), r"AvgPool1d: "),
    ],
)
def test_refuses(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call()
