"""Sizes, counts and receptive fields: against torch over a grid, and against the numbers of the lectures."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import arithmetic
from convnet import functional as F
from tests.convnet.operations.configurations import each

GRID = list(product(range(1, 9), range(1, 6), range(1, 5), range(3), range(1, 4)))


@pytest.mark.parametrize("stride", range(1, 5))
def test_conv_output_size_over_a_grid(stride: int) -> None:
    for size, kernel, step, padding, dilation in GRID:
        if step != stride:
            continue
        try:
            wanted = torch_f.conv1d(
                torch.zeros(1, 1, size), torch.zeros(1, 1, kernel), None, step, padding, dilation
            ).shape[-1]
        except RuntimeError:
            with pytest.raises(ValueError, match=r"conv_output_size: the kernel spans \d+ pixels"):
                arithmetic.conv_output_size(size, kernel, step, padding, dilation)
        else:
            assert arithmetic.conv_output_size(size, kernel, step, padding, dilation) == wanted


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_pool_output_size_over_a_grid(ceil_mode: bool) -> None:
    for size, kernel, stride, padding, dilation in GRID:
        if padding > kernel // 2:
            continue  # the layer refuses, the arithmetic has no reason to
        try:
            wanted = torch_f.max_pool1d(
                torch.zeros(1, 1, size), kernel, stride, padding, dilation, ceil_mode
            ).shape[-1]
        except RuntimeError:
            with pytest.raises(ValueError, match="pool_output_size: no window fits"):
                arithmetic.pool_output_size(size, kernel, stride, padding, dilation, ceil_mode)
        else:
            found = arithmetic.pool_output_size(size, kernel, stride, padding, dilation, ceil_mode)
            assert found == wanted, (size, kernel, stride, padding, dilation)


@pytest.mark.parametrize(("kernel", "dilation"), list(product(range(1, 8), range(1, 4))))
def test_same_padding_keeps_the_size(kernel: int, dilation: int) -> None:
    before, after = arithmetic.same_padding(kernel, dilation)
    padded = torch.zeros(1, 1, 11 + before + after)
    assert torch_f.conv1d(padded, torch.zeros(1, 1, kernel), dilation=dilation).shape[-1] == 11
    assert after - before in (0, 1)


def test_leftover_counts_the_pixels_without_a_gradient() -> None:
    for size, kernel, stride, padding, dilation in GRID:
        if size + 2 * padding <= dilation * (kernel - 1):
            continue
        x = torch.zeros(1, 1, size + 2 * padding, requires_grad=True)
        torch_f.conv1d(x, torch.ones(1, 1, kernel), None, stride, 0, dilation).sum().backward()
        assert x.grad is not None
        last_read = int(x.grad.flatten().nonzero().max())
        found = arithmetic.leftover(size, kernel, stride, padding, dilation)
        assert found == size + 2 * padding - 1 - last_read


def test_counts_are_those_of_torch() -> None:
    for in_channels, out_channels, kernel, groups in [(3, 4, 3, 1), (4, 6, (5, 2), 2), (6, 6, 1, 6)]:
        layer = torch.nn.Conv2d(in_channels, out_channels, kernel, groups=groups)
        wanted = sum(parameter.numel() for parameter in layer.parameters())
        assert arithmetic.conv_parameters(in_channels, out_channels, kernel, groups) == wanted
        weights = layer.weight.numel()
        assert arithmetic.conv_parameters(in_channels, out_channels, kernel, groups, bias=False) == weights
        found = arithmetic.conv_multiply_adds(in_channels, out_channels, kernel, (7, 9), groups)
        assert found == weights * 63
    assert arithmetic.linear_parameters(20, 30) == 630
    assert arithmetic.linear_parameters(20, 30, bias=False) == arithmetic.linear_multiply_adds(20, 30) == 600


def test_numbers_of_the_lectures() -> None:
    # Georgia Tech: four 3×3 kernels on three channels; a window of its own for each of N nodes.
    assert arithmetic.conv_parameters(3, 4, 3) == 112
    assert arithmetic.locally_connected_parameters((5, 4), 7) == (5 * 4 + 1) * 7
    # Buffalo: ten 5×5 on 32×32×3, stride 1, padding 2; three 3×3 layers against one 7×7.
    assert arithmetic.conv_output_size(32, 5, padding=2) == 32
    assert arithmetic.conv_parameters(3, 10, 5) == 760
    assert arithmetic.conv_parameters(8, 8, 7, bias=False) == 49 * 8**2
    assert 3 * arithmetic.conv_parameters(8, 8, 3, bias=False) == 27 * 8**2
    assert arithmetic.conv_multiply_adds(8, 8, 7, (5, 6)) == 49 * 5 * 6 * 8**2
    # Six 5×5 kernels on 32×32×3.
    assert arithmetic.conv_output_size(32, 5) == 28
    # Buffalo: an edge detector of two pixels on a 280×320 image, against a dense layer.
    width = arithmetic.conv_output_size(320, 2)
    assert width == 319
    assert arithmetic.conv_multiply_adds(1, 1, (1, 2), (280, width)) == 319 * 280 * 1 * 2 == 178_640
    assert arithmetic.linear_multiply_adds(320 * 280, 319 * 280) == 8_003_072_000
    # Strides that do not fit: 3 on 5 and on 7 pixels with a kernel of 3.
    assert [arithmetic.conv_output_size(size, 3, stride=3) for size in (5, 7)] == [1, 2]
    assert [arithmetic.leftover(size, 3, stride=3) for size in (5, 7)] == [2, 1]


def test_receptive_fields_of_the_lectures() -> None:
    # CUHK: two 3×3 layers with stride 2; stacks of two and three 3×3 layers.
    assert [(f.size, f.jump) for f in arithmetic.receptive_field([(3, 2), (3, 2)])] == [(3, 2), (7, 4)]
    assert [f.size for f in arithmetic.receptive_field([(3, 1)] * 3)] == [3, 5, 7]


def test_receptive_field_is_where_the_gradient_arrives() -> None:
    """Send gradients back from two neighbours through layers of ones; see which pixels they reach."""

    def check(rng: np.random.Generator, _: int) -> None:
        layers = [
            (int(kernel), int(stride), int(padding), int(dilation))
            for kernel, stride, padding, dilation in rng.integers(
                (2, 1, 0, 1), (5, 3, 3, 2), (rng.integers(1, 4), 4)
            )
        ]
        field = arithmetic.receptive_field(layers)[-1]
        x = np.zeros((1, 1, 150))
        caches = []
        for kernel, stride, padding, dilation in layers:
            x, cache = F.conv1d_forward(x, np.ones((1, 1, kernel)), None, stride, padding, dilation)
            caches.append(cache)
        middle = x.shape[-1] // 2
        for feature in (middle, middle + 1):
            grad = np.zeros(x.shape)
            grad[..., feature] = 1.0
            for cache in reversed(caches):
                grad = F.conv1d_backward(grad, cache)[0]
            reached = np.flatnonzero(grad)
            label = str(layers)
            assert reached[-1] - reached[0] + 1 == field.size, label
            assert (reached[-1] + reached[0]) / 2 == field.start + feature * field.jump, label

    each("receptive field", check)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: arithmetic.conv_output_size(4, 5),
            r"conv_output_size: the kernel spans 5 pixels .* input has 4",
        ),
        (
            lambda: arithmetic.conv_output_size(4, 3, stride=0),
            r"conv_output_size: stride must be an integer of at l",
        ),
        (
            lambda: arithmetic.conv_output_size(4.0, 3),
            r"conv_output_size: size must be an integer of at least 0",
        ),
        (lambda: arithmetic.pool_output_size(1, 2), r"pool_output_size: no window fits"),
        (
            lambda: arithmetic.same_padding(0),
            r"same_padding: kernel_size must be an integer of at least 1, got 0",
        ),
        (
            lambda: arithmetic.conv_parameters(3, 4, 3, groups=2),
            r"conv_parameters: groups=2 must divide in_channels=3",
        ),
        (
            lambda: arithmetic.linear_parameters(0, 4),
            r"linear_parameters: in_features must be an integer of at least 1",
        ),
        (
            lambda: arithmetic.locally_connected_parameters(3, 0),
            r"locally_connected_parameters: outputs must be",
        ),
        (
            lambda: arithmetic.conv_multiply_adds(3, 4, 3, (1, 2, 3)),
            r"conv_multiply_adds: output_size must be an int",
        ),
        (
            lambda: arithmetic.receptive_field([(3,)]),
            r"receptive_field: layers\[0\] must be \(kernel_size, stride",
        ),
        (
            lambda: arithmetic.receptive_field([(3, 1), (3, 0)]),
            r"receptive_field: layers\[1\] stride must be an int",
        ),
    ],
)
def test_bad_arguments(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
