"""Pooling against torch."""

from typing import Any

import numpy as np
import pytest

from convnet import functional as F


def test_ties_go_to_the_first_pixel() -> None:
    out, cache = F.max_pool2d_forward(np.zeros((1, 1, 2, 4)), 2)
    np.testing.assert_array_equal(out, np.zeros((1, 1, 1, 2)))
    grad = F.max_pool2d_backward(np.asarray([[[[5.0, 7.0]]]]), cache)
    np.testing.assert_array_equal(grad, [[[[5.0, 0, 7, 0], [0, 0, 0, 0]]]])


def test_padding_never_wins() -> None:
    out, cache = F.max_pool2d_forward(np.full((1, 1, 2, 2), -np.inf), 2, padding=1, stride=1)
    assert np.all(np.isneginf(out))
    grad = F.max_pool2d_backward(np.ones((1, 1, 3, 3)), cache)
    np.testing.assert_array_equal(grad, [[[[4.0, 2], [2, 1]]]])


@pytest.mark.parametrize(
    ("forward", "options", "message"),
    [
        (
            F.max_pool2d_forward,
            {"kernel_size": 5},
            r"max_pool2d: the window spans 5 pixels, the padded input has 4",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 0},
            r"max_pool2d: kernel_size must be an integer of at least 1, got 0",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 2, "stride": 0},
            r"max_pool2d: stride must be an integer of at least 1",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 2, "dilation": 0},
            r"max_pool2d: dilation must be an integer of at le",
        ),
        (
            F.max_pool2d_forward,
            {"kernel_size": 3, "padding": 2},
            r"max_pool2d: padding must be at most half of kernel_size, 1 \(x: \(1, 1, 4, 6\), kernel_size=3",
        ),
        (
            F.avg_pool2d_forward,
            {"kernel_size": (2, 7)},
            r"avg_pool2d: the window spans 7 pixels, the padded input has 6",
        ),
        (
            F.avg_pool2d_forward,
            {"kernel_size": 2, "padding": -1},
            r"avg_pool2d: padding must be an integer of at least 0",
        ),
        (
            F.avg_pool2d_forward,
            {"kernel_size": "2"},
            r"avg_pool2d: kernel_size must be an integer of at least 1, got '2'",
        ),
    ],
)
def test_bad_arguments(forward: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forward(np.ones((1, 1, 4, 6)), **options)


def test_bad_maps() -> None:
    with pytest.raises(
        ValueError, match=r"global_avg_pool2d: the maps of x must not be empty \(x: \(1, 2, 0, 3\)\)"
    ):
        F.global_avg_pool2d_forward(np.ones((1, 2, 0, 3)))
    with pytest.raises(ValueError, match=r"max_pool2d: x must have 4 dimensions \(N, C, H, W\), it has 3"):
        F.max_pool2d_forward(np.ones((2, 4, 3)), 2)
    with pytest.raises(ValueError, match=r"avg_pool2d: x must hold floating-point numbers"):
        F.avg_pool2d_forward(np.ones((1, 2, 4, 3), dtype=int), 2)
