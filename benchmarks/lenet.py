"""Train LeNet-5 as published, by convnet alone, on the embedded Fashion-MNIST.

Run it with ``python benchmarks/lenet.py [--library torch] [--seeds 3] [--epochs 25]``. It prints the test
accuracy and the time of each seed, and their mean. `benchmarks/layers.py` times one epoch against the same
network built from torch's layers under torch's Adam.

Tanh, average pooling, Adam with a cosine schedule. One seed gives the same start in both libraries, and the
same order of the examples, so the curves are the same up to rounding; ``--curves`` prints them.
"""

# ruff: noqa: E402   the thread counts must be set before the libraries are loaded

import os
import sys

THREADS = os.environ.get("OMP_NUM_THREADS", "1")
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = THREADS

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from convnet import nn
from convnet.models import lenet5
from convnet.optim import Adam, CosineAnnealingLR
from convnet.training import Trainer
from coursekit.data import fashion_mnist

RATE, BATCH = 2e-3, 64
MEAN, STD = 0.286, 0.353  # of Fashion-MNIST's pixels


def data(split: str, library: str) -> tuple[Any, Any]:
    """Return normalized images and labels in the library."""
    images, labels = fashion_mnist(split)  # type: ignore[arg-type]
    images = (images - np.float32(MEAN)) / np.float32(STD)
    return (images, labels) if library == "numpy" else (torch.tensor(images), torch.tensor(labels))


def trainer(seed: int, library: str, epochs: int, progress: bool = False) -> Trainer:
    """Return a fresh run: network, optimizer, schedule."""
    model = lenet5().initialize(seed, weight=nn.init.xavier_uniform).to(library)
    optimizer = Adam(model.parameters(), RATE)
    schedule = CosineAnnealingLR(optimizer, epochs)
    return Trainer(model, optimizer, schedule=schedule, batch_size=BATCH, seed=seed, progress=progress)


def torch_epoch(images: torch.Tensor, labels: torch.Tensor) -> Callable[[], None]:
    """Return one epoch of the same network built from torch's layers."""
    layers = torch.nn
    network = layers.Sequential(
        *(layers.Conv2d(1, 6, 5, padding=2), layers.Tanh(), layers.AvgPool2d(2)),
        *(layers.Conv2d(6, 16, 5), layers.Tanh(), layers.AvgPool2d(2)),
        *(layers.Conv2d(16, 120, 5), layers.Tanh(), layers.Flatten()),
        *(layers.Linear(120, 84), layers.Tanh(), layers.Linear(84, 10)),
    )
    optimizer = torch.optim.Adam(network.parameters(), RATE)

    def epoch() -> None:
        for indices in torch.randperm(len(images)).split(BATCH):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(network(images[indices]), labels[indices]).backward()
            optimizer.step()

    return epoch


def epoch_runs() -> dict[str, Callable[[], Any]]:
    """Return one epoch in torch, of convnet on NumPy, and of convnet on torch."""
    runs: dict[str, Callable[[], Any]] = {"torch.nn": torch_epoch(*data("train", "torch"))}
    for library in ("numpy", "torch"):
        x, y = data("train", library)
        run = trainer(0, library, 1000)
        runs[f"convnet on {library}"] = lambda run=run, x=x, y=y: run.fit(x, y, len(run.history.epochs) + 1)
    return runs


def main() -> None:
    """Print accuracies and times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", choices=("numpy", "torch"), default="numpy")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument("--curves", action="store_true", help="print the loss of each epoch")
    options = parser.parse_args()
    torch.set_num_threads(int(THREADS))

    x, y = data("train", options.library)
    test = data("test", options.library)
    print(f"LeNet-5 on {options.library}, {len(y)} images, {options.epochs} epochs, {THREADS} thread(s)")
    accuracies = []
    for seed in range(options.seeds):
        start = time.perf_counter()
        run = trainer(seed, options.library, options.epochs, progress=sys.stderr.isatty())
        history = run.fit(x, y, options.epochs)
        accuracies.append(run.evaluate(*test).accuracy)
        seconds = time.perf_counter() - start
        print(f"seed {seed}: test accuracy {accuracies[-1]:.1%}, {seconds:.0f} s", flush=True)
        if options.curves:
            print(*(f"{loss:.5f}" for loss in history.column("loss")), flush=True)
    if accuracies:
        print(f"mean:   test accuracy {np.mean(accuracies):.1%}")


if __name__ == "__main__":
    main()
