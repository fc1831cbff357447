"""Channels: worked numbers against torch, counts against the lectures, and the trained layer."""

import numpy as np
import pytest
import torch
from torch.nn.functional import conv2d, conv3d


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/channels")


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    assert chapter.numbers_without_a_cell() == []


def test_one_kernel_on_three_channels(chapter) -> None:
    x, w = (torch.tensor(chapter[name]) for name in ("x", "w"))
    expected = conv2d(x[None], w[None], torch.tensor([10]))[0, 0]
    np.testing.assert_array_equal(chapter["y"], expected)
    assert "sum + bias [[7, 10], [19, 9]]" in chapter.output
    assert "27 products, their sum -3, and with the bias 7" in chapter.output


def test_depth_is_a_third_direction_with_one_place(chapter) -> None:
    x, w = (torch.tensor(chapter[name]).double() for name in ("x", "w"))
    assert torch.equal(
        conv3d(x[None, None], w[None, None])[0, 0, 0] + 10, torch.tensor(chapter["y"]).double()
    )


def test_only_the_colour_kernel_sees_the_edge(chapter) -> None:
    scene, kernels = torch.tensor(chapter["scene"]), torch.tensor(chapter["kernels_of_edge"])
    grey, colour = conv2d(scene[None], kernels)[0].abs().amax(dim=(1, 2)).tolist()
    assert grey < 1e-12
    assert colour == pytest.approx(1.2)
    assert torch.allclose(scene.mean(dim=0), torch.tensor(0.5, dtype=torch.float64))


def test_many_kernels_stack_their_maps(chapter) -> None:
    photograph, bank = (torch.tensor(chapter[name]).double() for name in ("photograph", "bank"))
    assert bank.shape == (4, 3, 3, 3)
    expected = conv2d(photograph[None], bank, padding=1)
    np.testing.assert_allclose(chapter["features"], expected, atol=1e-12)
    assert chapter["features"].shape == (1, 4, 280, 320)


@pytest.mark.parametrize(
    ("channels", "kernels", "size", "parameters"), [(3, 4, 3, 112), (3, 10, 5, 760), (3, 6, 5, 456)]
)
def test_parameters_as_torch_counts_them(chapter, channels, kernels, size, parameters) -> None:
    layer = torch.nn.Conv2d(channels, kernels, size)
    assert sum(p.numel() for p in layer.parameters()) == parameters
    assert chapter["arithmetic"].conv_parameters(channels, kernels, size) == parameters


@pytest.mark.parametrize(
    ("kernels", "size", "padding", "shape"), [(10, 5, 2, (1, 10, 32, 32)), (6, 5, 0, (1, 6, 28, 28))]
)
def test_shapes_of_the_lecture(chapter, kernels, size, padding, shape) -> None:
    layer = torch.nn.Conv2d(3, kernels, size, padding=padding)
    assert layer(torch.zeros(1, 3, 32, 32)).shape == shape
    assert str(shape[1:]) in chapter.output


def test_common_settings(chapter) -> None:
    for size, stride, padding in chapter["common"].values():
        layer = torch.nn.Conv1d(1, 1, size, stride, padding)
        for width in chapter["widths"]:
            outputs = chapter["arithmetic"].conv_output_size(width, size, stride, padding)
            assert layer(torch.zeros(1, 1, width)).shape[-1] == outputs


def test_no_padding_fits_an_even_width(chapter) -> None:
    """The last pixel of the padded row is read by torch just where the chapter says that the stride fits."""
    for width, rests in chapter["leftovers"].items():
        for padding, rest in enumerate(rests):
            row = torch.zeros(1, 1, width + 2 * padding, requires_grad=True)
            torch.nn.functional.conv1d(row, torch.ones(1, 1, 5), stride=2).sum().backward()
            assert int((row.grad == 0).sum()) == rest
    assert "P=0: 14 outputs, 1 pixels of the image never read" in chapter.output
    assert "P=2: 16 outputs, 0 pixels of the image never read" in chapter.output


@pytest.mark.parametrize(("size", "used"), [(1, 1), (2, 9), (3, 25), (32, 25)])
def test_inputs_smaller_than_the_kernel(chapter, size, used) -> None:
    weight = torch.ones(1, 1, 5, 5, requires_grad=True)
    out = conv2d(torch.ones(1, 1, size, size), weight, padding=2)
    out.sum().backward()
    assert out.shape[-2:] == (size, size)
    assert int((weight.grad != 0).sum()) == used
    assert (
        f"{size} x {size} -> {size} x {size}, weights that ever meet a pixel: {used} of 25" in chapter.output
    )


def test_the_trained_layer_learned_something(chapter) -> None:
    assert chapter["after"] > 0.75
    assert chapter["after"] > chapter["before"] + 0.5
    change = np.linalg.norm(chapter["kernels"] - chapter["start"])
    assert change > np.linalg.norm(chapter["start"])


def test_solutions_of_the_exercises(chapter) -> None:
    arithmetic = chapter["arithmetic"]
    vgg = torch.nn.Conv2d(256, 256, 3, padding=1, bias=False)
    assert vgg.weight.numel() == 3**2 * 256**2 == 589_824
    assert arithmetic.conv_multiply_adds(256, 256, 3, (56, 56)) == 1_849_688_064
    assert arithmetic.conv_parameters(16, 32, 3, bias=False) == 4_608
    assert arithmetic.conv_multiply_adds(32, 16, 3, (64, 64)) == 18_874_368
    padded, _ = chapter["F"].pad_forward(np.zeros((1, 1, 32, 32)), (1, 2, 1, 2))
    assert conv2d(torch.tensor(padded), torch.zeros(1, 1, 5, 5).double(), stride=2).shape[-1] == 16
    assert arithmetic.leftover(35, 5, 2) == 0
