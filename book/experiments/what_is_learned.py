"""What do layers learn, and what do they have without learning?

    OPENBLAS_NUM_THREADS=1 python book/experiments/what_is_learned.py [PROCESSES]

One network of three convolution layers and a linear one, on clothes and on stripes, in three states:
*trained*; *shuffled*, trained for longer on labels that were dealt out at random; and *drawn*, the first
weights of both. Every seed draws its own pictures: 1,000 to train with, 1,000 others for the probes, and
1,000 to test on (of clothes, these are the same for all seeds).

Three looks at each state.

- The kernels of the first layer: how alike neighbouring taps are, and how strongly they point one way. The
  control of the second number is blurred noise whose taps are as alike.
- Every unit of every layer: of the nine test pictures that excite a map most, how many are of one class.
- A linear probe on every layer: ridge regression, its strength chosen by pictures held out, on all numbers
  of the maps and on the average of each map alone. It is fitted to pictures that the network never saw.

Takes about five minutes of one processor core, and writes
``src/coursekit/_experiments/what_is_learned.json``.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convnet import nn, optim
from coursekit import data
from coursekit.experiments import keep, made_by
from coursekit.textures import DIRECTIONS, stripes

Array = NDArray[Any]
Split = tuple[Array, Array]

SEEDS = (0, 1, 2, 3, 4)
TASKS, STATES, LAYERS = ("clothes", "stripes"), ("trained", "shuffled", "drawn"), (1, 2, 3)
PICTURES, BATCH, RATE = 1000, 50, 0.002
EPOCHS, LONGER = 15, 60
"""Of the training with the right labels, and with shuffled ones."""
PENALTIES = (0.1, 1.0, 10.0, 100.0, 1000.0, 10_000.0)
MOST = 9
BLURS, NOISE = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2), 1000
"""Widths of the blur that noise gets, and how many kernels of each are drawn."""
EDGES = (-0.5, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
"""Between these, kernels of noise are put together by how alike their taps are."""


def pictures(task: str, seed: int) -> tuple[Split, Split, Split]:
    """Pictures to train with, for the probes, and to test on."""
    if task == "stripes":
        train, probe, test = (stripes(PICTURES, seed=1000 * kind + seed) for kind in (1, 2, 3))
        return train, probe, test
    images, labels = data.fashion_mnist("train")
    mean, spread = images.mean(), images.std()
    order = np.random.default_rng(seed).permutation(len(images))
    first, second = order[:PICTURES], order[PICTURES : 2 * PICTURES]
    tested, right = data.fashion_mnist("test")
    images, tested = (images - mean) / spread, (tested - mean) / spread
    return (images[first], labels[first]), (images[second], labels[second]), (tested, right)


def network(classes: int, seed: int) -> nn.Sequential:
    net = nn.Sequential(
        *(nn.Conv2d(1, 16, 7, stride=2, padding=3), nn.ReLU()),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 32, 3, padding=1), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(32 * 7 * 7, classes)),
    )
    net.initialize(seed=seed)
    return net


def train(net: nn.Sequential, images: Array, labels: Array, seed: int, epochs: int) -> None:
    rng, loss = np.random.default_rng([seed, 1]), nn.CrossEntropyLoss()
    optimizer = optim.Adam(net.parameters(), lr=RATE)
    schedule = optim.CosineAnnealingLR(optimizer, epochs * len(images) // BATCH)
    for _ in range(epochs):
        for some in np.split(rng.permutation(len(images)), len(images) // BATCH):
            optimizer.zero_grad()
            loss(net(images[some]), labels[some])
            net.backward_parameters(loss.backward())
            optimizer.step()
            schedule.step()


def layers(net: nn.Sequential, images: Array) -> list[Array]:
    """Sums of each convolution layer, before its ReLU, shape (N, F, H′, W′)."""
    found, x = [], images
    for layer in net.layers.values():
        x = layer(x)
        if isinstance(layer, nn.Conv2d):
            found.append(np.asarray(x))
    return found


def accuracy(net: nn.Sequential, images: Array, labels: Array) -> float:
    return round(float((net(images).argmax(axis=1) == labels).mean()), 4)


def alike(kernels: Array) -> Array:
    """Correlation of a tap with the next one, across and down, for kernels (F, k, k)."""
    products = (kernels[:, :, 1:] * kernels[:, :, :-1]).mean(axis=(1, 2))
    products += (kernels[:, 1:] * kernels[:, :-1]).mean(axis=(1, 2))
    result: Array = products / 2 / (kernels**2).mean(axis=(1, 2))
    return result


def one_way(kernels: Array) -> Array:
    """How strongly each kernel's differences point one way: 0 if they go in all directions alike, at most 1.

    With a and b the differences of a tap's neighbours, across and down, it is the length of the mean of
    (a² − b², 2ab), the squared differences at twice their angle, over the mean of a² + b².
    """
    across = kernels[:, 1:-1, 2:] - kernels[:, 1:-1, :-2]
    down = kernels[:, 2:, 1:-1] - kernels[:, :-2, 1:-1]
    first, second = (across**2 - down**2).mean(axis=(1, 2)), (2 * across * down).mean(axis=(1, 2))
    result: Array = np.hypot(first, second) / (across**2 + down**2).mean(axis=(1, 2))
    return result


def blurred_noise(width: float, rng: np.random.Generator, count: int = NOISE, size: int = 7) -> Array:
    """Noise under a round Gaussian blur, cut out of a larger field so that borders are like the middle."""
    reach = np.arange(-4, 5)
    bell = np.exp(-(reach**2) / (2 * width**2)) if width else (reach == 0).astype(float)
    field = rng.normal(size=(count, size + 8, size + 8))
    for axis in (1, 2):
        field = np.apply_along_axis(lambda line: np.convolve(line, bell, "valid"), axis, field)
    return field


def noise_by_likeness() -> dict[str, list[float]]:
    """Of kernels of blurred noise, in groups of equal likeness of taps: how strongly they point one way."""
    rng = np.random.default_rng(0)
    kernels = np.concatenate([blurred_noise(width, rng) for width in BLURS])
    group, strength = np.digitize(alike(kernels), EDGES) - 1, one_way(kernels)
    means = [strength[group == number] for number in range(len(EDGES) - 1)]
    return {
        "edges": list(EDGES),
        "one way": [round(float(each.mean()), 4) for each in means],
        "kernels": [len(each) for each in means],
    }


def purity(maps: Array, labels: Array) -> Array:
    """Of the pictures that excite each map most, somewhere, the share of the most frequent class."""
    first = np.argsort(-maps.max(axis=(2, 3)), axis=0, kind="stable")[:MOST]
    result: Array = np.array([np.bincount(labels[chosen]).max() for chosen in first.T]) / MOST
    return result


def probe(features: tuple[Array, Array], labels: tuple[Array, Array]) -> float:
    """Accuracy on the second set of a linear layer that least squares fit to the first."""
    mean, spread = features[0].mean(axis=0), features[0].std(axis=0) + 1e-8
    fitted, tested = ((np.c_[(each - mean) / spread, np.ones(len(each))]) for each in features)
    wanted = np.eye(labels[0].max() + 1)[labels[0]]
    cut = len(fitted) * 4 // 5

    def right(rows: slice, penalty: float, x: Array, y: Array) -> float:
        some, target = fitted[rows], wanted[rows]  # as many unknowns as rows, if there are fewer of them
        if some.shape[1] > len(some):
            w = some.T @ np.linalg.solve(some @ some.T + penalty * np.eye(len(some)), target)
        else:
            w = np.linalg.solve(some.T @ some + penalty * np.eye(some.shape[1]), some.T @ target)
        return float(((x @ w).argmax(axis=1) == y).mean())

    held = [right(slice(0, cut), p, fitted[cut:], labels[0][cut:]) for p in PENALTIES]
    return round(right(slice(None), PENALTIES[int(np.argmax(held))], tested, labels[1]), 4)


def readings(maps: Array) -> dict[str, Array]:
    """What a probe reads of a layer's maps: all numbers, on a grid of 7 × 7, or one average a map."""
    side = maps.shape[-1] // 7
    grid = maps.reshape(*maps.shape[:2], 7, side, 7, side).mean(axis=(3, 5))
    return {"all": grid.reshape(len(maps), -1), "averages": maps.mean(axis=(2, 3))}


def look(net: nn.Sequential, probing: Split, testing: Split) -> dict[str, Any]:
    """Everything that is measured of a network."""
    kernels = np.asarray(net[0].weight.data)[:, 0].astype(float)
    sums = [layers(net, images) for images, _ in (probing, testing)]
    labels = probing[1], testing[1]
    probes: dict[str, list[float]] = {"all": [], "averages": []}
    for both in zip(*sums, strict=True):
        read = [readings(np.maximum(maps, 0)) for maps in both]
        for name, found in probes.items():
            found.append(probe((read[0][name], read[1][name]), labels))
    return {
        "test": accuracy(net, *testing),
        "probes": probes,
        "purity": [np.round(purity(maps, testing[1]), 4).tolist() for maps in sums[1]],
        "alike": np.round(alike(kernels), 4).tolist(),
        "one way": np.round(one_way(kernels), 4).tolist(),
        "kernels": np.round(kernels, 3).tolist(),
    }


def run(task: str, seed: int) -> dict[str, Any]:
    """All three states of one seed, and what needs no network."""
    training, probing, testing = pictures(task, seed)
    classes = int(testing[1].max()) + 1
    found: dict[str, Any] = {}
    for state in STATES:
        net, labels = network(classes, seed), training[1]
        if state == "shuffled":
            labels = np.random.default_rng([seed, 2]).permutation(labels)
        if state != "drawn":
            train(net, training[0], labels, seed, EPOCHS if state == "trained" else LONGER)
        found[state] = look(net, probing, testing) | {"train": accuracy(net, training[0], labels)}
    small = [readings(np.asarray(images, float)) for images, _ in (probing, testing)]
    flat = [images.reshape(len(images), -1) for images, _ in (probing, testing)]
    rng = np.random.default_rng([seed, 3])
    anything = np.stack([rng.permutation(PICTURES)[:MOST] for _ in range(NOISE)])
    found["pixels"] = {
        "probe": probe((flat[0], flat[1]), (probing[1], testing[1])),
        "averages": probe((small[0]["averages"], small[1]["averages"]), (probing[1], testing[1])),
        "purity": np.mean([np.bincount(testing[1][some]).max() for some in anything]) / MOST,
    }
    return found


def main() -> None:
    """Run everything and keep what was found."""
    jobs = list(product(TASKS, SEEDS))
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as pool:
        runs = list(pool.map(run, *zip(*jobs, strict=True)))
    found: dict[str, Any] = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "pictures": PICTURES,
        "epochs": EPOCHS,
        "longer": LONGER,
        "most": MOST,
        "chance": {"clothes": 1 / len(data.FASHION_CLASSES), "stripes": 1 / DIRECTIONS},
        "noise": noise_by_likeness(),
        "runs": {
            task: [one for (name, _), one in zip(jobs, runs, strict=True) if name == task] for task in TASKS
        },
    }
    for each in found["runs"].values():  # kernels of the first seed are enough to be drawn
        for one in each[1:]:
            for state in STATES:
                del one[state]["kernels"]
    keep(found)


if __name__ == "__main__":
    main()
