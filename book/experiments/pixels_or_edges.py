"""Which features should a linear layer read: pixels, or the pooled answers of edge detectors?

    python book/experiments/pixels_or_edges.py

One linear layer, trained by plain gradient descent from zeros with the same steps and rate, reads clothes in
five ways: as pixels, as pixels pooled by 4×4 blocks (pooling without edges), and as the answers of eight
fixed edge detectors, pooled by 2×2, 4×4 and 7×7 blocks. It is tested on the test pictures as they are, and
moved at random by up to four pixels up, down, left and right. Each seed draws three quarters of the training
pictures and the moves anew.

Takes about a minute, and writes ``src/coursekit/_experiments/pixels_or_edges.json``: for each way of
reading one list a seed, with the accuracies at moves of up to 0, 1, 2, 3 and 4 pixels.
"""

from __future__ import annotations

import datetime
import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from coursekit import data

Array = NDArray[np.float32]
Labels = NDArray[np.int64]

RESULT = Path(__file__).parents[2] / "src/coursekit/_experiments/pixels_or_edges.json"
SEEDS = (0, 1, 2, 3, 4)
STEPS, RATE = 300, 0.1
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


def train(features: Array, labels: Labels) -> tuple[Array, Array]:
    """Return weight and bias after plain gradient descent from zeros on all features at once."""
    classes = len(data.FASHION_CLASSES)
    weight, bias = np.zeros((classes, features.shape[1]), np.float32), np.zeros(classes, np.float32)
    for _ in range(STEPS):
        scores, linear = F.linear_forward(features, weight, bias)
        loss, cache = F.cross_entropy_forward(scores, labels)
        grads = F.linear_backward(F.cross_entropy_backward(np.ones_like(loss), cache), linear)[1:]
        weight, bias = weight - RATE * grads[0], bias - RATE * grads[1]
    return weight, bias


def moved(images: Array, most: int, rng: np.random.Generator) -> Array:
    """Move each picture by up to ``most`` pixels in both directions; zeros come in from outside."""
    wide = np.pad(images, ((0, 0), (0, 0), (most, most), (most, most)))
    height, width = images.shape[2:]
    starts = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    return np.stack([w[:, i : i + height, j : j + width] for w, (i, j) in zip(wide, starts, strict=True)])


def run(seed: int) -> dict[str, list[float]]:
    """Return the accuracies of each way of reading at each size of move."""
    rng = np.random.default_rng(seed)
    images, labels = data.fashion_mnist("train")
    chosen = rng.permutation(len(images))[: 3 * len(images) // 4]
    test_images, test_labels = data.fashion_mnist("test")
    tests = [moved(test_images, most, rng) for most in MOVES]
    found = {}
    for name, read in READERS.items():
        weight, bias = train(read(images[chosen]), labels[chosen])
        named = [(read(test) @ weight.T + bias).argmax(axis=1) for test in tests]
        found[name] = [round(float((classes == test_labels).mean()), 4) for classes in named]
    return found


def main() -> None:
    """Run every seed and keep what was found."""
    runs = [run(seed) for seed in SEEDS]
    accuracy = {name: [scores[name] for scores in runs] for name in READERS}
    found = {
        "script": "book/experiments/pixels_or_edges.py",
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.system()}, {platform.machine()}",
        "versions": {"python": platform.python_version(), "numpy": version("numpy")},
        "seeds": list(SEEDS),
        "steps": STEPS,
        "rate": RATE,
        "moves": list(MOVES),
        "accuracy": accuracy,
    }
    RESULT.write_text(json.dumps(found, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, scores in accuracy.items():
        mean, spread = np.mean(scores, axis=0), np.std(scores, axis=0, ddof=1)
        print(f"{name:20s}", "  ".join(f"{m:.3f} ± {s:.3f}" for m, s in zip(mean, spread, strict=True)))


if __name__ == "__main__":
    main()
