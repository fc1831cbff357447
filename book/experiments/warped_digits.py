"""Do taps that move help with bent digits? Deformable networks, and plain ones with as many parameters.

    OPENBLAS_NUM_THREADS=1 python book/experiments/warped_digits.py

The 1,797 digits are enlarged to 16 × 16 pixels, and turned, stretched and bent, each by a map of its own.
Each seed draws a split, 1,000 digits to train with and the rest to test on, the maps, eight for each
training digit and one for each test digit, and first weights. All networks have three 3 × 3 convolutions
and a linear layer; what differs is the second convolution. It is plain with 8 kernels; or its taps move
(version 1), or move and are weighted (version 2), by an ordinary convolution that starts at zero. The
controls: plain networks with more kernels, or with 5 × 5 kernels, until they have as many parameters;
offsets that are learned, but are the same at all places of all pictures; and, without training anew, the
trained network with each picture's offsets taken from another picture. Each kind of network has the rate
that did best for two other seeds, in half of the steps, on 2,000 of their training pictures that were
kept apart; no digit is on both sides.

Takes about nine minutes of one processor core, and writes ``src/coursekit/_experiments/warped_digits.json``:
for each kind and seed the accuracy on training and test digits, the milliseconds of a training step, and how
far the taps moved.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convnet import functional, nn, optim
from coursekit import data
from coursekit.experiments import keep, made_by

Numbers = NDArray[np.float32]
Labels = NDArray[np.int64]

SEEDS = (0, 1, 2, 3, 4)
TUNING_SEEDS = (100, 101)
RATES, TUNING_STEPS, HELD_OUT = (0.004, 0.01, 0.025), 500, 2000
SIDE, TRAINING, COPIES, BATCH, STEPS = 16, 1000, 8, 50, 1000
PICTURES = 6
KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "plain, wider (v1)": {"kernels": 14},
    "plain, wider (v2)": {"kernels": 17},
    "plain, 5 × 5": {"kernels": 9, "side": 5},
    "constant offsets": {"moves": "constant"},
    "deformable v1": {"moves": "v1"},
    "deformable v2": {"moves": "v2"},
}


class Deformable(nn.Module):
    """A 3 × 3 deformable convolution with the convolution that moves its taps."""

    def __init__(self, channels: int, kernels: int, moves: str) -> None:
        self.moves = moves
        self.offset = nn.Conv2d(channels, (27 if moves == "v2" else 18), 3, padding=1)
        self.conv = nn.DeformConv2d(channels, kernels, 3, padding=1)
        self.others = False
        """Whether each picture gets the offsets of the one before it."""

    def start(self) -> None:
        """Let the taps begin where those of an ordinary convolution stand."""
        self.offset.weight.data[:] = 0
        self.offset.bias.data[:] = 0

    def forward(self, x: Numbers) -> Numbers:
        drawn = self.offset(x)
        if self.others:
            drawn = np.roll(drawn, 1, axis=0)
        self.mask = 1 / (1 + np.exp(-drawn[:, 18:])) if self.moves == "v2" else None
        return self.conv(x, np.ascontiguousarray(drawn[:, :18]), self.mask)

    def backward(self, grad_out: Numbers) -> Numbers:
        by_x, by_drawn, by_mask = self.conv.backward(grad_out)
        if self.mask is not None:
            by_drawn = np.concatenate([by_drawn, by_mask * self.mask * (1 - self.mask)], axis=1)
        by_x = by_x + self.offset.backward(by_drawn)
        if self.moves == "constant":  # its weights stay zero: only the biases move
            self.offset.weight.grad[:] = 0
        return by_x


def warped(images: Numbers, rng: np.random.Generator) -> Numbers:
    """Turn, stretch and bend each image by a map of its own; a layer with a single tap reads it there."""
    large, _ = functional.interpolate_forward(images, size=(SIDE, SIDE), mode="bilinear")
    count, middle = len(images), (SIDE - 1) / 2
    grid = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij")) - middle
    angle = np.deg2rad(rng.uniform(-40, 40, count))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    linear = turn * np.exp(rng.uniform(-0.3, 0.3, (1, 2, count)))
    places = np.einsum("abn,bij->naij", linear, grid)
    bends = rng.normal(size=(count, 2, 3, 3)).astype(np.float32)
    smooth, _ = functional.interpolate_forward(bends, size=(SIDE, SIDE), mode="bicubic", align_corners=True)
    places += smooth + rng.uniform(-1, 1, (count, 2, 1, 1))
    offset = (places - grid).astype(np.float32)
    return functional.deform_conv2d_forward(large, offset, np.ones((1, 1, 1, 1), np.float32))[0]


def network(kind: str, seed: int) -> nn.Sequential:
    """Three convolutions and a linear layer; the first has the same weights in all kinds."""
    kernels, side, moves = ({"kernels": 8, "side": 3, "moves": ""} | KINDS[kind]).values()
    middle = Deformable(8, kernels, moves) if moves else nn.Conv2d(8, kernels, side, padding=side // 2)
    made = nn.Sequential(
        *(nn.Conv2d(1, 8, 3, stride=2, padding=1), nn.ReLU(), middle, nn.ReLU()),
        *(nn.Conv2d(kernels, 16, 3, stride=2, padding=1), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(16 * 4 * 4, 10)),
    ).initialize(seed=seed)
    if isinstance(middle, Deformable):
        middle.start()
    return made


def parameters(kind: str) -> int:
    """Numbers that are learned; of constant offsets only the biases are."""
    constant = 8 * 9 * 18 if kind == "constant offsets" else 0
    return sum(one.data.size for one in network(kind, 0).parameters()) - constant


def train(kind: str, x: Numbers, labels: Labels, seed: int, rate: float, steps: int = STEPS) -> nn.Sequential:
    """Adam with a rate that falls to zero along a cosine."""
    made, rng, order = network(kind, seed), np.random.default_rng([seed, 2]), np.empty(0, int)
    adam = optim.Adam(made.parameters(), lr=rate)
    schedule = optim.CosineAnnealingLR(adam, steps)
    for _ in range(steps):
        if len(order) < BATCH:
            order = rng.permutation(len(x))
        some, order = order[:BATCH], order[BATCH:]
        step(made, x[some], labels[some])
        adam.step()
        adam.zero_grad()
        schedule.step()
    return made


def step(made: nn.Sequential, x: Numbers, labels: Labels) -> None:
    """One forward and one backward pass."""
    loss = nn.CrossEntropyLoss()
    loss(made(x), labels)
    made.backward_parameters(loss.backward())


def share(made: nn.Sequential, x: Numbers, labels: Labels) -> float:
    return round(float((made(x).argmax(axis=1) == labels).mean()), 4)


def split(seed: int) -> tuple[Numbers, Labels, Numbers, Labels]:
    """Bent digits to train with, several copies of each, and to test on."""
    images, labels = data.digits()
    rng = np.random.default_rng([seed, 1])
    order = rng.permutation(len(images))
    seen, unseen = np.tile(order[:TRAINING], COPIES), order[TRAINING:]
    return warped(images[seen], rng), labels[seen], warped(images[unseen], rng), labels[unseen]


def rate_of(kind: str) -> tuple[float, dict[str, list[float]]]:
    """The best of the rates for a kind, and the accuracies that say so."""
    found: dict[str, list[float]] = {}
    for rate in RATES:
        found[f"{rate:g}"] = []
        for seed in TUNING_SEEDS:
            x, labels, _, _ = split(seed)
            apart = np.arange(len(x)) % TRAINING < HELD_OUT // COPIES  # all copies of the same digits
            made = train(kind, x[~apart], labels[~apart], seed, rate, TUNING_STEPS)
            found[f"{rate:g}"].append(share(made, x[apart], labels[apart]))
    return max(RATES, key=lambda rate: sum(found[f"{rate:g}"])), found


def milliseconds(x: Numbers, labels: Labels, rounds: int = 30) -> dict[str, float]:
    """Processor time of a forward and a backward pass: the median of steps that take turns."""
    nets = {kind: network(kind, 0) for kind in KINDS}
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(rounds):
        for kind, made in nets.items():
            start = time.process_time()
            step(made, x[:BATCH], labels[:BATCH])
            times[kind].append(1000 * (time.process_time() - start))
    return {kind: round(float(np.median(each)), 3) for kind, each in times.items()}


def run(kind: str, seed: int, rate: float) -> dict[str, float]:
    """Train one network, and test it: as it is, and with offsets from other pictures."""
    x, labels, tests, right = split(seed)
    made = train(kind, x, labels, seed, rate)
    found = {"trained": share(made, x, labels), "tested": share(made, tests, right)}
    middle = made[2]
    if isinstance(middle, Deformable):
        drawn = middle.offset(np.maximum(made[0](tests), 0))
        found["moved"] = round(float(np.abs(drawn[:, :18]).mean()), 4)
        middle.others = True
        found["others"] = share(made, tests, right)
    return found


def main() -> None:
    """Choose rates, run everything, and keep what was found."""
    found: dict[str, Any] = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "training": TRAINING,
        "copies": COPIES,
        "steps": STEPS,
        "parameters": {kind: parameters(kind) for kind in KINDS},
        "tuning": {},
        "rates": {},
        "runs": {},
    }
    for kind in KINDS:
        found["rates"][kind], found["tuning"][kind] = rate_of(kind)
        runs = [run(kind, seed, found["rates"][kind]) for seed in SEEDS]
        found["runs"][kind] = {key: [each[key] for each in runs] for key in runs[0]}
        print(kind, found["rates"][kind], found["tuning"][kind], found["runs"][kind], flush=True)
    x, labels, tests, _ = split(0)
    found["pictures"] = tests[:PICTURES, 0].round(2).astype(float).round(2).tolist()
    times = [milliseconds(x, labels) for _ in SEEDS]
    found["milliseconds"] = {kind: [each[kind] for each in times] for kind in KINDS}
    keep(found)


if __name__ == "__main__":
    main()
