"""Deformable and submanifold convolution, which torch has not: against the nearest thing that it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from rows.timing import Row, draw, there_and_back

DENSITIES = (0.02, 0.1, 0.3)


def deformable_in_torch(x: Any, offset: Any, weight: Any, bias: Any) -> torch.Tensor:
    """Return a 3×3 deformable convolution with padding 1: `grid_sample` for each tap, then a product."""
    batch, channels, height, width = x.shape
    rows, columns = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    samples = []
    for tap in range(9):
        down = rows + tap // 3 - 1 + offset[:, 2 * tap]
        right = columns + tap % 3 - 1 + offset[:, 2 * tap + 1]
        grid = torch.stack([2 * right / (width - 1) - 1, 2 * down / (height - 1) - 1], dim=-1)
        samples.append(torch_f.grid_sample(x, grid, align_corners=True))
    taps = torch.stack(samples, dim=2).reshape(batch, channels * 9, height * width)
    out = weight.reshape(weight.shape[0], -1) @ taps + bias[:, None]
    return out.reshape(batch, -1, height, width)


def deformable() -> Row:
    """Return the row of `deform_conv2d`."""
    x, offset, weight, bias = draw(0, (4, 64, 28, 28), (4, 18, 28, 28), (64, 64, 3, 3), (64,))

    def forward(*given: Any) -> Any:
        return F.deform_conv2d_forward(*given, padding=1)

    def backward(grad_out: Any, cache: Any) -> Any:
        return F.deform_conv2d_backward(grad_out, cache)

    name = "deformable 64→64 3×3 at 28², batch 4 (grid_sample)"
    arrays = [x, offset, weight, bias]
    return there_and_back(name, deformable_in_torch, forward, backward, arrays, per_image=2)


def submanifold(density: float) -> Row:
    """Return the row of `submanifold_conv2d` against torch's dense convolution; the rulebook is ready."""
    rng = np.random.default_rng(0)
    active = rng.random((4, 128, 128)) < density
    coordinates = np.argwhere(active)
    x, weight, bias, grad_out = draw(0, (len(coordinates), 32), (32, 32, 3, 3), (32,), (len(coordinates), 32))
    maps = torch.zeros(4, 128, 128, 32)
    maps[torch.tensor(active)] = torch.tensor(x)
    leaves = [maps.permute(0, 3, 1, 2).contiguous(), torch.tensor(weight), torch.tensor(bias)]
    for leaf in leaves:
        leaf.requires_grad_()
    dense_grad = torch.randn(4, 32, 128, 128)
    book = F.submanifold_rulebook(coordinates, (3, 3))
    torch_book = F.submanifold_rulebook(torch.tensor(coordinates), (3, 3))
    tensors = [torch.tensor(array) for array in (grad_out, x, weight, bias)]

    def ours(book: Any, grad: Any, *given: Any) -> None:
        _, cache = F.submanifold_conv2d_forward(*given, book)
        F.submanifold_conv2d_backward(grad, cache)

    return Row(
        f"submanifold 32→32 3×3 at 128², {density:.0%} active (dense)",
        lambda: torch.autograd.grad(torch_f.conv2d(*leaves, padding=1), leaves, dense_grad),
        lambda: ours(book, grad_out, x, weight, bias),
        lambda: ours(torch_book, *tensors),
    )


ROWS: list[Callable[[], Row]] = [deformable, *(partial(submanifold, density) for density in DENSITIES)]
