"""An infinite number or a NaN stays where torch leaves it, and no zero is multiplied with it."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import LIBRARIES, convert, to_numpy

ODD = pytest.mark.parametrize("odd", [np.inf, -np.inf, np.nan])


@ODD
@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("size", [1, 2, 3, (5, 7), (9, 4)])
def test_adaptive_average(size: Any, library: str, odd: float) -> None:
    x = np.random.default_rng(0).standard_normal((1, 2, 6, 7))
    x[0, 1, 2, 3] = odd
    leaf = torch.tensor(x, requires_grad=True)
    wanted = torch_f.adaptive_avg_pool2d(leaf, size)
    grad_out = np.random.default_rng(1).standard_normal(wanted.shape)
    grad_out[0, 0, 0, 0] = odd
    out, cache = F.adaptive_avg_pool2d_forward(convert(x, library), size)
    grad = F.adaptive_avg_pool2d_backward(convert(grad_out, library), cache)
    np.testing.assert_allclose(to_numpy(out), wanted.detach().numpy(), atol=1e-12)
    (truth,) = torch.autograd.grad(wanted, leaf, torch.tensor(grad_out))
    np.testing.assert_allclose(to_numpy(grad), truth.numpy(), atol=1e-12)


@ODD
@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("size", [(12, 14), (6, 7), (3, 3), (10, 9), (7, 30)])
def test_gradients_of_the_nearest_pixel(size: Any, library: str, odd: float) -> None:
    x = np.zeros((1, 2, 6, 7))
    grad_out = np.random.default_rng(0).standard_normal((1, 2, *size))
    grad_out[0, 1, 2, 1] = odd
    leaf = torch.tensor(x, requires_grad=True)
    (truth,) = torch.autograd.grad(torch_f.interpolate(leaf, size), leaf, torch.tensor(grad_out))
    _, cache = F.interpolate_forward(convert(x, library), size)
    grad = F.interpolate_backward(convert(grad_out, library), cache)
    np.testing.assert_allclose(to_numpy(grad), truth.numpy(), atol=1e-12)
