"""How long are the gradients of deep networks, with skips and without, and does their length matter?

    OPENBLAS_NUM_THREADS=1 python book/experiments/gradients_by_depth.py [PROCESSES]

Handwritten digits of 8 × 8 pixels. A 3 × 3 convolution with stride 2 makes 8 maps of them. Then come 2, 6 or
16 blocks of two 3 × 3 convolutions, the mean of each map, and ten scores. Blocks are plain or have a skip.

Measured at the start, for each kind of block, depth and seed: the length of the gradient by the maps in front
of the first block and behind each block; and how steady the gradient by all kernels is: its cosine with the
gradient on the same digits after a step against it that is a hundredth as long as the kernels together.

Then six kinds are trained on 1,000 digits, 100 steps of 50 with momentum, at a rate that falls along half a
cosine. Each kind and depth has the rate that is best on 200 of the 1,000, held out, in the mean of two seeds.
Five other seeds are tested on the 797 other digits. Kinds that could refute that skips help by keeping the
length of gradients: plain blocks whose start keeps it; batch normalization alone; and batch normalization
where each array's gradient gets the same length, relative to its weights, in each step.

Takes about seven minutes of one processor core, and writes
``src/coursekit/_experiments/gradients_by_depth.json``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import nn
from convnet.nn import init
from coursekit import data
from coursekit.experiments import keep, made_by

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

SEEDS, TUNING, SPLIT = (0, 1, 2, 3, 4), (100, 101), 2026
BLOCKS, CHANNELS = (2, 6, 16), 8
RATES, EQUAL_RATES = (0.01, 0.03, 0.1, 0.3, 1.0), (0.003, 0.01, 0.03, 0.1)
LEARNED, HELD, BATCH, STEPS, MOMENTUM, LAST = 1000, 200, 50, 100, 0.9, 20
LOOKED, STEP = 100, 0.01
"""Digits of a measurement, and the length of its step relative to the kernels."""


class Kind(NamedTuple):
    """A kind of block."""

    skip: str = ""
    """Where the input is added: "before" the last ReLU, "after" it, or behind the block, which has its ReLUs
    in front of the convolutions, for "pre"; nowhere for ""."""
    norm: bool = False
    start: str = "kept"
    """Weights that keep the length of signals, or smaller ones: those of the library."""
    scaled: bool = False
    """Whether what the block adds is divided by the root of the number of blocks."""


KINDS = {
    "plain, small start": Kind(start="small"),
    "plain": Kind(),
    "plain, batch norm": Kind(norm=True),
    "skip": Kind("before"),
    "skip, scaled": Kind("before", scaled=True),
    "skip, batch norm": Kind("before", norm=True),
    "skip after ReLU, batch norm": Kind("after", norm=True),
    "skip, ReLU first, batch norm": Kind("pre", norm=True),
}
EQUAL = "plain, batch norm, equal lengths"
TRAINED = (
    "plain", "plain, batch norm", EQUAL, "skip, scaled", "skip, batch norm", "skip after ReLU, batch norm",
)  # fmt: skip


class Tap(nn.Module):
    """Lets everything through, and remembers the length of the gradient that passed."""

    length = float("nan")

    def forward(self, x: Any) -> Any:
        return x

    def backward(self, grad_out: Any) -> Any:
        self.length = float(np.linalg.norm(np.asarray(grad_out, float)))
        return grad_out


class Divide(nn.Module):
    """Divides maps by a number."""

    def __init__(self, by: float) -> None:
        self.by = np.float32(by)

    def forward(self, x: Any) -> Any:
        return x / self.by

    def backward(self, grad_out: Any) -> Any:
        return grad_out / self.by


def convolution(inputs: int = CHANNELS, stride: int = 1) -> nn.Module:
    return nn.Conv2d(inputs, CHANNELS, 3, stride, padding=1, bias=False)


def block(kind: Kind, blocks: int) -> list[nn.Module]:
    """Layers of one block."""

    def norm() -> list[nn.Module]:
        return [nn.BatchNorm2d(CHANNELS)] if kind.norm else []

    if kind.skip == "pre":
        return [
            nn.Residual(*norm(), nn.ReLU(), convolution(), *norm(), nn.ReLU(), convolution()),
        ]
    body = [convolution(), *norm(), nn.ReLU(), convolution(), *norm()]
    if kind.scaled:
        body.append(Divide(blocks**0.5))
    if kind.skip == "before":
        return [nn.Residual(*body), nn.ReLU()]
    return [nn.Residual(*body, nn.ReLU())] if kind.skip == "after" else [*body, nn.ReLU()]


def network(kind: Kind, blocks: int, seed: int) -> tuple[nn.Sequential, list[Tap]]:
    """Draw a network; all kinds of one seed and depth start with the same kernels, but for their size."""
    taps = [Tap() for _ in range(blocks + 1)]
    norm = [nn.BatchNorm2d(CHANNELS)] if kind.norm else []
    layers: list[nn.Module] = [convolution(1, 2), *norm, nn.ReLU(), taps[0]]
    for tap in taps[1:]:
        layers += [*block(kind, blocks), tap]
    if kind.skip == "pre":
        layers += [nn.BatchNorm2d(CHANNELS), nn.ReLU()] if kind.norm else [nn.ReLU()]
    net = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(CHANNELS, 10))
    net.initialize(seed=seed)
    rng = np.random.default_rng([seed, blocks])
    for kernel in kernels(net):
        kept = init.kaiming_normal(rng, kernel.shape)
        kernel.data = kept if kind.start == "kept" else kept / np.float32(6**0.5)
    return net, taps


def kernels(net: nn.Module) -> list[Any]:
    """Kernels of all convolutions."""
    return [parameter for parameter in net.parameters() if len(parameter.shape) == 4]


def look(net: nn.Module, x: Array, labels: Labels) -> float:
    """Forward and back: the loss; gradients are with the parameters."""
    for parameter in net.parameters():
        parameter.grad = None
    loss, cache = F.cross_entropy_forward(net(x), labels)
    net.backward(F.cross_entropy_backward(np.ones_like(loss), cache))
    return float(loss)


def flat(arrays: Iterable[Any]) -> NDArray[np.float64]:
    return np.concatenate([np.asarray(each, float).ravel() for each in arrays])


def measure(name: str, blocks: int, seed: int) -> tuple[list[float], float | None]:
    """Lengths of the gradients by the maps, as logarithms to the base of 10, and how steady it is."""
    x, labels = digits()[:2]
    some = np.random.default_rng([seed, 2]).permutation(LEARNED)[:LOOKED]
    net, taps = network(KINDS[name], blocks, seed)
    look(net, x[some], labels[some])
    lengths = [round(float(np.log10(tap.length)), 3) for tap in taps]
    own = kernels(net)
    first = flat(kernel.grad for kernel in own)
    size = STEP * np.linalg.norm(flat(kernel.data for kernel in own)) / np.linalg.norm(first)
    if not np.isfinite(size * first).all():
        return lengths, None  # too small for 32 bits
    for kernel in own:
        kernel.data = kernel.data - np.float32(size) * kernel.grad
    look(net, x[some], labels[some])
    second = flat(kernel.grad for kernel in own)
    return lengths, round(float(first @ second / np.linalg.norm(first) / np.linalg.norm(second)), 3)


def digits() -> tuple[Array, Labels, Array, Labels]:
    """Digits to learn from, and the others; mean 0 and variance 1 over those to learn from."""
    images, labels = data.digits()
    order = np.random.default_rng(SPLIT).permutation(len(images))
    own, others = order[:LEARNED], order[LEARNED:]
    images = (images - images[own].mean()) / images[own].std()
    return images[own], labels[own], images[others], labels[others]


def train(
    name: str, blocks: int, rate: float, seed: int, hold: bool = False, steps: int = STEPS
) -> tuple[float | None, float]:
    """Train one network: mean loss of the last steps (None if infinite), accuracy on digits it never saw."""
    x, labels, test, test_labels = digits()
    if hold:
        order = np.random.default_rng([seed, 3]).permutation(LEARNED)
        test, test_labels = x[order[:HELD]], labels[order[:HELD]]
        x, labels = x[order[HELD:]], labels[order[HELD:]]
    net, _ = network(KINDS[name.removesuffix(", equal lengths")], blocks, seed)
    parameters, rng = list(net.parameters()), np.random.default_rng([seed, 1])
    velocity = [np.zeros(parameter.shape, np.float32) for parameter in parameters]
    order, losses = rng.permutation(len(x)), []
    for step in range(steps):
        if len(order) < BATCH:
            order = rng.permutation(len(x))
        some, order = order[:BATCH], order[BATCH:]
        losses.append(look(net, x[some], labels[some]))
        if not np.isfinite(losses[-1]):
            return None, round(float((test_labels == 0).mean()), 4)
        now = np.float32(rate * (1 + np.cos(np.pi * step / steps)) / 2)
        for parameter, v in zip(parameters, velocity, strict=True):
            grad = np.asarray(parameter.grad)
            if name == EQUAL:
                wanted = np.linalg.norm(np.asarray(parameter.data)) if grad.ndim > 1 else np.sqrt(grad.size)
                grad = grad * np.float32(wanted / max(float(np.linalg.norm(grad)), 1e-30))
            v *= MOMENTUM
            v += grad
            parameter.data = parameter.data - now * v
    right = np.asarray(net.eval()(test)).argmax(axis=1) == test_labels
    return round(float(np.mean(losses[-LAST:])), 4), round(float(right.mean()), 4)


def entry(job: tuple[str, int]) -> dict[str, Any]:
    """Tune one kind at one depth, and test it."""
    name, blocks = job
    rates = EQUAL_RATES if name == EQUAL else RATES
    with np.errstate(all="ignore"):  # some rates are meant to be too large
        tried = [[train(name, blocks, rate, seed, hold=True)[1] for seed in TUNING] for rate in rates]
        best = rates[int(np.argmax(np.mean(tried, axis=1)))]
        runs = [train(name, blocks, best, seed) for seed in SEEDS]
    print(f"{name:32s} {blocks:3d} {best:<6g} {np.mean([run[1] for run in runs]):.3f}", flush=True)
    return {
        "rate": best,
        "tried": tried,
        "loss": [run[0] for run in runs],
        "tested": [run[1] for run in runs],
    }


def main() -> None:
    """Measure every kind, train six of them, and keep what was found."""
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as pool:
        jobs = [(name, blocks) for blocks in BLOCKS[::-1] for name in TRAINED]
        trained = dict(zip(jobs, pool.map(entry, jobs), strict=True))
    measured: dict[str, Any] = {name: {"lengths": {}, "steady": {}} for name in KINDS}
    for name, blocks in product(KINDS, BLOCKS):
        each = [measure(name, blocks, seed) for seed in SEEDS]
        measured[name]["lengths"][str(blocks)] = [lengths for lengths, _ in each]
        measured[name]["steady"][str(blocks)] = [steady for _, steady in each]
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "tuning_seeds": list(TUNING),
        "rates": list(RATES),
        "equal_rates": list(EQUAL_RATES),
        "blocks": list(BLOCKS),
        "channels": CHANNELS,
        "learned": LEARNED,
        "held": HELD,
        "batch": BATCH,
        "steps": STEPS,
        "looked": LOOKED,
        "step": STEP,
        "measured": measured,
        "trained": {name: {str(blocks): trained[name, blocks] for blocks in BLOCKS} for name in TRAINED},
    }
    keep(found)


if __name__ == "__main__":
    main()
