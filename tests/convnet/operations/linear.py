"""The fully connected layer."""

import numpy as np
import torch.nn.functional as torch_f

from tests.convnet.harness import Case, draw_array, pick
from tests.convnet.operations.conditions import first, given, missing
from tests.convnet.operations.registry import Operation, register


def draw(rng: np.random.Generator) -> Case:
    """Draw any number of leading axes, and now and then a weight of another width."""
    inputs, outputs = (int(size) for size in rng.integers(1, 8, 2))
    leading = tuple(int(size) for size in rng.integers(1, 5, rng.integers(0, 4)))
    wrong = int(rng.random() < 0.1)
    x = draw_array(rng, (*leading, inputs))
    weight = draw_array(rng, (outputs, inputs + wrong))
    bias = pick(rng, None, draw_array(rng, (outputs,)))
    return Case([x, weight, bias])


register(
    Operation(
        "linear",
        draw,
        torch_f.linear,
        {
            "one vector": lambda case: first(case).ndim == 1,
            "one image": lambda case: first(case).ndim == 2 and len(first(case)) == 1,
            "a batch": lambda case: first(case).ndim == 2 and len(first(case)) > 1,
            "more leading axes": lambda case: first(case).ndim > 2,
            "with a bias": given(2),
            "without a bias": missing(2),
            "wider than tall": lambda case: case.arrays[1].shape[1] > case.arrays[1].shape[0] > 1,  # type: ignore[union-attr]
            "one unit": lambda case: case.arrays[1].shape[0] == 1,  # type: ignore[union-attr]
        },
    )
)
