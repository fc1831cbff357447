"""Which optimizer trains a small network best, and along which schedule, if each gets the same help?

    python book/experiments/optimizer_race.py

The network: 784 pixels, 50 units with ReLU, ten scores. It learns 1,500 pictures of clothes in 30 epochs,
with batches of 50; 500 more are kept for validation. Each seed draws this division, the first weights, and
the order of the pictures.

Each entry is an optimizer with a schedule. It is tried with the same ten rates, three seeds each. The rate
with the highest mean accuracy on the validation pictures is then run with ten new seeds and judged on the
test pictures, which nothing has seen so far. The controls, for rates that stay: the same ten runs with a
tenth of that rate, and with ten times as much.

Takes about ten minutes, and writes ``src/coursekit/_experiments/optimizer_race.json``. Under "tried" it has
the validation accuracies of each entry, one list of seeds for each rate; under "race" the rate, and one
number a seed for the loss on the training pictures, the accuracy on them, and the accuracy on the test
pictures; under "curves" the loss on the training pictures after each epoch, the median of the seeds. A loss
that is no number is kept as null.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import optim
from coursekit import data
from coursekit.experiments import keep, made_by

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

TUNING, RACING = (0, 1, 2), tuple(range(10, 20))
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
UNITS, BATCH, EPOCHS = 50, 50, 30
TRAINED = 1500
"""Pictures that a network is trained on; the others of the training part are for validation."""

OPTIMIZERS: dict[str, Callable[..., optim.Optimizer]] = {
    "gradient descent": optim.SGD,
    "momentum": lambda parameters, lr: optim.SGD(parameters, lr, momentum=0.9),
    "Adagrad": optim.Adagrad,
    "RMSProp": optim.RMSprop,
    "Adam": optim.Adam,
}
SCHEDULES: dict[str, Callable[..., optim.Schedule]] = {
    "constant": lambda optimizer, steps: optim.LambdaLR(optimizer, lambda _: 1.0),
    "cosine": optim.CosineAnnealingLR,
    "step": lambda optimizer, steps: optim.StepLR(optimizer, steps // 3),
    "exponential": lambda optimizer, steps: optim.ExponentialLR(optimizer, 0.01 ** (1 / steps)),
    "cyclical": lambda optimizer, steps: optim.CyclicLR(
        optimizer, optimizer.lr / 100, optimizer.lr, steps // 6, cycle_momentum=False
    ),
    "one cycle": lambda optimizer, steps: optim.OneCycleLR(
        optimizer, optimizer.lr, steps, cycle_momentum=False
    ),
    "warm-up": lambda optimizer, steps: optim.LinearLR(optimizer, 0.01, total_iters=steps // 10),
}
"""The rate goes from a hundredth of its height up and down three times in "cyclical", falls to a hundredth in
"exponential", by a factor of ten twice in "step", and rises during a tenth of the steps in "warm-up"."""
ENTRIES = [(name, schedule) for schedule in ("constant", "cosine") for name in OPTIMIZERS]
ENTRIES += [("momentum", schedule) for schedule in SCHEDULES if schedule not in {"constant", "cosine"}]
CONTROLS = {"a tenth": 0.1, "ten times": 10.0}


class Weight:
    """A parameter as the optimizers want it."""

    def __init__(self, values: Array) -> None:
        self.data = values.astype(np.float32)
        self.grad: Array | None = None


class Run(NamedTuple):
    """What is kept of one training run."""

    curve: list[float]
    """Loss on the training pictures after each epoch."""
    trained: float
    """Accuracy on the training pictures at the end, and on the two other parts."""
    validated: float
    tested: float


def start(rng: np.random.Generator) -> list[Weight]:
    """Draw the weights of both layers, with the standard deviation that ReLU wants; biases are 0."""
    sizes = (28 * 28, UNITS, len(data.FASHION_CLASSES))
    weights = []
    for inputs, outputs in pairwise(sizes):
        drawn = rng.normal(size=(outputs, inputs)) * np.sqrt(2 / inputs)
        weights += [Weight(drawn), Weight(np.zeros(outputs))]
    return weights


def scores(images: Array, weights: list[Weight]) -> Array:
    hidden = np.maximum(images @ weights[0].data.T + weights[1].data, 0)
    return hidden @ weights[2].data.T + weights[3].data


def backward(images: Array, labels: Labels, weights: list[Weight]) -> None:
    """Write the gradient of the mean cross-entropy into the weights."""
    a, first = F.linear_forward(images, weights[0].data, weights[1].data)
    hidden, kept = F.relu_forward(a)
    out, second = F.linear_forward(hidden, weights[2].data, weights[3].data)
    loss, cache = F.cross_entropy_forward(out, labels)
    grad, *head = F.linear_backward(F.cross_entropy_backward(np.ones_like(loss), cache), second)
    grads = [*F.linear_backward(F.relu_backward(grad, kept), first)[1:], *head]
    for weight, found in zip(weights, grads, strict=True):
        weight.grad = found


def accuracy(images: Array, labels: Labels, weights: list[Weight]) -> float:
    return round(float((scores(images, weights).argmax(axis=1) == labels).mean()), 4)


def train(name: str, rate: float, schedule: str, seed: int, epochs: int = EPOCHS) -> Run:
    """Train one network from its seed."""
    rng = np.random.default_rng(seed)
    images, labels = data.fashion_mnist("train")
    images, order = images.reshape(len(images), -1), rng.permutation(len(images))
    learned, held = order[:TRAINED], order[TRAINED:]
    weights = start(rng)
    optimizer = OPTIMIZERS[name](weights, lr=rate)
    rates = SCHEDULES[schedule](optimizer, epochs * TRAINED // BATCH)
    curve = []
    for _ in range(epochs):
        for chosen in np.split(rng.permutation(learned), range(BATCH, TRAINED, BATCH)):
            backward(images[chosen], labels[chosen], weights)
            optimizer.step()
            rates.step()
        loss = F.cross_entropy_forward(scores(images[learned], weights), labels[learned])[0]
        curve.append(float(loss))
    test_images, test_labels = data.fashion_mnist("test")
    return Run(
        curve,
        accuracy(images[learned], labels[learned], weights),
        accuracy(images[held], labels[held], weights),
        accuracy(test_images.reshape(len(test_images), -1), test_labels, weights),
    )


def number(value: float) -> float | None:
    """Return the value as it is kept: five digits, and null where it is none."""
    return float(f"{value:.5g}") if np.isfinite(value) else None


def summary(rate: float, runs: list[Run]) -> dict[str, Any]:
    return {
        "rate": rate,
        "loss": [number(run.curve[-1]) for run in runs],
        "trained": [run.trained for run in runs],
        "tested": [run.tested for run in runs],
    }


def race(name: str, schedule: str) -> tuple[dict[str, Any], list[list[float]], list[float | None]]:
    """Tune an entry and run it: its race with the controls, what was tried, and its curve."""
    tried = [[train(name, rate, schedule, seed).validated for seed in TUNING] for rate in RATES]
    best = RATES[int(np.argmax(np.mean(tried, axis=1)))]
    runs = [train(name, best, schedule, seed) for seed in RACING]
    found = {"tuned": summary(best, runs)}
    for control, factor in CONTROLS.items() if schedule == "constant" else ():
        rate = float(f"{best * factor:.3g}")
        found[control] = summary(rate, [train(name, rate, schedule, seed) for seed in RACING])
    for control, values in found.items():
        mean, spread = np.mean(values["tested"]), np.std(values["tested"], ddof=1)
        print(
            f"{schedule:11s} {name:16s} {control:9s} {values['rate']:<7g} {mean:.3f} ± {spread:.3f}",
            flush=True,
        )
    return found, tried, [number(loss) for loss in np.median([run.curve for run in runs], axis=0)]


def main() -> None:
    """Tune every entry, race them, and keep what was found."""
    kept: dict[str, dict[str, Any]] = {"tried": {}, "race": {}, "curves": {}}
    with np.errstate(all="ignore"):  # with ten times the rate some runs leave all bounds
        for name, schedule in ENTRIES:
            entry = f"{name}, {schedule}"
            kept["race"][entry], kept["tried"][entry], kept["curves"][entry] = race(name, schedule)
    result = {
        **made_by(__file__, "numpy"),
        "seeds": list(RACING),
        "tuning_seeds": list(TUNING),
        "rates": list(RATES),
        "units": UNITS,
        "batch": BATCH,
        "epochs": EPOCHS,
        "trained_on": TRAINED,
        **kept,
    }
    keep(result)


if __name__ == "__main__":
    main()
