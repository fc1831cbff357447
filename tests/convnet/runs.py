"""Small training runs, for the tests of the loop and of its checkpoints."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from convnet import nn, optim
from convnet.training import EarlyStopping, Trainer
from tests.convnet.harness import convert, to_numpy

EACH_LIBRARY = pytest.mark.parametrize("library", ["numpy", "torch"])


def clouds(count: int = 60, seed: int = 0) -> tuple[Any, Any]:
    """Small images of three kinds, which a network can tell apart."""
    rng = np.random.default_rng(seed)
    y = np.arange(count) % 3
    x = rng.standard_normal((count, 1, 6, 6)).astype(np.float32)
    x[np.arange(count), 0, 2 * y, :] += 1.5
    return x, y


def network(seed: int) -> nn.Module:
    """Everything that has a state: batch normalization, dropout, weights."""
    return nn.Sequential(
        *(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Flatten()),
        *(nn.Dropout(0.3), nn.Linear(64, 3)),
    ).initialize(seed)


def make(
    library: str = "numpy",
    *,
    seed: int = 0,
    stopping: EarlyStopping | None = None,
    kind: Callable[..., optim.Optimizer] = optim.Adam,
    every: str = "epoch",
    **options: Any,
) -> Trainer:
    model = network(seed).to(library)
    optimizer = kind(model.parameters(), lr=0.02)
    schedule = optim.CosineAnnealingLR(optimizer, 40)
    return Trainer(
        model,
        optimizer,
        schedule=schedule,
        schedule_every=every,
        batch_size=16,
        seed=seed,
        early_stopping=stopping,
        progress=False,
        **options,
    )


def state(trainer: Trainer) -> dict[str, Any]:
    return {name: to_numpy(array).copy() for name, array in trainer.model.state_dict().items()}


def assert_same(first: Trainer, second: Trainer) -> None:
    assert first.history == second.history
    other = state(second)
    for name, value in state(first).items():
        np.testing.assert_array_equal(value, other[name], err_msg=name)


def in_library(library: str, *arrays: Any) -> list[Any]:
    return [convert(array, library) for array in arrays]
