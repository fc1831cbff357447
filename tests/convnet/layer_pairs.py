"""Layers of `convnet.nn` beside torch's, made with the same arguments: for the tests that compare the two.

Each entry is the name in both libraries, the arguments, and the shape of an input.
"""

from typing import Any, NamedTuple

import numpy as np
import torch

from convnet import nn
from tests.convnet.harness import convert, to_numpy

ROWS, SIGNALS, MAPS, VOLUMES = (3, 6), (3, 4, 11), (2, 4, 7, 9), (2, 4, 5, 6, 7)


class Pair(NamedTuple):
    """One layer with its arguments."""

    kind: str
    given: tuple[Any, ...] = ()
    options: dict[str, Any] = {}  # noqa: RUF012   nobody changes it
    shape: tuple[int, ...] = MAPS

    def __str__(self) -> str:
        named = [f"{name}={value!r}" for name, value in self.options.items()]
        return f"{self.kind}({', '.join([*map(repr, self.given), *named])})"

    def ours(self) -> nn.Module:
        """Return our layer."""
        made: nn.Module = getattr(nn, self.kind)(*self.given, **self.options)
        return made

    def theirs(self) -> torch.nn.Module:
        """Return torch's layer."""
        made: torch.nn.Module = getattr(torch.nn, self.kind)(*self.given, **self.options)
        return made


PAIRS = [
    Pair("Linear", (6, 3), shape=ROWS),
    Pair("Linear", (9, 3, False)),
    Pair("Conv1d", (4, 6, 3, 2, 1, 2, 2), shape=SIGNALS),
    Pair("Conv1d", (4, 3, 4), {"padding": "same", "bias": False, "padding_mode": "circular"}, SIGNALS),
    Pair("Conv2d", (4, 6, (3, 2), 2, 1, 1, 2)),
    Pair("Conv2d", (4, 6, 3), {"padding": "same", "dilation": 2, "padding_mode": "reflect", "bias": False}),
    Pair("Conv3d", (4, 6, (2, 3, 2), (1, 2, 2), 1, (2, 1, 1), 2), shape=VOLUMES),
    Pair("ConvTranspose1d", (4, 6, 3, 2, 1, 1, 2), shape=SIGNALS),
    Pair("ConvTranspose2d", (4, 6, (3, 2), 2, 1, 1, 2)),
    Pair("ConvTranspose2d", (4, 6, 3), {"dilation": 2, "bias": False}),
    Pair("ConvTranspose3d", (4, 6, (2, 3, 2), (1, 2, 2), 0, (0, 1, 1), 2), shape=VOLUMES),
    Pair("MaxPool2d", (3, 2, 1, 2)),
    Pair("MaxPool2d", (2,), {"ceil_mode": True}),
    Pair("MaxPool2d", ((2, 3), (1, 2))),
    Pair("AvgPool2d", (3, 2, 1, True, False)),
    Pair("AvgPool2d", ((2, 3),)),
    Pair("MaxPool1d", (3, 2, 1), {"ceil_mode": True}, SIGNALS),
    Pair("MaxPool3d", ((2, 3, 2), None, (1, 0, 1)), shape=VOLUMES),
    Pair("AvgPool1d", (3, 2, 1), {"count_include_pad": False}, SIGNALS),
    Pair("AvgPool3d", (2, (1, 2, 2), 1), shape=VOLUMES),
    Pair("AdaptiveAvgPool2d", (1,)),
    Pair("AdaptiveAvgPool2d", ((3, None),)),
    Pair("AdaptiveMaxPool2d", (1,)),
    Pair("AdaptiveMaxPool2d", ((3, None),)),
    Pair("Upsample", (), {"scale_factor": 2}),
    Pair("Upsample", (), {"scale_factor": (2, 1.5)}),
    Pair("Upsample", ((10, 6), None, "bilinear", True)),
    Pair("Upsample", (), {"scale_factor": 1.7, "mode": "nearest-exact"}),
    Pair("Upsample", ((10, 6),), {"mode": "bicubic"}),
    Pair("ReLU"),
    Pair("Tanh"),
    Pair("Sigmoid"),
    Pair("PReLU"),
    Pair("PReLU", (4,)),
    Pair("Softmax", (1,)),
    Pair("LogSoftmax", (-1,)),
    Pair("LeakyReLU"),
    Pair("LeakyReLU", (0.3,)),
    Pair("GELU"),
    Pair("GELU", ("tanh",)),
    Pair("SiLU"),
    Pair("Flatten"),
    Pair("Flatten", (2,)),
    Pair("Flatten", (0, -2)),
    Pair("Identity"),
    Pair("BatchNorm1d", (6,), shape=ROWS),
    Pair("BatchNorm1d", (4, 1e-3, 0.3), shape=SIGNALS),
    Pair("BatchNorm2d", (4, 1e-3, 0.3)),
    Pair("BatchNorm2d", (4,), {"affine": False}),
    Pair("BatchNorm2d", (4,), {"track_running_stats": False, "bias": False}),
    Pair("BatchNorm3d", (4,), shape=VOLUMES),
    Pair("GroupNorm", (2, 4, 0.1)),
    Pair("GroupNorm", (4, 4, 1e-3), shape=(3, 4)),
    Pair("GroupNorm", (1, 4, 1e-5, False), shape=VOLUMES),
    Pair("GroupNorm", (2, 4), {"bias": False}, SIGNALS),
    Pair("LocalResponseNorm", (3,)),
    Pair("LocalResponseNorm", (2, 0.5, 1.5, 0.7), shape=SIGNALS),
    Pair("LayerNorm", ((7, 9),)),
    Pair("LayerNorm", (9,), {"elementwise_affine": False}),
    Pair("LayerNorm", (9, 0.1), {"bias": False}),
    Pair("Dropout", (0.0,)),
    Pair("Dropout2d", (0.0,)),
]
NAMES = [str(pair) for pair in PAIRS]


def filled(model: nn.Component, library: str = "numpy", seed: int = 5) -> Any:
    """Give every array numbers around 1, 64-bit, of the library; return the model."""
    rng = np.random.default_rng(seed)
    for _, array in model.named_arrays():
        values = np.asarray(3) if array.whole else rng.uniform(0.5, 1.5, array.shape)
        array.data = convert(values, library)
    return model


def as_in(model: nn.Component, reference: torch.nn.Module) -> torch.nn.Module:
    """Give torch's network the arrays of ours; all names must agree."""
    state = {name: torch.tensor(to_numpy(array.data)) for name, array in model.named_arrays()}
    reference.double().load_state_dict(state, strict=True)
    return reference.train(model.training)
