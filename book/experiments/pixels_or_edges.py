"""Which features should a linear layer read: pixels, or the pooled answers of edge detectors?

    python book/experiments/pixels_or_edges.py

One linear layer, trained by plain gradient descent from zeros with the same steps and rate, reads clothes in
five ways: as pixels, as pixels pooled by 4×4 blocks (pooling without edges), and as the answers of eight
fixed edge detectors, pooled by 2×2, 4×4 and 7×7 blocks. It is tested on the test pictures as they are, and
moved at random by up to four pixels up, down, left and right. Each seed draws three quarters of the training
pictures and the moves anew.

The control is time: a layer that leads after 300 steps may only have learned faster. So each is tested after
1,000 and 2,000 steps too, and its training loss is kept.

Takes about three minutes, and writes ``src/coursekit/_experiments/pixels_or_edges.json``: for each way of
reading one list a seed, of one list for each number of steps, with the accuracies at moves of up to 0, 1, 2,
3 and 4 pixels; and in the same order the losses.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from coursekit import data
from coursekit.experiments import keep, made_by

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

SEEDS = (0, 1, 2, 3, 4)
STEPS, RATE = (300, 1000, 2000), 0.1
MOVES = (0, 1, 2, 3, 4)


def edge_kernels() -> Array:
    """Return eight kernels: an edge in four directions, each with both signs."""
    upright = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    diagonal = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]])
    kernels = [upright, diagonal, upright.T, diagonal[:, ::-1]]
    return np.stack([sign * k for k in kernels for sign in (1, -1)])[:, None].astype(np.float32) / 4


def flat(maps: Array) -> Array:
    return maps.reshape(len(maps), -1)


def pooled(size: int) -> Callable[[Array], Array]:
    return lambda images: flat(F.max_pool2d_forward(images, size)[0])


def edges(size: int) -> Callable[[Array], Array]:
    def read(images: Array) -> Array:
        answers = F.relu_forward(F.conv2d_forward(images, edge_kernels(), padding=1)[0])[0]
        return flat(F.max_pool2d_forward(answers, size)[0])

    return read


READERS = {
    "pixels": flat,
    "pixels, pooled 4×4": pooled(4),
    "edges, pooled 2×2": edges(2),
    "edges, pooled 4×4": edges(4),
    "edges, pooled 7×7": edges(7),
}


def train(features: Array, labels: Labels, steps: tuple[int, ...]) -> list[tuple[float, Array, Array]]:
    """Return loss, weight and bias after each number of steps of plain gradient descent from zeros."""
    classes = len(data.FASHION_CLASSES)
    weight, bias = np.zeros((classes, features.shape[1]), np.float32), np.zeros(classes, np.float32)
    found = []
    for step in range(max(steps) + 1):
        scores, linear = F.linear_forward(features, weight, bias)
        loss, cache = F.cross_entropy_forward(scores, labels)
        if step in steps:
            found.append((float(loss), weight, bias))
        grads = F.linear_backward(F.cross_entropy_backward(np.ones_like(loss), cache), linear)[1:]
        weight, bias = weight - RATE * grads[0], bias - RATE * grads[1]
    return found


def moved(images: Array, most: int, rng: np.random.Generator) -> Array:
    """Move each picture by up to ``most`` pixels in both directions; zeros come in from outside."""
    wide = np.pad(images, ((0, 0), (0, 0), (most, most), (most, most)))
    height, width = images.shape[2:]
    starts = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    return np.stack([w[:, i : i + height, j : j + width] for w, (i, j) in zip(wide, starts, strict=True)])


def run(
    seed: int, steps: tuple[int, ...] = STEPS
) -> tuple[dict[str, list[list[float]]], dict[str, list[float]]]:
    """Return accuracies of each way of reading, by steps and by size of move, and losses, by steps."""
    rng = np.random.default_rng(seed)
    images, labels = data.fashion_mnist("train")
    chosen = rng.permutation(len(images))[: 3 * len(images) // 4]
    test_images, test_labels = data.fashion_mnist("test")
    tests = [moved(test_images, most, rng) for most in MOVES]
    accuracy: dict[str, list[list[float]]] = {}
    losses: dict[str, list[float]] = {}
    for name, read in READERS.items():
        features = [read(test) for test in tests]
        accuracy[name], losses[name] = [], []
        for loss, weight, bias in train(read(images[chosen]), labels[chosen], steps):
            named = [(each @ weight.T + bias).argmax(axis=1) for each in features]
            accuracy[name].append([round(float((classes == test_labels).mean()), 4) for classes in named])
            losses[name].append(round(loss, 4))
    return accuracy, losses


def main() -> None:
    """Run every seed and keep what was found."""
    runs = [run(seed) for seed in SEEDS]
    accuracy, losses = ({name: [found[part][name] for found in runs] for name in READERS} for part in (0, 1))
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "steps": list(STEPS),
        "rate": RATE,
        "moves": list(MOVES),
        "accuracy": accuracy,
        "loss": losses,
    }
    keep(found)
    for number, steps in enumerate(STEPS):
        print(f"after {steps} steps")
        for name, scores in accuracy.items():
            these = np.array(scores)[:, number]
            mean, spread = these.mean(axis=0), these.std(axis=0, ddof=1)
            print(f"{name:20s}", "  ".join(f"{m:.3f} ± {s:.3f}" for m, s in zip(mean, spread, strict=True)))


if __name__ == "__main__":
    main()
