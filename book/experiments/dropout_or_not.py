"""Does dropout help a network that has few digits, and does it help more than the other ways to hold it back?

    OPENBLAS_NUM_THREADS=1 python book/experiments/dropout_or_not.py [PROCESSES]

The network: 64 pixels, 256 units with ReLU, ten scores. It learns 100 handwritten digits, or 1,000, with
batches of 50, momentum 0.9 and a rate that stays, for 600 steps. 297 others are kept for validation, and 500
for the test. Each seed draws this division, the first weights, the order of the digits, and the masks.

The entries: nothing; dropout of the hidden units, with three values of p; and the controls, which hold the
network back in other ways: weight decay of two strengths, and fewer units. Each is tried with the same three
rates, two seeds each. The rate and the setting with the highest mean accuracy on the validation digits are
then run with ten new seeds and judged on the test digits. (Each seed divides the digits anew, so some of its
test digits were among those by which the two others chose.) All entries of a seed have the same digits, those
with 256 units in the same order.

Takes about three minutes of one processor core, and writes
``src/coursekit/_experiments/dropout_or_not.json``: for each number of digits and each entry the validation
accuracies under "tried", a list of seeds for each setting and rate; and under "race" the rate, the setting,
and one number a seed: the loss on the training digits and the accuracy on them, the accuracy on the test
digits, and that with dropout left on by mistake.
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

TUNING, RACING = (0, 1), tuple(range(10, 20))
SIZES = (100, 1000)
RATES = (0.01, 0.03, 0.1)
UNITS, BATCH, STEPS, HELD, TESTED, MOMENTUM = 256, 50, 600, 297, 500, 0.9
SETTINGS: dict[str, tuple[float, ...]] = {
    "nothing": (0.0,),
    "dropout": (0.25, 0.5, 0.75),
    "weight decay": (0.001, 0.01),
    "fewer units": (16, 64),
}


class Run(NamedTuple):
    """What is kept of one training run."""

    validated: float
    trained_loss: float
    trained: float
    tested: float
    left_on: float


def scores(x: Array, w: list[Array], keep: Array | float = 1.0) -> Array:
    """Scores; ``keep`` is a factor for each hidden unit."""
    return np.maximum(x @ w[0] + w[1], 0) * keep @ w[2] + w[3]


def accuracy(x: Array, labels: Labels, w: list[Array], keep: Array | float = 1.0) -> float:
    return float((scores(x, w, keep).argmax(axis=1) == labels).mean())


def mask(shape: tuple[int, ...], p: float, rng: np.random.Generator) -> Array:
    """Factors 0 and 1 / (1 − p)."""
    return (rng.random(shape, np.float32) >= p).astype(np.float32) / np.float32(1 - p)


def divide(seed: int, size: int) -> list[tuple[Array, Labels]]:
    """Digits to learn from, to validate with, and to test with."""
    images, labels = data.digits()
    flat = images.reshape(len(images), -1)
    order = np.random.default_rng(seed).permutation(len(flat))
    parts = np.split(order, [HELD, HELD + TESTED, HELD + TESTED + size])[:3]
    held, tests, own = ((flat[part], labels[part]) for part in parts)
    return [own, held, tests]


def train(entry: str, rate: float, setting: float, seed: int, size: int, steps: int = STEPS) -> Run:
    """Train one network from its seed."""
    (x, labels), (held, held_labels), (test, test_labels) = divide(seed, size)
    units = int(setting) if entry == "fewer units" else UNITS
    p = setting if entry == "dropout" else 0.0
    decay = np.float32(setting if entry == "weight decay" else 0.0)
    rng, chance = np.random.default_rng([seed, 1]), np.random.default_rng([seed, 2])
    w: list[Array] = [
        (rng.normal(size=(64, units)) * np.sqrt(2 / 64)).astype(np.float32),
        np.zeros(units, np.float32),
        (rng.normal(size=(units, 10)) * np.sqrt(2 / units)).astype(np.float32),
        np.zeros(10, np.float32),
    ]
    velocity = [np.zeros_like(part) for part in w]
    order = np.empty(0, int)
    for _ in range(steps):
        if not len(order):
            order = rng.permutation(size)
        chosen, order = order[:BATCH], order[BATCH:]
        batch = x[chosen]
        a = batch @ w[0] + w[1]
        keep: Array | float = mask(a.shape, p, chance) if p else 1.0
        z = np.maximum(a, 0) * keep
        loss, cache = F.cross_entropy_forward(z @ w[2] + w[3], labels[chosen])
        g = F.cross_entropy_backward(np.ones_like(loss), cache)
        back = (g @ w[2].T) * keep * (a > 0)
        grads = [
            batch.T @ back + decay * w[0],
            back.sum(axis=0),  # biases do not decay
            z.T @ g + decay * w[2],
            g.sum(axis=0),
        ]
        for part, v, grad in zip(w, velocity, grads, strict=True):
            v *= np.float32(MOMENTUM)
            v += grad
            part -= np.float32(rate) * v
    left = mask((len(test), units), p, chance) if p else 1.0
    return Run(
        round(accuracy(held, held_labels, w), 4),
        round(float(F.cross_entropy_forward(scores(x, w), labels)[0]), 5),
        round(accuracy(x, labels, w), 4),
        round(accuracy(test, test_labels, w), 4),
        round(accuracy(test, test_labels, w, left), 4),
    )


def tuned(job: tuple[int, str, float, float, int]) -> float:
    size, entry, setting, rate, seed = job
    return train(entry, rate, setting, seed, size).validated


def raced(job: tuple[int, str, float, float, int]) -> Run:
    size, entry, setting, rate, seed = job
    return train(entry, rate, setting, seed, size)


def best(entry: str, scores_of: list[list[float]]) -> tuple[float, float]:
    """Setting and rate with the highest mean."""
    pairs = list(product(SETTINGS[entry], RATES))
    return pairs[int(np.argmax(np.mean(scores_of, axis=1)))]


def main() -> None:
    """Tune every entry, race them, and keep what was found."""
    found: dict[str, Any] = {
        **made_by(__file__, "numpy"),
        "seeds": list(RACING),
        "tuning_seeds": list(TUNING),
        "rates": list(RATES),
        "settings": {entry: list(values) for entry, values in SETTINGS.items()},
        "units": UNITS,
        "batch": BATCH,
        "steps": STEPS,
        "held": HELD,
        "sizes": list(SIZES),
        "tried": {},
        "race": {},
    }
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else None) as pool:
        for size in SIZES:
            tried, race = {}, {}
            for entry, settings in SETTINGS.items():
                flat = list(pool.map(tuned, product([size], [entry], settings, RATES, TUNING)))
                tried[entry] = np.reshape(flat, (-1, len(TUNING))).tolist()
                setting, rate = best(entry, tried[entry])
                runs = list(pool.map(raced, product([size], [entry], [setting], [rate], RACING)))
                columns = dict(zip(Run._fields, map(list, zip(*runs, strict=True)), strict=True))
                race[entry] = {"setting": setting, "rate": rate, **columns}
                tested = columns["tested"]
                print(
                    f"{size:5d} {entry:14s} {np.mean(tested):.4f} ± {np.std(tested, ddof=1):.4f}", flush=True
                )
            found["tried"][str(size)], found["race"][str(size)] = tried, race
    keep(found)


if __name__ == "__main__":
    main()
