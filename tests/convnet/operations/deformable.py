"""Deformable convolution against sampling written out in torch with hat functions."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from convnet import _array
from convnet import functional as F
from tests.convnet.harness import Case, draw_array, draw_pair, pick
from tests.convnet.operations.conditions import (
    first,
    given,
    missing,
    one_image,
    padding_with_dilation,
    stride_beyond_the_kernel,
)
from tests.convnet.operations.registry import Kind, Operation, register


def pairs(options: dict[str, Any]) -> list[tuple[int, int]]:
    """Return stride, padding and dilation as pairs."""
    found = (options.get(name, default) for name, default in (("stride", 1), ("padding", 0), ("dilation", 1)))
    return [(value, value) if isinstance(value, int) else value for value in found]


def draw(rng: np.random.Generator) -> Case:
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
    mask = rng.random((batch, taps, *outputs)) if rng.random() < 0.5 else None
    bias = pick(rng, None, draw_array(rng, (filters,)))
    if rng.random() < 0.04:
        offset = offset[:, :-1]
    return Case([x, offset, weight, bias, mask], options)


def draw_small(rng: np.random.Generator) -> Case:
    """Draw few numbers, and offsets away from the edges of the bilinear surface."""
    kernel, size = (int(rng.integers(1, 3)), 2), (int(rng.integers(2, 5)), 4)
    outputs = tuple(n - k + 1 for n, k in zip(size, kernel, strict=True))
    x = draw_array(rng, (1, 2, *size))
    weight = draw_array(rng, (2, pick(rng, 1, 2), *kernel))
    taps = kernel[0] * kernel[1] * pick(rng, 1, 2)
    shape = (1, 2 * taps, *outputs)
    offset = rng.uniform(0.1, 0.9, shape) + rng.integers(-2, 2, shape)
    mask = pick(rng, None, rng.random((1, taps, *outputs)))
    return Case([x, offset, weight, pick(rng, None, draw_array(rng, (2,))), mask])


def forward(
    x: Any,
    offset: Any,
    weight: Any,
    bias: Any = None,
    mask: Any = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
) -> Any:
    """Call with the arrays that have gradients first."""
    return F.deform_conv2d_forward(x, offset, weight, bias, stride, padding, dilation, mask)


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


def groups_of(case: Case) -> int:
    """Return into how many groups the channels are split for the kernels."""
    return first(case).shape[1] // case.arrays[2].shape[1]  # type: ignore[union-attr]


def offsets_of(case: Case) -> int:
    """Return how many groups of channels have offsets of their own."""
    offset, weight = case.arrays[1:3]
    assert offset is not None
    assert weight is not None
    return offset.shape[1] // (2 * weight.shape[2] * weight.shape[3])


def reach_of(case: Case) -> float:
    """Return the largest offset, in pixels."""
    return float(np.max(np.abs(case.arrays[1])))  # type: ignore[arg-type]


register(
    Operation(
        "deform_conv2d",
        draw,
        by_definition,
        {
            "version 1": missing(4),
            "version 2": given(4),
            "with a bias": given(3),
            "without a bias": missing(3),
            "offsets nearby": lambda case: reach_of(case) < 1,
            "offsets far outside": lambda case: reach_of(case) > 10,
            "groups": lambda case: groups_of(case) > 1,
            "offsets for each group of channels": lambda case: offsets_of(case) > 1,
            "both kinds of groups": lambda case: groups_of(case) > 1 and offsets_of(case) > 1,
            "stride beyond the kernel": stride_beyond_the_kernel,
            "padding with dilation": padding_with_dilation,
            "one image": one_image,
            "1×1 kernel": lambda case: case.arrays[2].shape[2:] == (1, 1),  # type: ignore[union-attr]
            "in blocks": Kind(settings={(_array, "BLOCK_BYTES"): (1, 3000)}),
            "small, away from edges": Kind(draw=draw_small),
        },
        forward,
        batched=("x", "offset", "mask"),
        smooth=lambda case: bool(np.all(np.abs(case.arrays[1] - np.round(case.arrays[1])) > 1e-3)),  # type: ignore[operator]
    )
)
