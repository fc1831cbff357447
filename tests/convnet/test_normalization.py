"""Batch and layer normalization against torch."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import (
    LIBRARIES,
    TOLERANCE,
    assert_close,
    convert,
    draw_array,
    to_numpy,
)
from tests.convnet.operations.configurations import each


def batch_norm(x: Any, weight: Any, bias: Any, **options: Any) -> Any:
    return F.batch_norm_forward(x, weight=weight, bias=bias, **options)


@pytest.mark.parametrize("dtype", TOLERANCE, ids=str)
@pytest.mark.parametrize("library", LIBRARIES)
def test_running_statistics(library: str, dtype: np.dtype[Any]) -> None:
    """They follow torch's over three batches, and the arrays given are left alone."""

    def check(rng: np.random.Generator, _: int) -> None:
        channels = int(rng.integers(1, 5))
        layer = torch.nn.BatchNorm2d(channels, momentum=0.3, dtype=torch.from_numpy(np.empty(0, dtype)).dtype)
        mean, var = convert(np.zeros(channels, dtype), library), convert(np.ones(channels, dtype), library)
        for _ in range(3):
            x = (draw_array(rng, (3, channels, 4, 5)) * 2 + 1).astype(dtype)
            before = to_numpy(mean).copy(), to_numpy(var).copy()
            layer(torch.from_numpy(x))
            _, cache = F.batch_norm_forward(convert(x, library), mean, var, training=True, momentum=0.3)
            np.testing.assert_array_equal(before, (to_numpy(mean), to_numpy(var)))
            mean, var = cache.running_mean, cache.running_var
            assert_close("running mean", mean, layer.running_mean.numpy(), library)
            assert_close("running variance", var, layer.running_var.numpy(), library)

    each(f"batch_norm: running statistics, {library}, {dtype}", check)


def test_evaluation_keeps_the_running_statistics() -> None:
    mean, var = np.asarray([1.0, 2.0]), np.asarray([3.0, 4.0])
    _, cache = F.batch_norm_forward(np.ones((2, 2, 3)), mean, var)
    assert cache.running_mean is mean
    assert cache.running_var is var


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(("mean", "bound"), [(0, 2e-6), (3.9, 1e-5), (4.1, 5e-6), (500, 2e-5), (4096, 3e-3)])
def test_large_means_cost_few_digits(mean: float, bound: float, library: str) -> None:
    """The mean of the squares less the squared mean would be wrong from the first digit on."""
    rng = np.random.default_rng(0)
    maps = rng.standard_normal((8, 2, 15, 15))
    maps[:, 1] += mean
    grad = rng.standard_normal(maps.shape).astype(np.float32)
    arrays = [a.astype(np.float32) for a in (maps, rng.uniform(0.5, 2, 2), rng.standard_normal(2))]
    leaves = [torch.from_numpy(a).double().requires_grad_() for a in arrays]
    truth = torch_f.batch_norm(leaves[0], None, None, leaves[1], leaves[2], training=True)
    truths = torch.autograd.grad(truth, leaves, torch.from_numpy(grad).double())
    x, weight, bias = (convert(a, library) for a in arrays)
    out, cache = F.batch_norm_forward(x, None, None, weight, bias, training=True)
    found = F.batch_norm_backward(convert(grad, library), cache)
    for ours, exact in zip((out, *found), (truth.detach(), *truths), strict=True):
        scale = max(1.0, float(exact.abs().max()))
        np.testing.assert_allclose(to_numpy(ours), exact.numpy(), rtol=0, atol=bound * scale)


def layer_norm(x: Any, weight: Any, bias: Any, normalized_shape: Any, **options: Any) -> Any:
    return F.layer_norm_forward(x, normalized_shape, weight, bias, **options)


def test_one_number_normalizes_the_last_axis() -> None:
    x = np.random.default_rng(0).standard_normal((2, 3, 4))
    np.testing.assert_array_equal(F.layer_norm_forward(x, 4)[0], F.layer_norm_forward(x, [4])[0])


X, VECTOR = np.ones((2, 3, 4, 5)), np.ones(3)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"running_mean": np.ones(4)},
            r"batch_norm: running_mean must have shape \(3,\), one for each channel, it has \(4,\) \(x:",
        ),
        ({"weight": np.ones((3, 1))}, r"batch_norm: weight must have shape \(3,\), .*it has \(3, 1\)"),
        ({"running_var": None}, r"batch_norm: .* go together, running_var is missing"),
        ({"running_mean": None, "running_var": None}, r"batch_norm: evaluation .* needs running_mean"),
        (
            {"x": np.ones((1, 3, 1, 1)), "training": True},
            r"batch_norm: training needs at least two samples of each channel, x has 1 \(x: \(1, 3, 1, 1\)\)",
        ),
        ({"x": np.ones((0, 3, 2, 2)), "training": True}, r"batch_norm: training needs .*, x has 0"),
        ({"x": np.ones(3)}, r"batch_norm: x must have shape \(N, C, \.\.\.\), it has \(3,\)"),
        ({"bias": VECTOR.astype(np.float32)}, r"batch_norm: bias has dtype float32, x has float64"),
    ],
)
def test_bad_batch_norm(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.batch_norm_forward(**({"x": X, "running_mean": VECTOR, "running_var": VECTOR} | changes))


def test_an_empty_batch_is_evaluated() -> None:
    out, cache = F.batch_norm_forward(np.ones((0, 3, 4, 5)), VECTOR, VECTOR, VECTOR, VECTOR)
    grad_x, grad_weight, grad_bias = F.batch_norm_backward(out, cache)
    assert grad_x.shape == out.shape == (0, 3, 4, 5)
    np.testing.assert_array_equal([grad_weight, grad_bias], np.zeros((2, 3)))


def test_bad_layer_norm() -> None:
    with pytest.raises(
        ValueError, match=r"layer_norm: normalized_shape must be the last axes of x, got \[4\]"
    ):
        F.layer_norm_forward(X, [4])
    with pytest.raises(ValueError, match=r"layer_norm: normalized_shape must be an integer .*, got 2.5"):
        F.layer_norm_forward(X, 2.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"layer_norm: weight must have shape \(4, 5\), it has \(5,\)"):
        F.layer_norm_forward(X, [4, 5], np.ones(5))


def test_bad_upstream_gradients() -> None:
    _, batch = F.batch_norm_forward(X, VECTOR, VECTOR)
    with pytest.raises(ValueError, match=r"batch_norm_backward: grad_out must have the shape of the output"):
        F.batch_norm_backward(X[:1], batch)
    _, layer = F.layer_norm_forward(X, [5])
    with pytest.raises(ValueError, match=r"layer_norm_backward: grad_out must have the shape of the output"):
        F.layer_norm_backward(X[:1], layer)
