"""Which rates may a network use with normalization and without, and is it the normalization?

    OPENBLAS_NUM_THREADS=1 python book/experiments/rates_and_norms.py [PROCESSES]

The network reads handwritten digits of 8 × 8 pixels: six convolutions of 3 × 3 with 8 kernels and ReLU, the
first with stride 2, then the mean of each map, and ten scores. It learns 1,000 digits by gradient descent
without momentum, in batches of 50, for 150 steps; the rate falls along half a cosine. The 797 others are for
the test; no rate is chosen by them, as the results for all rates are kept.

Between each convolution and its ReLU stands: nothing; batch normalization; or layer normalization over the
maps of an image. The control, "nothing, scaled once", has no normalization either, but its first weights and
biases are set so that each channel has mean 0 and variance 1 in one batch, as if it had been normalized for
the first step. All variants of a seed draw the same weights (standard deviation √(2 / inputs)) and batches.

Takes about three minutes of one processor core, and writes
``src/coursekit/_experiments/rates_and_norms.json``: for each variant a list of rates, with a list of seeds
each, of the last training loss (mean of 20 steps; null where it is no number) and the test accuracy; and for
batch normalization at its best rate the test accuracy by running statistics, and by the statistics of test
batches: 50 mixed digits, 50 digits sorted by class, and single ones (the first 100 only).
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from coursekit import data
from coursekit.experiments import keep, made_by

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

SEEDS = (0, 1, 2)
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
VARIANTS = ("nothing", "nothing, scaled once", "batch normalization", "layer normalization")
LAYERS, CHANNELS, BATCH, STEPS, LEARNED, LAST, SINGLE = 6, 8, 50, 150, 1000, 20, 100


class Network:
    """Six convolutions, each with its normalization; ``training`` is what batch normalization reads."""

    def __init__(self, variant: str, rng: np.random.Generator) -> None:
        self.variant, self.training = variant, True
        self.w: list[Array] = []
        for inputs in [1] + [CHANNELS] * (LAYERS - 1):
            drawn = rng.normal(size=(CHANNELS, inputs, 3, 3)) * np.sqrt(2 / (9 * inputs))
            self.w += [drawn.astype(np.float32), np.zeros(CHANNELS, np.float32)]
        drawn = rng.normal(size=(10, CHANNELS)) / np.sqrt(CHANNELS)
        self.w += [drawn.astype(np.float32), np.zeros(10, np.float32)]
        norms = LAYERS if variant.endswith("normalization") else 0
        self.scales = [np.ones(CHANNELS, np.float32) for _ in range(norms)]
        self.shifts = [np.zeros(CHANNELS, np.float32) for _ in range(norms)]
        self.running = [(np.zeros(CHANNELS, np.float32), np.ones(CHANNELS, np.float32)) for _ in range(norms)]

    @property
    def parameters(self) -> list[Array]:
        return [*self.w, *self.scales, *self.shifts]

    def normalize(self, a: Array, layer: int) -> tuple[Array, Any]:
        if self.variant == "layer normalization":
            # One scale for a channel, as in the other variant, so that both learn as many numbers.
            return F.group_norm_forward(a, 1, self.scales[layer], self.shifts[layer])
        a, cache = F.batch_norm_forward(
            a, *self.running[layer], self.scales[layer], self.shifts[layer], self.training
        )
        if self.training:
            self.running[layer] = cache.running_mean, cache.running_var
        return a, cache

    def forward(self, x: Array, scale_once: bool = False) -> tuple[Array, list[Any]]:
        caches: list[Any] = []
        for layer in range(LAYERS):
            weight, bias = self.w[2 * layer : 2 * layer + 2]
            a, conv = F.conv2d_forward(x, weight, bias, stride=1 if layer else 2, padding=1)
            if scale_once:
                mean, std = a.mean(axis=(0, 2, 3)), a.std(axis=(0, 2, 3)) + 1e-5
                weight /= std[:, None, None, None]
                bias -= mean / std
                a, conv = F.conv2d_forward(x, weight, bias, stride=1 if layer else 2, padding=1)
            norm = None
            if self.scales:
                a, norm = self.normalize(a, layer)
            x, relu = F.relu_forward(a)
            caches.append((conv, norm, relu))
        z, means = F.global_avg_pool2d_forward(x)
        y, linear = F.linear_forward(z.reshape(len(z), -1), *self.w[-2:])
        return y, [*caches, means, linear]

    def backward(self, g: Array, caches: list[Any]) -> list[Array]:
        """Gradients in the order of `parameters`."""
        *layers, means, linear = caches
        g, by_weight, by_bias = F.linear_backward(g, linear)
        grads, scales, shifts = [by_bias, by_weight], [], []
        g = F.global_avg_pool2d_backward(g.reshape(len(g), -1, 1, 1), means)
        for conv, norm, relu in reversed(layers):
            g = F.relu_backward(g, relu)
            if norm is not None:
                by_layer = self.variant == "layer normalization"
                g, scale, shift = (F.group_norm_backward if by_layer else F.batch_norm_backward)(g, norm)
                scales.append(scale)
                shifts.append(shift)
            g, by_weight, by_bias = F.conv2d_backward(g, conv)
            grads += [by_bias, by_weight]
        return [*grads[::-1], *scales[::-1], *shifts[::-1]]


class Run(NamedTuple):
    """What is kept of one training run."""

    loss: float | None
    """Mean of the last steps; None where it is no number."""
    tested: float
    by_batches: list[float]
    """Batch normalization by the statistics of test batches: 50 mixed, 50 sorted by class, single ones."""


def accuracy(network: Network, x: Array, labels: Labels, size: int = 200) -> float:
    """Share of right ones, read in batches of a size."""
    parts = [network.forward(x[i : i + size])[0].argmax(axis=1) for i in range(0, len(x), size)]
    return round(float((np.concatenate(parts) == labels).mean()), 4)


def divide(seed: int) -> tuple[Array, Labels, Array, Labels]:
    """Digits to learn from, and digits to test with."""
    images, labels = data.digits()
    order = np.random.default_rng(seed).permutation(len(images))
    own, others = order[:LEARNED], order[LEARNED:]
    return images[own], labels[own], images[others], labels[others]


def train(variant: str, rate: float, seed: int, steps: int = STEPS) -> Run:
    """Train one network from its seed."""
    x, labels, test, test_labels = divide(seed)
    rng = np.random.default_rng([seed, 1])
    network = Network(variant, rng)
    order = rng.permutation(len(x))
    if variant == "nothing, scaled once":
        network.forward(x[order[:BATCH]], scale_once=True)
    losses = []
    for step in range(steps):
        if not len(order):
            order = rng.permutation(len(x))
        chosen, order = order[:BATCH], order[BATCH:]
        y, caches = network.forward(x[chosen])
        loss, cache = F.cross_entropy_forward(y, labels[chosen])
        losses.append(float(loss))
        if not np.isfinite(losses[-1]):
            break
        grads = network.backward(F.cross_entropy_backward(np.ones_like(loss), cache), caches)
        now = np.float32(rate * (1 + np.cos(np.pi * step / steps)) / 2)
        for part, grad in zip(network.parameters, grads, strict=True):
            part -= now * grad
    by_batches = []
    if variant == "batch normalization":
        in_order, kept = np.argsort(test_labels, kind="stable"), list(network.running)
        for sorted_by, size in ((np.arange(len(test)), 50), (in_order, 50), (np.arange(SINGLE), 1)):
            by_batches.append(accuracy(network, test[sorted_by], test_labels[sorted_by], size))
            network.running = list(kept)
    network.training = False
    last = float(np.mean(losses[-LAST:]))
    return Run(
        round(last, 4) if np.isfinite(last) else None, accuracy(network, test, test_labels), by_batches
    )


def run(job: tuple[str, float, int]) -> Run:
    with np.errstate(all="ignore"):  # some rates are meant to be too large
        return train(*job)


def main() -> None:
    """Try every variant with every rate, and keep what was found."""
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else None) as pool:
        jobs = list(product(VARIANTS, RATES, SEEDS))
        runs = dict(zip(jobs, pool.map(run, jobs), strict=True))

    def of(variant: str, name: str) -> list[list[Any]]:
        return [[getattr(runs[variant, rate, seed], name) for seed in SEEDS] for rate in RATES]

    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "rates": list(RATES),
        "batch": BATCH,
        "steps": STEPS,
        "learned": LEARNED,
        "layers": LAYERS,
        "channels": CHANNELS,
        "loss": {variant: of(variant, "loss") for variant in VARIANTS},
        "tested": {variant: of(variant, "tested") for variant in VARIANTS},
    }
    tested = np.mean(found["tested"]["batch normalization"], axis=1)
    place = int(tested.argmax())
    found["by_batches"] = {
        "rate": RATES[place],
        "by running statistics": found["tested"]["batch normalization"][place],
        "of test batches": of("batch normalization", "by_batches")[place],
    }
    keep(found)
    for variant in VARIANTS:
        print(f"{variant:22s}", np.round(np.mean(found["tested"][variant], axis=1), 3))


if __name__ == "__main__":
    main()
