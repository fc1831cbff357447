"""What the losses of classification share: class numbers of any integer type, and classes masked with −∞."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f
from numpy.typing import NDArray

from convnet import functional as F
from convnet.training.evaluation import right
from tests.convnet.harness import LIBRARIES, convert, pick, to_numpy
from tests.convnet.operations.configurations import each


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.uint16, np.int32, np.uint32])
def test_class_numbers_may_be_narrow(kind: Any, library: str) -> None:
    """Neither the 200 classes nor the number -100 of ignored examples fit into 8 bits."""
    x = np.random.default_rng(0).standard_normal((2, 200))
    numbers = np.asarray([100, 3]) if kind is np.int8 else np.asarray([156, 3])  # 156 is -100 in 8 bits
    scores, narrow = convert(x, library), convert(numbers.astype(kind), library)
    for forward in (F.cross_entropy_forward, F.focal_loss_forward):
        losses, _ = forward(scores, narrow, reduction="none")
        wanted, _ = forward(x, numbers, reduction="none")
        np.testing.assert_allclose(to_numpy(losses), to_numpy(wanted), rtol=1e-10)
    assert int(right(scores, narrow)) == (x.argmax(axis=1) == numbers).sum()


def test_a_narrow_number_can_mark_what_is_ignored() -> None:
    target = np.asarray([255, 1], dtype=np.uint8)
    losses, _ = F.cross_entropy_forward(np.zeros((2, 4)), target, ignore_index=255, reduction="none")
    np.testing.assert_allclose(to_numpy(losses), [0.0, np.log(4)])


def draw_masked(rng: np.random.Generator) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any] | None]:
    """Draw scores of which some are −∞, the right ones too, with some examples ignored."""
    count, classes = int(rng.integers(1, 5)), int(rng.integers(2, 6))
    x = rng.standard_normal((count, classes, 3))
    x[rng.random(x.shape) < 0.3] = -np.inf
    x[:, rng.integers(classes)] = 0.5  # something stays possible
    target = np.where(rng.random((count, 3)) < 0.3, -100, rng.integers(0, classes, (count, 3)))
    return x, target, pick(rng, None, rng.uniform(0.1, 2.0, classes))


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_cross_entropy_of_masked_scores(smoothing: float, library: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, target, weight = draw_masked(rng)
        options: dict[str, Any] = {"reduction": "none", "label_smoothing": smoothing}
        scores = torch.tensor(x, requires_grad=True)
        wanted = torch_f.cross_entropy(scores, torch.tensor(target), convert(weight, "torch"), **options)
        x, target, weight = (convert(array, library) for array in (x, target, weight))
        losses, cache = F.cross_entropy_forward(x, target, weight, **options)
        np.testing.assert_allclose(to_numpy(losses), wanted.detach().numpy(), rtol=1e-10)
        grad = F.cross_entropy_backward(convert(np.ones(losses.shape), library), cache)
        (slope,) = torch.autograd.grad(wanted.sum(), scores)
        np.testing.assert_allclose(to_numpy(grad), slope.numpy(), atol=1e-12)

    each(f"cross_entropy: masked scores, {smoothing}, {library}", check)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("gamma", [0.0, 0.5, 2.0])
def test_focal_loss_of_masked_scores(gamma: float, library: str) -> None:
    """A masked class is the limit of one that is hardly possible."""

    def check(rng: np.random.Generator, _: int) -> None:
        x, target, alpha = draw_masked(rng)
        nearly = np.maximum(x, -1e6)
        losses, cache = F.focal_loss_forward(nearly, target, alpha, gamma, reduction="none")
        wanted = np.where(to_numpy(losses) > 1e4, np.inf, to_numpy(losses))
        slope = F.focal_loss_backward(np.ones(losses.shape), cache)
        x, target, alpha = (convert(array, library) for array in (x, target, alpha))
        losses, cache = F.focal_loss_forward(x, target, alpha, gamma, reduction="none")
        np.testing.assert_allclose(to_numpy(losses), wanted, rtol=1e-10)
        grad = F.focal_loss_backward(convert(np.ones(losses.shape), library), cache)
        np.testing.assert_allclose(to_numpy(grad), to_numpy(slope), atol=1e-12)

    each(f"focal_loss: masked scores, {gamma}, {library}", check)
