"""A network learns digits that always stand in the middle. Does it know them elsewhere?

    OPENBLAS_NUM_THREADS=1 python book/experiments/anywhere.py [PROCESSES]

Digits of 8×8 pixels on a black canvas of 24×24, where a digit has 17×17 places. Two convolutions of 3×3 with
ReLU, pooling of 2×2 between them, and a linear layer on top. The linear layer reads every place of the
last maps ("flattened") or only the largest number of each map ("largest"). Beside them a multilayer
perceptron. Each learns from digits in the middle of the canvas, and, as a control that could say that only
the data matter, from digits at places drawn anew in every step. Two more controls: the network with
"largest" and kernels that stay as they were drawn, and the multilayer perceptron with 4 and 16 times the
steps.

Momentum 0.9, and a rate that falls along half a cosine. Each network gets the best of three rates, by the
accuracy on 200 of the 1,000 training digits, which then stand where the network's training digits stand; the
mean of two seeds. Then five other seeds learn from all 1,000 and are tested on the 797 others: in the middle,
and at places that share no pixel with the middle. Each seed divides the digits anew, so about a fifth of its
test digits were among those held out to choose the rate.
"places" holds the accuracy on 100 of them at each of the 289 places, the mean of the five seeds.

The script also times the product of two matrices on one core, which the chapter needs for an estimate. Takes
about eight minutes of one processor core, and writes ``src/coursekit/_experiments/anywhere.json``.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import nn, optim
from convnet.nn import summary
from coursekit import data
from coursekit.experiments import keep, made_by

Images = NDArray[np.float32]
Labels = NDArray[np.int64]
Places = NDArray[np.int64]

SEEDS, TUNING = (0, 1, 2, 3, 4), (100, 101)
RATES = (0.03, 0.1, 0.3)
CANVAS, DIGIT = 24, 8
MIDDLE, LAST = (CANVAS - DIGIT) // 2, CANVAS - DIGIT
"""Row and column of a digit's upper left corner in the middle, and the largest there is."""
LEARNED, HELD, BATCH, STEPS, MOMENTUM = 1000, 200, 50, 400, 0.9
UNITS, KERNELS = 128, (8, 32)
MAPPED = 100
"""Test digits at each place of the picture of all places."""
SIDE, REPEATS = 1024, 20


class Setting(NamedTuple):
    """A network, where its training digits stand, and for how many steps it learns."""

    kind: str
    anywhere: bool = False
    steps: int = STEPS


SETTINGS = {
    "perceptron, middle": Setting("perceptron"),
    "flattened, middle": Setting("flattened"),
    "largest, middle": Setting("largest"),
    "largest, middle, frozen kernels": Setting("frozen"),
    "perceptron, anywhere": Setting("perceptron", anywhere=True),
    "perceptron, anywhere, 4 times the steps": Setting("perceptron", anywhere=True, steps=4 * STEPS),
    "perceptron, anywhere, 16 times the steps": Setting("perceptron", anywhere=True, steps=16 * STEPS),
    "flattened, anywhere": Setting("flattened", anywhere=True),
    "largest, anywhere": Setting("largest", anywhere=True),
}


def put(digits: Images, places: Places) -> Images:
    """Put each digit (N, 1, 8, 8) on a black canvas, its upper left corner at a row and a column (N, 2)."""
    canvas = np.zeros((len(digits), 1, CANVAS, CANVAS), np.float32)
    for picture, digit, (row, column) in zip(canvas, digits, places, strict=True):
        picture[:, row : row + DIGIT, column : column + DIGIT] = digit
    return canvas


def middle(count: int) -> Places:
    return np.full((count, 2), MIDDLE)


def drawn(count: int, rng: np.random.Generator) -> Places:
    """Places from the whole canvas, each as likely as any other."""
    return rng.integers(0, LAST + 1, size=(count, 2))


def elsewhere(count: int, rng: np.random.Generator) -> Places:
    """Places that share no pixel with the middle."""
    apart = [
        (row, column)
        for row in range(LAST + 1)
        for column in range(LAST + 1)
        if max(abs(row - MIDDLE), abs(column - MIDDLE)) >= DIGIT
    ]
    return np.array(apart)[rng.integers(0, len(apart), size=count)]


def network(kind: str) -> nn.Sequential:
    if kind == "perceptron":
        return nn.Sequential(nn.Flatten(), nn.Linear(CANVAS**2, UNITS), nn.ReLU(), nn.Linear(UNITS, 10))
    few, many = KERNELS
    body = [
        nn.Conv2d(1, few, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(few, many, 3, padding=1), nn.ReLU(),
    ]  # fmt: skip
    if kind == "flattened":
        return nn.Sequential(*body, nn.MaxPool2d(2), nn.Flatten(), nn.Linear(many * (CANVAS // 4) ** 2, 10))
    return nn.Sequential(*body, nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(many, 10))


def train(
    setting: Setting, rate: float, seed: int, digits: Images, labels: Labels, stop: int | None = None
) -> nn.Sequential:
    """Train one network; ``stop`` ends early, at the same rates."""
    rng, net = np.random.default_rng([seed, 1]), network(setting.kind)
    net.initialize(seed=seed)
    learned = list(net.parameters())
    if setting.kind == "frozen":
        learned = learned[-2:]  # the weights and biases of the linear layer
    optimizer = optim.SGD(learned, lr=rate, momentum=MOMENTUM)
    schedule = optim.CosineAnnealingLR(optimizer, setting.steps)
    for _ in range(stop or setting.steps):
        some = rng.choice(len(digits), BATCH)
        x = put(digits[some], drawn(BATCH, rng) if setting.anywhere else middle(BATCH))
        loss, cache = F.cross_entropy_forward(net(x), labels[some])
        optimizer.zero_grad()
        net.backward(F.cross_entropy_backward(np.ones_like(loss), cache))
        optimizer.step()
        schedule.step()
    return net.eval()


def right(net: nn.Sequential, x: Images, labels: Labels) -> float:
    """Share of pictures that a network has right."""
    answers = [net(x[start : start + 200]).argmax(axis=1) for start in range(0, len(x), 200)]
    return round(float((np.concatenate(answers) == labels).mean()), 4)


def divided(seed: int) -> tuple[Images, Labels, Images, Labels]:
    """Digits to learn from and to test on, in an order of the seed's."""
    digits, labels = data.digits()
    order = np.random.default_rng(seed).permutation(len(digits))
    learned, tested = order[:LEARNED], order[LEARNED:]
    return digits[learned], labels[learned], digits[tested], labels[tested]


def tried(setting: Setting, rate: float, seed: int) -> float:
    """Accuracy on digits held out, which stand where the training digits do."""
    digits, labels, *_ = divided(seed)
    net = train(setting, rate, seed, digits[HELD:], labels[HELD:])
    places = drawn(HELD, np.random.default_rng([seed, 2])) if setting.anywhere else middle(HELD)
    return right(net, put(digits[:HELD], places), labels[:HELD])


def run(setting: Setting, rate: float, seed: int) -> tuple[float, float, list[list[float]]]:
    """Accuracy in the middle, elsewhere, and at each place."""
    digits, labels, tests, answers = divided(seed)
    net = train(setting, rate, seed, digits, labels)
    rng, some = np.random.default_rng([seed, 3]), slice(0, MAPPED)
    home = right(net, put(tests, middle(len(tests))), answers)
    away = right(net, put(tests, elsewhere(len(tests), rng)), answers)
    mapped = [
        [
            right(net, put(tests[some], np.full((MAPPED, 2), (row, column))), answers[some])
            for column in range(LAST + 1)
        ]
        for row in range(LAST + 1)
    ]
    return home, away, mapped


def entry(name: str) -> dict[str, Any]:
    """Tune one network and run it."""
    setting = SETTINGS[name]
    scores = [[tried(setting, rate, seed) for seed in TUNING] for rate in RATES]
    best = RATES[int(np.argmax(np.mean(scores, axis=1)))]
    home, away, mapped = zip(*(run(setting, best, seed) for seed in SEEDS), strict=True)
    print(f"{name} {best:g}: {np.mean(home):.3f} in the middle, {np.mean(away):.3f} elsewhere", flush=True)
    return {
        "rate": best,
        "tried": scores,
        "steps": setting.steps,
        "parameters": summary(network(setting.kind), (1, CANVAS, CANVAS)).parameters,
        "middle": list(home),
        "elsewhere": list(away),
        "places": np.mean(mapped, axis=0).round(4).tolist(),
    }


def multiply_adds_a_second() -> float:
    """How fast one core multiplies matrices: the best of some, since other work can only delay it."""
    rng, times = np.random.default_rng(0), []
    a, b = (rng.normal(size=(SIDE, SIDE)).astype(np.float32) for _ in range(2))
    for _ in range(REPEATS):
        start = perf_counter()
        a @ b
        times.append(perf_counter() - start)
    return round(SIDE**3 / min(times), -8)


def main() -> None:
    """Tune every network, run it, and keep what was found."""
    found: dict[str, Any] = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "tuning_seeds": list(TUNING),
        "rates": list(RATES),
        "learned": LEARNED,
        "batch": BATCH,
        "steps": STEPS,
        "mapped": MAPPED,
        "core": {"multiply-adds a second": multiply_adds_a_second()},
    }
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as pool:
        found["runs"] = dict(zip(SETTINGS, pool.map(entry, SETTINGS), strict=True))
    keep(found)


if __name__ == "__main__":
    main()
