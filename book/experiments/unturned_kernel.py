"""Does training notice a backward pass that forgets to turn the kernel?

    python book/experiments/unturned_kernel.py

A network of two convolution layers (eight kernels of 3×3 each, ReLU after both) and a linear layer reads
digits of 8×8 pixels. What it hands back from the second convolution layer to the first is computed in four
ways: right; with the kernels of the second layer not turned; with other kernels, drawn once and kept; and not
at all, so that the first layer stays as it was drawn. Everything else is the same: pictures, first weights,
order, rate.

Takes about a quarter of a minute, and writes ``src/coursekit/_experiments/unturned_kernel.json``: for each
way one number a seed. ``error`` is the relative error of the gradient of the first layer's kernels before the
first step,
``accuracy`` the share of right answers on the pictures that were not trained on, ``loss`` the cross-entropy
on those that were.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import plain
from coursekit import data
from coursekit.experiments import keep, made_by

Array = NDArray[np.float64]
Labels = NDArray[np.int64]

SEEDS = (0, 1, 2, 3, 4)
WAYS = ("right", "not turned", "other kernels", "nothing")
SEEN, BATCH, EPOCHS, RATE, KERNELS = 1000, 50, 20, 0.1, 8


def drawn_weights(rng: np.random.Generator) -> list[Array]:
    """Weights of the three layers, with standard deviation √(2 / inputs)."""
    shapes = [(KERNELS, 1, 3, 3), (KERNELS, KERNELS, 3, 3), (10, KERNELS * 4 * 4)]
    return [rng.normal(size=shape) * np.sqrt(2 / np.prod(shape[1:])) for shape in shapes]


def handed_back(delta: Array, x: Array, kernels: Array) -> Array:
    """Gradient with respect to the input of a convolution layer with these kernels."""
    return F.conv2d_backward(delta, F.conv2d_forward(x, kernels)[1])[0]


def gradients(
    way: str, x: Array, labels: Labels, weights: list[Array], other: Array
) -> tuple[list[Array], Array]:
    """Gradients of all weights, the first computed in one of the ways; and the scores."""
    first, second, last = weights
    a1, cache1 = F.conv2d_forward(x, first)
    z1 = plain.relu(a1)
    a2, cache2 = F.conv2d_forward(z1, second)
    read = plain.relu(a2).reshape(len(x), -1)
    scores = read @ last.T
    delta3 = plain.cross_entropy_backward(scores, labels)
    delta2 = plain.relu_backward((delta3 @ last).reshape(a2.shape), a2)
    kernels = {"not turned": second[:, :, ::-1, ::-1], "other kernels": other}.get(way, second)
    delta1 = plain.relu_backward(handed_back(delta2, z1, kernels), a1)
    by_first = F.conv2d_backward(delta1, cache1)[1] * (way != "nothing")
    return [by_first, F.conv2d_backward(delta2, cache2)[1], delta3.T @ read], scores


def run(way: str, seed: int, epochs: int = EPOCHS) -> dict[str, float]:
    """Train once; return the error of the first gradient, the accuracy and the loss."""
    images, labels = data.digits()
    images = images.astype(float)
    rng = np.random.default_rng(seed)
    seen, unseen = np.split(rng.permutation(len(images)), [SEEN])
    weights, other = drawn_weights(rng), drawn_weights(rng)[1]
    some = seen[:BATCH]
    (right, *_), _ = gradients("right", images[some], labels[some], weights, other)
    (found, *_), _ = gradients(way, images[some], labels[some], weights, other)
    for _ in range(epochs):
        for some in np.split(rng.permutation(seen), SEEN // BATCH):
            grads, _ = gradients(way, images[some], labels[some], weights, other)
            weights = [weight - RATE * grad for weight, grad in zip(weights, grads, strict=True)]
    scores = gradients("right", images, labels, weights, other)[1]
    return {
        "error": float(plain.relative_error(right, found)),
        "accuracy": float((scores[unseen].argmax(axis=1) == labels[unseen]).mean()),
        "loss": float(plain.cross_entropy(scores[seen], labels[seen])),
    }


def main() -> None:
    """Run everything and keep what was found."""
    runs = {way: [run(way, seed) for seed in SEEDS] for way in WAYS}
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "seen": SEEN,
        "epochs": EPOCHS,
        "rate": RATE,
        **{
            what: {way: [round(one[what], 4) for one in runs[way]] for way in WAYS}
            for what in ("error", "accuracy", "loss")
        },
    }
    keep(found)
    for way, made in runs.items():
        for what in ("error", "accuracy", "loss"):
            values = [one[what] for one in made]
            print(f"{way:14s} {what:9s} {np.mean(values):.4f} ± {np.std(values, ddof=1):.4f}")


if __name__ == "__main__":
    main()
