"""Summaries along one and three axes, and behind layers that make maps larger."""

from typing import Any

import numpy as np
import pytest

from convnet import nn
from tests.convnet.harness import pick, to_numpy
from tests.convnet.operations.configurations import each


def draw_layer(rng: np.random.Generator, enlarges: bool) -> nn.Module:
    """Draw a layer along the columns; weights of 1 let every gradient through."""
    kernel, stride, dilation = (int(rng.integers(1, high)) for high in (4, 3, 3))
    if not enlarges:
        window: dict[str, Any] = {"stride": (1, stride), "padding": (0, int(rng.integers(0, 2)))}
        if pick(rng, True, False):
            return nn.AvgPool2d((1, kernel + 1), **window)
        return nn.Conv2d(1, 1, (1, kernel), dilation=(1, dilation), bias=False, **window)
    if pick(rng, True, False):
        size = (1, stride + 1)
        return nn.ConvTranspose2d(
            1, 1, (1, kernel), size, padding=(0, int(rng.integers(0, 2)) if kernel > 2 else 0), bias=False
        )
    mode = pick(rng, "nearest", "bilinear")
    return nn.Upsample(scale_factor=(1, pick(rng, 1.5, 2, 3)), mode=mode)


def ones(model: nn.Module) -> nn.Module:
    """Give all weights the value 1."""
    model.initialize(0, weight=lambda generator, shape: np.ones(shape, dtype=np.float32))
    return model.to(dtype="float64") if list(model.parameters()) else model


def reached(model: nn.Module, width: int) -> list[list[int]]:
    """Return for each output the inputs that its gradient reaches."""
    outputs = model(np.zeros((1, 1, 1, width))).shape[3]
    model(np.zeros((outputs, 1, 1, width)))  # one image for each output
    grad_x = to_numpy(model.backward(np.eye(outputs)[:, None, None]))  # type: ignore[arg-type]
    return [np.flatnonzero(seen).tolist() for seen in grad_x]


def test_receptive_field_is_what_gradients_reach() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        enlarges = [bool(rng.random() < 0.5) for _ in range(int(rng.integers(1, 4)))] + [True]
        model = nn.Sequential(*(draw_layer(rng, larger) for larger in rng.permutation(enlarges)))
        table = nn.summary(model, (1, 1, 24))
        fields = reached(ones(model), 24)
        assert table.layers[-1].shape == (1, 1, len(fields))
        widest = max((seen[-1] - seen[0] + 1 for seen in fields if seen), default=0)
        assert table.layers[-1].field == (1, widest), f"\n{table}"

    each("summary: receptive field", check)


@pytest.mark.parametrize(
    "layer",
    [
        nn.ConvTranspose2d(1, 1, (1, 3), (1, 2), (0, 1), (0, 1)),
        nn.ConvTranspose2d(1, 1, (1, 4), (1, 3), dilation=(1, 2)),
        nn.ConvTranspose2d(1, 1, (1, 2), (1, 3)),
        nn.Upsample((1, 17)),
        nn.Upsample((1, 17), mode="bilinear"),
        nn.Upsample((1, 17), mode="bilinear", align_corners=True),
        nn.Upsample((1, 4), mode="bilinear"),
    ],
)
def test_what_each_output_reads(layer: nn.ConvTranspose2d | nn.Upsample) -> None:
    spread = layer.windows((1, 1, 7))[1]
    read = zip(spread.first, spread.last, strict=True)
    wanted = [(seen[0], seen[-1]) if seen else (7, -1) for seen in reached(ones(layer), 7)]
    assert list(read) == wanted


def test_an_encoder_and_its_decoder() -> None:
    """Coarse maps see far; the way back adds what the finer kernels reach, not more."""
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1),
        nn.MaxPool2d(2),
        nn.Conv2d(4, 8, 3, padding=1),
        nn.Upsample(scale_factor=2),
        nn.Conv2d(8, 4, 3, padding=1),
    )
    assert [layer.field for layer in nn.summary(model, (1, 16, 16)).layers] == [
        (3, 3),
        (4, 4),
        (8, 8),
        (8, 8),
        (10, 10),
    ]


def test_summary_of_signals_and_volumes() -> None:
    signals = nn.Sequential(nn.Conv1d(2, 8, 5, 2, 2), nn.ReLU(), nn.Conv1d(8, 4, 3, dilation=2))
    table = nn.summary(signals, (2, 100))
    assert [layer.shape for layer in table.layers] == [(8, 50), (8, 50), (4, 46)]
    assert [layer.field for layer in table.layers] == [(5,), (5,), (13,)]
    assert table.multiply_adds == 2 * 8 * 5 * 50 + 8 * 4 * 3 * 46
    clips = nn.Sequential(
        nn.Conv3d(3, 8, (3, 7, 7), (1, 2, 2), (1, 3, 3), bias=False), nn.Tanh(), nn.Conv3d(8, 4, 3, groups=2)
    )
    table = nn.summary(clips, (3, 6, 20, 24))
    assert [layer.shape for layer in table.layers] == [(8, 6, 10, 12), (8, 6, 10, 12), (4, 4, 8, 10)]
    assert [layer.field for layer in table.layers] == [(3, 7, 7), (3, 7, 7), (5, 11, 11)]
    assert table.parameters == 8 * 3 * 3 * 7 * 7 + 4 * 4 * 27 + 4
    assert table.multiply_adds == 8 * 3 * 147 * 6 * 10 * 12 + 4 * 4 * 27 * 4 * 8 * 10
    assert "3 × 7 × 7" in str(table)


def test_linear_layers_see_all() -> None:
    table = nn.summary(nn.Sequential(nn.Conv1d(2, 3, 3), nn.Flatten(), nn.Linear(24, 5)), (2, 10))
    assert [layer.field for layer in table.layers] == [(3,), (3,), None]
    assert nn.summary(nn.Linear(5, 3), (6, 5)).layers[0].field is None
