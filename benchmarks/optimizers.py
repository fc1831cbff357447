"""Time one Adam step against torch's `foreach`, on one thread.

Run it with ``python benchmarks/optimizers.py [seconds a network]``. It prints one row for each set of
parameters: the best time of torch, and those of convnet on NumPy arrays and on torch tensors as multiples
of it. Runs take turns, so that a busy machine slows all sides alike, and the best of each is kept.
"""

# ruff: noqa: E402   the thread counts must be set before the libraries are loaded

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import sys
import time
from collections.abc import Callable

import numpy as np
import torch

from convnet.models import lenet5, mlp, resnet18, resnet20
from convnet.nn import Module
from convnet.optim import Adam

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


def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3.0
    torch.set_num_threads(1)
    print(f"{'one Adam step, float32, one thread':34} {'foreach ms':>10} {'NumPy ×':>8} {'torch ×':>8}")
    for name, build in NETWORKS.items():
        steps = [torch_adam(build).step, adam(build, "numpy").step, adam(build, "torch").step]
        best = [float("inf")] * len(steps)
        end = time.monotonic() + seconds
        rounds = 0
        while rounds < 5 or time.monotonic() < end:
            for place, step in enumerate(steps):
                start = time.thread_time()
                step()
                best[place] = min(best[place], time.thread_time() - start)
            rounds += 1
        ratios = " ".join(f"{time_ / best[0]:8.2f}" for time_ in best[1:])
        print(f"{name:34} {best[0] * 1e3:10.2f} {ratios}", flush=True)


if __name__ == "__main__":
    main()
