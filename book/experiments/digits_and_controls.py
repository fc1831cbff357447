"""What did training a network on the digits show? The network, and controls that could take the answer back.

    OPENBLAS_NUM_THREADS=1 python book/experiments/digits_and_controls.py

Each seed draws its own split of the 1,797 digits, 1,000 to train with and 797 to test on, and its own first
weights. The network has one hidden layer of 50 units, ReLU. The controls: one linear layer on the pixels; the
network with a hidden layer that stays as it was drawn, with 50 and with 500 units; the most similar training
picture, which takes no training at all. The controls get at least as many epochs: the linear layer three
times as many, because it learns more slowly, and the 50 frozen units twenty-five times as many, because they
still gain after three times as many. Beside them: 200 pictures with their true labels and with shuffled ones.

Takes about a minute, and writes ``src/coursekit/_experiments/digits_and_controls.json``: accuracy on training
and test pictures for each seed.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from convnet import plain
from coursekit import data
from coursekit.experiments import keep, made_by

Numbers = NDArray[np.float64]
Labels = NDArray[np.int64]

SEEDS = (0, 1, 2, 3, 4)
TRAINING, BATCH, RATE, EPOCHS = 1000, 50, 0.5, 60
TEST = 1797 - TRAINING


def draw(sizes: tuple[int, ...], rng: np.random.Generator) -> list[Numbers]:
    """Weights of each layer, drawn with a standard deviation of √(2 / inputs); biases, in front, are 0."""
    return [
        np.concatenate([np.zeros((o, 1)), rng.normal(size=(o, i)) * np.sqrt(2 / i)], axis=1)
        for i, o in pairwise(sizes)
    ]


def train(
    weights: list[Numbers],
    x: Numbers,
    labels: Labels,
    rng: np.random.Generator,
    *,
    epochs: int = EPOCHS,
    frozen: int = 0,
) -> list[Numbers]:
    """Gradient steps on batches of 50; the first ``frozen`` layers stay as they are."""
    for _ in range(epochs):
        for some in np.split(rng.permutation(len(x)), range(BATCH, len(x), BATCH)):
            grad = plain.cross_entropy_backward(plain.mlp(x[some], weights, plain.relu), labels[some])
            _, *grads = plain.mlp_backward(grad, x[some], weights, plain.relu, plain.relu_backward)
            weights = [
                weight if number < frozen else weight - RATE * grad
                for number, (weight, grad) in enumerate(zip(weights, grads, strict=True))
            ]
    return weights


def accuracy(weights: list[Numbers], x: Numbers, labels: Labels) -> float:
    return round(float((plain.mlp(x, weights, plain.relu).argmax(axis=1) == labels).mean()), 4)


def nearest(x: Numbers, labels: Labels, others: Numbers) -> Labels:
    """The label of the most similar training picture, for each of the others."""
    squares = (others**2).sum(axis=1)[:, None] - 2 * others @ x.T + (x**2).sum(axis=1)
    found: Labels = labels[squares.argmin(axis=1)]
    return found


def run(seed: int) -> dict[str, list[float]]:
    """Accuracy on training and test pictures, of the network and of each control."""
    rng = np.random.default_rng(seed)
    images, labels = data.digits()
    x, order = images.reshape(len(images), -1).astype(float), rng.permutation(len(images))
    seen, unseen = order[:TRAINING], order[TRAINING:]
    found: dict[str, list[float]] = {}

    def judge(name: str, sizes: tuple[int, ...], given: Labels, some: Labels, **how: int) -> None:
        start = np.random.default_rng([seed, 1])  # the same weights for all that have the same sizes
        weights = train(draw(sizes, start), x[some], given, start, **how)
        found[name] = [accuracy(weights, x[some], given), accuracy(weights, x[unseen], labels[unseen])]

    judge("network, 50 hidden units", (64, 50, 10), labels[seen], seen)
    judge("linear layer on pixels", (64, 10), labels[seen], seen, epochs=3 * EPOCHS)
    judge("50 frozen units", (64, 50, 10), labels[seen], seen, epochs=25 * EPOCHS, frozen=1)
    judge("500 frozen units", (64, 500, 10), labels[seen], seen, frozen=1)
    similar = nearest(x[seen], labels[seen], x[unseen]) == labels[unseen]
    found["most similar picture"] = [1.0, round(float(similar.mean()), 4)]
    few = seen[:200]
    for name, given in (("true", labels[few]), ("shuffled", rng.permutation(labels[few]))):
        judge(f"200 pictures, {name} labels", (64, 50, 10), given, few, epochs=300)
    return found


def main() -> None:
    """Run everything and keep what was found."""
    runs = [run(seed) for seed in SEEDS]
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "training": TRAINING,
        "test": TEST,
        "accuracy": {name: [scores[name] for scores in runs] for name in runs[0]},
    }
    keep(found)
    for name in runs[0]:
        values = np.array([scores[name] for scores in runs])
        print(f"{name:28s} {values.mean(axis=0).round(4)} ± {values.std(axis=0, ddof=1).round(4)}")


if __name__ == "__main__":
    main()
