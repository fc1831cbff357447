"""Layers of several inputs in use: in modules, in rows, what they hand on, what they refuse."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convnet import functional as F
from convnet import nn
from convnet.functional.submanifold import Rulebook
from convnet.gradcheck import gradcheck
from tests.convnet.harness import to_numpy
from tests.convnet.test_nn_variants import HOLES, SITES


class Deformable(nn.Module):
    """Version 2 as one draws it: offsets and masks come from the same maps."""

    def __init__(self) -> None:
        self.offset, self.mask = nn.Conv2d(2, 8, 2), nn.Sequential(nn.Conv2d(2, 4, 2), nn.Sigmoid())
        self.conv = nn.DeformConv2d(2, 3, 2)

    def forward(self, x: Any) -> Any:
        return self.conv(x, self.offset(x), self.mask(x))

    def backward(self, grad_out: Any) -> Any:
        grad_x, grad_offset, grad_mask = self.conv.backward(grad_out)
        assert grad_mask is not None
        return grad_x + self.offset.backward(grad_offset) + self.mask.backward(grad_mask)


def test_a_module_may_hold_a_layer_of_several_inputs() -> None:
    model = nn.Sequential(Deformable(), nn.Tanh()).initialize(seed=5).to(dtype="float64")
    names = ["0.offset.weight", "0.offset.bias", "0.mask.0.weight", "0.mask.0.bias"]
    assert [name for name, _ in model.named_parameters()] == [*names, "0.conv.weight", "0.conv.bias"]
    x = np.random.default_rng(5).standard_normal((2, 2, 4, 5))
    gradcheck(lambda x: (model(x), None), lambda grad_out, _: model.backward(grad_out), [x])
    assert not any(part.training for _, part in model.eval().named_modules())


@pytest.mark.parametrize("layer", [nn.DeformConv2d(1, 1, 3), nn.SubmanifoldConv2d(1, 1, 3)])
def test_a_row_of_layers_refuses_what_needs_more(layer: Any) -> None:
    with pytest.raises(ValueError, match=rf"Sequential: layer '1' must be a module, got {layer.name}"):
        nn.Sequential(nn.Tanh(), layer)


def test_partial_layers_in_a_row_take_everything_as_known() -> None:
    model = nn.Sequential(nn.PartialConv2d(1, 2, 3, padding=1), nn.ReLU(), nn.PartialConv2d(2, 1, 3))
    model.initialize(seed=0)
    assert model(np.ones((1, 1, 6, 7), dtype=np.float32)).shape == (1, 1, 4, 5)
    table = nn.summary(model, (1, 6, 7))
    assert [line.field for line in table.layers] == [(3, 3), (3, 3), (5, 5)]
    assert table.multiply_adds == 18 * 42 + 18 * 20


@pytest.mark.parametrize("mask", [None, HOLES])
def test_the_mask_of_the_next_layer(mask: Any) -> None:
    layer = nn.PartialConv2d(3, 4, 3, 2, 1).initialize(seed=0).to(dtype="float64")
    x = np.ones((2, 3, 7, 6))
    assert layer.new_mask is None
    layer(x, mask)
    _, cache = F.partial_conv2d_forward(x, layer.weight.data, None, mask, 2, 1)  # type: ignore[arg-type]
    np.testing.assert_array_equal(to_numpy(layer.new_mask), to_numpy(cache.new_mask))


def pairs(book: Rulebook) -> int:
    """Count neighbours the slow way."""
    down, right = (size // 2 for size in book.kernel_size)
    differences = SITES[:, None] - SITES
    image, row, column = abs(differences).transpose(2, 0, 1)
    reach = (row <= down * book.dilation[0]) & (column <= right * book.dilation[1])
    on_a_tap = (row % book.dilation[0] == 0) & (column % book.dilation[1] == 0)
    on_a_tap = (row % book.dilation[0] == 0) & (column % book.dilation[1] == 0)
    return int(((image == 0) & reach & on_a_tap).sum())


@pytest.mark.parametrize(("kernel_size", "dilation"), [(1, 1), (3, 1), ((3, 5), (1, 2))])
def test_multiply_adds_of_sites(kernel_size: Any, dilation: Any) -> None:
    layer = nn.SubmanifoldConv2d(3, 4, kernel_size, dilation)
    book = layer.rulebook(SITES)  # type: ignore[arg-type]
    assert layer.multiply_adds(book) == 12 * pairs(book)
    dense = nn.Conv2d(3, 4, kernel_size, padding="same", dilation=dilation).multiply_adds((3, 6, 7))
    assert layer.multiply_adds(book) < 2 * dense


MAPS = np.ones((1, 3, 5, 5), dtype=np.float32)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: nn.DeformConv2d(4, 6, 3, groups=4), r"DeformConv2d: groups=4 must divide in_channels=4"),
        (
            lambda: nn.DeformConv2d(4, 6, 3, padding="same"),
            r"DeformConv2d: padding must be an integer or",
        ),
        (
            lambda: nn.DeformConv2d(6, 4, 3).initialize()(MAPS, MAPS),
            r"DeformConv2d: expects 6 channels, x has 3",
        ),
        (
            lambda: nn.DeformConv2d(3, 4, 3).initialize()(MAPS, MAPS),
            r"DeformConv2d: offset must have shape \(1, 18, 3, 3\)",
        ),
        (lambda: nn.PartialConv2d(3, 0, 3), r"PartialConv2d: out_channels must be an integer of at least 1"),
        (
            lambda: nn.PartialConv2d(3, 4, 3, 2, "same"),
            r"PartialConv2d: padding='same' needs stride 1, got stride=2",
        ),
        (
            lambda: nn.SubmanifoldConv2d(3, 4, (3, 2)),
            r"SubmanifoldConv2d: kernel_size must be odd, got",
        ),
        (
            lambda: nn.SubmanifoldConv2d(3, 4, 3, 2)(MAPS, F.submanifold_rulebook(SITES, 3)),
            r"SubmanifoldConv2d: rulebook is for dilation \(1, 1\), the layer has \(2, 2\)",
        ),
        (
            lambda: nn.SubmanifoldConv2d(3, 4, 3).initialize()(MAPS[0, 0], F.submanifold_rulebook(SITES, 5)),
            r"SubmanifoldConv2d: weight expects 3 channels, x has 5",
        ),
        (lambda: nn.Conv1d(3, 4, (3, 3)), r"Conv1d: kernel_size must be an integer or 1 integers"),
        (lambda: nn.Conv3d(3, 4, 3, padding=(1, 1)), r"Conv3d: padding must be an integer or 3 integers"),
        (
            lambda: nn.Conv3d(3, 4, 3).output_shape((3, 9, 9)),
            r"Conv3d: expects the shape \(3, D, H, W\)",
        ),
        (lambda: nn.Upsample(), r"Upsample: give either size or scale_factor, got neither"),
        (lambda: nn.Upsample(3, 2.0), r"Upsample: give either size or scale_factor, got both"),
        (lambda: nn.Upsample(3, mode="cubic"), r"Upsample: mode must be one of 'nearest', 'nearest-exact'"),
        (
            lambda: nn.summary(nn.Upsample(3), (3, 4)),
            r"Upsample: expects the shape \(C, H, W\)",
        ),
        (lambda: nn.Upsample(0)(MAPS), r"Upsample: size must be an integer of at least 1, got 0"),
    ],
)
def test_bad_arguments(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
