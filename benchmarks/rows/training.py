"""Adam's step against torch's `foreach`, and an epoch of LeNet-5 against the same network in torch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import torch
from lenet import data, epoch_runs

from convnet.models import lenet5, mlp, resnet18, resnet20
from convnet.nn import Module
from convnet.optim import Adam
from rows.timing import Row

NETWORKS: dict[str, Callable[[], Module]] = {
    "LeNet-5, 0.06 M parameters": lenet5,
    "ResNet-20, 0.27 M parameters": resnet20,
    "perceptron, 1.09 M parameters": lambda: mlp([784, 1024, 256, 100]),
    "ResNet-18, 11.7 M parameters": resnet18,
}


def adam(build: Callable[[], Module], library: str) -> Adam:
    """Return the optimizer of a network whose gradients are drawn."""
    model = build().initialize(0)
    rng = np.random.default_rng(0)
    grads = [rng.standard_normal(parameter.shape, dtype=np.float32) for parameter in model.parameters()]
    model.to(library)
    for parameter, grad in zip(model.parameters(), grads, strict=True):
        parameter.grad = grad if library == "numpy" else torch.tensor(grad)
    return Adam(model.parameters())


def torch_adam(build: Callable[[], Module]) -> torch.optim.Adam:
    """Return torch's optimizer of the same."""
    tensors = []
    for parameter in adam(build, "torch").parameters:
        tensor = torch.nn.Parameter(parameter.data)
        tensor.grad = parameter.grad
        tensors.append(tensor)
    return torch.optim.Adam(tensors, foreach=True)


def adam_row(name: str) -> Row:
    """Return the row of one step."""
    build = NETWORKS[name]
    steps = torch_adam(build).step, adam(build, "numpy").step, adam(build, "torch").step
    return Row(f"Adam, {name}", *steps)


def epoch_row() -> Row:
    """Return the row of one epoch of LeNet-5 on the embedded Fashion-MNIST."""
    return Row(f"LeNet-5, one epoch of {len(data('train', 'numpy')[1])} images", *epoch_runs().values())


ROWS: list[Callable[[], Row]] = [*(partial(adam_row, name) for name in NETWORKS), epoch_row]
