"""Resizing against torch."""

from typing import Any

import numpy as np
import pytest

from convnet import functional as F


def test_nearest_copies_and_never_mixes() -> None:
    """Labels, NaN and infinities come through as they are, next to others."""
    x = np.asarray([[[[np.nan, 7.0], [np.inf, -3.0]]]])
    out, _ = F.interpolate_forward(x, scale_factor=2)
    np.testing.assert_array_equal(out, x.repeat(2, 2).repeat(2, 3))


def test_the_output_is_never_the_input() -> None:
    x = np.ones((1, 1, 3, 3))
    for mode in ("nearest", "bilinear"):
        out, _ = F.interpolate_forward(x, size=3, mode=mode)
        assert not np.shares_memory(out, x)
        np.testing.assert_array_equal(out, x)


X = np.ones((2, 3, 4, 5))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, r"interpolate: give either size or scale_factor, got neither"),
        ({"size": 3, "scale_factor": 2}, r"interpolate: give either size or scale_factor, got both"),
        ({"size": 0}, r"interpolate: size must be an integer of at least 1, got 0"),
        ({"scale_factor": -1.0}, r"interpolate: scale_factor must be a positive number or two, got -1.0"),
        ({"scale_factor": "large"}, r"scale_factor must be a positive number or two, got 'large'"),
        ({"scale_factor": (2.0, None)}, r"scale_factor must be a positive number or two, got \(2.0, None\)"),
        ({"scale_factor": (1.0, 2.0, 3.0)}, r"interpolate: scale_factor must be a positive number or two"),
        (
            {"scale_factor": 0.1},
            r"interpolate: images must have pixels, before \(4, 5\) and after \(0, 0\)",
        ),
        (
            {"size": 3, "mode": "cubic"},
            r"interpolate: mode must be one of 'nearest', 'nearest-exact', 'bilinear', 'bicubic', got",
        ),
        (
            {"size": 3, "align_corners": True},
            r"interpolate: align_corners goes with 'bilinear' and 'bicubic' only",
        ),
    ],
)
def test_bad_arguments(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.interpolate_forward(X, **options)


def test_other_bad_arguments() -> None:
    with pytest.raises(ValueError, match=r"interpolate: x must have 4 dimensions"):
        F.interpolate_forward(X[0], size=3)
    _, cache = F.interpolate_forward(X, size=3)
    with pytest.raises(ValueError, match=r"interpolate_backward: grad_out must have the shape of the output"):
        F.interpolate_backward(X, cache)
