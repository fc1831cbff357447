"""Sums of 16-bit numbers, which overflow or lose digits unless they are added up in 32 bits."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import functional as F
from tests.convnet.harness import to_numpy

Call = tuple[list[tuple[int, ...]], dict[str, Any]]
SITES = np.stack(np.meshgrid([0], range(20), range(20), indexing="ij"), axis=-1).reshape(-1, 3)
CALLS: dict[str, Call] = {
    "conv1d": ([(2, 300, 40), (2, 300, 3), (2,)], {"padding": 1}),
    "conv2d": ([(2, 100, 20, 21), (2, 100, 3, 3), (2,)], {"padding": 1}),
    "conv2d, pointwise": ([(2, 900, 20, 21), (2, 900, 1, 1), (2,)], {}),
    "conv3d": ([(2, 50, 5, 8, 9), (2, 50, 3, 3, 3), (2,)], {"padding": 1}),
    "conv_transpose1d": ([(2, 300, 40), (300, 2, 3), (2,)], {"stride": 2}),
    "conv_transpose2d": ([(2, 100, 9, 8), (100, 2, 3, 3), (2,)], {"stride": 2}),
    "conv_transpose3d": ([(2, 50, 4, 5, 6), (50, 2, 3, 3, 3), (2,)], {"stride": 2}),
    "separable_conv2d": ([(2, 40, 9, 8), (40, 1, 3, 3), (2, 40, 1, 1), (2,)], {"padding": 1}),
    "partial_conv2d": ([(2, 100, 9, 8), (2, 100, 3, 3), (2,)], {"padding": 1}),
    "deform_conv2d": ([(1, 20, 40, 70), (1, 18, 40, 70), (2, 20, 3, 3), (2,)], {"padding": 1}),
    "submanifold_conv2d": ([(400, 60), (2, 60, 3, 3), (2,)], {}),
    "linear": ([(900, 500), (2, 500), (2,)], {}),
    "prelu": ([(30, 2, 40, 40), (2,)], {}),
    "softmax": ([(3, 3000)], {"dim": 1}),
    "avg_pool2d": ([(1, 2, 40, 40)], {"kernel_size": 8, "stride": 1}),
    "avg_pool1d": ([(1, 2, 400)], {"kernel_size": 80, "stride": 1}),
    "avg_pool3d": ([(1, 2, 12, 12, 12)], {"kernel_size": 5, "stride": 1}),
    "max_pool1d": ([(1, 2, 400)], {"kernel_size": 80, "stride": 1}),
    "max_pool3d": ([(1, 2, 12, 12, 12)], {"kernel_size": 5, "stride": 1}),
    "adaptive_max_pool2d": ([(1, 2, 40, 41)], {"output_size": (60, 61)}),
    "local_response_norm": ([(1, 90, 20, 20)], {"size": 60}),
    "max_pool2d": ([(1, 2, 40, 40)], {"kernel_size": 8, "stride": 1}),
    "adaptive_avg_pool2d": ([(1, 2, 40, 41)], {"output_size": (3, 60)}),
    "global_avg_pool2d": ([(1, 2, 300, 300)], {}),
    "interpolate": ([(1, 2, 5, 6)], {"size": (300, 200), "mode": "bilinear"}),
    "interpolate, nearest": ([(1, 2, 5, 6)], {"size": (300, 200)}),
    "unfold": ([(1, 2, 20, 20)], {"kernel_size": 9}),
    "pad": ([(1, 2, 5, 6)], {"pad": (300, 2), "mode": "replicate"}),
    "log_softmax": ([(3, 3000)], {"dim": 1}),
    "nll_loss": ([(70_000, 3)], {}),
    "mse_loss": ([(70_000,)], {}),
    "binary_cross_entropy_with_logits": ([(70_000,)], {}),
    "cross_entropy": ([(70_000, 3)], {}),
    "focal_loss": ([(70_000, 3)], {}),
    "sigmoid_focal_loss": ([(70_000,)], {"reduction": "mean"}),
}
KINDS = {"NumPy": np.float16, "torch": torch.float16, "bfloat16": torch.bfloat16}


def fixed(name: str, shapes: list[tuple[int, ...]]) -> dict[str, Any]:
    """Return the arguments without gradients."""
    if name == "submanifold_conv2d":
        return {"rulebook": SITES}
    if name in ("mse_loss", "binary_cross_entropy_with_logits"):
        return {"target": np.arange(shapes[0][0]) % 3 / 2.0}
    if name in ("cross_entropy", "focal_loss", "nll_loss"):
        return {"target": np.arange(shapes[0][0]) % 3}
    return {"target": np.arange(shapes[0][0]) % 2} if name == "sigmoid_focal_loss" else {}


def results(name: str, arrays: list[Any], options: dict[str, Any], like: Callable[[Any], Any]) -> list[Any]:
    """Return value and gradients, with an upstream gradient whose sums grow."""
    others = {key: like(value) if isinstance(value, np.ndarray) else value for key, value in options.items()}
    if options.get("target", SITES).dtype.kind == "f":
        target, dtype = others["target"], arrays[0].dtype
        others["target"] = target.astype(dtype) if isinstance(target, np.ndarray) else target.to(dtype)
    if "rulebook" in others:
        others["rulebook"] = F.submanifold_rulebook(others["rulebook"], 3)
    out, cache = getattr(F, f"{name}_forward")(*arrays, **others)
    upstream = (0.1 + 0.2 * np.cos(np.arange(np.prod(out.shape)))).reshape(tuple(out.shape))
    if upstream.ndim == 0:  # the gradients of a mean over many have no room below 1e-7
        upstream = np.asarray(3e4)
    is_numpy = isinstance(out, np.ndarray | np.generic)
    cast = upstream.astype(out.dtype) if is_numpy else torch.tensor(upstream).to(out.dtype)
    found = getattr(F, f"{name}_backward")(cast, cache)
    return [out, *(found if isinstance(found, tuple) else (found,))]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("label", CALLS)
def test_sums(label: str, kind: str) -> None:
    """The result is that of 64 bits, rounded once or twice; where it has no room it is infinite."""
    shapes, options = CALLS[label]
    name = label.partition(",")[0]
    rng = np.random.default_rng(0)
    numbers = [5.0 + rng.standard_normal(shape) for shape in shapes]
    if len(shapes) > 1 and name != "prelu":  # weights near 0, so that sums of products fit
        numbers[1:] = [0.1 * (x - 5.0) for x in numbers[1:]]
    if len(shapes) == 1 and "loss" not in name and "entropy" not in name and "softmax" not in name:
        numbers[0] *= 600.0  # means of some thousands
    options = options | fixed(name, shapes)
    if kind == "NumPy":
        narrow: list[Any] = [x.astype(np.float16) for x in numbers]
        found = results(name, narrow, options, np.asarray)
        precise = [x.astype(np.float64) for x in narrow]
    else:
        tensors = [torch.tensor(x).to(KINDS[kind]) for x in numbers]
        found = results(name, tensors, options, torch.as_tensor)
        precise = [x.to(torch.float64).numpy() for x in tensors]
    wanted = results(name, precise, options, np.asarray)
    share = 2e-2 if kind == "bfloat16" else 3e-3
    for number, (value, truth) in enumerate(zip(found, wanted, strict=True)):
        if truth is None:
            continue
        exact = np.asarray(truth)
        value = to_numpy(value.float() if isinstance(value, torch.Tensor) else value).astype(np.float64)
        fits = np.abs(exact) < 6e4
        assert fits.mean() > 0.3, f"output {number} is too large to compare"
        np.testing.assert_allclose(
            value[fits], exact[fits], rtol=share, atol=share * np.abs(exact[fits]).max(), err_msg=str(number)
        )
