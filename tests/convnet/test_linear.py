"""The fully connected layer against torch."""

import numpy as np
import pytest

from convnet import functional as F


def test_names_the_shapes_that_disagree() -> None:
    with pytest.raises(
        ValueError, match=r"linear: weight expects 4 input features, x has 3 .*\(2, 3\).*\(5, 4\)"
    ):
        F.linear_forward(np.ones((2, 3)), np.ones((5, 4)))
    with pytest.raises(ValueError, match=r"linear: bias must have shape \(5,\), it has \(1,\)"):
        F.linear_forward(np.ones((2, 4)), np.ones((5, 4)), np.ones(1))
    with pytest.raises(ValueError, match=r"linear: weight must have 2 dimensions \(N, M\), it has 1"):
        F.linear_forward(np.ones((2, 4)), np.ones(4))


def test_empty_batch() -> None:
    out, cache = F.linear_forward(np.ones((0, 4)), np.ones((5, 4)), np.ones(5))
    grad_x, grad_weight, grad_bias = F.linear_backward(np.ones((0, 5)), cache)
    assert out.shape == (0, 5)
    assert grad_x.shape == (0, 4)
    assert not np.any(grad_weight)
    assert not np.any(grad_bias)
