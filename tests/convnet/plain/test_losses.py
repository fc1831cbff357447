"""Plain softmax and losses equal torch's and the fast ones."""

from typing import Any

import numpy as np
import torch
import torch.nn.functional as T

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_fast, like_torch, numbers, whole


def scores_and_labels(rng: np.random.Generator) -> tuple[Any, Any]:
    batch, classes = whole(rng, 1, 5), whole(rng, 2, 6)
    return 3 * numbers(rng, batch, classes), rng.integers(0, classes, batch)


def test_softmax() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, _ = scores_and_labels(rng)
        functions = plain.softmax, plain.softmax_backward
        grad_out = like_torch(rng, [x], *functions, lambda x: T.softmax(x, 1))
        like_fast(grad_out, [x], *functions, lambda x: F.softmax_forward(x, 1), F.softmax_backward)
        close("shifted by much", plain.softmax(x + 1000.0), plain.softmax(x))

    each("plain softmax", check, share=3)


def test_softmax_along_any_axis() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x = 3 * numbers(rng, *rng.integers(1, 5, whole(rng, 1, 4)))
        axis = whole(rng, -x.ndim, x.ndim - 1)
        forward = lambda x: plain.softmax(x, axis)  # noqa: E731
        backward = lambda g, x: plain.softmax_backward(g, x, axis)  # noqa: E731
        grad_out = like_torch(rng, [x], forward, backward, lambda x: T.softmax(x, axis))
        like_fast(grad_out, [x], forward, backward, lambda x: F.softmax_forward(x, axis), F.softmax_backward)

    each("plain softmax along an axis", check, share=3)


def test_cross_entropy() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, labels = scores_and_labels(rng)
        forward = lambda x: plain.cross_entropy(x, labels)  # noqa: E731
        backward = lambda g, x: g * plain.cross_entropy_backward(x, labels)  # noqa: E731
        grad_out = like_torch(
            *(rng, [x], forward, backward), lambda x: T.cross_entropy(x, torch.tensor(labels))
        )
        like_fast(
            *(np.asarray(grad_out), [x], forward, backward),
            *(lambda x: F.cross_entropy_forward(x, labels), F.cross_entropy_backward),
        )
        close("shifted by much", plain.cross_entropy(x + 1000.0, labels), forward(x))

    each("plain cross-entropy", check, share=3)


def test_focal_loss() -> None:
    """Torch's autograd on the formula of the paper."""

    def check(rng: np.random.Generator, _: int) -> None:
        x, labels = scores_and_labels(rng)
        alpha, gamma = 0.1 + rng.random(x.shape[1]), float(rng.choice([0.0, 0.5, 1.0, 2.0]))

        def reference(x: torch.Tensor) -> torch.Tensor:
            p = torch.softmax(x, 1)[torch.arange(len(labels)), torch.tensor(labels)]
            weights = torch.tensor(alpha[labels])
            return (-weights * (1 - p) ** gamma * torch.log(p)).sum() / weights.sum()

        forward = lambda x: plain.focal_loss(x, labels, alpha, gamma)  # noqa: E731
        backward = lambda g, x: g * plain.focal_loss_backward(x, labels, alpha, gamma)  # noqa: E731
        grad_out = like_torch(rng, [x], forward, backward, reference)
        like_fast(
            *(np.asarray(grad_out), [x], forward, backward),
            *(lambda x: F.focal_loss_forward(x, labels, alpha, gamma), F.focal_loss_backward),
        )

    each("plain focal loss", check, share=4)


def test_sigmoid_focal_loss() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x = 3 * numbers(rng, whole(rng, 1, 4), whole(rng, 1, 5))
        labels, alpha = rng.integers(0, 2, x.shape), float(rng.random())
        gamma = float(rng.choice([0.0, 0.5, 1.0, 2.0]))

        def reference(x: torch.Tensor) -> torch.Tensor:
            target = torch.tensor(labels, dtype=x.dtype)
            p = torch.sigmoid(x) * target + torch.sigmoid(-x) * (1 - target)
            weight = alpha * target + (1 - alpha) * (1 - target)
            return -weight * (1 - p) ** gamma * torch.log(p)

        forward = lambda x: plain.sigmoid_focal_loss(x, labels, alpha, gamma)  # noqa: E731
        backward = lambda g, x: plain.sigmoid_focal_loss_backward(g, x, labels, alpha, gamma)  # noqa: E731
        grad_out = like_torch(rng, [x], forward, backward, reference)
        like_fast(
            *(grad_out, [x], forward, backward),
            lambda x: F.sigmoid_focal_loss_forward(x, labels, alpha, gamma),
            F.sigmoid_focal_loss_backward,
        )

    each("plain sigmoid focal loss", check, share=4)


def test_class_balanced_weights() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        counts, beta = rng.integers(1, 1000, whole(rng, 1, 6)), float(rng.choice([0.0, 0.9, 0.999]))
        wanted = F.class_balanced_weights(counts.tolist(), beta, like=np.zeros(1))
        close("weights", plain.class_balanced_weights(counts, beta), wanted)

    each("plain class weights", check, share=2)
