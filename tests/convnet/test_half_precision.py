"""Normalization of 16-bit numbers, whose sums would overflow: the results are torch's in 64 bits, rounded."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F

KINDS = pytest.mark.parametrize("kind", [np.float16, torch.float16, torch.bfloat16], ids=str)


def draw(seed: int, kind: Any, centre: float, spread: float, *shape: int) -> tuple[Any, torch.Tensor]:
    """Draw numbers in 16 bits, and the same numbers in 64 bits."""
    numbers = np.random.default_rng(seed).standard_normal(shape) * spread + centre
    narrow = numbers.astype(kind) if kind is np.float16 else torch.tensor(numbers).to(kind)
    return narrow, torch.as_tensor(narrow).to(torch.float64)


def assert_rounded(found: Any, wanted: torch.Tensor, kind: Any) -> None:
    assert found.dtype == kind
    share = 1e-2 if kind is torch.bfloat16 else 2e-3
    precise = wanted.detach().numpy()
    scale = float(np.abs(precise).max())
    np.testing.assert_allclose(
        torch.as_tensor(found).to(torch.float64).numpy(), precise, rtol=share, atol=share * scale
    )


@KINDS
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(("centre", "spread"), [(0.0, 8.0), (30.0, 6.0), (1000.0, 100.0)])
def test_batch_norm(centre: float, spread: float, training: bool, kind: Any) -> None:
    x, precise = draw(0, kind, centre, spread, 2, 3, 64, 64)
    grad, precise_grad = draw(1, kind, 1.0, 20.0, 2, 3, 64, 64)
    mean, running_mean = draw(2, kind, centre, 0.1, 3)
    var, running_var = draw(3, kind, spread**2, 0.1, 3)
    weight, precise_weight = draw(4, kind, 1.0, 0.1, 3)
    bias, precise_bias = draw(5, kind, 0.0, 0.1, 3)
    leaves = [leaf.requires_grad_() for leaf in (precise, precise_weight, precise_bias)]

    out, cache = F.batch_norm_forward(x, mean, var, weight, bias, training=training)
    wanted = torch_f.batch_norm(precise, running_mean, running_var, precise_weight, precise_bias, training)
    assert_rounded(out, wanted, kind)
    assert_rounded(cache.running_mean, running_mean, kind)
    assert_rounded(cache.running_var, running_var, kind)
    gradients = torch.autograd.grad(wanted, leaves, precise_grad)
    for found, gradient in zip(F.batch_norm_backward(grad, cache), gradients, strict=True):
        assert_rounded(found, gradient, kind)


@KINDS
@pytest.mark.parametrize(("centre", "spread"), [(0.0, 8.0), (30.0, 6.0), (1000.0, 100.0)])
def test_layer_norm(centre: float, spread: float, kind: Any) -> None:
    x, precise = draw(0, kind, centre, spread, 5, 4096)
    grad, precise_grad = draw(1, kind, 1.0, 20.0, 5, 4096)
    weight, precise_weight = draw(2, kind, 1.0, 0.1, 4096)
    bias, precise_bias = draw(3, kind, 0.0, 0.1, 4096)
    leaves = [leaf.requires_grad_() for leaf in (precise, precise_weight, precise_bias)]

    out, cache = F.layer_norm_forward(x, 4096, weight, bias)
    wanted = torch_f.layer_norm(precise, [4096], precise_weight, precise_bias)
    assert_rounded(out, wanted, kind)
    gradients = torch.autograd.grad(wanted, leaves, precise_grad)
    for found, gradient in zip(F.layer_norm_backward(grad, cache), gradients, strict=True):
        assert_rounded(found, gradient, kind)
