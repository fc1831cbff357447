"""Losses as objects beside torch's: each reduction, weights, examples that do not count, calls and copies."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import nn, optim
from convnet.training import Trainer, evaluate
from tests.convnet.harness import LIBRARIES, convert, pick, to_numpy
from tests.convnet.operations.configurations import each

Drawn = tuple[Any, Any, dict[str, Any]]


def classes(rng: np.random.Generator) -> Drawn:
    """Scores of examples or of pixels, class numbers, and weights."""
    shape = pick(rng, (5, 3), (2, 3, 4), (2, 3, 2, 4))
    target = rng.integers(0, 3, (shape[0], *shape[2:]))
    target[rng.random(target.shape) < 0.2] = 1
    options: dict[str, Any] = {"ignore_index": pick(rng, -100, 1)}
    if rng.random() < 0.5:
        options["weight"] = rng.uniform(0.5, 2.0, 3)
    return rng.standard_normal(shape), target, options


def cross_entropy(rng: np.random.Generator) -> Drawn:
    """Class numbers, now and then class probabilities."""
    x, target, options = classes(rng)
    options["label_smoothing"] = pick(rng, 0.0, 0.2)
    if rng.random() < 0.3:
        target = rng.dirichlet(np.ones(3), x.shape[:1])
        return x[:, :, *([0] * (x.ndim - 2))], target, options | {"ignore_index": -100}
    return x, target, options


def log_probabilities(rng: np.random.Generator) -> Drawn:
    """What a log-softmax returns."""
    x, target, options = classes(rng)
    return x - np.log(np.exp(x).sum(axis=1, keepdims=True)), target, options


def answers(rng: np.random.Generator) -> Drawn:
    """Scores of yes-or-no questions."""
    options = {name: rng.uniform(0.5, 2.0, 3) for name in ("weight", "pos_weight") if rng.random() < 0.5}
    return rng.standard_normal((4, 3)), rng.random((4, 3)), options


LOSSES: dict[str, Callable[[np.random.Generator], Drawn]] = {
    "CrossEntropyLoss": cross_entropy,
    "NLLLoss": log_probabilities,
    "MSELoss": lambda rng: (rng.standard_normal((4, 3)), rng.standard_normal((4, 3)), {}),
    "BCEWithLogitsLoss": answers,
}


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("name", LOSSES)
def test_equals_torch(name: str, reduction: str) -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        library = LIBRARIES[number % len(LIBRARIES)]
        x, target, options = LOSSES[name](rng)
        scores = torch.tensor(x, requires_grad=True)
        arrays = {key: value for key, value in options.items() if isinstance(value, np.ndarray)}
        theirs = getattr(torch.nn, name)(
            **options | {key: torch.tensor(value) for key, value in arrays.items()}, reduction=reduction
        )
        wanted = theirs(scores, torch.tensor(target))
        upstream = rng.standard_normal(tuple(wanted.shape))
        ours = getattr(nn, name)(
            **options | {key: convert(value, library) for key, value in arrays.items()}, reduction=reduction
        )
        given = convert(x, library), convert(target, library)
        found = ours(*given)
        np.testing.assert_allclose(to_numpy(found), wanted.detach().numpy(), rtol=1e-10, atol=1e-12)
        gradients = [ours.backward(convert(upstream, library))]
        wanted.backward(torch.tensor(upstream), retain_graph=True)
        if reduction != "none":
            ours.forward(*given)
            gradients.append(to_numpy(ours.backward()) * upstream)
        for gradient in gradients:
            np.testing.assert_allclose(to_numpy(gradient), scores.grad.numpy(), rtol=1e-10, atol=1e-12)  # type: ignore[union-attr]

    each(f"{name}: {reduction}", check)


@pytest.mark.parametrize("name", LOSSES)
def test_is_printed_and_copied(name: str) -> None:
    """In the middle of a step too; a copy waits for a forward pass of its own."""
    x, target, options = LOSSES[name](np.random.default_rng(3))
    loss = getattr(nn, name)(**options)
    assert repr(loss) == f"{name}()"
    wanted = float(loss(x, target))
    for again in (pickle.loads(pickle.dumps(loss)), copy.deepcopy(loss)):
        with pytest.raises(ValueError, match=f"{name}: backward needs a forward pass before it"):
            again.backward()
        assert float(again(x, target)) == wanted


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: nn.CrossEntropyLoss(reduction="average"),
            r"CrossEntropyLoss: reduction must be one of",
        ),
        (lambda: nn.CrossEntropyLoss(ignore_index=0.5), r"CrossEntropyLoss: ignore_index must be an integer"),  # type: ignore[arg-type]
        (
            lambda: nn.CrossEntropyLoss(label_smoothing=2.0),
            r"CrossEntropyLoss: label_smoothing must be",
        ),
        (
            lambda: nn.CrossEntropyLoss()(np.ones((2, 3)), np.asarray([1, 7])),
            r"CrossEntropyLoss: target",
        ),
        (lambda: nn.NLLLoss()(np.ones((2, 3)), np.ones((2, 3))), r"NLLLoss: target must hold class numbers"),
        (lambda: nn.MSELoss()(np.ones((2, 3)), np.ones((2, 1))), r"MSELoss: target must have"),
        (lambda: nn.BCEWithLogitsLoss()(np.ones((2, 3)), np.ones(2)), r"BCEWithLogitsLoss: target must have"),
        (lambda: unreduced().backward(), r"MSELoss: grad_out must be given, one number for each loss"),
        (lambda: trainer(nn.CrossEntropyLoss(reduction="sum")), r"Trainer: loss must return the mean of a"),
        (
            lambda: evaluate(MODEL, np.ones((1, 2)), np.ones(1), nn.MSELoss("none")),
            r"evaluate: loss must return the mean of a batch, its reduction is 'none'",
        ),
    ],
)
def test_refuses(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        call()


MODEL = nn.Linear(2, 3)


def unreduced() -> nn.MSELoss:
    """Return a loss whose elements have not been added up."""
    loss = nn.MSELoss(reduction="none")
    loss(np.ones(2), np.ones(2))
    return loss


def trainer(loss: Any) -> Trainer:
    return Trainer(MODEL, optim.SGD(MODEL.parameters()), loss=loss)


def test_pixels_without_a_label_teach_nothing() -> None:
    """As in segmentation: what they hold is neither seen in the loss nor in a gradient."""
    rng = np.random.default_rng(0)
    x, target = rng.standard_normal((2, 3, 4, 4)), rng.integers(0, 3, (2, 4, 4))
    target[:, :2] = 255
    loss = nn.CrossEntropyLoss(ignore_index=255)
    before, gradient = float(loss(x, target)), loss.backward()
    other = x.copy()
    other[:, :, :2] = 9.0
    assert float(loss(other, target)) == pytest.approx(before, rel=1e-12)
    assert not to_numpy(gradient)[:, :, :2].any()
    assert to_numpy(gradient)[:, :, 2:].all()
