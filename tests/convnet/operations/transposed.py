"""Transposed convolution along one, two and three axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import (
    along_axes,
    given,
    kernel_of,
    missing,
    one_image,
    one_pixel_wide,
    padding_with_dilation,
    several_images,
    stride_beyond_the_kernel,
    unlike_axes,
    windows_overlap,
)
from tests.convnet.operations.registry import Kind, Operation, register
from tests.convnet.operations.volumes import SLABS


def draw(rng: np.random.Generator, axes: int) -> Case:
    """Draw shapes and all options, and now and then something torch refuses."""
    groups = pick(rng, 1, 1, 2, 3)
    channels, filters = (int(number) for number in rng.integers(1, 4, 2) * groups)
    extents = tuple(int(size) for size in rng.integers(1, 5 if axes == 3 else 7, axes))
    kernel = tuple(int(size) for size in rng.integers(1, 4 if axes == 3 else 5, axes))
    x = draw_array(rng, (pick(rng, 1, 2, 5), channels + (rng.random() < 0.04), *extents))
    weight = draw_array(rng, (channels, filters // groups, *kernel))
    bias = pick(rng, None, draw_array(rng, (filters + (rng.random() < 0.04),)))

    def spread(low: int, high: int) -> Any:
        numbers = tuple(int(number) for number in rng.integers(low, high + 1, axes))
        return numbers[0] if axes == 1 else pick(rng, numbers[0], numbers)

    options: dict[str, Any] = {"groups": groups} if groups > 1 or rng.random() < 0.3 else {}
    for name, low, high, chance in (
        ("stride", 1, 4, 0.7),
        ("padding", 0, 2, 0.6),
        ("output_padding", 0, 2, 0.5),
        ("dilation", 1, 3, 0.4),
    ):
        if rng.random() < chance:
            options[name] = spread(low, high)
    return Case([x, weight, bias], options)


def draw_padded(rng: np.random.Generator, axes: int) -> Case:
    """Draw as above, always with output padding, along one axis at least."""
    case = draw(rng, axes)
    stride = [int(step) for step in rng.integers(2, 5, axes)]
    added = [int(rng.integers(step)) for step in stride]
    chosen = int(rng.integers(axes))
    added[chosen] = int(rng.integers(1, stride[chosen]))
    numbers = {"stride": tuple(stride), "output_padding": tuple(added)}
    case.options |= numbers if axes > 1 else {name: value[0] for name, value in numbers.items()}
    return case


def reference(function: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
    """Return torch's function, which lets an output without pixels pass."""

    def call(*tensors: Any, **options: Any) -> torch.Tensor:
        out = function(*tensors, **options)
        if out.shape[0] and out.numel() == 0:
            raise ValueError("nothing is left")
        return out

    return call


def has_output_padding(case: Case) -> bool:
    """Rows or columns are added at the end."""
    return any(along_axes(case, "output_padding", 0))


def kinds(axes: int) -> dict[str, Any]:
    """Return the kinds along so many axes."""
    found = {
        "stride beyond the kernel": stride_beyond_the_kernel,
        "windows overlap": windows_overlap,
        "stride 1": lambda case: set(along_axes(case, "stride", 1)) == {1} and max(kernel_of(case)) > 1,
        "padding": lambda case: any(along_axes(case, "padding", 0)),
        "padding with dilation": padding_with_dilation,
        "output padding": Kind(draw=lambda rng: draw_padded(rng, axes)),
        "output padding and padding": Kind(
            lambda case: any(along_axes(case, "padding", 0)), draw=lambda rng: draw_padded(rng, axes)
        ),
        "output padding by dilation": lambda case: any(
            extra >= step
            for extra, step in zip(
                along_axes(case, "output_padding", 0), along_axes(case, "stride", 1), strict=True
            )
        ),
        "groups": lambda case: case.options.get("groups", 1) > 1,
        "with a bias": given(2),
        "without a bias": missing(2),
        "1×1 kernel": lambda case: set(kernel_of(case)) == {1},
        "one image": one_image,
        "several images": several_images,
        "one pixel wide": one_pixel_wide,
    }
    return found | {"unlike axes": unlike_axes} if axes > 1 else found


register(
    Operation("conv_transpose2d", lambda rng: draw(rng, 2), reference(torch_f.conv_transpose2d), kinds(2))
)
register(
    Operation("conv_transpose1d", lambda rng: draw(rng, 1), reference(torch_f.conv_transpose1d), kinds(1))
)
register(
    Operation(
        "conv_transpose3d",
        lambda rng: draw(rng, 3),
        reference(torch_f.conv_transpose3d),
        kinds(3) | {"cut into slabs": Kind(windows_overlap, settings=SLABS)},
    )
)
