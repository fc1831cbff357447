"""What does LeNet-5 gain by learning its kernels? The network, written out by hand, and four controls.

    OPENBLAS_NUM_THREADS=1 python book/experiments/lenet_by_hand.py [PROCESSES]

LeNet-5 reads clothes: three convolutions C1, C3, C5 with tanh and average pooling between them, and the
linear layers F6 and output. The controls read the same pictures for as many steps. Two have its layers and
read the same batches, too: one with C1, C3 and C5 as drawn and a head, F6 and output, that learns; one with
only C1 and C3 as drawn, because C5, whose kernels cover the whole map, is a linear layer. Two have batches of
their own: one linear layer on the pixels; two linear layers with as many weights as LeNet-5. Each gets the
best of the same six rates by the accuracy on 500 of the 2,000 training pictures that were held out, the mean
of two seeds. Then all learn from all 2,000 with other seeds, and only then are the test pictures read. Half
of each batch, drawn anew, is mirrored left to right. Momentum 0.9; the rate falls along half a cosine.

Takes eight minutes, and writes ``src/coursekit/_experiments/lenet_by_hand.json``: for each network and seed
the loss and the test accuracy after every epoch, the accuracy on pictures moved at random by up to 1, 2 and 3
pixels, and the kernels of C1 of the first seed, before and after.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
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
Weights = dict[str, list[Array]]

SEEDS, TUNING = (0, 1, 2), (100, 101)
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
HELD, BATCH, EPOCHS, MOMENTUM = 500, 50, 40, 0.9
MOVES = (0, 1, 2, 3)
SHAPES = {"C1": (6, 1, 5, 5), "C3": (16, 6, 5, 5), "C5": (120, 16, 5, 5), "F6": (84, 120), "output": (10, 84)}
UNITS = 78
"""Hidden units of the network without convolutions: 62,020 weights and biases, LeNet-5 has 61,706."""


def maps(x: Array, w: Weights) -> tuple[Array, list[Any]]:
    """From pictures (N, 1, 28, 28) to the maps of S4, (N, 16, 5, 5), and what the way back needs."""
    a, c1 = F.conv2d_forward(x, *w["C1"], padding=2)
    z, t1 = F.tanh_forward(a)
    s, p2 = F.avg_pool2d_forward(z, 2)
    a, c3 = F.conv2d_forward(s, *w["C3"])
    z, t3 = F.tanh_forward(a)
    s, p4 = F.avg_pool2d_forward(z, 2)
    return s, [c1, t1, p2, c3, t3, p4]


def maps_backward(g: Array, caches: list[Any]) -> Weights:
    c1, t1, p2, c3, t3, p4 = caches
    g = F.tanh_backward(F.avg_pool2d_backward(g, p4), t3)
    g, *by_c3 = F.conv2d_backward(g, c3)
    g = F.tanh_backward(F.avg_pool2d_backward(g, p2), t1)
    _, *by_c1 = F.conv2d_backward(g, c1)
    return {"C1": by_c1, "C3": by_c3}


def body(x: Array, w: Weights) -> Array:
    """From pictures to what the head reads, (N, 120)."""
    z, _ = F.tanh_forward(F.conv2d_forward(maps(x, w)[0], *w["C5"])[0])
    return z.reshape(len(x), -1)


def head(x: Array, w: Weights) -> tuple[Array, list[Any]]:
    """From numbers (N, M) to scores (N, 10): two linear layers with tanh between them."""
    a, f6 = F.linear_forward(x, *w["F6"])
    z, t6 = F.tanh_forward(a)
    y, output = F.linear_forward(z, *w["output"])
    return y, [f6, t6, output]


def head_backward(g: Array, caches: list[Any]) -> tuple[Array, Weights]:
    f6, t6, output = caches
    g, *by_output = F.linear_backward(g, output)
    g, *by_f6 = F.linear_backward(F.tanh_backward(g, t6), f6)
    return g, {"F6": by_f6, "output": by_output}


def from_maps(s: Array, w: Weights) -> tuple[Array, Callable[[Array], tuple[Array, Weights]]]:
    """From the maps of S4 through C5 and the head to scores; the way back leads to the maps, too."""
    a, c5 = F.conv2d_forward(s, *w["C5"])
    z, t5 = F.tanh_forward(a)
    y, above = head(z.reshape(len(s), -1), w)

    def back(g: Array) -> tuple[Array, Weights]:
        g, grads = head_backward(g, above)
        g, *by_c5 = F.conv2d_backward(F.tanh_backward(g.reshape(len(g), -1, 1, 1), t5), c5)
        return g, {"C5": by_c5, **grads}

    return y, back


def lenet(x: Array, w: Weights) -> tuple[Array, Callable[[Array], Weights]]:
    s, below = maps(x, w)
    y, above = from_maps(s, w)

    def back(g: Array) -> Weights:
        g, grads = above(g)
        return {**maps_backward(g, below), **grads}

    return y, back


def above_maps(s: Array, w: Weights) -> tuple[Array, Callable[[Array], Weights]]:
    y, above = from_maps(s, w)
    return y, lambda g: above(g)[1]


def only_head(x: Array, w: Weights) -> tuple[Array, Callable[[Array], Weights]]:
    y, above = head(x.reshape(len(x), -1), w)
    return y, lambda g: head_backward(g, above)[1]


def softmax(x: Array, w: Weights) -> tuple[Array, Callable[[Array], Weights]]:
    y, cache = F.linear_forward(x.reshape(len(x), -1), *w["output"])
    return y, lambda g: {"output": list(F.linear_backward(g, cache)[1:])}


def draw(shapes: dict[str, tuple[int, ...]], rng: np.random.Generator) -> Weights:
    """Weights with a standard deviation of 1 / √inputs, which keeps tanh off its flat ends; biases are 0."""
    drawn = {name: rng.normal(size=shape) / np.sqrt(np.prod(shape[1:])) for name, shape in shapes.items()}
    return {name: [w.astype(np.float32), np.zeros(len(w), np.float32)] for name, w in drawn.items()}


class Model(NamedTuple):
    """A network: its weights' shapes, and its passes."""

    shapes: dict[str, tuple[int, ...]]
    run: Callable[[Array, Weights], tuple[Array, Callable[[Array], Weights]]]
    frozen: tuple[str, ...] = ()  # layers that stay as drawn
    below: Callable[[Array, Weights], Array] | None = None  # through these, from pictures to what others read


MODELS = {
    "LeNet-5": Model(SHAPES, lenet),
    "frozen kernels, learned head": Model(SHAPES, only_head, ("C1", "C3", "C5"), body),
    "only C1 and C3 frozen": Model(SHAPES, above_maps, ("C1", "C3"), lambda x, w: maps(x, w)[0]),
    "two linear layers": Model({"F6": (UNITS, 784), "output": (10, UNITS)}, only_head),
    "one linear layer": Model({"output": (10, 784)}, softmax),
}


class Run(NamedTuple):
    """What is kept of one training run."""

    losses: list[float]  # mean of the batches of each epoch
    accuracies: list[float]  # on the pictures that were held out, after each epoch
    read: Callable[[Array], Labels]  # the trained network, from pictures to classes
    before: Weights
    after: Weights


def train(
    model: Model, rate: float, seed: int, x: Array, labels: Labels, held: tuple[Array, Labels],
    epochs: int = EPOCHS, stop: int | None = None,
) -> Run:  # fmt: skip
    """Train one network from its seed, and watch it on pictures that it does not learn from.

    After ``stop`` epochs it may end early, with the rates of the whole run: enough to repeat a part of it.
    """
    rng = np.random.default_rng(seed)
    w = draw(model.shapes, rng)
    before = {name: [values.copy() for values in both] for name, both in w.items()}

    def features(images: Array) -> Array:
        if model.below is None:
            return images
        parts = np.split(images, range(500, len(images), 500))
        return np.concatenate([model.below(part, before) for part in parts])

    # As they are, and mirrored. What never changes is computed once.
    both, watched = np.stack([features(x), features(x[..., ::-1])]), features(held[0])
    learned = [name for name in w if name not in model.frozen]
    velocity = {name: [np.zeros_like(values) for values in w[name]] for name in learned}
    losses, accuracies, step, steps = [], [], 0, epochs * -(-len(x) // BATCH)
    for _ in range(epochs if stop is None else stop):
        total = 0.0
        for chosen in np.split(rng.permutation(len(x)), range(BATCH, len(x), BATCH)):
            y, back = model.run(both[rng.integers(0, 2, len(chosen)), chosen], w)
            loss, cache = F.cross_entropy_forward(y, labels[chosen])
            grads = back(F.cross_entropy_backward(np.ones_like(loss), cache))
            now = np.float32(rate * (1 + np.cos(np.pi * step / steps)) / 2)
            for name in learned:
                for values, v, grad in zip(w[name], velocity[name], grads[name], strict=True):
                    v *= MOMENTUM
                    v += grad
                    values -= now * v
            total += float(loss) * len(chosen)
            step += 1
        losses.append(total / len(x))
        accuracies.append(round(float((model.run(watched, w)[0].argmax(axis=1) == held[1]).mean()), 4))

    return Run(losses, accuracies, lambda images: model.run(features(images), w)[0].argmax(axis=1), before, w)


def moved(images: Array, most: int, rng: np.random.Generator) -> Array:
    """Move each picture by up to ``most`` pixels in both directions; zeros come in from outside."""
    wide = np.pad(images, ((0, 0), (0, 0), (most, most), (most, most)))
    starts = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    return np.stack([one[:, i : i + 28, j : j + 28] for one, (i, j) in zip(wide, starts, strict=True)])


def tuned(job: tuple[str, float, int]) -> float:
    """Accuracy on the held-out training pictures at the end."""
    name, rate, seed = job
    x, labels = data.fashion_mnist("train")
    order = np.random.default_rng(seed).permutation(len(x))
    held, rest = order[:HELD], order[HELD:]
    run = train(MODELS[name], rate, seed, x[rest], labels[rest], (x[held], labels[held]))
    return run.accuracies[-1]


def raced(job: tuple[str, float, int]) -> dict[str, Any]:
    """Train on all training pictures, and test."""
    name, rate, seed = job
    test, labels = data.fashion_mnist("test")
    run = train(MODELS[name], rate, seed, *data.fashion_mnist("train"), (test, labels))
    classes = [run.read(moved(test, most, np.random.default_rng(seed))) for most in MOVES]
    kernels = [weights["C1"][0][:, 0] for weights in (run.before, run.after) if "C1" in weights]
    return {
        "losses": [round(loss, 4) for loss in run.losses],
        "accuracies": run.accuracies,
        "moved": [round(float((each == labels).mean()), 4) for each in classes],
        "classes": classes[0].tolist(),
        "kernels": [np.round(each, 4).tolist() for each in kernels],
    }


def only_one(ours: NDArray[np.bool_], theirs: NDArray[np.bool_]) -> list[int]:
    return [int((ours & ~theirs).sum()), int((theirs & ~ours).sum())]


def result(tried: dict[str, list[list[float]]], runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Put together what is kept: ``runs`` go through the networks, and through the seeds of each."""
    by_name = {name: runs[place * len(SEEDS) :][: len(SEEDS)] for place, name in enumerate(MODELS)}
    labels = data.fashion_mnist("test")[1]
    right = {name: [np.array(run["classes"]) == labels for run in own] for name, own in by_name.items()}
    return {
        **made_by(__file__, "numpy"),
        **{"seeds": list(SEEDS), "tuning_seeds": list(TUNING), "rates": list(RATES)},
        **{"epochs": EPOCHS, "batch": BATCH, "held": HELD, "moves": list(MOVES)},
        "parameters": {
            name: sum(int(np.prod(shape)) + shape[0] for shape in model.shapes.values())
            for name, model in MODELS.items()
        },
        "tried": tried,
        "best": {name: best(scores) for name, scores in tried.items()},
        "race": {
            name: {key: [run[key] for run in own] for key in ("losses", "accuracies", "moved")}
            for name, own in by_name.items()
        },
        "only_lenet": {
            name: list(map(only_one, right["LeNet-5"], others))
            for name, others in right.items()
            if name != "LeNet-5"
        },
        "kernels": dict(zip(("before", "after"), by_name["LeNet-5"][0]["kernels"], strict=True)),
    }


def best(scores: list[list[float]]) -> float:
    """The rate with the highest mean."""
    return RATES[int(np.argmax(np.mean(scores, axis=1)))]


def main() -> None:
    """Tune every network, race them, and keep what was found."""
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else None) as pool:
        flat = list(pool.map(tuned, product(MODELS, RATES, TUNING)))
        shaped = np.reshape(flat, (len(MODELS), len(RATES), len(TUNING))).tolist()
        tried = dict(zip(MODELS, shaped, strict=True))
        runs = list(pool.map(raced, [(name, best(tried[name]), seed) for name in MODELS for seed in SEEDS]))
    found = result(tried, runs)
    keep(found)
    for name, kept in found["race"].items():
        last = [accuracies[-1] for accuracies in kept["accuracies"]]
        print(f"{name:30s} {found['best'][name]:<6g} {np.mean(last):.4f} ± {np.std(last, ddof=1):.4f}")


if __name__ == "__main__":
    main()
