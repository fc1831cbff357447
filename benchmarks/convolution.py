"""Time `conv2d` and `max_pool2d`, forward and backward, against torch on one thread.

Run it with ``python benchmarks/convolution.py [seconds a shape]``. It prints one row for each shape:
torch's best time, and the times of convnet on NumPy arrays and on torch tensors as multiples of it. Below 1
is faster than torch.

Runs are interleaved, so that a busy machine slows all sides alike, and the best of each is kept: noise only
ever adds.
"""

# ruff: noqa: E402   the thread counts must be set before the libraries are loaded

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as torch_f

from convnet import functional as F


@dataclass(frozen=True)
class Convolution:
    """One shape of a convolution."""

    name: str
    x: tuple[int, int, int, int]
    filters: int
    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1


@dataclass(frozen=True)
class MaxPooling:
    """One shape of a max pooling layer."""

    name: str
    x: tuple[int, int, int, int]
    kernel: int
    stride: int
    padding: int = 0


CONVOLUTIONS = (
    Convolution("CS231n 3→25 3×3 s2 at 31², batch 100", (100, 3, 31, 31), 25, 3, 2, 1),
    Convolution("LeNet conv1, batch 64", (64, 1, 32, 32), 6, 5),
    Convolution("LeNet conv2, batch 64", (64, 6, 14, 14), 16, 5),
    Convolution("LeNet conv3, batch 64", (64, 16, 5, 5), 120, 5),
    Convolution("64→64 3×3 at 32², batch 64", (64, 64, 32, 32), 64, 3, 1, 1),
    Convolution("128→128 3×3 at 16², batch 32", (32, 128, 16, 16), 128, 3, 1, 1),
    Convolution("256→256 3×3 at 8², batch 32", (32, 256, 8, 8), 256, 3, 1, 1),
    Convolution("256→256 3×3 at 56², batch 1", (1, 256, 56, 56), 256, 3, 1, 1),
    Convolution("64→128 3×3 s2 at 32², batch 32", (32, 64, 32, 32), 128, 3, 2, 1),
    Convolution("64→64 3×3 dilation 2 at 32², batch 16", (16, 64, 32, 32), 64, 3, 1, 2, 2),
    Convolution("256→64 1×1 at 14², batch 32", (32, 256, 14, 14), 64, 1),
    Convolution("3→64 7×7 s2 at 224², batch 4", (4, 3, 224, 224), 64, 7, 2, 3),
    Convolution("64→64 3×3, 4 groups, at 32², batch 16", (16, 64, 32, 32), 64, 3, 1, 1, 1, 4),
    Convolution("64 3×3 depthwise at 32², batch 16", (16, 64, 32, 32), 64, 3, 1, 1, 1, 64),
)
POOLINGS = (
    MaxPooling("max pool 2×2 s2, 64 maps at 32², batch 32", (32, 64, 32, 32), 2, 2),
    MaxPooling("max pool 3×3 s2 p1, 64 maps at 56², batch 8", (8, 64, 56, 56), 3, 2, 1),
)


def convolution_runs(shape: Convolution) -> list[Callable[[], Any]]:
    """Return one forward and backward pass each: torch, convnet on NumPy, convnet on torch."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal(shape.x, dtype=np.float32)
    size = (shape.filters, shape.x[1] // shape.groups, shape.kernel, shape.kernel)
    weight = rng.standard_normal(size, dtype=np.float32)
    bias = rng.standard_normal(shape.filters, dtype=np.float32)
    options = (shape.stride, shape.padding, shape.dilation, shape.groups)
    out, _ = F.conv2d_forward(x, weight, bias, *options)
    grad_out = rng.standard_normal(out.shape, dtype=np.float32)
    tensors = [torch.tensor(array) for array in (x, weight, bias)]
    torch_grad_out = torch.tensor(grad_out)
    leaves = [tensor.clone().requires_grad_() for tensor in tensors]

    def ours(grad: Any, *arrays: Any) -> None:
        _, cache = F.conv2d_forward(*arrays, *options)
        F.conv2d_backward(grad, cache)

    return [
        lambda: torch.autograd.grad(torch_f.conv2d(*leaves, *options), leaves, torch_grad_out),
        lambda: ours(grad_out, x, weight, bias),
        lambda: ours(torch_grad_out, *tensors),
    ]


def pooling_runs(shape: MaxPooling) -> list[Callable[[], Any]]:
    """Return one forward and backward pass each: torch, convnet on NumPy, convnet on torch."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal(shape.x, dtype=np.float32)
    options = (shape.kernel, shape.stride, shape.padding)
    out, _ = F.max_pool2d_forward(x, *options)
    grad_out = rng.standard_normal(out.shape, dtype=np.float32)
    tensor, torch_grad_out = torch.tensor(x), torch.tensor(grad_out)
    leaf = tensor.clone().requires_grad_()

    def ours(grad: Any, array: Any) -> None:
        _, cache = F.max_pool2d_forward(array, *options)
        F.max_pool2d_backward(grad, cache)

    return [
        lambda: torch.autograd.grad(torch_f.max_pool2d(leaf, *options), leaf, torch_grad_out),
        lambda: ours(grad_out, x),
        lambda: ours(torch_grad_out, tensor),
    ]


def best_times(runs: list[Callable[[], Any]], seconds: float) -> list[float]:
    """Return the best time of each run, in seconds of this thread, taking turns until the time is up."""
    best = [float("inf")] * len(runs)
    for run in runs:
        run()  # once to warm up
    end = time.monotonic() + seconds
    rounds = 0
    while rounds < 3 or time.monotonic() < end:
        for number, run in enumerate(runs):
            start = time.thread_time()
            run()
            best[number] = min(best[number], time.thread_time() - start)
        rounds += 1
    return best


def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    torch.set_num_threads(1)
    print(f"{'forward and backward, float32, one thread':46} {'torch ms':>9} {'NumPy ×':>8} {'torch ×':>8}")
    for shape in (*CONVOLUTIONS, *POOLINGS):
        runs = convolution_runs(shape) if isinstance(shape, Convolution) else pooling_runs(shape)
        torchs, on_numpy, on_torch = best_times(runs, seconds)
        print(
            f"{shape.name:46} {torchs * 1e3:9.2f} {on_numpy / torchs:8.2f} {on_torch / torchs:8.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
