"""Convolution layers against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from convnet._engine import geometry, single_products
from tests.convnet.harness import (
    SEEDS,
    TOLERANCE,
    Case,
    assert_agrees,
    draw_array,
    draw_pair,
    pick,
)

DRAWS_2D = {"sizes": (9, 11), "kernels": 4}
DRAWS_1D = {"sizes": (14,), "kernels": 5}


def draw(rng: np.random.Generator, sizes: tuple[int, ...], kernels: int, modes: bool = True) -> Case:
    """Draw shapes that seldom divide evenly, all options, and now and then something torch refuses."""
    axes = len(sizes)
    groups = pick(rng, 1, 1, 2, 3)
    channels, filters = (int(number) for number in rng.integers(1, 4, 2) * groups)
    batch = pick(rng, 1, 2, 5)
    extents = tuple(int(rng.integers(1, size + 1)) for size in sizes)
    kernel = tuple(int(size) for size in rng.integers(1, kernels + 1, axes))
    extra = int(rng.random() < 0.04)
    x = draw_array(rng, (batch, channels + extra, *extents))
    weight = draw_array(rng, (filters, channels // groups, *kernel))
    bias = pick(rng, None, draw_array(rng, (filters + (rng.random() < 0.05),)))

    def spread(low: int, high: int) -> Any:
        return draw_pair(rng, low, high) if axes == 2 else int(rng.integers(low, high + 1))

    options: dict[str, Any] = {}
    if rng.random() < 0.6:
        options["stride"] = spread(1, 4)
    if rng.random() < 0.6:
        options["padding"] = pick(rng, spread(0, 4), spread(0, 1), "same", "valid")
    if rng.random() < 0.4:
        options["dilation"] = spread(1, 3)
    if groups > 1 or rng.random() < 0.3:
        options["groups"] = groups if rng.random() < 0.95 else groups + 1
    if modes and rng.random() < 0.5:
        options["padding_mode"] = pick(rng, "reflect", "replicate", "circular", "zeros", "reflect")
    return Case([x, weight, bias], options)


def reference(axes: int) -> Callable[..., torch.Tensor]:
    """Return torch's layer, which has the padding modes that its function lacks."""

    def call(
        x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None, **options: Any
    ) -> torch.Tensor:
        groups = options.get("groups", 1)
        if bias is not None and bias.shape != weight.shape[:1]:
            raise ValueError("torch takes a bias of another length in some of its back ends")
        kind = torch.nn.Conv2d if axes == 2 else torch.nn.Conv1d
        layer = kind(weight.shape[1] * groups, weight.shape[0], tuple(weight.shape[2:]), **options)
        return layer._conv_forward(x, weight, bias)

    return call


@SEEDS
def test_conv2d(seed: int) -> None:
    assert_agrees(seed, lambda rng: draw(rng, **DRAWS_2D), F.conv2d_forward, F.conv2d_backward, reference(2))


@SEEDS
def test_conv1d(seed: int) -> None:
    assert_agrees(seed, lambda rng: draw(rng, **DRAWS_1D), F.conv1d_forward, F.conv1d_backward, reference(1))


@SEEDS
def test_conv2d_cut_into_blocks(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small budgets make stacks, merged images and bands of rows even of tiny images."""
    rng = np.random.default_rng(seed)
    budget, columns = int(10 ** rng.uniform(2, 5)), pick(rng, 1, 8, 40, 300)
    monkeypatch.setattr(geometry, "SCRATCH_BYTES", budget)
    monkeypatch.setattr(single_products, "SCRATCH_BYTES", budget)
    monkeypatch.setattr(geometry, "COLUMNS", columns)
    assert_agrees(
        seed,
        lambda rng: draw(rng, (16, 9), 3, modes=False),
        F.conv2d_forward,
        F.conv2d_backward,
        torch_f.conv2d,
    )


@pytest.mark.parametrize("dtype", TOLERANCE, ids=str)
@SEEDS
def test_naive_loops_agree(seed: int, dtype: np.dtype[Any]) -> None:
    rng = np.random.default_rng(seed)
    case = draw(rng, (5, 6), 3, modes=False).cast(dtype)
    x, weight, bias = case.arrays
    case.options.pop("groups", None)
    try:
        wanted = F.conv2d_forward(x, weight, bias, **case.options)[0]  # type: ignore[arg-type]
    except ValueError as refused:
        with pytest.raises(ValueError, match=str(refused).partition(":")[0]):
            F.conv2d_naive(x, weight, bias, **case.options)  # type: ignore[arg-type]
    else:
        found = F.conv2d_naive(x, weight, bias, **case.options)  # type: ignore[arg-type]
        np.testing.assert_allclose(
            found, wanted, TOLERANCE[dtype], TOLERANCE[dtype], err_msg=f"seed {seed}: {case}"
        )


@pytest.mark.parametrize("name", ["empty batch", "1×1", "large"])
def test_special_sizes(name: str) -> None:
    """Shapes beyond the draws: no image, a 1×1 kernel, an image cut into bands at the real budget."""
    rng = np.random.default_rng(7)
    shapes = {
        "empty batch": ((0, 3, 6, 5), (4, 3, 3, 3)),
        "1×1": ((5, 8, 12, 11), (6, 4, 1, 1)),
        "large": ((2, 16, 90, 70), (4, 8, 3, 3)),
    }
    x_shape, weight_shape = shapes[name]
    groups = x_shape[1] // weight_shape[1]
    assert_agrees(
        7,
        lambda _: Case(
            [rng.standard_normal(shape) for shape in (x_shape, weight_shape, weight_shape[:1])],
            {"groups": groups},
        ),
        F.conv2d_forward,
        F.conv2d_backward,
        torch_f.conv2d,
    )


def test_arrays_with_odd_strides() -> None:
    rng = np.random.default_rng(3)
    x, weight = rng.standard_normal((6, 5, 3, 2)), rng.standard_normal((3, 3, 3, 4))
    turned, flipped = x.transpose(3, 2, 1, 0), weight.transpose(3, 0, 2, 1)[:, :, ::-1]
    out, cache = F.conv2d_forward(turned, flipped, padding=1)
    wanted, wanted_cache = F.conv2d_forward(turned.copy(), flipped.copy(), padding=1)
    np.testing.assert_array_equal(out, wanted)
    grad_out = rng.standard_normal((5, 6, 4, 2)).transpose(3, 2, 0, 1)
    for found, right in zip(
        F.conv2d_backward(grad_out, cache)[:2],
        F.conv2d_backward(grad_out.copy(), wanted_cache)[:2],
        strict=True,
    ):
        np.testing.assert_allclose(found, right, rtol=1e-12)


X, WEIGHT = np.ones((2, 4, 8, 9)), np.ones((6, 4, 5, 3))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"weight": np.ones((6, 3, 5, 3))},
            r"conv2d: weight expects 3 input channels, x has 4 \(x: \(2, 4, 8, 9\), weight: \(6, 3, 5, 3\)\)",
        ),
        (
            {"x": np.ones((4, 8, 9))},
            r"conv2d: x must have 4 dimensions \(N, C, H, W\), it has 3 \(x: \(4, 8, 9\)\)",
        ),
        (
            {"weight": np.ones((6, 4, 5))},
            r"conv2d: weight must have 4 dimensions \(F, C / groups, kh, kw\), it has 3",
        ),
        ({"weight": np.ones((0, 4, 5, 3))}, r"conv2d: weight must not be empty"),
        ({"groups": 4}, r"conv2d: groups=4 must divide the 6 output channels of weight"),
        ({"groups": 2}, r"conv2d: weight expects 8 input channels \(4 × 2 groups\), x has 4"),
        ({"groups": 0}, r"conv2d: groups must be an integer of at least 1, got 0"),
        ({"bias": np.ones(5)}, r"conv2d: bias must have shape \(6,\), it has \(5,\)"),
        ({"bias": np.ones((6, 1))}, r"conv2d: bias must have shape \(6,\), it has \(6, 1\)"),
        ({"stride": 0}, r"conv2d: stride must be an integer of at least 1, got 0"),
        ({"stride": -2}, r"conv2d: stride must be an integer of at least 1, got -2"),
        ({"stride": (1, 2, 3)}, r"conv2d: stride must be an integer or 2 integers, got \(1, 2, 3\)"),
        ({"stride": 1.5}, r"conv2d: stride must be an integer of at least 1, got 1.5"),
        ({"padding": -1}, r"conv2d: padding must be an integer of at least 0, got -1"),
        ({"padding": "full"}, r"conv2d: padding must be one of 'valid', 'same', got 'full'"),
        ({"padding": "same", "stride": 2}, r"conv2d: padding='same' needs stride 1, got stride=2"),
        (
            {"padding_mode": "constant"},
            r"conv2d: padding_mode must be one of 'zeros', 'reflect', .* got 'constant'",
        ),
        ({"padding_mode": "reflect", "padding": 8}, r"pad: reflect padding of axis 2 can be 7 wide at most"),
        ({"dilation": 0}, r"conv2d: dilation must be an integer of at least 1, got 0"),
        ({"dilation": 2}, r"conv2d: the kernel spans 9 pixels, the padded input has 8 \(x: \(2, 4, 8, 9\)"),
        ({"x": X.astype(int)}, r"conv2d: x must hold floating-point numbers, its dtype is int"),
        ({"weight": WEIGHT.astype(np.float32)}, r"conv2d: weight has dtype float32, x has float64"),
        (
            {"weight": torch.ones(6, 4, 5, 3)},
            r"conv2d: all arrays must come from one library; x is a numpy.ndarray",
        ),
        ({"weight": None}, r"conv2d: weight must be an array, got NoneType"),
        ({"x": X.tolist()}, r"conv2d: x must be an array, got list"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.conv2d_forward(**({"x": X, "weight": WEIGHT} | changes))


def test_bad_upstream_gradient() -> None:
    _, cache = F.conv2d_forward(X, WEIGHT)
    with pytest.raises(
        ValueError, match=r"conv2d_backward: grad_out must have the shape of the output \(2, 6, 4, 7\)"
    ):
        F.conv2d_backward(np.ones((2, 6, 4, 6)), cache)
    with pytest.raises(ValueError, match=r"conv2d_backward: grad_out has dtype float32, x has float64"):
        F.conv2d_backward(np.ones((2, 6, 4, 7), dtype=np.float32), cache)
