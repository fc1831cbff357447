"""Depthwise separable convolution against two convolutions of torch."""

from typing import Any

import numpy as np
import pytest

from convnet import functional as F
from convnet.arithmetic import conv_parameters


def test_it_is_one_convolution_with_fewer_weights() -> None:
    """The product of the two weights is the weight of the one convolution that says the same."""
    rng = np.random.default_rng(0)
    x, depthwise = rng.standard_normal((2, 4, 7, 6)), rng.standard_normal((4, 1, 3, 3))
    pointwise = rng.standard_normal((5, 4, 1, 1))
    out, _ = F.separable_conv2d_forward(x, depthwise, pointwise, padding=1)
    wanted, _ = F.conv2d_forward(x, pointwise * depthwise[:, 0], padding=1)
    np.testing.assert_allclose(out, wanted, rtol=1e-10, atol=1e-12)
    assert depthwise.size + pointwise.size == 4 * 9 + 4 * 5
    assert conv_parameters(4, 5, 3, bias=False) == 4 * 9 * 5


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"depthwise_weight": np.ones((5, 1, 3, 3))},
            r"separable_conv2d: depthwise_weight must have shape \(4 · multiplier, 1, kh, kw\), x has 4 "
            r"channels \(x: \(2, 4, 6, 6\), depthwise_weight: \(5, 1, 3, 3\)",
        ),
        ({"depthwise_weight": np.ones((4, 2, 3, 3))}, r"separable_conv2d: depthwise_weight must have shape"),
        ({"pointwise_weight": np.ones((3, 5, 1, 1))}, r"pointwise_weight must have shape \(F, 4, 1, 1\)"),
        ({"pointwise_weight": np.ones((3, 4, 1, 2))}, r"pointwise_weight must have shape \(F, 4, 1, 1\)"),
        ({"pointwise_weight": np.ones((3, 4))}, r"separable_conv2d: pointwise_weight must have 4 dimensions"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    arguments = {
        "x": np.ones((2, 4, 6, 6)),
        "depthwise_weight": np.ones((4, 1, 3, 3)),
        "pointwise_weight": np.ones((3, 4, 1, 1)),
    }
    with pytest.raises(ValueError, match=message):
        F.separable_conv2d_forward(**(arguments | changes))
