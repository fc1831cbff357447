"""Sizes, strides and dilations of the chapter, against torch."""

from itertools import product

import numpy as np
import pytest
import torch

from convnet import arithmetic

PAGE = "convolution/padding-stride-dilation"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def _torch_size(size, k, s, p, d) -> int:
    """Rows of torch's output; 0 where it refuses."""
    x, w = (torch.empty(1, 1, n, device="meta") for n in (size, k))
    try:
        return torch.nn.functional.conv1d(x, w, stride=s, padding=p, dilation=d).shape[-1]
    except RuntimeError:
        return 0


def test_readers_of_a_pixel(page) -> None:
    """The gradient of the sum of all outputs, with a kernel of ones, counts the windows over each pixel."""
    assert len(page["readers"]) == 7
    for (size, kernel_size, stride, padding, dilation), counted in page["readers"]:
        image = torch.zeros(1, 1, size, size, requires_grad=True)
        kernel = torch.ones(1, 1, kernel_size, kernel_size)
        options = {"stride": stride, "padding": padding, "dilation": dilation}
        torch.nn.functional.conv2d(image, kernel, **options).sum().backward()
        np.testing.assert_array_equal(counted, image.grad[0, 0].numpy())


def test_valid_same_full(page) -> None:
    assert page["named"] == [3, 5, 7]
    assert [grid[0][0] for _, grid in page["readers"][:3]] == [1, 4, 9]  # the corner
    assert [grid[2][2] for _, grid in page["readers"][:3]] == [9, 9, 9]  # the middle


def test_stride_keeps_every_second(page) -> None:
    assert page["strided"] == [5, 6]
    assert page["agree"] < 1e-12


def test_strides_that_do_not_fit(page) -> None:
    assert page["stride_3"] == [2, 1]
    assert page["left_over"] == [1, 2]
    assert (page["unread_of_49"], page["unread_of_25"]) == (13, 16)


def test_dilated_kernel(page) -> None:
    assert page["spans"] == [3, 5, 7]
    x = torch.randn(1, 1, 9, 9, dtype=torch.float64)
    kernel, dilated = (torch.tensor(page[name]).double()[None, None] for name in ("kernel", "dilated"))
    torch.testing.assert_close(
        torch.nn.functional.conv2d(x, kernel, dilation=2), torch.nn.functional.conv2d(x, dilated)
    )


def test_every_size_agrees_with_torch(page) -> None:
    """The grid of the chapter, which counts windows one by one, once more with torch's own sizes."""
    grid = list(product(range(1, 13), range(1, 6), range(1, 4), range(3), range(1, 4)))
    theirs = [_torch_size(*setting) for setting in grid]
    assert page["settings"] == len(grid) == 1_620
    assert page["fits"] == sum(size > 0 for size in theirs)
    assert page["too_large"] == theirs.count(0) > 0
    for setting, size in zip(grid, theirs, strict=True):
        if size:
            n, k, s, p, d = setting
            assert (n + 2 * p - d * (k - 1) - 1) // s + 1 == size == arithmetic.conv_output_size(*setting)


def test_common_settings(page) -> None:
    for size, outputs in ((32, page["from_32"]), (33, page["from_33"])):
        assert outputs == [_torch_size(size, k, s, p, 1) for k, s, p in page["common"]]
    assert page["from_32"][:3] == [32] * 3
    assert page["from_33"][:3] == [33] * 3
    assert page["from_33"][3:] == [17, 17, 17, 16]


def test_quizzes(page) -> None:
    settings = ((3, 0), (2, 0), (2, 1), (1, 0))
    assert page["poll"] == [2, 3, 4, 5]
    assert page["poll"] == [_torch_size(7, 3, s, p, 1) for s, p in settings]
    assert _torch_size(7, 3, 4, 0, 1) == 2
    assert page["kept"] == _torch_size(20, 3, 1, 4, 4) == 20


def test_kernel_5_stride_2_pads_2(page) -> None:
    assert page["which_fit"] == {"32": [], "33": [0, 1, 2, 3, 4, 5]}
    assert page["halves"] == [-(-n // 2) for n in range(1, 60)]
    assert {arithmetic.leftover(n, 5, 2, 2) for n in range(2, 60, 2)} == {1}  # one column, and it is padding
    assert {arithmetic.leftover(n, 5, 2, 2) for n in range(1, 60, 2)} == {0}


def test_same_padding_is_whole_if_dilation_is_even_or_kernel_is_odd() -> None:
    for k, d in product(range(1, 9), range(1, 7)):
        whole = [p for p in range(40) if _torch_size(50, k, 1, p, d) == 50]
        assert whole == ([d * (k - 1) // 2] if d % 2 == 0 or k % 2 else [])


def test_exercises(page) -> None:
    assert page["halved"] == [112, 56, 1]
    assert page["padded_row"] == 230
    assert page["last_window"] == [222, 228]
    assert page["exact"] == [s for s in range(1, 20) if (10 - 3) % s == 0] == [1, 7]


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
