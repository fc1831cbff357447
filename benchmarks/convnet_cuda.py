"""Compare convnet's explicit backward pass with torch's layers and autograd on a GPU: equal, and how fast.

    python benchmarks/convnet_cuda.py [--batch 128 512] [--seconds 2] [--device cuda] [--save]

LeNet-5 and ResNet-20 of `convnet.models` on torch tensors, against the same networks in torch's own layers
with the same weights. A step is a forward pass, the loss, and the gradient of every parameter. Numbers are
compared in 64 bits; times are of 32 bits, without TF32. On a machine without a GPU it runs on the processor.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import torch
from cifar10.report import keep
from rows.torch_networks import LeNet5, ResNet20

from convnet import models, nn

NETWORKS = {
    "LeNet-5": (models.lenet5, LeNet5, (1, 28, 28)),
    "ResNet-20": (models.resnet20, ResNet20, (3, 32, 32)),
}
Step = Callable[[], Any]


def pair(name: str, batch: int, dtype: torch.dtype, device: torch.device) -> tuple[Any, Any, Step, Step]:
    """Return convnet's network and torch's with the same weights, and a step of each on the same batch."""
    build, build_torch, shape = NETWORKS[name]
    torch.manual_seed(0)
    theirs = build_torch().to(device, dtype)
    ours = build().initialize(0).to("torch", device=device, dtype=dtype)
    ours.load_state_dict(theirs.state_dict())
    x = torch.randn(batch, *shape, dtype=dtype, device=device)
    y = torch.randint(0, 10, (batch,), device=device)
    loss = nn.CrossEntropyLoss()

    def our_step() -> torch.Tensor:
        ours.zero_grad()
        value = loss(ours(x), y)
        ours.backward_parameters(loss.backward())
        return value  # type: ignore[no-any-return]

    def their_step() -> torch.Tensor:
        theirs.zero_grad()
        value = torch.nn.functional.cross_entropy(theirs(x), y)
        value.backward()
        return value.detach()

    return ours, theirs, our_step, their_step


def difference(name: str, device: torch.device, batch: int = 32) -> float:
    """Return the largest difference of loss and gradients in 64 bits, relative to each one's largest."""
    ours, theirs, our_step, their_step = pair(name, batch, torch.float64, device)
    found, wanted = our_step(), their_step()
    worst = float(abs(found - wanted) / abs(wanted))
    expected = dict(theirs.named_parameters())
    for key, parameter in ours.named_parameters():
        gradient = expected[key].grad
        worst = max(worst, float(abs(parameter.grad - gradient).max() / abs(gradient).max()))
    return worst


def step_seconds(steps: dict[str, Step], seconds: float, device: torch.device) -> dict[str, float]:
    """Return the median time of a step of each, taking turns of a few steps."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    wait = torch.cuda.synchronize if device.type == "cuda" else lambda: None
    for step in steps.values():
        step(), step(), wait()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until or not times["torch"]:
        for name, step in steps.items():
            wait()
            start = time.perf_counter()
            for _ in range(5):
                step()
            wait()
            times[name].append((time.perf_counter() - start) / 5)
    return {name: statistics.median(taken) for name, taken in times.items()}


def launches(step: Step) -> int:
    """Return how many kernels a step starts on a GPU."""
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CUDA]) as profile:
        step()
        torch.cuda.synchronize()
    return sum(event.count for event in profile.key_averages() if event.self_device_time_total > 0)


def measured(device: torch.device, batches: list[int], seconds: float) -> dict[str, Any]:
    """Return differences and times of all networks and batches, and print them."""
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    rows: dict[str, Any] = {}
    for name in NETWORKS:
        rows[name] = {"largest difference": difference(name, device)}
        print(f"{name}: largest difference {rows[name]['largest difference']:.1e}", flush=True)
        for batch in batches:
            _, _, ours, theirs = pair(name, batch, torch.float32, device)
            row: dict[str, Any] = step_seconds({"convnet": ours, "torch": theirs}, seconds, device)
            row["ratio"] = row["convnet"] / row["torch"]
            if device.type == "cuda":
                row |= {"convnet launches": launches(ours), "torch launches": launches(theirs)}
            rows[name][f"batch {batch}"] = row
            print(
                f"  batch {batch}: torch {row['torch'] * 1e3:.2f} ms, convnet {row['convnet'] * 1e3:.2f} ms, "
                f"{row['ratio']:.2f} times",
                flush=True,
            )
    return rows


def main() -> None:
    """Print, and keep if asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch", type=int, nargs="+", default=[128, 512])
    parser.add_argument("--seconds", type=float, default=2.0, help="for each network and batch")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--save", action="store_true", help="keep the result in benchmarks/results")
    options = parser.parse_args()
    device = torch.device(options.device)
    rows = measured(device, options.batch, options.seconds)
    if options.save:
        print(f"kept in {keep('convnet-cuda', device, {'networks': rows})}")


if __name__ == "__main__":
    main()
