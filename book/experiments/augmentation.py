"""What does augmentation do for accuracy? Several kinds of it, and controls, on few handwritten digits.

    OPENBLAS_NUM_THREADS=1 python book/experiments/augmentation.py [PROCESSES]

Each seed draws 200 of the 1,797 digits, 20 of each class, and trains a network with one hidden layer on them;
it is tested on 1,000 others. The runs of a seed differ in how each batch is changed before the network sees
it, and with that in the order of the digits after the first epoch: not at all, by shifts, rotations,
brightness, cutout, by several of these, or by changes that do not keep what a digit means: mirroring and half
turns. All runs take the same number of steps, and no run has a rate of its own. The controls: three times as
many steps, without augmentation and with three kinds of it; and no augmentation but 400 different digits, for
as many steps as the others.

Takes about a minute of one processor core, and writes ``src/coursekit/_experiments/augmentation.json``: for
each kind and seed the accuracy on the training digits, on the test digits as they are, on shifted ones, as
the mean of the answers to five shifted ones, and on the classes 6 and 9 alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convnet import plain
from coursekit import data
from coursekit.experiments import keep, made_by

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]
Change = Callable[[Numbers, np.random.Generator], Numbers]

SEEDS = (0, 1, 2, 3, 4)
FEW, TESTS, UNITS, BATCH, STEPS, RATE = 200, 1000, 50, 50, 800, 0.2


def shifts(x: Numbers, rng: np.random.Generator) -> Numbers:
    down, right = rng.integers(-1, 2, size=(2, len(x)))
    return plain.shift(x, down, right)


def rotations(x: Numbers, rng: np.random.Generator) -> Numbers:
    return plain.rotate(x, rng.uniform(-15, 15, len(x)))


def brightness(x: Numbers, rng: np.random.Generator) -> Numbers:
    return plain.brighten(x, rng.uniform(0.7, 1.3, len(x)))


def cutouts(x: Numbers, rng: np.random.Generator) -> Numbers:
    row, column = rng.integers(0, 7, size=(2, len(x)))
    return plain.cutout(x, row, column, 2)


def flips(x: Numbers, rng: np.random.Generator) -> Numbers:
    return plain.flip(x, rng.random(len(x)) < 0.5)


def half_turns(x: Numbers, rng: np.random.Generator) -> Numbers:
    chosen = rng.random(len(x)) < 0.5
    return np.where(chosen[:, None, None, None], x[..., ::-1, ::-1], x)


KINDS: dict[str, tuple[Change, ...]] = {
    "nothing": (),
    "shifts": (shifts,),
    "rotations": (rotations,),
    "brightness": (brightness,),
    "cutout": (cutouts,),
    "rotations and shifts": (rotations, shifts),
    "all four": (rotations, shifts, brightness, cutouts),
    "flips": (flips,),
    "half turns": (half_turns,),
}
CONTROLS: dict[str, tuple[str, int, int]] = {
    "nothing, three times the steps": ("nothing", FEW, 3),
    "rotations and shifts, three times the steps": ("rotations and shifts", FEW, 3),
    "nothing, twice the pictures": ("nothing", 2 * FEW, 1),
}
"""Kind of augmentation, pictures to train with, and steps as a multiple."""


def draw(rng: np.random.Generator) -> list[Numbers]:
    """Weights with a standard deviation of √(2 / inputs); biases, in front, are 0."""
    return [
        np.concatenate([np.zeros((o, 1)), rng.normal(size=(o, i)) * np.sqrt(2 / i)], axis=1)
        for i, o in ((64, UNITS), (UNITS, 10))
    ]


def train(
    x: Numbers, labels: Labels, changes: tuple[Change, ...], seed: int, steps: int
) -> tuple[list[Numbers], list[float]]:
    """Gradient steps on batches of 50: the weights, and the loss of each step."""
    weights, rng = draw(np.random.default_rng([seed, 1])), np.random.default_rng([seed, 2])
    order, losses = np.empty(0, int), []
    for _ in range(steps):
        if len(order) < BATCH:
            order = rng.permutation(len(x))
        some, order = order[:BATCH], order[BATCH:]
        batch = x[some]
        for change in changes:
            batch = change(batch, rng)
        flat = batch.reshape(BATCH, -1)
        scores = plain.mlp(flat, weights, plain.relu)
        losses.append(plain.cross_entropy(scores, labels[some]))
        grad = plain.cross_entropy_backward(scores, labels[some])
        _, *grads = plain.mlp_backward(grad, flat, weights, plain.relu, plain.relu_backward)
        weights = [weight - RATE * grad for weight, grad in zip(weights, grads, strict=True)]
    return weights, losses


def share(answers: Numbers, labels: Labels) -> float:
    return round(float((answers.argmax(axis=1) == labels).mean()), 4)


def split(seed: int, count: int) -> tuple[Labels, Labels]:
    """Indices of ``count`` digits to train with, as many of each class, and of those to test with."""
    labels = data.digits()[1]
    rng = np.random.default_rng(seed)
    of_class = [rng.permutation(np.flatnonzero(labels == k)) for k in range(10)]
    train = np.concatenate([each[: count // 10] for each in of_class])
    rest = np.concatenate([each[2 * FEW // 10 :] for each in of_class])
    return train, rng.permutation(rest)[:TESTS]


def run(job: tuple[str, int]) -> dict[str, float]:
    """Train as the kind or control says, and test in every way."""
    name, seed = job
    kind, count, times = CONTROLS.get(name, (name, FEW, 1))
    images, labels = data.digits()
    x = images.astype(float)
    chosen, tests = split(seed, count)
    weights, losses = train(x[chosen], labels[chosen], KINDS[kind], seed, times * STEPS)

    def answers(some: Numbers) -> Numbers:
        return plain.softmax(plain.mlp(some.reshape(len(some), -1), weights, plain.relu))

    rng, right = np.random.default_rng([seed, 3]), labels[tests]
    plainly, upset = answers(x[tests]), np.isin(right, (6, 9))
    moved = [answers(shifts(x[tests], rng)) for _ in range(4)]
    return {
        "loss": round(float(np.mean(losses[-20:])), 4),
        "trained": share(answers(x[chosen]), labels[chosen]),
        "tested": share(plainly, right),
        "shifted": share(moved[0], right),
        "averaged": share(np.mean([plainly, *moved], axis=0), right),
        "six and nine": share(plainly[upset], right[upset]),
    }


def main() -> None:
    """Run every kind and control, and keep what was found."""
    found: dict[str, Any] = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "pictures": FEW,
        "tests": TESTS,
        "units": UNITS,
        "batch": BATCH,
        "steps": STEPS,
        "rate": RATE,
        "runs": {},
    }
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as pool:
        for name in [*KINDS, *CONTROLS]:
            runs = list(pool.map(run, [(name, seed) for seed in SEEDS]))
            found["runs"][name] = {key: [each[key] for each in runs] for key in runs[0]}
            means = {key: round(float(np.mean(values)), 4) for key, values in found["runs"][name].items()}
            print(name, means, round(float(np.std(found["runs"][name]["tested"], ddof=1)), 4), flush=True)
    keep(found)


if __name__ == "__main__":
    main()
