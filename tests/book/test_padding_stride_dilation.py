"""Sizes, borders, strides and dilations of the chapter, against torch and numpy."""

import numpy as np
import pytest
import torch


@pytest.fixture(scope="module")
def chapter(run_chapter):
    return run_chapter("convolution/padding-stride-dilation")


def test_every_number_of_the_prose_comes_from_a_cell(chapter) -> None:
    assert chapter.numbers_without_a_cell() == []


@pytest.mark.parametrize(
    ("size", "kernel_size", "stride", "padding", "dilation"),
    [
        (5, 3, 1, 0, 1),
        (5, 3, 1, 1, 1),
        (5, 3, 1, 2, 1),
        (7, 3, 2, 0, 1),
        (7, 3, 3, 0, 1),
        (5, 3, 3, 0, 1),
        (9, 3, 2, 1, 2),
    ],
)
def test_readers_of_a_pixel(chapter, size, kernel_size, stride, padding, dilation) -> None:
    """The gradient of the sum of all outputs, with a kernel of ones, counts the windows over each pixel."""
    image = torch.zeros(1, 1, size, size, requires_grad=True)
    kernel = torch.ones(1, 1, kernel_size, kernel_size)
    out = torch.nn.functional.conv2d(image, kernel, stride=stride, padding=padding, dilation=dilation)
    out.sum().backward()
    counted = chapter["readers"](size, kernel_size, stride, padding, dilation)
    np.testing.assert_array_equal(counted, image.grad[0, 0].numpy())


def test_valid_same_full(chapter) -> None:
    assert [grid[0, 0] for grid in chapter["counted"].values()] == [1, 4, 9]
    assert "valid padding 0: 3 × 3\nsame  padding 1: 5 × 5\nfull  padding 2: 7 × 7" in chapter.output


@pytest.mark.parametrize(
    ("mode", "numpys"),
    [("zeros", "constant"), ("reflect", "reflect"), ("replicate", "edge"), ("circular", "wrap")],
)
def test_padding_modes(chapter, mode, numpys) -> None:
    np.testing.assert_array_equal(chapter["bordered"][mode], np.pad(chapter["cat"], 60, mode=numpys))


def test_zeros_alone_invent_an_edge(chapter) -> None:
    for mode, strongest in (("zeros", 4), ("reflect", 0), ("replicate", 0), ("circular", 0)):
        assert f"{mode:9s} strongest edge found: {strongest}" in chapter.output


def test_strides_that_do_not_fit(chapter) -> None:
    seven = "7×7, stride 3: output 2×2; never read: last 1 of each axis, 13 of 49 pixels"
    five = "5×5, stride 3: output 1×1; never read: last 2 of each axis, 16 of 25 pixels"
    assert f"{seven}\n{five}\n" in chapter.output


def test_other_frameworks_formulas(chapter) -> None:
    for size in range(1, 40):
        for k in range(1, min(size, 8) + 1):
            for stride in range(1, 6):
                assert chapter["tensorflow_valid"](size, k, stride) == (size - k) // stride + 1
                outputs, before, after = chapter["tensorflow_same"](size, k, stride)
                assert outputs == -(-size // stride)
                assert 0 <= after - before <= 1
                signal = torch.nn.functional.pad(torch.zeros(1, 1, size), (before, after))
                out = torch.nn.functional.conv1d(signal, torch.zeros(1, 1, k), stride=stride)
                assert out.shape[-1] == outputs


def test_every_size_agrees_with_torch(chapter) -> None:
    assert chapter["agreed"] > 1_000
    assert chapter["agreed"] + chapter["refused"] == 1_620


def test_filter_5_stride_2_pads_2(chapter) -> None:
    assert "width 32: fits with P in []" in chapter.output
    assert "width 33: fits with P in [0, 1, 2, 3, 4, 5]" in chapter.output


def test_tiny_images(chapter) -> None:
    assert "1×1 → 1×1; of 25 weights, 1 ever" in chapter.output
    assert "2×2 → 2×2; of 25 weights, 9 ever" in chapter.output


def test_gridding(chapter) -> None:
    assert "dilations 2, 2, 2: 49 of 169" in chapter.output
    assert "dilations 1, 2, 3: 169 of 169" in chapter.output


def test_poll(chapter) -> None:
    assert list(chapter["poll"].values()) == [2, 3, 4, 5]


def test_exercises(chapter) -> None:
    assert (chapter["first"], chapter["second"]) == (112, 56)
    assert chapter["exact"] == [s for s in range(1, 10) if (10 - 3) % s == 0]
