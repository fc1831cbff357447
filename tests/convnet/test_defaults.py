"""What is left out means what it means in torch: defaults of layers, optimizers and schedules."""

import inspect
from typing import Any

import pytest
import torch

from convnet import nn, optim
from tests.convnet.layer_pairs import PAIRS

LAYERS = sorted({pair.kind for pair in PAIRS if hasattr(torch.nn, pair.kind)})
RULES = [
    name
    for name in optim.__all__
    if hasattr(torch.optim, name) and name not in ("Optimizer",) and isinstance(getattr(optim, name), type)
]
SCHEDULES = [name for name in optim.__all__ if hasattr(torch.optim.lr_scheduler, name) and name not in RULES]


def defaults(function: Any) -> dict[str, Any]:
    """Return the defaults by name."""
    found = inspect.signature(function).parameters
    return {name: p.default for name, p in found.items() if p.default is not inspect.Parameter.empty}


def differing(ours: Any, theirs: Any) -> dict[str, tuple[Any, Any]]:
    """Return the defaults that both have and that differ, as both have them."""
    mine, other = defaults(ours), defaults(theirs)
    return {
        name: (mine[name], other[name]) for name in mine.keys() & other.keys() if mine[name] != other[name]
    }


@pytest.mark.parametrize("name", LAYERS)
def test_layers(name: str) -> None:
    assert not differing(getattr(nn, name), getattr(torch.nn, name))


@pytest.mark.parametrize("name", RULES)
def test_optimizers(name: str) -> None:
    assert not differing(getattr(optim, name), getattr(torch.optim, name))


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules(name: str) -> None:
    assert not differing(getattr(optim, name), getattr(torch.optim.lr_scheduler, name))


@pytest.mark.parametrize("name", ["AveragedMomentum", "VelocityMomentum", "LookAheadNesterov"])
def test_formulations_of_momentum(name: str) -> None:
    """They have one set, the rate of SGD and the momentum that everybody takes."""
    wanted = {"lr": 1e-3, "momentum": 0.9, "weight_decay": 0.0, "maximize": False}
    assert defaults(getattr(optim, name)) == wanted
    assert wanted["lr"] == defaults(torch.optim.SGD)["lr"]


def test_another_default_is_seen() -> None:
    def softmax(x: Any, dim: int = -1) -> None: ...
    def other(x: Any, dim: int = 1) -> None: ...

    assert differing(softmax, other) == {"dim": (-1, 1)}
    assert len(LAYERS) > 15 < len(RULES) + len(SCHEDULES)
