"""Dropout: torch's own masks come from another generator, so the same masks are drawn here."""

import numpy as np
import pytest
import torch

from convnet import functional as F


@pytest.mark.parametrize("p", [0.1, 0.5, 0.9])
def test_shares_and_expectation(p: float) -> None:
    """About a share p is dropped, as in torch, and the mean stays."""
    out, _ = F.dropout_forward(np.ones((400, 500)), p, generator=np.random.default_rng(3))
    assert abs((out == 0).mean() - p) < 4 * np.sqrt(p * (1 - p) / out.size)
    assert out.mean() == pytest.approx(1.0, abs=0.03)
    np.testing.assert_allclose(out[out != 0], 1 / (1 - p))
    torch.manual_seed(0)
    assert abs(float((torch.nn.functional.dropout(torch.ones(400, 500), p) == 0).float().mean()) - p) < 0.01


def test_channels_fall_as_a_whole_and_by_themselves() -> None:
    x = np.ones((40, 50, 3, 4))
    out, _ = F.dropout2d_forward(x, 0.4, generator=np.random.default_rng(5))
    first = out[:, :, :1, :1]
    np.testing.assert_array_equal(out, np.broadcast_to(first, x.shape))
    assert abs((first == 0).mean() - 0.4) < 0.05
    assert len({tuple(image.ravel()) for image in first}) == 40


def test_the_seed_decides_and_the_generator_moves_on() -> None:
    generator = np.random.default_rng(8)
    first, _ = F.dropout_forward(np.ones(50), generator=generator)
    second, _ = F.dropout_forward(np.ones(50), generator=generator)
    again, _ = F.dropout_forward(np.ones(50, dtype=np.float32), generator=np.random.default_rng(8))
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, again)


def test_bad_arguments() -> None:
    with pytest.raises(ValueError, match=r"dropout: p must be a number from 0 to 1, got 1.5"):
        F.dropout_forward(np.ones(3), 1.5)
    with pytest.raises(ValueError, match=r"dropout: generator must be given in training"):
        F.dropout_forward(np.ones(3))
    with pytest.raises(ValueError, match=r"dropout: x must hold floating-point numbers"):
        F.dropout_forward(np.ones(3, dtype=int), training=False)
    with pytest.raises(ValueError, match=r"dropout2d: x must have 4 dimensions \(N, C, H, W\), it has 3"):
        F.dropout2d_forward(np.ones((2, 3, 4)), training=False)
    _, cache = F.dropout_forward(np.ones(3), generator=np.random.default_rng(0))
    with pytest.raises(
        ValueError, match=r"dropout_backward: grad_out must have the shape of the output \(3,\)"
    ):
        F.dropout_backward(np.ones(4), cache)
