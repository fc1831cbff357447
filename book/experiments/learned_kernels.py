"""Does it matter that kernels are learned? Two tasks, and controls that could say no.

    python book/experiments/learned_kernels.py

The network: kernels of 7×7, ReLU, then one linear layer. On stripes the linear layer reads the average of
each map; on clothes it reads every pixel of the maps. The controls: the same network with kernels that stay
as they were drawn, with eight and with more of them, and the linear layer on the raw pixels. On stripes the
frozen kernels get advantages: their averages are brought to one scale, and the layer on them is trained for
longer and at a higher rate. On clothes all are trained alike.

Takes about two minutes, and writes ``src/coursekit/_experiments/learned_kernels.json``: accuracies on
test pictures, one for each seed, and the kernels of the first seed before and after training.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from coursekit import data
from coursekit.experiments import keep, made_by
from coursekit.textures import DIRECTIONS, stripes

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

SEEDS = (0, 1, 2, 3, 4)
KERNEL, BATCH = 7, 50


class Adam:
    """Adam with its usual settings, on a list of arrays."""

    def __init__(self, parameters: list[Array], rate: float) -> None:
        self.parameters, self.rate, self.step = parameters, rate, 0
        self.first = [np.zeros_like(p) for p in parameters]
        self.second = [np.zeros_like(p) for p in parameters]

    def update(self, gradients: list[Array]) -> None:
        self.step += 1
        for p, m, v, g in zip(self.parameters, self.first, self.second, gradients, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            p -= self.rate * (m / (1 - 0.9**self.step)) / (np.sqrt(v / (1 - 0.999**self.step)) + 1e-8)


def batches(count: int, epochs: int, rng: np.random.Generator) -> Iterator[Labels]:
    """Give the numbers of the pictures of each batch: all of them once an epoch, in a new order."""
    for _ in range(epochs):
        yield from np.split(rng.permutation(count), range(BATCH, count, BATCH))


def scores_gradient(scores: Array, labels: Labels) -> Array:
    loss, cache = F.cross_entropy_forward(scores, labels)
    return F.cross_entropy_backward(np.ones_like(loss), cache)


def drawn_kernels(count: int, rng: np.random.Generator) -> Array:
    return (rng.normal(size=(count, 1, KERNEL, KERNEL)) / KERNEL).astype(np.float32)


def maps(images: Array, kernels: Array, bias: Array, stride: int) -> Array:
    return F.relu_forward(F.conv2d_forward(images, kernels, bias, stride)[0])[0]


def averages(values: Array) -> Array:
    return values.mean(axis=(2, 3))


def flat(values: Array) -> Array:
    return values.reshape(len(values), -1)


def train_linear(
    features: Array, labels: Labels, rng: np.random.Generator, *, rate: float, epochs: int
) -> Callable[[Array], Array]:
    """Train one linear layer on features that do not change, and return it."""
    weight = np.zeros((int(labels.max()) + 1, features.shape[1]), np.float32)
    bias = np.zeros(len(weight), np.float32)
    optimizer = Adam([weight, bias], rate)
    for chosen in batches(len(features), epochs, rng):
        scores, cache = F.linear_forward(features[chosen], weight, bias)
        optimizer.update(list(F.linear_backward(scores_gradient(scores, labels[chosen]), cache)[1:]))
    return lambda features: features @ weight.T + bias


def train_network(
    images: Array,
    labels: Labels,
    rng: np.random.Generator,
    *,
    averaged: bool,
    stride: int,
    rate: float,
    epochs: int,
    count: int = 8,
) -> tuple[Callable[[Array], Array], Array, Array]:
    """Train kernels and linear layer together; return the network and its kernels before and after."""
    kernels, kernel_bias = drawn_kernels(count, rng), np.zeros(count, np.float32)
    start = kernels.copy()
    read = averages if averaged else flat
    size = read(maps(images[:1], kernels, kernel_bias, stride)).shape[1]
    weight = (rng.normal(size=(int(labels.max()) + 1, size)) / np.sqrt(size)).astype(np.float32)
    bias = np.zeros(len(weight), np.float32)
    optimizer = Adam([kernels, kernel_bias, weight, bias], rate)
    for chosen in batches(len(images), epochs, rng):
        out, conv_cache = F.conv2d_forward(images[chosen], kernels, kernel_bias, stride)
        out, relu_cache = F.relu_forward(out)
        scores, linear_cache = F.linear_forward(read(out), weight, bias)
        grad, *head = F.linear_backward(scores_gradient(scores, labels[chosen]), linear_cache)
        if averaged:
            grad = np.broadcast_to(grad[:, :, None, None] / out[0, 0].size, out.shape)
        grad = F.relu_backward(grad.reshape(out.shape), relu_cache)
        optimizer.update([*F.conv2d_backward(grad, conv_cache)[1:], *head])

    def network(images: Array) -> Array:
        return read(maps(images, kernels, kernel_bias, stride)) @ weight.T + bias

    return network, start, kernels


def accuracy(scores: Array, labels: Labels) -> float:
    return round(float((scores.argmax(axis=1) == labels).mean()), 4)


def frozen(
    train: tuple[Array, Labels],
    test: tuple[Array, Labels],
    seed: int,
    *,
    count: int,
    averaged: bool,
    stride: int,
    rate: float,
    epochs: int,
) -> float:
    """Accuracy with ``count`` kernels that stay as they were drawn."""
    rng = np.random.default_rng(seed)
    kernels, zero = drawn_kernels(count, rng), np.zeros(count, np.float32)
    read = averages if averaged else flat
    seen = [read(maps(images, kernels, zero, stride)) for images in (train[0], test[0])]
    if averaged:
        mean, spread = seen[0].mean(axis=0), seen[0].std(axis=0)
        seen = [(values - mean) / spread for values in seen]
    head = train_linear(seen[0], train[1], rng, rate=rate, epochs=epochs)
    return accuracy(head(seen[1]), test[1])


def learned(
    train: tuple[Array, Labels], test: tuple[Array, Labels], seed: int, **how: float
) -> tuple[float, Array, Array]:
    """Accuracy with eight learned kernels, and the kernels before and after."""
    network, start, end = train_network(*train, np.random.default_rng(seed), **how)  # type: ignore[arg-type]
    return accuracy(network(test[0]), test[1]), start, end


def raw(
    train: tuple[Array, Labels], test: tuple[Array, Labels], seed: int, *, rate: float, epochs: int
) -> float:
    """Accuracy of the linear layer on the pixels themselves."""
    head = train_linear(flat(train[0]), train[1], np.random.default_rng(seed), rate=rate, epochs=epochs)
    return accuracy(head(flat(test[0])), test[1])


def on_stripes(seed: int, pictures: int = 2000, epochs: int = 30) -> tuple[dict[str, float], Array, Array]:
    train, test = stripes(pictures, seed=100 + seed), stripes(1000, seed=200 + seed)
    how = {"averaged": True, "stride": 1}
    found, start, end = learned(train, test, seed, **how, rate=0.01, epochs=epochs)
    scores = {"8 learned kernels": found}
    for count in (8, 32, 128):
        scores[f"{count} frozen kernels"] = frozen(
            train, test, seed, count=count, **how, rate=0.03, epochs=4 * epochs
        )
    scores["no kernels, raw pixels"] = raw(train, test, seed, rate=0.001, epochs=epochs)
    return scores, start, end


def on_clothes(seed: int, epochs: int = 15) -> dict[str, float]:
    sets = [data.fashion_mnist(part) for part in ("train", "test")]
    mean, spread = sets[0][0].mean(), sets[0][0].std()
    train, test = (((images - mean) / spread, labels) for images, labels in sets)
    how = {"averaged": False, "stride": 2, "rate": 0.001, "epochs": epochs}
    return {
        "8 learned kernels": learned(train, test, seed, **how)[0],
        "8 frozen kernels": frozen(train, test, seed, count=8, **how),
        "no kernels, raw pixels": raw(train, test, seed, rate=0.001, epochs=epochs),
    }


def main() -> None:
    """Run everything and keep what was found."""
    runs = [on_stripes(seed) for seed in SEEDS]
    clothes = [on_clothes(seed) for seed in SEEDS]
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "chance": {"stripes": 1 / DIRECTIONS, "clothes": 1 / len(data.FASHION_CLASSES)},
        "stripes": {name: [scores[name] for scores, *_ in runs] for name in runs[0][0]},
        "clothes": {name: [scores[name] for scores in clothes] for name in clothes[0]},
        "before": np.round(runs[0][1][:, 0].astype(float), 3).tolist(),
        "after": np.round(runs[0][2][:, 0].astype(float), 3).tolist(),
    }
    keep(found)
    for task in ("stripes", "clothes"):
        for name, values in found[task].items():  # type: ignore[attr-defined]
            print(f"{task:8s} {name:24s} {np.mean(values):.3f} ± {np.std(values, ddof=1):.3f}  {values}")


if __name__ == "__main__":
    main()
