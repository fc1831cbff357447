"""Unfolding and folding against torch."""

import numpy as np
import pytest

from convnet import functional as F


def test_convolution_is_one_matrix_product() -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal((2, 3, 7, 6)), rng.standard_normal((4, 3, 3, 2))
    columns, _ = F.unfold_forward(x, (3, 2), padding=1, stride=2)
    wanted, _ = F.conv2d_forward(x, weight, padding=1, stride=2)
    found = (weight.reshape(4, -1) @ columns).reshape(wanted.shape)
    np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_bad_arguments() -> None:
    with pytest.raises(
        ValueError, match=r"unfold: a window of \(4, 4\) pixels does not fit .*x: \(1, 1, 3, 5\)"
    ):
        F.unfold_forward(np.ones((1, 1, 3, 5)), 4)
    with pytest.raises(ValueError, match=r"unfold: stride must be an integer of at least 1, got 0"):
        F.unfold_forward(np.ones((1, 1, 3, 5)), 2, stride=0)
    with pytest.raises(
        ValueError, match=r"unfold: kernel_size must be an integer or 2 integers, got \(2, 2, 2\)"
    ):
        F.unfold_forward(np.ones((1, 1, 3, 5)), (2, 2, 2))
