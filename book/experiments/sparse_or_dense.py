"""When is a convolution at active sites faster than one at all sites, and what does growth cost?

    python book/experiments/sparse_or_dense.py   # about five minutes of one core; on Linux

**One layer.** A 3×3 convolution with as many channels out as in, one image, float32, one thread. The same
layer runs at active sites (`convnet.functional.submanifold_conv2d_forward`) and at all of them, in the same
library and in torch. The active sites are scattered at random, or lie in one disc; at each density both have
the same number. Each time is the least of some repeats, in seconds of the processor; each seed draws sites,
features and weights anew, and takes the ratio to its own dense layers. ``forward``, ``training`` (forward and
backward) and ``rulebook`` are ratios to the dense layer of the same library, ``to_torch`` is forward to that
of torch; ``counted`` is what the pairs of the rulebook promise. ``gather``, ``multiply`` and ``rest`` are
shares of the forward pass: fetching rows, multiplying them, and putting the products where they belong.

The script starts itself again with settings that let memory be used again (`KEEPING`). ``fresh`` is what
``forward`` becomes without them, at the highest densities.

**Six layers.** Outlines of digits, enlarged to 64×64, through six 3×3 layers with 16 channels and ReLUs: with
growing sites, with the same sites, and at all places. ``sites`` and ``pairs`` are means for one digit behind
and in each layer, ``seconds`` for all digits of a seed, rulebooks included.

Writes ``src/coursekit/_experiments/sparse_or_dense.json``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import plain
from coursekit import data
from coursekit.experiments import keep, made_by

Array = NDArray[Any]

SEEDS = (0, 1, 2, 3, 4)
DENSITIES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
SIZES = {"64 × 64, 32 channels": (64, 32), "128 × 128, 32 channels": (128, 32),
         "64 × 64, 128 channels": (64, 128)}  # fmt: skip
FRESH = "64 × 64, 32 channels"
PATTERNS = ("scattered", "disc")
REPEATS, LEAST_SECONDS = 3, 0.004
KEEPING = {"MALLOC_MMAP_THRESHOLD_": "33554432", "MALLOC_TRIM_THRESHOLD_": "1000000000",
           "MALLOC_TOP_PAD_": "200000000", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # fmt: skip
"""Lets the C library keep memory that was freed. Otherwise large arrays come from the system anew in each
call, and its price for fresh pages, which differs between machines, hides that of the layer."""
SIDE, CHANNELS, LAYERS, DIGITS, ENLARGED = 64, 16, 6, 20, 8
TAPS = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]


def seconds(run: Callable[[], Any], repeats: int = REPEATS) -> float:
    """Least processor time of a call; short calls are repeated until a clock can tell."""
    best, times = float("inf"), 1
    for _ in range(repeats + 1):  # the first is a warm-up, and says how often
        start = time.process_time()
        for _ in range(times):
            run()
        spent = (time.process_time() - start) / times
        best = min(best, spent)
        times = max(times, int(LEAST_SECONDS / max(spent, 1e-7)))
    return best


def active(pattern: str, density: float, side: int, rng: np.random.Generator) -> Array:
    """Draw active sites, shape (A, 3): scattered, or those nearest to the centre."""
    many = max(1, round(density * side**2))
    if pattern == "scattered":
        chosen = rng.choice(side**2, many, replace=False)
    else:
        places = np.indices((side, side)).reshape(2, -1) - (side - 1) / 2
        chosen = np.argsort((places**2).sum(axis=0), kind="stable")[:many]
    rows, columns = np.divmod(np.sort(chosen), side)
    return np.stack([np.zeros_like(rows), rows, columns], axis=1)


def dense_seconds(side: int, channels: int, rng: np.random.Generator) -> dict[str, float]:
    """Times of the layer at all sites: in `convnet` on NumPy, and in torch."""
    import torch

    torch.set_num_threads(1)
    x = rng.standard_normal((1, channels, side, side)).astype(np.float32)
    weight = rng.standard_normal((channels, channels, 3, 3)).astype(np.float32)
    grad = rng.standard_normal(x.shape).astype(np.float32)

    def both() -> None:
        F.conv2d_backward(grad, F.conv2d_forward(x, weight, None, padding=1)[1])

    image, kernels = torch.tensor(x), torch.tensor(weight)
    return {
        "forward": seconds(lambda: F.conv2d_forward(x, weight, None, padding=1)),
        "training": seconds(both),
        "torch": seconds(lambda: torch.nn.functional.conv2d(image, kernels, padding=1)),
    }


def sparse_seconds(coordinates: Array, channels: int, rng: np.random.Generator) -> dict[str, float]:
    """Times of the layer at active sites, and of its parts."""
    x = rng.standard_normal((len(coordinates), channels)).astype(np.float32)
    weight = rng.standard_normal((channels, channels, 3, 3)).astype(np.float32)
    grad = rng.standard_normal(x.shape).astype(np.float32)
    book = F.submanifold_rulebook(coordinates, 3)
    inputs = [tap.inputs for tap in book.taps]
    gathered = [np.take(x, rows, axis=0) for rows in inputs]
    matrices = [np.ascontiguousarray(weight[:, :, i + 1, j + 1].T) for i, j in TAPS]

    def both() -> None:
        F.submanifold_conv2d_backward(grad, F.submanifold_conv2d_forward(x, weight, None, book)[1])

    return {
        "forward": seconds(lambda: F.submanifold_conv2d_forward(x, weight, None, book)),
        "training": seconds(both),
        "rulebook": seconds(lambda: F.submanifold_rulebook(coordinates, 3)),
        "gather": seconds(lambda: [np.take(x, rows, axis=0) for rows in inputs]),
        "multiply": seconds(lambda: [a @ b for a, b in zip(gathered, matrices, strict=True)]),
        "pairs": sum(map(len, inputs)),
    }


def one_layer(side: int, channels: int, densities: tuple[float, ...] = DENSITIES) -> dict[str, Any]:
    """Ratios of both patterns at all densities, a list over the seeds for each."""
    keys = ("forward", "training", "rulebook", "to_torch", "counted", "gather", "multiply", "rest")
    found: dict[str, Any] = {p: {key: [[] for _ in densities] for key in keys} for p in PATTERNS}
    found["dense_ms"] = {"convnet": [], "torch": []}
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        dense = dense_seconds(side, channels, rng)
        found["dense_ms"]["convnet"].append(round(1000 * dense["forward"], 4))
        found["dense_ms"]["torch"].append(round(1000 * dense["torch"], 4))
        for pattern in PATTERNS:
            for place, density in enumerate(densities):
                spent = sparse_seconds(active(pattern, density, side, rng), channels, rng)
                forward = spent["forward"]
                ratios = {
                    "forward": forward / dense["forward"],
                    "training": spent["training"] / dense["training"],
                    "rulebook": spent["rulebook"] / dense["forward"],
                    "to_torch": forward / dense["torch"],
                    "counted": spent["pairs"] / (3 * side - 2) ** 2,
                    "gather": spent["gather"] / forward,
                    "multiply": spent["multiply"] / forward,
                    "rest": 1 - (spent["gather"] + spent["multiply"]) / forward,
                }
                for key, ratio in ratios.items():
                    found[pattern][key][place].append(float(f"{ratio:.4g}"))
    return found


def outlines(images: Array, factor: int = ENLARGED) -> Array:
    """Outlines of digits, enlarged: ink of at least one half that has a neighbour without."""
    side = images.shape[-1]
    up = plain.bilinear_matrix(side, factor * side)
    ink = np.pad(up @ images[:, 0] @ up.T >= 0.5, ((0, 0), (1, 1), (1, 1)))
    around = [ink[:, 1:-1, :-2], ink[:, 1:-1, 2:], ink[:, :-2, 1:-1], ink[:, 2:, 1:-1]]
    edge: Array = ink[:, 1:-1, 1:-1] & ~np.logical_and.reduce(around)
    return edge


def grown(mask: Array) -> Array:
    """Every site that has an active one in its 3×3 window."""
    wide = np.pad(mask, ((0, 0), (1, 1), (1, 1)))
    high, across = mask.shape[1:]
    shifted = [wide[:, 1 + i : 1 + i + high, 1 + j : 1 + j + across] for i, j in TAPS]
    found: Array = np.logical_or.reduce(shifted)
    return found


def sparse_layer(x: Array, weight: Array, sites: Array, outputs: Array, shape: Any) -> tuple[Array, int]:
    """Gather, multiply and scatter from active sites to output sites; and the pairs that met."""
    numbers = np.full((shape[0], shape[1] + 2, shape[2] + 2), -1)
    numbers[sites[:, 0], sites[:, 1] + 1, sites[:, 2] + 1] = np.arange(len(sites))
    y, pairs = np.zeros((len(outputs), len(weight)), x.dtype), 0
    for i, j in TAPS:
        heard = numbers[outputs[:, 0], outputs[:, 1] + 1 + i, outputs[:, 2] + 1 + j]
        hits = np.flatnonzero(heard >= 0)
        y[hits] += x[heard[hits]] @ weight[:, :, i + 1, j + 1].T
        pairs += len(hits)
    return y, pairs


def six_layers(seed: int) -> dict[str, Any]:
    """Sites and pairs of each layer for one digit, and the time of all layers, both ways and dense."""
    rng = np.random.default_rng(seed)
    images, _ = data.digits()
    mask = outlines(images[rng.choice(len(images), DIGITS, replace=False)])
    shapes = [(CHANNELS, 1, 3, 3)] + [(CHANNELS, CHANNELS, 3, 3)] * (LAYERS - 1)
    weights = [(rng.normal(size=s) * np.sqrt(2 / (9 * s[1]))).astype(np.float32) for s in shapes]

    def through(grows: bool) -> tuple[list[int], list[int]]:
        now, sites = mask, np.argwhere(mask)
        x = np.ones((len(sites), 1), np.float32)
        counts, all_pairs = [len(sites)], []
        for weight in weights:
            now = grown(now) if grows else now
            outputs = np.argwhere(now) if grows else sites
            x, pairs = sparse_layer(x, weight, sites, outputs, mask.shape)
            x, sites = np.maximum(x, 0), outputs
            counts.append(len(sites))
            all_pairs.append(pairs)
        return counts, all_pairs

    def dense() -> None:
        x = mask[:, None].astype(np.float32)
        for weight in weights:
            x = np.maximum(F.conv2d_forward(x, weight, None, padding=1)[0], 0)

    found: dict[str, Any] = {"seconds": {"at all places": seconds(dense, 3)}, "sites": {}, "pairs": {}}
    for name, grows in (("growing", True), ("same sites", False)):
        counts, pairs = through(grows)
        found["sites"][name] = [round(one / DIGITS, 3) for one in counts]
        found["pairs"][name] = [round(one / DIGITS, 3) for one in pairs]
        found["seconds"][name] = seconds(lambda grows=grows: through(grows), 3)
    found["seconds"] = {name: round(spent, 5) for name, spent in found["seconds"].items()}
    return found


def fresh() -> list[list[float]]:
    """Run this script with the system's own settings for memory; ratios at the highest densities."""
    plain_settings = {key: value for key, value in os.environ.items() if not key.startswith("MALLOC_")}
    told = subprocess.run(
        [sys.executable, __file__, "--fresh"], env=plain_settings, capture_output=True, text=True, check=True
    )
    ratios: list[list[float]] = json.loads(told.stdout)
    return ratios


def main() -> None:
    """Measure everything, and keep what was found."""
    if "--fresh" in sys.argv:
        print(json.dumps(one_layer(*SIZES[FRESH], DENSITIES[-2:])["scattered"]["forward"]))
        return
    if any(os.environ.get(key) != value for key, value in KEEPING.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | KEEPING)
    layers = {}
    for name, (side, channels) in SIZES.items():
        layers[name] = one_layer(side, channels)
        for pattern in PATTERNS:
            print(name, pattern, [round(float(np.mean(r)), 4) for r in layers[name][pattern]["forward"]])
    found = {
        **made_by(__file__, "numpy", "torch"),
        "seeds": list(SEEDS),
        "densities": list(DENSITIES),
        "repeats": REPEATS,
        "digits": DIGITS,
        "layers": layers,
        "fresh": {"size": FRESH, "forward": fresh()},
        "network": [six_layers(seed) for seed in SEEDS],
    }  # fmt: skip
    keep(found)
    for run in found["network"]:
        print(run)


if __name__ == "__main__":
    main()
