"""Unfolding of images into columns."""

from typing import Any

import numpy as np
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, draw_pair
from tests.convnet.operations.conditions import WINDOWS
from tests.convnet.operations.registry import Operation, register


def draw(rng: np.random.Generator) -> Case:
    """Draw windows that overlap or leave gaps, and now and then one that does not fit."""
    shape = tuple(int(size) for size in rng.integers((1, 1, 3, 3), (4, 5, 10, 10)))
    options: dict[str, Any] = {"kernel_size": draw_pair(rng, 1, 4)}
    for name, low, high in (("dilation", 1, 3), ("padding", 0, 2), ("stride", 1, 4)):
        if rng.random() < 0.7:
            options[name] = draw_pair(rng, low, high)
    return Case([draw_array(rng, shape)], options)


register(
    Operation(
        "unfold",
        draw,
        torch_f.unfold,
        {name: kind for name, kind in WINDOWS.items() if name != "one pixel wide"},
    )
)
