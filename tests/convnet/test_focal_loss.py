"""Focal losses against their formulas in torch, differentiated by autograd."""

from typing import Any

import numpy as np
import pytest
import torch

from convnet import functional as F
from tests.convnet.harness import (
    LIBRARIES,
    convert,
    to_numpy,
)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 2.0])
def test_sure_answers_have_finite_gradients(gamma: float, library: str) -> None:
    """Where p rounds to 1, autograd through the formula gives NaN below gamma = 1."""
    scores = convert(np.asarray([[1e4, 0.0], [0.0, 1e4]]), library)
    numbers = convert(np.asarray([0, 0]), library)
    one = convert(np.ones(2), library)
    loss, cache = F.focal_loss_forward(scores, numbers, gamma=gamma, reduction="none")
    np.testing.assert_array_equal(to_numpy(loss), [0.0, 1e4])
    np.testing.assert_array_equal(to_numpy(F.focal_loss_backward(one, cache)), [[0, 0], [-1, 1]])
    loss, binary_cache = F.sigmoid_focal_loss_forward(
        convert(np.asarray([1e4, 1e4]), library), convert(np.asarray([1, 0]), library), None, gamma
    )
    np.testing.assert_array_equal(to_numpy(loss), [0.0, 1e4])
    np.testing.assert_array_equal(to_numpy(F.sigmoid_focal_loss_backward(one, binary_cache)), [0, 1])


def test_class_balanced_weights() -> None:
    """The definition; the two ends: all equal, and inverse counts."""
    counts = [5000, 500, 50, 5]
    weights = F.class_balanced_weights(counts, 0.99, like=np.zeros(1))
    effective = np.asarray([sum(0.99**k for k in range(count)) for count in counts])
    np.testing.assert_allclose(weights, 4 / effective / (1 / effective).sum(), rtol=1e-12)
    np.testing.assert_array_equal(F.class_balanced_weights(counts, 0.0, like=np.zeros(1)), np.ones(4))
    inverse = 1 / np.asarray(counts)
    near = F.class_balanced_weights(counts, 1 - 1e-9, like=torch.zeros(1, dtype=torch.float32))
    assert near.dtype == torch.float32
    np.testing.assert_allclose(near.numpy(), 4 * inverse / inverse.sum(), rtol=1e-4)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": np.asarray([0, 2])}, r"sigmoid_focal_loss: target must hold labels 0 and 1 only"),
        ({"target": np.asarray([0.5, 1.0])}, r"target must hold labels 0 and 1 only"),
        ({"target": np.asarray([1])}, r"target must have the shape of x, it has \(1,\) \(x: \(2,\)\)"),
        ({"alpha": 1.5}, r"alpha must be a number from 0 to 1, got 1.5"),
        ({"gamma": -1.0}, r"gamma must be a number at least 0, got -1.0"),
        ({"reduction": "average"}, r"reduction must be one of 'mean', 'sum', 'none'"),
    ],
)
def test_bad_binary_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.sigmoid_focal_loss_forward(**({"x": np.ones(2), "target": np.asarray([0, 1])} | changes))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"target": np.asarray([0, 3])}, r"focal_loss: target holds class 3, x has 3 classes"),
        ({"target": np.ones((2, 3))}, r"focal_loss: target must hold class numbers"),
        (
            {"alpha": np.ones(2)},
            r"focal_loss: alpha must have shape \(3,\), one for each class .*alpha: \(2,\)",
        ),
        ({"x": np.ones(3)}, r"focal_loss: x must have shape \(N, C, \.\.\.\), it has \(3,\)"),
        ({"gamma": -0.5}, r"focal_loss: gamma must be a number at least 0"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.focal_loss_forward(**({"x": np.ones((2, 3)), "target": np.asarray([0, 1])} | changes))


def test_other_bad_arguments() -> None:
    with pytest.raises(
        ValueError, match=r"class_balanced_weights: counts must be an integer of at least 1, got 0"
    ):
        F.class_balanced_weights([3, 0], 0.9, like=np.zeros(1))
    with pytest.raises(
        ValueError, match=r"class_balanced_weights: beta must be at least 0 and below 1, got 1"
    ):
        F.class_balanced_weights([3, 4], 1.0, like=np.zeros(1))
    _, cache = F.focal_loss_forward(np.ones((2, 3)), np.asarray([0, 1]))
    with pytest.raises(
        ValueError, match=r"focal_loss_backward: grad_out must have the shape of the output \(\)"
    ):
        F.focal_loss_backward(np.ones(2), cache)
