"""Deformable convolution against sampling written out in torch with hat functions, and by grid_sample."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import _array
from convnet import functional as F
from convnet._engine.scatter import add_rows
from convnet.gradcheck import gradcheck
from tests.convnet.harness import (
    LIBRARIES,
    SEEDS,
    Case,
    assert_agrees,
    convert,
    draw_array,
    draw_pair,
    pick,
    to_numpy,
)


def pairs(options: dict[str, Any]) -> list[tuple[int, int]]:
    """Return stride, padding and dilation as pairs."""
    found = (options.get(name, default) for name, default in (("stride", 1), ("padding", 0), ("dilation", 1)))
    return [(value, value) if isinstance(value, int) else value for value in found]


def draw(rng: np.random.Generator, masked: bool) -> Case:
    """Draw offsets that stay near or lead far outside, with groups and more groups."""
    groups, together = pick(rng, 1, 1, 2), pick(rng, 1, 1, 2, 4)
    channels, filters = int(rng.integers(1, 3)) * 4, int(rng.integers(1, 3)) * groups
    batch = pick(rng, 1, 2, 3)
    kernel = tuple(int(size) for size in rng.integers(1, 4, 2))
    options: dict[str, Any] = {}
    for name, low, high in (("stride", 1, 3), ("padding", 0, 2), ("dilation", 1, 2)):
        if rng.random() < 0.6:
            options[name] = draw_pair(rng, low, high)
    stride, padding, dilation = pairs(options)
    reach = [step * (size - 1) + 1 for step, size in zip(dilation, kernel, strict=True)]
    size = [int(rng.integers(max(1, r - 2 * p), 8)) for r, p in zip(reach, padding, strict=True)]
    outputs = tuple((n + 2 * p - r) // s + 1 for n, p, r, s in zip(size, padding, reach, stride, strict=True))
    x = draw_array(rng, (batch, channels, *size))
    weight = draw_array(rng, (filters, channels // groups, *kernel))
    taps = kernel[0] * kernel[1] * together
    offset = draw_array(rng, (batch, 2 * taps, *outputs)) * pick(rng, 0.3, 2.0, 8.0)
    mask = rng.random((batch, taps, *outputs)) if masked else None
    bias = pick(rng, None, draw_array(rng, (filters,)))
    if rng.random() < 0.04:
        offset = offset[:, :-1]
    return Case([x, offset, weight, bias, mask], options)


def ours(x: Any, offset: Any, weight: Any, bias: Any, mask: Any, **options: Any) -> Any:
    return F.deform_conv2d_forward(x, offset, weight, bias, mask=mask, **options)


def backward(grad_out: Any, cache: Any) -> Any:
    """Return the gradients in the order in which the case lists its arrays."""
    return F.deform_conv2d_backward(grad_out, cache)


def hats(positions: torch.Tensor, size: int) -> torch.Tensor:
    """Return what each of `size` pixels counts at each position: 1 on the spot, 0 from one pixel away on."""
    return torch.clamp(1 - torch.abs(positions[..., None] - torch.arange(size, dtype=positions.dtype)), min=0)


def by_definition(x: Any, offset: Any, weight: Any, bias: Any, mask: Any, **options: Any) -> torch.Tensor:
    """Sample by a sum over all pixels, then multiply and add up."""
    stride, padding, dilation = pairs(options)
    (batch, channels, height, width), (filters, per_group, kh, kw) = x.shape, weight.shape
    outputs = offset.shape[2:]
    together = offset.shape[1] // (2 * kh * kw)
    moves = offset.reshape(batch, together, kh, kw, 2, *outputs)  # an odd number of channels raises here

    def starts(axis: int, kernel: int) -> torch.Tensor:
        taps, places = torch.arange(kernel)[:, None], torch.arange(outputs[axis])
        return (taps * dilation[axis] + places * stride[axis] - padding[axis]).to(x.dtype)

    rows = moves[:, :, :, :, 0] + starts(0, kh)[:, None, :, None]
    columns = moves[:, :, :, :, 1] + starts(1, kw)[:, None, :]
    samples = torch.einsum(
        "ngchw,ngijpqh,ngijpqw->ngcijpq",
        x.reshape(batch, together, channels // together, height, width),
        hats(rows, height),
        hats(columns, width),
    )
    if mask is not None:
        samples = samples * mask.reshape(batch, together, 1, kh, kw, *outputs)
    groups = channels // per_group
    out = torch.einsum(
        "ngcijpq,gfcij->ngfpq",
        samples.reshape(batch, groups, per_group, kh, kw, *outputs),
        weight.reshape(groups, filters // groups, per_group, kh, kw),
    ).reshape(batch, filters, *outputs)
    return out if bias is None else out + bias[:, None, None]


@SEEDS
@pytest.mark.parametrize("masked", [False, True], ids=["v1", "v2"])
def test_agrees_with_the_definition(masked: bool, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_array, "BLOCK_BYTES", [1, 3000, 1 << 20][seed % 3])
    assert_agrees(seed, lambda rng: draw(rng, masked), ours, backward, by_definition)


@pytest.mark.parametrize("seed", range(20))
def test_samples_are_those_of_grid_sample(seed: int) -> None:
    """A 1×1 kernel that copies its channel is nothing but sampling, which torch has."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((2, 1, 6, 5))
    offset = rng.standard_normal((2, 2, 6, 5)) * 4
    out, _ = F.deform_conv2d_forward(x, offset, np.ones((1, 1, 1, 1)))
    row = (offset[:, 0] + np.arange(6.0)[:, None]) / 5 * 2 - 1
    column = (offset[:, 1] + np.arange(5.0)) / 4 * 2 - 1
    grid = torch.from_numpy(np.stack([column, row], axis=-1))
    wanted = torch_f.grid_sample(torch.from_numpy(x), grid, align_corners=True)
    np.testing.assert_allclose(out, wanted.numpy(), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("library", LIBRARIES)
def test_without_offsets_it_is_the_convolution(library: str) -> None:
    rng = np.random.default_rng(0)
    x, weight = rng.standard_normal((2, 4, 7, 6)), rng.standard_normal((6, 2, 3, 3))
    options: dict[str, Any] = {"stride": 2, "padding": 1}
    out, cache = F.conv2d_forward(x, weight, groups=2, **options)
    grad_out = rng.standard_normal(out.shape)
    grad_x, grad_weight, _ = F.conv2d_backward(grad_out, cache)
    found, moved = F.deform_conv2d_forward(
        convert(x, library), convert(np.zeros((2, 18, 4, 3)), library), convert(weight, library), **options
    )
    gradients = F.deform_conv2d_backward(convert(grad_out, library), moved)
    np.testing.assert_allclose(to_numpy(found), out, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(to_numpy(gradients[0]), grad_x, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(to_numpy(gradients[2]), grad_weight, rtol=1e-10, atol=1e-12)


def test_gradcheck() -> None:
    rng = np.random.default_rng(1)
    x, weight, bias = rng.standard_normal((1, 2, 5, 4)), rng.standard_normal((2, 2, 2, 2)), np.ones(2)
    offset = rng.uniform(0.1, 0.9, (1, 8, 4, 3)) + rng.integers(-2, 2, (1, 8, 4, 3))
    gradcheck(F.deform_conv2d_forward, F.deform_conv2d_backward, (x, offset, weight, bias))
    mask = rng.random((1, 4, 4, 3))
    gradcheck(F.deform_conv2d_forward, F.deform_conv2d_backward, (x, offset, weight, bias, 1, 0, 1, mask))


def test_all_taps_on_one_pixel() -> None:
    """The sorted addition takes as many rounds as contributions meet on the busiest pixel."""
    x, weight = np.zeros((1, 1, 4, 4)), np.ones((1, 1, 1, 1))
    rows, columns = np.meshgrid(np.arange(4.0), np.arange(4.0), indexing="ij")
    offset = np.stack([2.0 - rows, 1.0 - columns])[None]
    out, cache = F.deform_conv2d_forward(x, offset, weight)
    grad_x = F.deform_conv2d_backward(np.ones_like(out), cache)[0]
    wanted = np.zeros((1, 1, 4, 4))
    wanted[0, 0, 2, 1] = 16.0
    np.testing.assert_array_equal(grad_x, wanted)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("seed", range(30))
def test_add_rows(seed: int, library: str) -> None:
    rng = np.random.default_rng(seed)
    values = rng.standard_normal((int(rng.integers(1, 30)), 3))
    steps = rng.integers(-3, 4, int(rng.integers(1, 5))).tolist()
    shares = rng.standard_normal((len(steps), len(values)))
    index = rng.integers(3, 3 + int(rng.integers(1, 12)), len(values))
    targets = rng.permutation(20)[: int(rng.integers(0, 21))]
    wanted = np.zeros((20, 3))
    for step, share in zip(steps, shares, strict=True):
        np.add.at(wanted, index + step, share[:, None] * values)
    values_, shares_, index_, targets_ = (
        convert(array, library) for array in (values, shares, index, targets)
    )
    found = add_rows(values_, shares_, index_, steps, targets_)
    np.testing.assert_allclose(to_numpy(found), wanted[targets], rtol=1e-12, atol=1e-12)


def test_an_empty_batch() -> None:
    out, cache = F.deform_conv2d_forward(
        np.ones((0, 2, 4, 4)), np.ones((0, 18, 2, 2)), np.ones((3, 2, 3, 3)), mask=np.ones((0, 9, 2, 2))
    )
    shapes = [gradient.shape for gradient in F.deform_conv2d_backward(out, cache) if gradient is not None]
    assert shapes == [(0, 2, 4, 4), (0, 18, 2, 2), (3, 2, 3, 3), (0, 9, 2, 2)]


ARGUMENTS: dict[str, Any] = {
    "x": np.ones((2, 4, 5, 6)),
    "offset": np.ones((2, 18, 3, 4)),
    "weight": np.ones((6, 4, 3, 3)),
}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"offset": np.ones((2, 9, 3, 4))},
            r"deform_conv2d: offset must have shape \(2, 18, 3, 4\), or a multiple of these channels, it has "
            r"\(2, 9, 3, 4\) \(x: \(2, 4, 5, 6\), offset",
        ),
        ({"offset": np.ones((2, 18, 3, 3))}, r"deform_conv2d: offset must have shape \(2, 18, 3, 4\)"),
        ({"offset": np.ones((18, 3, 4))}, r"deform_conv2d: offset must have shape \(2, 18, 3, 4\)"),
        ({"offset": np.ones((2, 54, 3, 4))}, r"deform_conv2d: offset moves 3 groups, .* the 4 channels of x"),
        ({"mask": np.ones((2, 18, 3, 4))}, r"deform_conv2d: mask must have shape \(2, 9, 3, 4\), it has"),
        ({"weight": np.ones((6, 3, 3, 3))}, r"deform_conv2d: weight takes groups of 3 channels"),
        ({"weight": np.ones((5, 2, 3, 3))}, r"deform_conv2d: groups=2 must divide the 5 output channels"),
        ({"bias": np.ones(4)}, r"deform_conv2d: bias must have shape \(6,\), it has \(4,\)"),
        ({"padding": "same"}, r"deform_conv2d: padding must be an integer or 2 integers, got 'same'"),
        ({"x": np.ones((2, 4, 2, 6))}, r"deform_conv2d: the kernel spans 3 pixels, the padded input has 2"),
    ],
)
def test_bad_arguments(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.deform_conv2d_forward(**(ARGUMENTS | changes))


def test_bad_upstream_gradient() -> None:
    _, cache = F.deform_conv2d_forward(**ARGUMENTS)
    with pytest.raises(
        ValueError, match=r"deform_conv2d_backward: grad_out must have the shape of the output"
    ):
        F.deform_conv2d_backward(np.ones((2, 6, 3, 3)), cache)
