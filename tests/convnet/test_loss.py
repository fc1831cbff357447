"""Cross-entropy against torch."""

from typing import Any

import numpy as np
import pytest

from convnet import functional as F


def test_huge_scores_do_not_overflow() -> None:
    x = np.asarray([[1e4, 0.0], [0.0, 1e4]])
    with np.errstate(all="raise", under="ignore"):
        loss, cache = F.cross_entropy_forward(x, np.asarray([1, 1]), reduction="none")
    np.testing.assert_array_equal(loss, [1e4, 0.0])
    np.testing.assert_array_equal(F.cross_entropy_backward(np.ones(2), cache), [[1.0, -1.0], [0.0, 0.0]])


def test_untrained_scores_give_log_of_classes() -> None:
    loss, _ = F.cross_entropy_forward(np.zeros((5, 10)), np.arange(5))
    assert float(loss) == pytest.approx(np.log(10))


def test_an_empty_mean_is_nan() -> None:
    with np.errstate(invalid="ignore"):
        loss, _ = F.cross_entropy_forward(np.zeros((2, 3)), np.full(2, -100))
    assert np.isnan(loss)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"target": np.asarray([0, 3])},
            r"cross_entropy: target holds class 3, x has 3 classes \(x: \(2, 3\)\)",
        ),
        ({"target": np.asarray([0, -1])}, r"cross_entropy: target holds class -1"),
        ({"target": np.asarray([0])}, r"target must have shape \(2,\) for class numbers, it has \(1,\)"),
        (
            {"target": np.ones((2, 2))},
            r"target must have shape \(2, 3\) for class probabilities, it has \(2, 2\)",
        ),
        ({"target": np.asarray([True, False])}, r"target must hold class numbers .* its dtype is bool"),
        ({"target": [0, 1]}, r"cross_entropy: target must be an array, got list"),
        ({"target": np.ones((2, 3), dtype=np.float32)}, r"target has dtype float32, x has float64"),
        ({"x": np.ones(3)}, r"cross_entropy: x must have shape \(N, C, \.\.\.\), it has \(3,\)"),
        ({"weight": np.ones(2)}, r"weight must have shape \(3,\), one for each class .*weight: \(2,\)"),
        ({"reduction": "average"}, r"reduction must be one of 'mean', 'sum', 'none', got 'average'"),
        ({"label_smoothing": 1.5}, r"label_smoothing must be a number from 0 to 1, got 1.5"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    arguments: dict[str, Any] = {"x": np.ones((2, 3)), "target": np.asarray([0, 1])} | changes
    with pytest.raises(ValueError, match=message):
        F.cross_entropy_forward(**arguments)
