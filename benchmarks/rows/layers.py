"""Convolution, pooling and normalization, forward and backward."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import torch.nn.functional as torch_f

from convnet import functional as F
from rows.timing import Row, draw, there_and_back


class Convolution(NamedTuple):
    """One shape of a convolution."""

    name: str
    x: tuple[int, int, int, int]
    filters: int
    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1


CONVOLUTIONS = (
    Convolution("CS231n 3→25 3×3 s2 at 31², batch 100", (100, 3, 31, 31), 25, 3, 2, 1),
    Convolution("LeNet conv1, batch 64", (64, 1, 32, 32), 6, 5),
    Convolution("LeNet conv2, batch 64", (64, 6, 14, 14), 16, 5),
    Convolution("LeNet conv3, batch 64", (64, 16, 5, 5), 120, 5),
    Convolution("64→64 3×3 at 32², batch 64", (64, 64, 32, 32), 64, 3, 1, 1),
    Convolution("128→128 3×3 at 16², batch 32", (32, 128, 16, 16), 128, 3, 1, 1),
    Convolution("256→256 3×3 at 8², batch 32", (32, 256, 8, 8), 256, 3, 1, 1),
    Convolution("256→256 3×3 at 56², batch 1", (1, 256, 56, 56), 256, 3, 1, 1),
    Convolution("64→128 3×3 s2 at 32², batch 32", (32, 64, 32, 32), 128, 3, 2, 1),
    Convolution("64→64 3×3 dilation 2 at 32², batch 16", (16, 64, 32, 32), 64, 3, 1, 2, 2),
    Convolution("256→64 1×1 at 14², batch 32", (32, 256, 14, 14), 64, 1),
    Convolution("3→64 7×7 s2 at 224², batch 4", (4, 3, 224, 224), 64, 7, 2, 3),
    Convolution("64→64 3×3, 4 groups, at 32², batch 16", (16, 64, 32, 32), 64, 3, 1, 1, 1, 4),
    Convolution("64→64 3×3, 32 groups, at 32², batch 16", (16, 64, 32, 32), 64, 3, 1, 1, 1, 32),
    Convolution("64 3×3 depthwise at 32², batch 16", (16, 64, 32, 32), 64, 3, 1, 1, 1, 64),
)
VOLUMES = (
    ("conv3d 3→32 3×3×3 at 16×56², batch 2", (2, 3, 16, 56, 56), (32, 3, 3, 3, 3)),
    ("conv3d 64→64 3×3×3 at 8×28², batch 2", (2, 64, 8, 28, 28), (64, 64, 3, 3, 3)),
)
MAX_POOLINGS = (
    ("max pool 2×2 s2, 64 maps at 32², batch 32", (32, 64, 32, 32), (2, 2, 0)),
    ("max pool 3×3 s2 p1, 64 maps at 56², batch 8", (8, 64, 56, 56), (3, 2, 1)),
)
NORMALIZATIONS = (
    ("batch norm, 64 maps at 32², batch 32", (32, 64, 32, 32)),
    ("batch norm, 256 maps at 8², batch 32", (32, 256, 8, 8)),
)


def convolution(shape: Convolution) -> Row:
    """Return the row of `conv2d`."""
    channels = shape.x[1] // shape.groups
    arrays = draw(0, shape.x, (shape.filters, channels, shape.kernel, shape.kernel), (shape.filters,))
    options = shape[4:]

    def reference(*leaves: Any) -> Any:
        return torch_f.conv2d(*leaves, *options)

    def forward(*given: Any) -> Any:
        return F.conv2d_forward(*given, *options)

    return there_and_back(shape.name, reference, forward, F.conv2d_backward, arrays)


def volume(name: str, x: tuple[int, ...], weight: tuple[int, ...]) -> Row:
    """Return the row of `conv3d` with padding that keeps the size."""
    arrays = draw(0, x, weight, weight[:1])

    def reference(*leaves: Any) -> Any:
        return torch_f.conv3d(*leaves, padding=1)

    def forward(*given: Any) -> Any:
        return F.conv3d_forward(*given, padding=1)

    return there_and_back(name, reference, forward, F.conv3d_backward, arrays)


def max_pooling(name: str, x: tuple[int, ...], options: tuple[int, int, int]) -> Row:
    """Return the row of `max_pool2d`."""

    def reference(leaf: Any) -> Any:
        return torch_f.max_pool2d(leaf, *options)

    def forward(given: Any) -> Any:
        return F.max_pool2d_forward(given, *options)

    return there_and_back(name, reference, forward, F.max_pool2d_backward, draw(0, x))


def normalization(name: str, x: tuple[int, ...]) -> Row:
    """Return the row of `batch_norm` in training."""

    def reference(leaf: Any, weight: Any, bias: Any) -> Any:
        return torch_f.batch_norm(leaf, None, None, weight, bias, training=True)

    def forward(given: Any, weight: Any, bias: Any) -> Any:
        return F.batch_norm_forward(given, None, None, weight, bias, training=True)

    arrays = draw(0, x, x[1:2], x[1:2])
    return there_and_back(name, reference, forward, F.batch_norm_backward, arrays, per_image=None)


ROWS: list[Callable[[], Row]] = [
    *(partial(convolution, shape) for shape in CONVOLUTIONS),
    *(partial(volume, *shape) for shape in VOLUMES),
    *(partial(max_pooling, *shape) for shape in MAX_POOLINGS),
    *(partial(normalization, *shape) for shape in NORMALIZATIONS),
]
